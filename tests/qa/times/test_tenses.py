import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.times.tenses import Tense, tense_at


def tense_of(sentence: str) -> Tense:
    """The tense at the words in square brackets."""
    start, end = sentence.index("["), sentence.index("]") - 1
    return tense_at(sentence.replace("[", "").replace("]", ""), start, end)


@pytest.mark.parametrize(
    "sentence",
    [
        "The dam burst and the valley was flooded [on Friday].",
        "[On Friday] the valley was flooded.",
        "[On Friday], in the early hours, the dam broke.",
        "The mayor, who is to leave soon, said [Friday] that all was well.",
        "The mayor [on Friday] opened the bridge.",
        "The rain that will not end began [on Friday].",
        "They agreed [Friday] to meet.",
        "It rained for days. [On Friday], the dam broke.",
        "“We saw the dam break [on Friday],” she wrote.",
        "In the flood [on Friday], forty sheds were lost.",
        "The council had been told [on Friday].",
    ],
)
def test_what_was_is_past(sentence: str) -> None:
    assert tense_of(sentence) is Tense.PAST


@pytest.mark.parametrize(
    "sentence",
    [
        "The mayor will speak [on Friday].",
        "The mayor said she’ll speak [on Friday].",
        "[On Friday] the mayor will speak.",
        "The vote is expected [on Friday].",
        "The vote is now to be held [on Friday].",
        "The ban takes effect [on Friday].",
        "He told them that the council [on Friday] will meet.",
        "The dam won't be open [on Friday].",
    ],
)
def test_what_is_to_come_is_future(sentence: str) -> None:
    assert tense_of(sentence) is Tense.FUTURE


@pytest.mark.parametrize(
    "sentence",
    [
        "The vote was expected [on Friday].",
        "They planned to march [on Friday].",
        "She would speak [on Friday].",
        "He resigned before the vote [on Friday].",
        "They will leave after the shelling [on Friday].",
        "The union called for a strike [on Friday].",
        "The water will rise and spread [on Friday].",
        "Shops are closed [on Friday].",
    ],
)
def test_what_can_be_read_both_ways_is_open(sentence: str) -> None:
    assert tense_of(sentence) is Tense.OPEN


@pytest.mark.parametrize(
    "sentence",
    [
        "[Friday]",
        "The march [on Friday] was called off.",
        "The bridge in the valley [on Friday]. It was raining.",
        "The mayor [on Friday], who was asked about it.",
        "The hundred and their need [on Friday].",
    ],
)
def test_without_a_verb_of_its_own_a_time_has_no_tense(sentence: str) -> None:
    assert tense_of(sentence) is Tense.UNTOLD


@given(st.text(), st.data())
def test_any_place_in_any_text_has_a_tense(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert tense_at(text, start, end) in Tense


@pytest.mark.parametrize("unit", ["was ", "will not ", "to ", "is only ", "aed", " - ", "that ", "a.”  "])
def test_a_long_line_is_searched_without_backtracking(unit: str) -> None:
    line = unit * (100_000 // len(unit))
    assert tense_at(line, len(line), len(line)) in Tense
