import pytest

from qa.question import read_question
from qa.span_kinds import is_of_wrong_kind


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("How many tents burned?", "twelve"),
        ("How many tents burned?", "about 2,500"),
        ("How many tents burned?", "dozens"),
        ("When did the tents burn?", "last Tuesday"),
        ("When did the tents burn?", "after the concert"),
        ("In which year did the tents burn?", "1987"),
        ("In which month did the tents burn?", "early May"),
        ("Who lit the tents?", "Ines Varga"),
        ("Where did the tents burn?", "near Tallow Lane"),
        ("Which country sent the tents?", "South Korea"),
        ("Which countries sent the tents?", "Ghana and Peru"),
        ("Which state passed the bill?", "New Mexico"),
        ("Why did the tents burn?", "a spark"),
        ("Which fabric burned?", "canvas"),
        ("Which tent maker went bankrupt?", "The Tallow Company"),
        ("What is the name of the song?", "Nine to Five"),
        ("Who lit the tents?", "The Vargas"),
        ("Who lit the tents?", "Øystein"),
        ("Which airline went bankrupt?", "Åsa Air"),
        ("Which film genre burned best?", "comedy"),
    ],
)
def test_words_that_can_answer_are_of_the_right_kind(question: str, words: str) -> None:
    assert not is_of_wrong_kind(words, read_question(question))


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("How many tents burned?", "the tents"),
        ("When did the tents burn?", "the tents"),
        ("In which year did the tents burn?", "May"),
        ("In which month did the tents burn?", "1987"),
        ("Who lit the tents?", "a neighbour"),
        ("Where did the tents burn?", "here"),
        ("Which country sent the tents?", "Nashville"),
        ("Which state passed the bill?", "Nashville"),
        # An article has a capital at the beginning of a sentence.
        ("Who lit the tents?", "The oldest of the neighbours"),
        ("Who lit the tents?", "They"),
        ("Which tent maker went bankrupt?", "The country's largest tent maker"),
        ("What is the name of the song?", "a song of hers"),
        # A name is found as a whole word only.
        ("Which country sent the tents?", "Malifax"),
    ],
)
def test_words_that_cannot_answer_are_of_the_wrong_kind(question: str, words: str) -> None:
    assert is_of_wrong_kind(words, read_question(question))


def test_what_is_counted_is_no_name_of_it() -> None:
    assert not is_of_wrong_kind("three", read_question("How many countries sent tents?"))
    assert is_of_wrong_kind("Peru", read_question("How many countries sent tents?"))
