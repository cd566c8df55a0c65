import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.printable import printable
from tests.hostile import RAW, raw_in

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


@pytest.mark.parametrize("character", RAW)
def test_nothing_is_left_that_a_terminal_obeys_hides_or_refuses(character: str) -> None:
    assert printable(f"a{character}b") != f"a{character}b"
    assert not raw_in(printable(f"a{character}b"))


def test_every_character_of_unicode_without_a_shape_of_its_own_has_a_stand_in() -> None:
    kept = {character for character in map(chr, range(0x110000)) if printable(character) == character}
    shapeless = {character for character in kept if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp")}
    # These signs of Arabic, Syriac and Kaithi are of the category of format characters, and are seen.
    signs = {*map(chr, range(0x600, 0x606)), *"\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"}
    assert shapeless == {"\n", "\t"} | signs


@pytest.mark.parametrize("text", ["❤️ and 🇰🇿", "e\u0301\u0323", "ก็้", "नमस्ते", "שָׁלוֹם", "\u0300" * 4])
def test_marks_that_scripts_and_emoji_use_stay(text: str) -> None:
    assert printable(text) == text


@pytest.mark.parametrize("mark", ["\u0301", "\u20dd", "ก็"[1], "\ufe0f", "\U000e0100"])
def test_a_flood_of_marks_is_cut_after_the_fourth(mark: str) -> None:
    shown = printable(f"a{mark * 1000}b")
    assert len(shown) == 1002
    assert shown.count(mark) <= 4
    assert shown.endswith("\ufffdb")
