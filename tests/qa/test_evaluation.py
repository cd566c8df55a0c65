import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import UsageError
from index.records import Progress
from qa.corpus import SAMPLES
from qa.evaluation import GoldQuestion, Outcome, Scores, evaluate, is_right, read_questions


@pytest.mark.parametrize(
    ("quote", "answer", "right"),
    [
        ("It has ‘about 2,500’ members.", "About 2,500", True),
        ("“It is over,” he said.", '"it is over,"', True),
        ("He can’t come.", "can't", True),
        ("It lies in New\n York.", "new york", True),
        ("It lies in York.", "new york", False),
        ("It has 12,500 members.", "2,500", False),
        ("It has 2,500,000 members.", "2,500", False),
        ("In 2019 they left.", "19", False),
        ("It rose by 3.5 metres.", "3", False),
        ("It rose by 3.5 metres.", "5", False),
        ("There were 12, 13 or more.", "12", True),
        ("There were 12.", "12", True),
        ("A 14-week break.", "14", True),
        ("Anything.", "", False),
        ("Anything.", " \n", False),
        ("", "something", False),
        ("Costs (in crowns): 5.", "(in crowns): 5", True),
    ],
)
def test_a_quote_is_right_if_it_holds_the_answer(quote: str, answer: str, right: bool) -> None:
    assert is_right(quote, [answer]) is right


def test_one_of_several_answers_is_enough_and_none_is_never_right() -> None:
    assert is_right("Twelve men left.", ["12 men", "twelve men"])
    assert not is_right("Twelve men left.", [])


@given(st.text(st.characters(categories=["L", "Zs"]), min_size=1).filter(str.strip), st.text(), st.text())
def test_words_are_found_wherever_they_stand(answer: str, before: str, after: str) -> None:
    assert is_right(f"{before} {answer} {after}", [answer])


def questions(folder: Path, *lines: object) -> Path:
    path = folder / "questions.jsonl"
    text = "\n".join(line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines)
    path.write_text(text, "utf-8")
    return path


def test_questions_are_read_one_a_line(tmp_path: Path) -> None:
    path = questions(
        tmp_path,
        {"id": "a", "question": "How many?", "answers": ["2,500", 12]},
        "",
        {"question": "Who?", "answers": [], "more": 1},
    )
    assert read_questions(path) == [GoldQuestion("a", "How many?", ("2,500", "12")), GoldQuestion("3", "Who?", ())]


def test_line_ends_and_marks_of_other_systems_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    line = '{"id": "a", "question": "Who said “yes\u2028no\x85”?", "answers": ["x"]}'
    path.write_bytes(b"\xef\xbb\xbf" + f"{line}\r\n\r\n{line}\r\n".encode())
    assert [gold.question for gold in read_questions(path)] == ["Who said “yes\u2028no\x85”?"] * 2


def test_the_questions_of_the_samples_can_be_read() -> None:
    assert {bool(gold.answers) for gold in read_questions(SAMPLES / "questions")} == {True, False}


@pytest.mark.parametrize(
    "bad",
    [
        "no JSON",
        '{"question": "Who?", "answers": [',
        "[" * 100_000,
        [],
        "null",
        {"answers": ["x"]},
        {"question": "Who?"},
        {"question": None, "answers": ["x"]},
        {"question": "Who?", "answers": None},
        {"question": "Who?", "answers": "twelve"},
        {"question": "Who?", "answers": ["x", " "]},
        {"question": "?", "answers": ["x"]},
    ],
    ids=range(12),
)
def test_a_line_that_is_no_question_is_named(tmp_path: Path, bad: object) -> None:
    path = questions(tmp_path, {"question": "Who?", "answers": ["x"]}, "", bad)
    with pytest.raises(UsageError) as caught:
        read_questions(path)
    assert caught.value.why.startswith(f"line 3 of {path} is no question")
    assert len(caught.value.why) < 1_000


@pytest.mark.parametrize("content", [b"", b"\n \n", b"\xff\xfe\xff"], ids=["empty", "blank", "no text"])
def test_a_file_without_questions_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_bytes(content)
    with pytest.raises(UsageError, match=r"questions\.jsonl"):
        read_questions(path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="none"):
        read_questions(tmp_path / "none")


def outcome(rank: int, *, answerable: bool = True, answered: bool = True, seconds: float = 0.1) -> Outcome:
    return Outcome(GoldQuestion("q", "Who?", ("x",) if answerable else ()), rank, answered, 0.5, "", seconds)


def measures(*outcomes: Outcome) -> dict[str, Any]:
    document = Scores(outcomes).to_dict()
    del document["outcomes"]
    return document


def test_the_measures_of_known_outcomes() -> None:
    assert measures(
        outcome(1, seconds=0.01),
        outcome(1, answered=False, seconds=0.02),
        outcome(3, seconds=0.03),
        outcome(0, seconds=0.04),
        outcome(0, answerable=False, seconds=0.05),
        outcome(0, answerable=False, answered=False, seconds=0.06),
        outcome(0, answerable=False, answered=False, seconds=0.07),
    ) == {
        "questions": 7,
        "answerable": 4,
        "top-1": 0.5,
        "top-3": 0.75,
        "MRR": round((1 + 1 + 1 / 3) / 4, 4),
        "answered and right": 0.25,
        "refused when not in the articles": 0.6667,
        "balanced": round((0.25 + 0.6667) / 2, 4),
        "median ms": 40.0,
    }


def test_a_measure_without_its_kind_of_question_is_left_open() -> None:
    only_answerable = measures(outcome(1))
    assert only_answerable["refused when not in the articles"] is None
    assert only_answerable["balanced"] == only_answerable["answered and right"] == 1.0
    only_others = measures(outcome(0, answerable=False, answered=False))
    assert only_others["top-1"] is only_others["MRR"] is only_others["answered and right"] is None
    assert only_others["balanced"] == 1.0


def test_asking_all_questions_counts_what_was_right_wrong_and_refused(town_folder: Path) -> None:
    asked = [
        GoldQuestion("right", "How many weeks will the repairs of the bridge take?", ("14 weeks",)),
        GoldQuestion("wrong", "What does a wheel of the oldest cheese cost?", ("4 crowns",)),
        GoldQuestion("refused", "Who won the 2018 World Cup?", ()),
    ]
    stages: list[Progress] = []
    document = evaluate(asked, town_folder, report=stages.append).to_dict()
    assert {name: document[name] for name in ("questions", "answerable", "top-1", "MRR", "balanced")} == {
        "questions": 3,
        "answerable": 2,
        "top-1": 0.5,
        "MRR": 0.5,
        "balanced": 0.75,
    }
    assert [(item["id"], item["rank"], item["answered"]) for item in document["outcomes"]] == [
        ("right", 1, True),
        ("wrong", 0, True),
        ("refused", 0, False),
    ]
    assert document["outcomes"][1]["quote"] == "A wheel of the oldest cheese costs 48 crowns."
    assert json.loads(json.dumps(document)) == document
    assert stages[-1] == Progress("Asking", 3, 3)


def test_dense_search_alone_and_lexical_search_alone_can_be_measured(town_folder: Path) -> None:
    asked = [GoldQuestion("a", "How many weeks will the repairs of the bridge take?", ("14 weeks",))]
    for weight in (1.0, 0.0):
        assert evaluate(asked, town_folder, dense_weight=weight).to_dict()["top-1"] == 1.0
