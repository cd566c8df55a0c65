import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given

from index.errors import UsageError
from index.records import Article
from qa.answer import Answer, Evidence
from qa.evaluation.outcomes import Outcome, judge, read_outcomes
from qa.evaluation.questions import GoldQuestion
from qa.scores import Scores
from tests.qa.evaluation.made import evaluations, outcome

TEXT = "Rain fell. Owls hid. Herons did not."
ARTICLE = Article("0123456789abcdef", "/news/a.txt", "Rain", "The Post", None, "", TEXT, "utf-8")
RAIN = Evidence(1, ARTICLE, 0, 10, 0, 4, 0.71234, scores=Scores(1, 9.5, 0.7, 1.0, strength=2.5))
OWLS = Evidence(2, ARTICLE, 11, 20, 11, 15, 0.3)


def test_the_rank_is_that_of_the_first_right_sentence_and_the_rest_that_of_the_first() -> None:
    gold = GoldQuestion("1", "Who hid?", ("owls",))
    found = judge(gold, Answer("Who hid?", "answered", 0.71234, (RAIN, OWLS)), 0.0123456)
    assert found == Outcome(
        gold,
        rank=2,
        answered=True,
        confidence=0.7123,
        quote="Rain fell.",
        span="Rain",
        source="Rain · The Post",
        ms=12.3456,
        scores=Scores(1, 9.5, 0.7, 1.0, strength=2.5).to_dict(),
    )


def test_nothing_found_is_an_outcome_too() -> None:
    gold = GoldQuestion("1", "Who hid?", ("owls",))
    assert judge(gold, Answer("Who hid?", "not_found", 0.0, ()), 0.0) == Outcome(
        gold, 0, answered=False, confidence=0.0
    )


@pytest.mark.parametrize(
    ("made", "first", "refusal", "right"),
    [
        (outcome(1), True, True, True),
        (outcome(2), False, True, False),
        (outcome(1, answered=False), True, False, False),
        (outcome(0, answerable=False), False, False, False),
        (outcome(0, answerable=False, answered=False), False, True, True),
    ],
)
def test_when_the_first_sentence_the_refusal_and_the_whole_are_right(
    made: Outcome, first: bool, refusal: bool, right: bool
) -> None:
    assert (made.is_first_right, made.is_refusal_right, made.is_right) == (first, refusal, right)


@given(evaluations(least=0))
def test_outcomes_come_back_from_their_document_as_they_were(made: list[Outcome]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, "earlier.json")
        path.write_text(json.dumps({"outcomes": [each.to_dict() for each in made]}), "utf-8")
        assert read_outcomes(path) == made


@pytest.mark.parametrize(
    "change",
    [
        {"id": 1},
        {"accepted": "owls"},
        {"rank": "first"},
        {"answered": None},
        {"confidence": 1.5},
        {"confidence": float("nan")},
        {"scores": []},
        {"scores": {"dense": float("inf")}},
        {"scores": {"dense": "high"}},
        {"ms": float("nan")},
        {"ms": 10**400},
        {"span": None},
    ],
    ids=str,
)
def test_an_outcome_of_another_form_is_named(tmp_path: Path, change: dict[str, Any]) -> None:
    path = tmp_path / "earlier.json"
    path.write_text(json.dumps({"outcomes": [outcome().to_dict(), outcome().to_dict() | change]}), "utf-8")
    with pytest.raises(UsageError, match="outcome 2 of"):
        read_outcomes(path)


@pytest.mark.parametrize("content", [b"", b"\xff", b"[]", b"{}", b'{"outcomes": 3}', b"[" * 100_000], ids=range(6))
def test_a_file_that_is_no_evaluation_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "earlier.json"
    path.write_bytes(content)
    with pytest.raises(UsageError, match=r"earlier\.json"):
        read_outcomes(path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="none"):
        read_outcomes(tmp_path / "none")


def test_half_a_character_is_read_as_a_question_mark(tmp_path: Path) -> None:
    path = tmp_path / "earlier.json"
    change = {"id": "\ud83e", "accepted": ["\ud83e"], "quote": "\ud83e hid."}
    path.write_text(json.dumps({"outcomes": [outcome().to_dict() | change]}), "utf-8")
    (read,) = read_outcomes(path)
    assert (read.gold.id, read.gold.answers, read.quote) == ("?", ("?",), "? hid.")
