import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from index.repeats import fingerprint, same_words

WORDS = (
    "Rain",
    "fell",
    "on",
    "Łódź",
    "naïve",
    "Oslen's",
    "re-opened",
    "U.S.",
    "F-16",
    "7:30",
    "1,200",
    "0.5%",
    "-4",
    "$9",
)
words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12)
white_space = st.sampled_from([" ", "  ", "\n", "\r\n", "\t", "\u00a0", "\u2009"])
numbers = st.builds(
    "{}{}{}{}{}".format,
    st.sampled_from(["", "-", "+", "$", "£"]),
    st.integers(0, 99_999),
    st.sampled_from(["", ".", ",", ":", "/"]),
    st.integers(0, 999),
    st.sampled_from(["", "%", "°", "th", "m"]),
)


@given(words, st.data())
def test_case_quotation_marks_and_white_space_make_no_other_sentence(parts: list[str], data: st.DataObject) -> None:
    plain = " ".join(parts)
    cased = [data.draw(st.sampled_from([word, word.upper(), word.lower()])) for word in parts]
    spaces = [data.draw(white_space) for _ in parts]
    printed = "".join(word + space for word, space in zip(cased, spaces, strict=True))
    opening, closing = data.draw(st.sampled_from(["“”", '""', "‘’", "''", "«»"]))
    assert same_words(f"{opening}{plain},{closing} he said.") == same_words(f'"{printed}," he said')


@given(numbers, numbers)
def test_sentences_that_differ_in_a_number_are_never_the_same(one: str, other: str) -> None:
    assume(one != other)
    assert same_words(f"It rose by {one} overnight.") != same_words(f"It rose by {other} overnight.")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("It rose by 1.5 metres.", "It rose by 15 metres."),
        ("It rose by 1.5 metres.", "It rose by 1 5 metres."),
        ("It fell to -5.", "It fell to 5."),
        ("It costs $5.", "It costs £5."),
        ("It rose by 5%.", "It rose by 5."),
        ("About 10² ships came.", "About 102 ships came."),
        ("It won 2-1.", "It won 21."),
        ("He did resign.", "He did not resign."),
    ],
)
def test_what_makes_another_statement_is_kept(one: str, other: str) -> None:
    assert same_words(one) != same_words(other)


def test_links_do_not_make_another_sentence() -> None:
    assert same_words("Flood at Oslen https://example.org/a1") == same_words("Flood at Oslen pic.twitter.com/b2")


def test_what_has_no_words_is_the_same_only_to_the_letter() -> None:
    assert same_words("https://example.org/a") != same_words("https://example.org/b")


@given(st.text(), st.text())
def test_a_fingerprint_fits_a_column_of_sqlite_and_tells_what_same_words_tells(one: str, other: str) -> None:
    assert -(2**63) <= fingerprint(one) < 2**63
    assert (fingerprint(one) == fingerprint(other)) == (same_words(one) == same_words(other))
