import gzip
import json
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import UsageError
from qa.training.rows import Row, read_rows, write_rows
from tests.qa.training.made import rows_of_any_text, unanswered, words_of

OWLS = {"question": "Who hid?", "context": "Owls hid.", "answer": "Owls", "start": 0}


def as_lines(rows: Sequence[Row], ascii_only: bool, none: str | None = None) -> str:
    documents = [
        {"question": row.question, "context": row.context, "answer": words_of(row), "start": row.answer[0]}
        if row.answer
        else {"question": row.question, "context": row.context, "answer": none}
        for row in rows
    ]
    return "\n".join(json.dumps(document, ensure_ascii=ascii_only) for document in documents)


def as_squad(rows: Sequence[Row], indent: int | None) -> str:
    paragraphs = [
        {
            "context": row.context,
            "qas": [
                {
                    "question": row.question,
                    "answers": [{"text": words_of(row), "answer_start": row.answer[0]}] if row.answer else [],
                }
            ],
        }
        for row in rows
    ]
    return json.dumps({"version": "v2.0", "data": [{"title": "Owls", "paragraphs": paragraphs}]}, indent=indent)


def read(text: str, name: str = "rows.json", encoding: str = "utf-8") -> tuple[list[Row], int]:
    with TemporaryDirectory() as folder:
        path = Path(folder, name)
        data = text.encode(encoding)
        path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
        return read_rows(path)


names = st.sampled_from(["rows.json", "rows.jsonl", "rows.json.gz"])
encodings = st.sampled_from(["utf-8", "utf-8-sig"])


@given(
    st.lists(rows_of_any_text() | rows_of_any_text().map(unanswered), min_size=1, max_size=4),
    names,
    encodings,
    st.booleans(),
    st.sampled_from(["", None]),
)
def test_rows_written_as_json_lines_are_read_as_they_were(
    rows: list[Row], name: str, encoding: str, ascii_only: bool, none: str | None
) -> None:
    assert read(as_lines(rows, ascii_only, none), name, encoding) == (rows, 0)


@given(st.lists(rows_of_any_text() | rows_of_any_text().map(unanswered), min_size=1, max_size=4))
def test_rows_that_are_written_are_read_as_they_were(rows: list[Row]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, "rows.jsonl")
        write_rows(rows, path)
        assert read_rows(path) == (rows, 0)
        assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("change", [{"answer": ""}, {"answer": None}, {"answer": "", "start": -1}], ids=str)
def test_a_passage_with_an_empty_answer_or_none_does_not_tell(change: dict[str, Any]) -> None:
    assert read(json.dumps({**OWLS, **change})) == ([Row("Who hid?", "Owls hid.", None)], 0)


@given(
    st.lists(rows_of_any_text() | rows_of_any_text().map(unanswered), min_size=1, max_size=4),
    names,
    encodings,
    st.sampled_from([None, 2]),
)
def test_rows_written_as_squad_are_read_as_they_were(
    rows: list[Row], name: str, encoding: str, indent: int | None
) -> None:
    assert read(as_squad(rows, indent), name, encoding) == (rows, 0)


def test_the_first_of_several_answers_counts() -> None:
    answers = [{"text": "Owls", "answer_start": 0}, {"text": "hid", "answer_start": 5}]
    paragraph = {"context": "Owls hid.", "qas": [{"question": "Who hid?", "answers": answers}]}
    assert read(json.dumps({"data": [{"paragraphs": [paragraph]}]})) == ([Row("Who hid?", "Owls hid.", (0, 4))], 0)


@pytest.mark.parametrize(
    "change",
    [
        {"start": 1},
        {"start": -9},
        {"start": 99},
        {"answer": "owls"},
        {"answer": " ", "start": 4},
        {"question": "?!"},
        {"question": "why " * 1_000},
    ],
    ids=str,
)
def test_a_row_that_cannot_be_used_is_left_out_and_counted(change: dict[str, Any]) -> None:
    text = f"{json.dumps({**OWLS, **change})}\n\n{json.dumps(OWLS)}\n"
    assert read(text) == ([Row("Who hid?", "Owls hid.", (0, 4))], 1)


def test_half_a_character_costs_that_character() -> None:
    text = r'{"question": "Who \ud83d hid?", "context": "\ud83d\ude00 \udfff owls hid.", "answer": "owls", "start": 4}'
    assert read(text) == ([Row("Who ? hid?", "😀 ? owls hid.", (4, 8))], 0)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "owls",
        "5",
        "[]",
        "{}",
        '"data"',
        '["data"]',
        '{"data": 5}',
        '{"data": []}',
        '{"data": [{"paragraphs": [{"context": "Owls hid.", "qas": [{"question": "Who hid?"}]}]}]}',
        '{"question": "Who hid?", "context": "Owls hid."}',
        json.dumps({**OWLS, "start": "0"}),
        json.dumps({**OWLS, "start": 0.5}),
        json.dumps({**OWLS, "start": None}),
        '{"question": "Who hid?", "context": "Owls hid.", "answer": "Owls"}',
        json.dumps({**OWLS, "answer": 0}),
        json.dumps({**OWLS, "answer": False}),
        json.dumps({**OWLS, "answer": []}),
        json.dumps({**OWLS, "answer": ["Owls"]}),
        json.dumps({**OWLS, "question": 5}),
        json.dumps({**OWLS, "context": ["Owls hid."]}),
        json.dumps({**OWLS, "start": 1}),
        f"{json.dumps(OWLS)}\n{{",
        "[" * 100_000,
    ],
    ids=lambda text: text[:40],
)
def test_what_is_no_training_data_is_told(text: str) -> None:
    with pytest.raises(UsageError, match="training data cannot be used") as raised:
        read(text)
    assert "rows.json" in raised.value.why


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"not gzip"])
def test_a_file_that_cannot_be_decoded_is_told(data: bytes, tmp_path: Path) -> None:
    for name in ("rows.gz", "none.json"):
        (tmp_path / "rows.gz").write_bytes(data)
        with pytest.raises(UsageError, match="training data cannot be used"):
            read_rows(tmp_path / name)
    with pytest.raises(UsageError, match="training data cannot be used"):
        read_rows(tmp_path)


def test_text_that_is_not_utf_8_is_told() -> None:
    with pytest.raises(UsageError, match="training data cannot be used"):
        read(json.dumps({**OWLS, "question": "Who hid, Zoë?"}, ensure_ascii=False), encoding="cp1252")


def test_a_damaged_gzip_file_gives_the_rows_or_is_told(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl.gz"
    whole = gzip.compress(json.dumps(OWLS).encode(), mtime=0)
    outcomes = set()
    for place in range(len(whole)):
        for damaged in (whole[:place], whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :]):
            path.write_bytes(damaged)
            try:
                outcomes.add(read_rows(path) == ([Row("Who hid?", "Owls hid.", (0, 4))], 0))
            except UsageError:
                outcomes.add(None)
    assert outcomes == {True, None}
