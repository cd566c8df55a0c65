import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.evaluation import files
from qa.evaluation.files import read_text, writable


@pytest.mark.parametrize("data", [b"Who hid?", b"\xef\xbb\xbfWho hid?"])
def test_a_text_is_read_with_or_without_a_byte_order_mark(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.jsonl").write_bytes(data)
    assert read_text(tmp_path / "a.jsonl") == "Who hid?"


@pytest.mark.timeout(20)
def test_a_file_without_an_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LARGEST_FILE", 2**20)
    with pytest.raises(ValueError, match="larger than 1 MiB"):
        read_text(Path(os.devnull).with_name("zero"))


def test_what_is_not_utf8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b"\xff")
    with pytest.raises(ValueError, match="utf-8"):
        read_text(tmp_path / "a.jsonl")


@given(st.text(st.characters()))
def test_what_is_writable_can_be_written_and_is_as_long(text: str) -> None:
    assert len(writable(text).encode().decode()) == len(text)


@given(st.text())
def test_whole_characters_stay_as_they_are(text: str) -> None:
    assert writable(text) == text
