import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.reporting import reports


@pytest.mark.parametrize(
    "sentence",
    [
        "Stay tuned to the radio, the mayor said.",
        '"Stay tuned," said the mayor.',
        "Stay tuned? the mayor asked.",
        "Stay tuned, according to the mayor.",
        "Stay tuned, read a sign in the hall.",
        "Sign up for the militia began on Sunday.",
        "Cancel at any time of the journey cost people from three towns ninety crowns each.",
    ],
)
def test_a_sentence_that_names_a_speaker_or_tells_what_happened_reports(sentence: str) -> None:
    assert reports(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Stay tuned.",
        "Was this article helpful?",
        "Sign up for our newsletter and get what you need to know about the courts in your inbox each day.",
        "This story was first published by the Example Courier.",
        "Ada Moor covers the courts and was named reporter of the year. Reach her at ada@example.com.",
        "Subscribe now, and you said you would.",
    ],
)
def test_a_sentence_that_speaks_to_the_reader_of_a_page_does_not_report(sentence: str) -> None:
    assert not reports(sentence)


@given(
    st.sampled_from(["Read more", "Sign up for our newsletter", "We use cookies", "Follow us on Twitter"]),
    st.sampled_from(["the minister", "Ida Brandt", "a police spokesman from Linden", "she", "officials"]),
    st.sampled_from(["said", "told reporters", "wrote on Monday", "warned", "announced", "ruled"]),
)
def test_who_said_it_makes_it_news(opening: str, speaker: str, verb: str) -> None:
    assert reports(f"{opening}, {speaker} {verb}.")


@pytest.mark.parametrize("unit", ["a ", "a, ", ", the a ", "latest a ", "read: ", ". "])
def test_a_long_line_is_judged_without_backtracking(unit: str) -> None:
    assert reports((unit * 2_000)[:2_000]) in {True, False}
