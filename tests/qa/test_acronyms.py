import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.acronyms import ACRONYM, as_written_in, initials, names_for, spelled_out

PORTS = {"LNP": "League of Northern Ports"}

# Texts in which names, acronyms and other words meet in any order.
PIECES = (
    "League of Northern Ports|LNP|Bank of Karn|BK|Ida Brandt|IB|The|the|of|and|in|owls|met|LNPs|Élan Vital|É|A|.|?|(|)"
)
texts = st.lists(
    st.tuples(st.sampled_from(PIECES.split("|")), st.sampled_from([" ", "\n", "  ", ""])), max_size=12
).map(lambda pieces: "".join(part for piece in pieces for part in piece)) | st.text(max_size=30)
names = st.dictionaries(
    st.sampled_from(["LNP", "BK", "IB", "É", "(", r"\1"]),
    st.sampled_from(["League of Northern Ports", "Bank of Karn", "Ida Brandt", r"\g<0> (", "owls"]),
    max_size=3,
)


def stands_alone(acronym: str, text: str) -> bool:
    return re.search(rf"\b{re.escape(acronym)}\b", text) is not None


@pytest.mark.parametrize(
    ("name", "letters"),
    [("League of Northern Ports", "LNP"), ("Ida Brandt", "IB"), ("Élan Vital", "ÉV"), ("owls", ""), ("", "")],
)
def test_initials_are_the_capitals_that_words_begin_with(name: str, letters: str) -> None:
    assert initials(name) == letters


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It joined the League of Northern Ports.", PORTS),
        ("The League of Northern Ports met.", PORTS),
        ("It joined the League\n  of Northern Ports.", PORTS),
        ("Owls of Ida Brandt hid in the Bank of Karn.", {"OIB": "Owls of Ida Brandt", "BK": "Bank of Karn"}),
        ("A Bank for Sailors in Karn opened.", {"BSK": "Bank for Sailors in Karn"}),
        ("The League of Northern Ports met. It fears the Long Night Party.", PORTS),
        ("The council met in Karn.", {}),
        ("Owls hid.", {}),
        ("", {}),
    ],
)  # fmt: skip
def test_names_of_several_words_are_found_by_their_initials(text: str, expected: dict[str, str]) -> None:
    assert spelled_out(text) == expected


@given(texts)
def test_a_name_that_is_spelled_out_stands_in_the_text_and_has_these_initials(text: str) -> None:
    for acronym, name in spelled_out(text).items():
        assert initials(name) == acronym
        assert len(name.split()) > 1
        assert name in " ".join(text.split())


@pytest.mark.parametrize(
    ("passage", "question", "asked"),
    [
        ("The League of Northern Ports met.", "Who leads the LNP?", "Who leads the League of Northern Ports?"),
        ("The League\nof Northern Ports met.", "Who leads the LNP?", "Who leads the League of Northern Ports?"),
        ("The League of Northern Ports met.", "Did LNP join LNP?", "Did {0} join {0}?".format(PORTS["LNP"])),
        ("The LNP met.", "Who leads the League of Northern Ports?", "Who leads the LNP?"),
    ],
)
def test_a_question_is_asked_with_the_form_that_a_passage_has(passage: str, question: str, asked: str) -> None:
    assert as_written_in(passage, question, PORTS) == asked


@pytest.mark.parametrize(
    ("passage", "question"),
    [
        ("The League of Northern Ports (LNP) met.", "Who leads the LNP?"),
        ("The League of Northern Ports (LNP) met.", "Who leads the League of Northern Ports?"),
        ("Owls hid.", "Who leads the LNP?"),
        ("Owls hid.", "Who leads the League of Northern Ports?"),
        ("The League of Northern Ports met.", "Who leads the LNPs?"),
        ("The LNPs met.", "Who leads the League of Northern Ports?"),
        ("The League of Northern Ports met.", "Who leads the Bank of Karn?"),
    ],
)
def test_a_question_stays_where_the_passage_has_its_form_or_neither(passage: str, question: str) -> None:
    assert as_written_in(passage, question, PORTS) == question


@given(texts, texts, names)
def test_a_question_without_a_known_name_is_never_changed(passage: str, question: str, known: dict[str, str]) -> None:
    others = {
        acronym: name for acronym, name in known.items() if not stands_alone(acronym, question) and name not in question
    }
    assert as_written_in(passage, question, others) == question


@given(texts, texts)
def test_what_is_put_into_a_question_stands_in_the_passage(passage: str, question: str) -> None:
    for acronym, name in names_for(question, [passage, "The LNP is the League of Northern Ports."]).items():
        asked = as_written_in(passage, question, {acronym: name})
        if asked != question:
            words = " ".join(passage.split())
            assert (name in asked and name in words) or (stands_alone(acronym, words) and acronym in asked)


@given(st.lists(texts, max_size=3), texts)
def test_names_bear_on_the_question_and_come_from_the_texts(some: list[str], question: str) -> None:
    known = [(acronym, name) for text in some for acronym, name in spelled_out(text).items()]
    for acronym, name in names_for(question, some).items():
        assert ACRONYM.fullmatch(acronym)
        assert stands_alone(acronym, question) or name in question
        assert (acronym, name) in known


def test_of_two_names_with_the_same_initials_the_first_counts() -> None:
    told = ["Owls hid.", "The League of Northern Ports met.", "The Long Night Party met."]
    assert names_for("Who leads the LNP?", told) == PORTS
    assert names_for("Who leads the LNP?", reversed(told)) == {"LNP": "Long Night Party"}


def test_a_name_of_more_words_than_an_acronym_has_letters_is_none() -> None:
    long = "Guild of Old Bakers, Red Masons and Grey Coopers".replace(",", " and")
    assert names_for(f"Who leads the {long}?", [f"The {long} met."]) == {}
