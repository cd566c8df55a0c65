import pytest

from qa.followup.clauses import Clause, Gap, as_question, ask_again, read_clause
from tests.qa.conversations import turn


@pytest.mark.parametrize(
    ("question", "clause"),
    [
        ("When did the strike begin?", Clause("When", "", "did", "the strike begin", Gap.ADVERB)),
        ("Who resigned?", Clause("Who", "", "", "resigned", Gap.SUBJECT)),
        ("Who was hurt in Karn?", Clause("Who", "", "was", "hurt in Karn", Gap.SUBJECT)),
        ("Who is Runa Holt?", Clause("Who", "", "is", "Runa Holt", Gap.COPULA)),
        ("What did she say?", Clause("What", "", "did", "she say", Gap.OBJECT)),
        ("What caused the fire?", Clause("What", "", "", "caused the fire", Gap.SUBJECT)),
        ("What has Karn built?", Clause("What", "", "has", "Karn built", Gap.OBJECT)),
        ("how many boats sank", Clause("how many boats", "boats", "", "sank", Gap.SUBJECT)),
        ("Which town hosted it?", Clause("Which town", "town", "", "hosted it", Gap.SUBJECT)),
        ("In which town was it?", Clause("In which town", "town", "was", "it", Gap.ADVERB)),
        ("How much did it cost?", Clause("How much", "", "did", "it cost", Gap.ADVERB)),
        ("Did boats sink?", Clause("", "", "did", "boats sink", Gap.ADVERB)),
    ],
)
def test_a_question_is_taken_apart(question: str, clause: Clause) -> None:
    assert read_clause(question) == clause


@pytest.mark.parametrize("question", ["", "Why?", "Name the mayor of Karn.", "The ferry sank when?"])
def test_what_does_not_begin_with_what_asks_is_not_taken_apart(question: str) -> None:
    assert read_clause(question) is None
    assert ask_again("Where", turn(question)) is None


@pytest.mark.parametrize(
    ("verb", "base"),
    [
        ("resigned", "resign"),
        ("closed", "close"),
        ("stopped", "stop"),
        ("denied", "deny"),
        ("died", "die"),
        ("created", "create"),
        ("announced", "announce"),
        ("visited", "visit"),
        ("won", "win"),
        ("attacked", "attack"),
        ("argued", "argue"),
        ("called", "call"),
    ],
)
def test_after_did_a_verb_stands_in_its_base_form(verb: str, base: str) -> None:
    assert ask_again("Why", turn(f"Who {verb} in Karn?")) == f"Why did someone {base} in Karn?"


def test_present_verbs_keep_their_tense() -> None:
    assert ask_again("Since when", turn("Who leads the guild?", "Olaf Dunn does.", "Olaf Dunn")) == (
        "Since when does Olaf Dunn lead the guild?"
    )


@pytest.mark.parametrize(
    ("question", "asking"), [("When did the mayor resign?", "Who"), ("Why did it rain?", "How many")]
)
def test_what_makes_no_question_is_not_asked(question: str, asking: str) -> None:
    assert ask_again(asking, turn(question)) is None


def test_an_answer_that_tells_rather_than_names_is_not_put_in() -> None:
    before = turn(
        "What did the guild sell?",
        "It sold all that was left of the old mill by the river.",
        "all that was left of the old mill",
    )
    assert ask_again("When", before) == "When did the guild sell?"


def test_a_question_has_a_capital_and_a_mark() -> None:
    assert as_question(" why  so.") == "Why so?"
