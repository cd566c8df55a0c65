import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import UsageError
from qa.corpus import SAMPLES
from qa.evaluation.questions import GoldQuestion, Paragraph, QuestionFile, draw, read_questions


def written(folder: Path, *lines: object) -> Path:
    path = folder / "questions.jsonl"
    text = "\n".join(line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines)
    path.write_text(text, "utf-8")
    return path


def squad(folder: Path, *items: object) -> Path:
    """A file in SQuAD format with one paragraph that has these questions."""
    page = {"title": "Barn_owl", "paragraphs": [{"context": "Barn owls hunt at night.", "qas": list(items)}]}
    return written(folder, {"version": "v2.0", "data": [page]})


def item(question: object = "When do they hunt?", *answers: object, **more: object) -> dict[str, Any]:
    return {"question": question, "answers": [{"text": answer, "answer_start": 0} for answer in answers], **more}


def test_questions_are_read_one_a_line(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        {"id": "a", "question": "How many?", "answers": ["2,500", 12]},
        "",
        {"question": "Who?", "answers": [], "more": 1},
    )
    asked = (GoldQuestion("a", "How many?", ("2,500", "12")), GoldQuestion("3", "Who?", ()))
    assert read_questions(path) == QuestionFile(asked)


def test_a_single_line_is_a_file_of_one_question_whatever_else_it_holds(tmp_path: Path) -> None:
    path = written(tmp_path, {"question": "Who?", "answers": ["x"], "data": []})
    assert read_questions(path).questions == (GoldQuestion("1", "Who?", ("x",)),)


def test_line_ends_and_marks_of_other_systems_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    line = '{"id": "a", "question": "Who said “yes\u2028no\x85”?", "answers": ["x"]}'
    path.write_bytes(b"\xef\xbb\xbf" + f"{line}\r\n\r\n{line}\r\n".encode())
    assert [gold.question for gold in read_questions(path).questions] == ["Who said “yes\u2028no\x85”?"] * 2


def test_the_questions_of_the_samples_can_be_read() -> None:
    assert {bool(gold.answers) for gold in read_questions(SAMPLES / "questions").questions} == {True, False}


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
    path = written(tmp_path, {"question": "Who?", "answers": ["x"]}, "", bad)
    with pytest.raises(UsageError) as caught:
        read_questions(path)
    assert caught.value.why.startswith(f"line 3 of {path} is no question")
    assert len(caught.value.why) < 1_000


@pytest.mark.parametrize(
    "content", [b"", b"\n \n", b"\xff\xfe\xff", b'{"data": []}'], ids=["empty", "blank", "no text", "SQuAD"]
)
def test_a_file_without_questions_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_bytes(content)
    with pytest.raises(UsageError, match=r"questions\.jsonl"):
        read_questions(path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="none"):
        read_questions(tmp_path / "none")


def test_squad_brings_its_paragraphs_and_an_answer_given_twice_is_accepted_once(tmp_path: Path) -> None:
    path = squad(
        tmp_path,
        item("When do they hunt?", "at night", "night", "at night", id="a", is_impossible=False),
        item("When do they read?", id="b", is_impossible=True, plausible_answers=[{"text": "at night"}]),
    )
    asked = (
        GoldQuestion("a", "When do they hunt?", ("at night", "night")),
        GoldQuestion("b", "When do they read?", ()),
    )
    assert read_questions(path) == QuestionFile(asked, (Paragraph("Barn owl", "Barn owls hunt at night."),))


def test_squad_of_the_first_version_has_no_word_on_what_is_impossible(tmp_path: Path) -> None:
    assert read_questions(squad(tmp_path, item("When?", "night"))).questions == (
        GoldQuestion("1", "When?", ("night",)),
    )


def test_a_question_that_squad_calls_impossible_has_no_answer_even_if_one_is_given(tmp_path: Path) -> None:
    assert read_questions(squad(tmp_path, item("When?", "night", is_impossible=True))).questions[0].answers == ()


def test_squad_may_be_written_over_many_lines(tmp_path: Path) -> None:
    path = squad(tmp_path, item("When?", "night"))
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")), indent=2), "utf-8")
    assert len(read_questions(path).questions) == 1


@pytest.mark.parametrize(
    "bad",
    ["no object", {"question": "Who?"}, item(None), item("Who?", 12), item("Who?", " "), item("?", "x")],
    ids=range(6),
)
def test_a_question_of_squad_that_is_none_is_named(tmp_path: Path, bad: object) -> None:
    path = squad(tmp_path, item("When?", "night"), bad)
    with pytest.raises(UsageError) as caught:
        read_questions(path)
    assert caught.value.why.startswith(f"question 2 of {path} is no question")


@pytest.mark.parametrize("page", [[], {"title": "Owl"}, {"paragraphs": ["text"]}, {"paragraphs": [{"context": "x"}]}])
def test_what_looks_like_squad_and_is_not_is_told(tmp_path: Path, page: object) -> None:
    with pytest.raises(UsageError, match="looks like SQuAD, but"):
        read_questions(written(tmp_path, {"data": [page]}))


ASKED = [GoldQuestion(str(number), "Who?", ()) for number in range(12)]


@given(st.integers(0, 20), st.integers())
def test_a_sample_keeps_the_order_and_its_seed_repeats_it(count: int, seed: int) -> None:
    drawn = draw(ASKED, count, seed)
    assert drawn == [gold for gold in ASKED if gold in drawn]
    assert len(drawn) == min(count, len(ASKED))
    assert drawn == draw(ASKED, count, seed)


def test_other_seeds_draw_other_samples() -> None:
    assert len({tuple(draw(ASKED, 6, seed)) for seed in range(10)}) > 1


def test_half_a_character_is_read_as_a_question_mark(tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text('{"id": "\\ud83e", "question": "Who \\ud83e hid?", "answers": ["Owls\\udca5"]}', "utf-8")
    assert read_questions(path).questions == (GoldQuestion("?", "Who ? hid?", ("Owls?",)),)
