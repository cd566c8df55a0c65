import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import QuestionError
from index.library import Index
from qa.question import read_question
from qa.things import Thing, things_of, ways_to_write


def things(index: Index, question: str) -> list[Thing]:
    return list(things_of(read_question(question), index))


def texts(index: Index, question: str) -> list[str]:
    return [thing.text for thing in things(index, question)]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How many tanks did the CSTO send to Belarus in 2022?", ["tanks", "CSTO", "Belarus", "2022"]),
        ("Who won the 2018 World Cup?", ["2018", "World Cup"]),
        ("Why was Kazakhstan's internet cut?", ["Kazakhstan", "internet"]),
        ("What does Brandt's Oslen Gazette cost?", ["Brandt", "Oslen Gazette"]),
        ("which city has the tallest lighthouse", ["tallest", "lighthouse"]),
        ("What is the name of the ferry?", ["ferry"]),
        ("Did 2,500 troops land on 9 June 2021, the 15th time?", ["2,500", "troops", "land", "2021"]),
        ("Is the ferry a ferry of the Ferry?", ["ferry"]),
        ("Did January Ida June Brandt meet the Bank of Karn?", ["Ida", "Brandt", "Bank of Karn"]),
        ("Did a child win, or write in 2018?", ["2018"]),
        ("Who is he?", []),
    ],
)
def test_a_question_speaks_of_names_numbers_and_content_words(
    town_index: Index, question: str, expected: list[str]
) -> None:
    assert texts(town_index, question) == expected


@pytest.mark.parametrize(
    ("question", "mention"),
    [
        ("How many troops did the CSTO send?", "the CSTO"),
        ("Who opened the Linden bridge?", "“Linden”"),
        ("Who opened the Linden?", "the Linden"),
        ("Who met Ida Brandt?", "Ida Brandt"),
        ("Rain fell when?", "“Rain”"),
        ("how high is the lighthouse", "“lighthouse”"),
        ("who won in 2018", "“2018”"),
    ],
)
def test_a_name_is_called_as_it_is_and_another_word_is_quoted(town_index: Index, question: str, mention: str) -> None:
    assert mention in [thing.mention for thing in things(town_index, question)]


def test_a_number_is_also_looked_for_with_and_without_commas_and_as_a_decade(town_index: Index) -> None:
    assert ways_to_write("12500") == ways_to_write("12,500") == ("12500", "12,500", "12500s")
    assert ways_to_write("3.5") == ("3.5",)
    (number,) = things(town_index, "Where are 1950?")
    assert number.spellings == (frozenset({"1950"}), frozenset({"1", "950"}), frozenset({"1950s"}))


@given(text=st.text(max_size=80))
def test_every_thing_stands_in_the_question(town_index: Index, text: str) -> None:
    try:
        question = read_question(text)
    except QuestionError:
        return
    for thing in things_of(question, town_index):
        assert thing.text in question.text
        assert thing.words
        assert all(word in thing.text for word in thing.words)
        assert all(thing.spellings)


@pytest.mark.timeout(20)
def test_a_row_of_many_numbers_is_not_looked_up_in_each_combination_of_their_spellings(town_index: Index) -> None:
    row = "-".join(str(number) for number in range(1_000, 1_300))
    (thing,) = things(town_index, f"Where is A{row} now?")
    assert len(thing.spellings) < 100
