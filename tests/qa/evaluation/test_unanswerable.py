from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from index.library import Index
from qa.corpus import open_corpus
from qa.evaluation.questions import GoldQuestion
from qa.evaluation.unanswerable import could_be_answered, swapped_questions, things

ASKED = [
    GoldQuestion("1", "What did Ida Brandt open on Wednesday?", ("The stone bridge",)),
    GoldQuestion("2", "Which engineer said how long the repairs in Linden take?", ("Tomas Veld",)),
    GoldQuestion("3", "Which market moved to the town hall in Bramford?", ("cheese market",)),
    GoldQuestion("4", "Who found owls in the tower of Odile on Monday?", ("Piet Harrow",)),
    GoldQuestion("5", "Who sells cheese in Oslen?", ()),
    GoldQuestion("6", "how late does the ferry run", ("midnight",)),
]


@pytest.fixture(scope="module")
def index(town_folder: Path) -> Iterator[Index]:
    with closing(open_corpus(town_folder, None).index) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("Where did Ida Brandt’s ferry land?", {"Ida Brandt": "words"}),
        ("Karn’s mayor did not pay?", {}),
        ("Why does NATO, unlike Karn, count?", {"NATO": "capitals", "Karn": "word"}),
        ("What was sold in May on a Friday?", {"May": "month", "Friday": "weekday"}),
        ("What cost 1,200 crowns in 1999?", {"1,200": "0,000", "1999": "0000"}),
        ("It rained. Karn was wet. Who left?", {}),
        ("how late does the ferry run", {}),
    ],
)
def test_names_numbers_and_dates_are_told_apart(question: str, found: dict[str, str]) -> None:
    assert things(question) == found


def test_a_question_is_refused_if_one_passage_speaks_of_all_of_it(index: Index) -> None:
    assert could_be_answered("Who opened the stone bridge on Wednesday?", "Wednesday", index)
    assert not could_be_answered("Who opened the stone bridge on Friday?", "Friday", index)
    assert not could_be_answered("Who opened the cheese tower in Bramford?", "Odile", index)


@pytest.mark.parametrize("seed", range(5))
def test_swapped_questions_differ_from_every_question_and_have_no_answers(index: Index, seed: int) -> None:
    made = swapped_questions(ASKED, 10, seed, index)
    origins = {f"{gold.id}-swapped": gold for gold in ASKED if gold.answers}
    assert made
    for gold in made:
        assert gold.answers == ()
        assert gold.question not in {each.question for each in ASKED}
        kept = set(gold.question.split()) & set(origins[gold.id].question.split())
        assert len(kept) >= len(origins[gold.id].question.split()) / 2


def test_what_is_swapped_in_does_not_stand_where_the_question_would_be_answered(index: Index) -> None:
    for gold in swapped_questions(ASKED, 10, 0, index):
        origin = next(each for each in ASKED if gold.id == f"{each.id}-swapped")
        [new] = [thing for thing in things(gold.question) if thing not in things(origin.question)]
        assert not could_be_answered(gold.question, new, index)


def test_the_same_seed_makes_the_same_questions_in_the_order_of_the_file(index: Index) -> None:
    made = swapped_questions(ASKED, 10, 1, index)
    assert made == swapped_questions(ASKED, 10, 1, index)
    assert [gold.id for gold in made] == sorted(gold.id for gold in made)


def test_no_more_are_made_than_are_asked_for_and_none_out_of_what_has_no_answer_or_no_name(index: Index) -> None:
    assert len(swapped_questions(ASKED, 2, 0, index)) == 2
    assert swapped_questions(ASKED, 0, 0, index) == []
    assert swapped_questions(ASKED[4:], 10, 0, index) == []
