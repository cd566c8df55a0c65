import random

from hypothesis import given
from hypothesis import strategies as st

from qa.training.further import to_learn
from qa.training.rows import Row
from tests.qa.training.made import news_rows, rows, unanswered

some_rows = st.lists(rows() | rows().map(unanswered), max_size=8)
negatives = st.lists(rows().map(unanswered), max_size=8)


@given(some_rows, negatives, st.integers(0, 9))
def test_all_rows_are_learned_from_and_no_more_negatives_than_answers(
    some: list[Row], made: list[Row], seed: int
) -> None:
    learned = to_learn(some, made, 0.0, random.Random(seed))
    assert learned[: len(some)] == some
    added = learned[len(some) :]
    assert all(row in made for row in added)
    answered = sum(row.answer is not None for row in some)
    assert len(added) == min(len(made), max(0, answered - (len(some) - answered)))


def test_a_share_of_the_questions_is_asked_in_a_few_words_with_and_without_an_answer() -> None:
    made = [unanswered(row) for row in news_rows()]
    for share, least, most in ((0.0, 0, 0), (0.5, 15, 45), (1.0, 60, 60)):
        learned = to_learn(news_rows(), made, share, random.Random(1))
        for given_rows, some in ((news_rows(), learned[:60]), (made, learned[60:])):
            asked = {row.question for row in given_rows}
            assert least <= sum(row.question not in asked for row in some) <= most
            assert {row.context for row in some} == {row.context for row in given_rows}
