import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.lexical import LexicalIndex
from qa.question import read_question
from qa.training.negatives import exchanged, mined, opposite, things, with_negatives, without_answer
from qa.training.rows import Row
from tests.qa.training.made import news_rows, row, rows, unanswered, words_of

TALE = (
    "Ida Brandt opened the mill of Karn in 1987. Tomas Veld closed it in 1992. Owls have lived there since the storm."
)
FOREIGN = ["Zanzibar", "giraffe", "submarine", "Xanten"]
chances = st.integers(0, 99).map(random.Random)


def test_the_rows_come_first_and_the_negatives_have_no_answer() -> None:
    given_rows = [*news_rows(), unanswered(news_rows()[0])]
    made = with_negatives(given_rows, share=1.0, seed=1)
    assert made[: len(given_rows)] == given_rows
    negatives = made[len(given_rows) :]
    assert len(negatives) == len(news_rows())
    assert {negative.answer for negative in negatives} == {None}


@given(st.lists(rows() | rows().map(unanswered), max_size=6), st.floats(0, 1))
@settings(max_examples=15)
def test_at_most_one_negative_is_made_of_each_answered_row(some: list[Row], share: float) -> None:
    made = with_negatives(some, share, seed=1)
    assert made[: len(some)] == some
    assert len(made) - len(some) <= sum(each.answer is not None for each in some)
    assert all(negative.answer is None for negative in made[len(some) :])


def test_the_share_of_negatives_can_be_chosen() -> None:
    assert with_negatives(news_rows(), share=0.0, seed=1) == news_rows()
    half = len(with_negatives(news_rows(), share=0.5, seed=1)) - len(news_rows())
    assert 20 <= half <= 40


def test_negatives_are_of_all_kinds() -> None:
    asked = {each.question: each for each in news_rows()}
    contexts = {each.context for each in news_rows()}
    kinds = set()
    for negative in with_negatives(news_rows(), share=1.0, seed=1)[len(news_rows()) :]:
        origin = asked.get(negative.question)
        if origin is None:
            kinds.add("other question")
            assert negative.context in contexts
        elif negative.context in contexts:
            kinds.add("other passage")
            assert negative.context != origin.context
        else:
            kinds.add("cut passage")
            assert len(negative.context) < len(origin.context)
    assert kinds == {"other question", "other passage", "cut passage"}


def test_chance_is_that_of_the_seed_alone() -> None:
    made = []
    for seed in (1, 1, 2):
        random.seed(len(made))
        made.append(with_negatives(news_rows(), 0.5, seed))
    assert made[0] == made[1] != made[2]


@pytest.fixture
def index(tmp_path: Path) -> LexicalIndex:
    lexical = LexicalIndex.create(tmp_path / "lexical", None)
    contexts = [each.context for each in news_rows()]
    lexical.update([], ((number, "", context, None) for number, context in enumerate(contexts)))
    return lexical


def test_another_passage_ranks_high_for_the_question_and_lacks_the_answer(index: LexicalIndex) -> None:
    contexts = [each.context for each in news_rows()]
    for each in news_rows():
        found = mined(each, contexts, index, random.Random(1))
        assert found is not None
        assert found.question == each.question
        assert found.context in contexts
        assert (words_of(each) or "").casefold() not in found.context.casefold()


def test_a_passage_that_holds_the_answer_too_is_none_that_does_not_answer(index: LexicalIndex) -> None:
    contexts = [each.context for each in news_rows()]
    on_monday = row("On which day was the ferry of Oslen closed?", contexts[0], "Monday")
    assert mined(on_monday, contexts, index, random.Random(1)) is None


def test_a_question_of_few_words_could_be_answered_anywhere(index: LexicalIndex) -> None:
    contexts = [each.context for each in news_rows()]
    short = Row("Who spoke?", contexts[0], (0, 3))
    assert mined(short, contexts, index, random.Random(1)) is None


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


@given(rows(), chances)
def test_an_exchanged_question_is_another_about_the_same_passage(each: Row, chance: random.Random) -> None:
    changed = exchanged(each, FOREIGN, chance)
    if changed is not None:
        assert changed.question != each.question
        assert (changed.context, changed.answer) == (each.context, None)


def test_a_number_is_exchanged_for_one_of_the_passage_and_a_name_for_a_name() -> None:
    year = exchanged(row("Who opened the mill in 1987?", TALE, "Ida Brandt"), [], random.Random(1))
    assert year == Row("Who opened the mill in 1992?", TALE, None)
    asked = {
        getattr(exchanged(row("When did Ida Brandt open it?", TALE, "1987"), [], random.Random(seed)), "question", None)
        for seed in range(30)
    }
    assert "When did Tomas Veld open it?" in asked
    assert not any("Ida Brandt" in (question or "") for question in asked)


def test_the_answer_is_never_put_into_the_question() -> None:
    for seed in range(30):
        who = exchanged(row("Who worked with Ida Brandt?", TALE, "Tomas Veld"), FOREIGN, random.Random(seed))
        assert who is None or "Veld" not in who.question
        when = exchanged(row("Which year of ruin came after 1987?", TALE, "1992"), FOREIGN, random.Random(seed))
        assert when is None or "1992" not in when.question


@given(rows(), chances)
def test_an_opposite_question_is_another_about_the_same_passage(each: Row, chance: random.Random) -> None:
    changed = opposite(each, chance)
    if changed is not None:
        assert changed.question != each.question
        assert (changed.context, changed.answer) == (each.context, None)


@pytest.mark.parametrize(
    ("question", "turned"),
    [
        ("What is the largest mill?", {"What is the smallest mill?"}),
        ("Who came before the storm?", {"Who came after the storm?"}),
        ("What did owls eat?", {"What did not owls eat?", None}),
        ("Which owls cannot fly?", {None}),
    ],
)
def test_a_question_is_turned_into_its_opposite(question: str, turned: set[str | None]) -> None:
    made = (opposite(row(question, TALE, "Owls"), random.Random(seed)) for seed in range(30))
    assert {None if each is None else each.question for each in made} == turned


def test_of_a_row_without_an_answer_no_negative_is_made(index: LexicalIndex) -> None:
    contexts = [each.context for each in news_rows()]
    none = unanswered(news_rows()[0])
    chance = random.Random(1)
    assert mined(none, contexts, index, chance) is None
    assert without_answer(none) is None
    assert exchanged(none, FOREIGN, chance) is None
    assert opposite(none, chance) is None


def test_what_a_question_is_about_are_no_verbs_and_not_what_it_asks_to_choose() -> None:
    assert things(read_question("Which inspector closed the old mill of Karn?")) == ["old", "mill", "Karn"]
