import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.reference import begins_with_definite, is_whole, refers_back


@pytest.mark.parametrize(
    "sentence",
    [
        "He rejected the plan.",
        "But she had left by then.",
        "They’ve closed the bridge.",
        "Their boats were old.",
        "It opened in May.",
        "It is likely to close in June.",
        "It was built to last.",
        "Its keeper is 90.",
        "This surprised the mayor.",
        "These boats are old.",
        "That was a mistake.",
        "That's why the ferry stopped.",
        "Those boats were sold.",
        "Both sides want to talk.",
        "Both were sold.",
    ],
)
def test_a_sentence_that_begins_with_a_word_for_something_before_it_refers_back(sentence: str) -> None:
    assert refers_back(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Olaf Dunn rejected the plan.",
        "“He rejected the plan,” Olaf Dunn said.",
        '"They left."',
        "Heron Island was closed.",
        "IT workers went home.",
        "Her Majesty opened the bridge.",
        "It is raining in Oslen.",
        "It’s not clear who paid.",
        "It was Olaf Dunn who paid.",
        "It is hard to say.",
        "It was easy for the mayor to agree.",
        "It took two hours to put out the fire.",
        "It has been three years since the flood.",
        "It turned out that he had paid.",
        "It seems likely.",
        "This week the ferry stopped.",
        "This Monday the ferry stopped.",
        "These days nobody swims there.",
        "This article was updated on Monday.",
        "That said, the ferry is old.",
        "That is, nobody knew.",
        "Those who paid may stay.",
        "Both Oslen and Karn were flooded.",
        "Both the mayor and her deputy left.",
        "",
    ],
)
def test_a_sentence_that_means_nothing_before_it_stands_alone(sentence: str) -> None:
    assert not refers_back(sentence)


@pytest.mark.parametrize(
    ("sentence", "is_so"),
    [
        ("The operation is its first in the north.", True),
        ("Yet the group will stay for good.", True),
        ("The mayor of Oslen will stay.", False),
        ("The Linden bridge is closed.", False),
        ("Operations were called off in the north.", False),
        ("Then there was no more rain.", False),
    ],
)
def test_a_thing_that_is_marked_as_known_has_the_and_no_name(sentence: str, is_so: bool) -> None:
    assert begins_with_definite(sentence) is is_so


@pytest.mark.parametrize(
    ("text", "is_so"),
    [
        ("It rained.", True),
        ("“It rained!”", True),
        ("He left (at last.)", True),
        ("Old bridge closes after flood", False),
        ("What did the mayor say?", False),
        ("Read more:", False),
        ("", False),
    ],
)
def test_a_whole_sentence_is_no_heading_and_no_question(text: str, is_so: bool) -> None:
    assert is_whole(text) is is_so


@given(
    st.sampled_from(["It is ", "It was not ", "It took ", "That ", "Both a ", "The "]),
    st.sampled_from(["a ", "x-y ", "very ", "’", "for "]),
    st.integers(0, 2_000),
)
def test_long_sentences_are_read_at_once(opening: str, part: str, count: int) -> None:
    sentence = opening + part * count
    assert refers_back(sentence) in (True, False)
    assert begins_with_definite(sentence) in (True, False)
