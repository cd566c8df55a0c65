import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.printable import printable

any_text = st.text(st.characters(exclude_categories=()))


@given(any_text)
def test_one_character_stands_for_one_so_that_offsets_stay_valid(text: str) -> None:
    shown = printable(text)
    assert len(shown) == len(text)
    assert all(
        after == before or unicodedata.category(before)[0] in "CZ" for before, after in zip(text, shown, strict=True)
    )


@given(any_text)
def test_nothing_a_terminal_would_obey_remains(text: str) -> None:
    shown = printable(text)
    assert not {character for character in shown if unicodedata.category(character) == "Cc"} - {"\n", "\t"}
    assert not set(shown) & set("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    shown.encode("utf-8")


@given(any_text)
def test_what_is_printable_is_left_alone(text: str) -> None:
    assert printable(printable(text)) == printable(text)


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("one\ntwo\tthree", "one\ntwo\tthree"),
        ("a\x00b", "a\u2400b"),
        ("\x1b]0;title\x07", "\u241b]0;title\u2407"),
        ("line\r\n", "line\u240d\n"),
        ("\x7f", "\u2421"),
        ("\x9b31m", "\ufffd31m"),
        ("gnp\u202e.exe", "gnp\ufffd.exe"),
        ("ad\u200bmin", "ad\ufffdmin"),
        ("a\u2028b\u2029c", "a\ufffdb\ufffdc"),
        ("half \ud83d", "half \ufffd"),
        ("Łódź, Ағаш, 東京, cafe\u0301", "Łódź, Ағаш, 東京, cafe\u0301"),
    ],
)
def test_each_unsafe_character_has_a_visible_stand_in(raw: str, shown: str) -> None:
    assert printable(raw) == shown
