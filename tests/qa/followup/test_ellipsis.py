import pytest

from qa.followup.ellipsis import complete, is_incomplete
from tests.qa.conversations import turn

STRIKE = turn("When did the strike end in Karn?")


@pytest.mark.parametrize(
    "question",
    [
        "Why?",
        "for how long",
        "And the ferry?",
        "What about Karn?",
        "In Karn?",
        "How many?",
        "Which one?",
        "How come?",
        "ok what about Karn?",
        "well, and why please?",
        "thanks",
        "really?",
    ],
)
def test_a_part_of_a_question_is_incomplete(question: str) -> None:
    assert is_incomplete(question)


@pytest.mark.parametrize(
    "question",
    [
        "Who resigned?",
        "How many people died?",
        "What happened?",
        "And who won?",
        "ferry prices",
        "Well known mills",
        "Who may vote as they please?",
        "Really big ferries",
    ],
)
def test_a_whole_question_is_not(question: str) -> None:
    assert not is_incomplete(question)
    assert complete(question, STRIKE, []) in {question, "Who won?"}


@pytest.mark.parametrize("question", ["And happily?", "What about his and hers?", "How many?"])
def test_what_has_no_place_in_the_question_before_is_not_put_in(question: str) -> None:
    assert complete(question, turn("Why did it rain?"), []) is None
    assert complete("What about the tower?", turn("Which ferries sank?"), []) is None


@pytest.mark.parametrize(
    ("before", "question", "whole"),
    [
        ("Who won in 2019?", "And in 2020?", "Who won in 2020?"),
        ("Who won in 2019?", "2020?", "2020?"),
        ("Who won?", "What about 2020?", "Who won in 2020?"),
        ("Who spoke on Monday?", "And on Friday?", "Who spoke on Friday?"),
        ("Who spoke?", "And yesterday?", "Who spoke yesterday?"),
        ("Who spoke?", "What about Friday?", "Who spoke on Friday?"),
    ],
)
def test_another_time_takes_the_place_of_the_time(before: str, question: str, whole: str) -> None:
    assert complete(question, turn(before), []) == whole
