import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.training.negatives import OtherPassages, with_made, without_answer
from qa.training.rewriting import Rewriter
from qa.training.rows import Row
from tests.qa.training.made import news_rows, row, rows, unanswered, words_of

TALE = (
    "Ida Brandt opened the mill of Karn in 1987. Tomas Veld closed it in 1992. Owls have lived there since the storm."
)


def made_of(some: Sequence[Row], negatives: float, paraphrases: float, rewriter: Rewriter, seed: int = 1) -> list[Row]:
    """The rows that are made, behind the given ones."""
    made = with_made(some, negatives, paraphrases, rewriter, seed)
    assert made[: len(some)] == some
    return made[len(some) :]


def test_negatives_have_no_answer_and_are_made_of_rows_that_have_one(rewriter: Rewriter) -> None:
    given_rows = [*news_rows(), unanswered(news_rows()[0])]
    negatives = made_of(given_rows, 1.0, 0.0, rewriter)
    assert len(news_rows()) / 2 < len(negatives) <= len(news_rows())
    assert {negative.answer for negative in negatives} == {None}


def test_paraphrases_have_the_passage_and_the_answer_of_the_row_they_are_made_of(rewriter: Rewriter) -> None:
    given_rows = [*news_rows(), *map(unanswered, news_rows())]
    paraphrases = made_of(given_rows, 0.0, 1.0, rewriter)
    assert len(paraphrases) > len(news_rows()) / 2
    answered = {(each.context, each.answer) for each in news_rows()}
    assert {(each.context, each.answer) for each in paraphrases} <= answered
    assert {each.question for each in paraphrases}.isdisjoint(each.question for each in news_rows())


@given(
    some=st.lists(rows() | rows().map(unanswered), max_size=4), negatives=st.floats(0, 1), paraphrases=st.floats(0, 1)
)
@settings(max_examples=10)
def test_at_most_one_negative_and_one_paraphrase_are_made_of_each_answered_row(
    rewriter: Rewriter, some: list[Row], negatives: float, paraphrases: float
) -> None:
    made = made_of(some, negatives, paraphrases, rewriter)
    answered = [each for each in some if each.answer is not None]
    assert sum(each.answer is None for each in made) <= len(answered)
    assert sum(each.answer is not None for each in made) <= len(answered)
    for each in made:
        if each.answer is not None:
            assert words_of(each) in map(words_of, answered)


def test_how_many_are_made_can_be_chosen(rewriter: Rewriter) -> None:
    assert made_of(news_rows(), 0.0, 0.0, rewriter) == []
    half = made_of(news_rows(), 0.5, 0.5, rewriter)
    assert 15 <= sum(each.answer is None for each in half) <= 40
    assert 10 <= sum(each.answer is not None for each in half) <= 40


def test_negatives_are_of_all_kinds_and_most_often_other_questions(rewriter: Rewriter) -> None:
    asked = {each.question: each for each in news_rows()}
    contexts = {each.context for each in news_rows()}
    kinds = []
    for negative in made_of(news_rows(), 1.0, 0.0, rewriter):
        origin = asked.get(negative.question)
        if origin is None:
            kinds.append("other question")
            assert negative.context in contexts
        elif negative.context in contexts:
            kinds.append("other passage")
            assert negative.context != origin.context
        else:
            kinds.append("cut passage")
            assert len(negative.context) < len(origin.context)
    counts = Counter(kinds)
    assert set(counts) == {"other question", "other passage", "cut passage"}
    assert counts.most_common(1)[0][0] == "other question"


def test_chance_is_that_of_the_seed_alone(rewriter: Rewriter) -> None:
    made: list[list[Row]] = []
    for seed in (1, 1, 2):
        random.seed(len(made))
        made.append(made_of(news_rows()[:20], 0.8, 0.5, rewriter, seed))
    assert made[0] == made[1] != made[2]


@pytest.fixture
def others(tmp_path: Path) -> OtherPassages:
    return OtherPassages({each.context for each in news_rows()}, tmp_path)


def test_other_passages_rank_high_for_the_question_and_lack_the_answer(others: OtherPassages) -> None:
    contexts = {each.context for each in news_rows()}
    for each in news_rows():
        found = others.of(each)
        assert found
        assert {row.question for row in found} == {each.question}
        assert {row.answer for row in found} == {None}
        assert {row.context for row in found} <= contexts - {each.context}
        assert not any((words_of(each) or "").casefold() in row.context.casefold() for row in found)


def test_the_passage_that_shares_most_words_comes_first(tmp_path: Path) -> None:
    told = row("Who opened the mill of Karn?", "Ida Brandt opened the mill of Karn.", "Ida Brandt")
    near, far = "Tomas Veld closed the mill of Karn.", "The mill is old."
    found = OtherPassages({told.context, far, near, "Owls hid."}, tmp_path).of(told)
    assert [each.context for each in found] == [near, far]


def test_a_passage_that_holds_the_answer_too_is_none_that_does_not_answer(others: OtherPassages) -> None:
    on_monday = row("On which day was the ferry of Oslen closed?", news_rows()[0].context, "Monday")
    assert others.of(on_monday) == []


def test_a_question_of_few_words_could_be_answered_anywhere(others: OtherPassages) -> None:
    assert others.of(Row("Who spoke?", news_rows()[0].context, (0, 3))) == []


@given(rows())
def test_a_passage_that_was_cut_lacks_the_answer(each: Row) -> None:
    cut = without_answer(each)
    if cut is not None:
        answer = words_of(each)
        assert answer is not None
        assert (cut.question, cut.answer) == (each.question, None)
        assert answer.casefold() not in cut.context.casefold()
        assert 0 < len(cut.context) < len(each.context)


def test_the_sentence_that_answers_is_cut_out_and_no_other() -> None:
    cut = without_answer(row("Who closed the mill?", TALE, "Tomas Veld"))
    assert cut is not None
    assert cut.context == ("Ida Brandt opened the mill of Karn in 1987. Owls have lived there since the storm.")


@pytest.mark.parametrize(
    "whole", [row("Who hid?", "Owls hid.", "Owls"), row("Who hid?", "Owls hid. Then the owls slept.", "Owls")]
)
def test_a_passage_that_answers_all_through_is_not_cut(whole: Row) -> None:
    assert without_answer(whole) is None


def test_of_a_row_without_an_answer_no_negative_is_made(others: OtherPassages) -> None:
    none = unanswered(news_rows()[0])
    assert others.of(none) == []
    assert without_answer(none) is None
