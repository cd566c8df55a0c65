import pytest

from qa.followup.mentions import mentions
from qa.followup.references import gender_of, references


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Who is he?", ["he"]),
        ("What did she tell them about it?", ["she", "them", "it"]),
        ("Who leads that country?", ["that country"]),
        ("When did these rallies end?", ["these rallies"]),
        ("Why did the alliance meet?", ["the alliance"]),
        ("Who lives there?", ["there"]),
        ("Who was mayor then?", ["then"]),
        ("What opened that year?", ["that year"]),
        ("What did Karn say about it?", ["it"]),
        ("Who is its mayor?", ["its"]),
    ],
)
def test_what_points_out_of_a_question_is_found(question: str, words: list[str]) -> None:
    assert [reference.words for reference in references(question)] == words


@pytest.mark.parametrize(
    "question",
    [
        "Is it true that owls sing?",
        "How much does it cost to fly?",
        "What does it mean when owls sing?",
        "Why was it decided that the mill should close?",
        "Who made it harder for boats to land?",
        "Is there a mill?",
        "Has there ever been a mill?",
        "How many mills weren't there?",
        "What did the man who sold the mill say?",
        "What is the city centre of Karn called?",
        "Who runs the city of Karn?",
        "What did Runa Holt say she would do?",
        "Which ship sank after it was sold?",
        "Which ship lost its mast?",
        "What did the owner of the mill do before he left?",
        "Although the mill was old, who bought it?",
        "What rose this week?",
        "Then what happened in Karn?",
    ],
)
def test_what_stands_for_nothing_or_is_told_in_the_question_is_not(question: str) -> None:
    assert list(references(question)) == []


def test_who_acts_and_who_suffers_are_two() -> None:
    assert [reference.words for reference in references("What did Mayor Brandt say about her?")] == ["her"]
    assert list(references("What did Mayor Brandt say about her plans?", 0, ["Mayor Brandt left."])) == []


def test_a_man_and_a_woman_are_told_apart_by_the_articles() -> None:
    [harrow] = mentions("Who is Piet Harrow?")
    assert gender_of(harrow, ["Piet Harrow left. He was tired."]) == "he"
    assert gender_of(harrow, ["Ms Harrow left."]) == "she"
    assert gender_of(harrow, ["Piet Harrow left."]) == ""
