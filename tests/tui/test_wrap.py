from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.text import same_length
from tui.wrap import wrap

texts = st.text().map(same_length)
widths = st.integers(2, 30)


@given(texts, widths)
def test_the_lines_hold_every_character_but_the_newlines_in_order(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert "".join(text[start:end] for start, end in lines) == text.replace("\n", "")
    assert all(text[end:following] in ("", "\n") for (_, end), (following, _) in pairwise(lines))


@given(texts, widths)
def test_no_line_is_wider_than_asked_for_but_by_blanks(text: str, width: int) -> None:
    assert all(cell_len(text[start:end].strip()) <= width for start, end in wrap(text, width))


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, [""]),
        ("one two three", 8, ["one two ", "three"]),
        ("one\n\ntwo", 8, ["one", "", "two"]),
        ("a abcdefghij b", 4, ["a ", "abcd", "efgh", "ij b"]),
        ("  indented text", 10, ["  indented ", "text"]),
        ("北京上海", 5, ["北京", "上海"]),
        ("exactly ten", 7, ["exactly ", "ten"]),
    ],
)
def test_lines_break_before_words(text: str, width: int, lines: list[str]) -> None:
    assert [text[start:end] for start, end in wrap(text, width)] == lines
