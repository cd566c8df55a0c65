import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import QuestionError
from qa.question import LONGEST_QUESTION, Kind, read_question


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How many troops did the CSTO send?", Kind.NUMBER),
        ("how much does a ticket cost", Kind.NUMBER),
        ("How long was the price cap?", Kind.NUMBER),
        ("What was the price of a ticket?", Kind.NUMBER),
        ("When did the protests begin?", Kind.DATE),
        ("In which year was the bridge built?", Kind.DATE),
        ("Who leads the CSTO?", Kind.PERSON),
        ("Which minister resigned?", Kind.PERSON),
        ("Where do the owls nest?", Kind.PLACE),
        ("Which city's airport was seized?", Kind.PLACE),
        ("Which company built the tunnel?", Kind.NAME),
        ("Why did the pumps fail?", Kind.REASON),
        ("What caused the flood?", Kind.REASON),
        ("What happened on Monday?", Kind.OTHER),
        ("Is the bridge open?", Kind.OTHER),
    ],
)
def test_the_kind_of_answer_is_told_by_the_asking_words(question: str, kind: Kind) -> None:
    assert read_question(question).kind is kind
    assert read_question(question.upper()).kind is kind


def test_the_last_clause_asks() -> None:
    assert read_question("When the war ended, who was president?").kind is Kind.PERSON
    assert read_question("The bridge was closed. When will it open?").kind is Kind.DATE


def test_names_and_numbers_are_kept_as_written() -> None:
    question = read_question("Did Ida Brandt open the Linden bridge on 9 June 2021 for 1,200 guests?")
    assert question.names[:2] == ("Ida Brandt", "Linden")
    assert question.numbers == ("9", "2021", "1,200")


def test_the_word_that_asks_is_no_name() -> None:
    assert read_question("Who leads the CSTO?").names == ("CSTO",)


def test_what_is_counted_is_the_focus() -> None:
    question = read_question("How many drivers were led out?")
    assert question.counts
    assert question.focus == "drivers"
    assert not read_question("Which drivers were led out?").counts


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Which tent maker went bankrupt?", True),
        ("The head of which company stepped down?", True),
        ("What is the name of the song?", True),
        ("Which of the companies went bankrupt?", True),
        ("Which airlines went bankrupt?", True),
        ("Which fabric burned?", False),
        ("What did the company say?", False),
        ("What hit two school buses?", False),
        ("What made the mill's network fail?", False),
        ("Which film genre sells best?", False),
        ("What chain of events led to the flood?", False),
        ("What is the name of the disease?", False),
        ("Why did the team lose?", False),
    ],
)
def test_some_things_go_by_names(text: str, named: bool) -> None:
    assert read_question(text).named is named


def test_one_of_several_is_of_their_kind() -> None:
    assert read_question("Which of the countries sent tents?").kind is Kind.PLACE
    assert read_question("Which of the people left?").kind is Kind.PERSON


def test_a_fine_is_asked_for_and_not_who_got_one() -> None:
    assert read_question("Which airline got a fine?").kind is Kind.NAME
    assert read_question("What fine did the airline get?").kind is Kind.NUMBER


def test_the_degree_is_the_word_after_how() -> None:
    assert read_question("How LONG was the cap?").degree == "long"
    assert read_question("Who asked?").degree == ""


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("When and where did the bridge collapse?", (Kind.DATE, Kind.PLACE)),
        ("Who opened the bridge, and in which year?", (Kind.PERSON, Kind.DATE)),
        ("Who fled and how many were hurt?", (Kind.PERSON, Kind.NUMBER)),
        ("When did it open and why?", (Kind.DATE, Kind.REASON)),
        ("Where did Ida Brandt and Tomas Veld meet?", (Kind.PLACE,)),
        ("The Rhine and what other river flooded?", (Kind.NAME,)),
        ("Who said when the ferry would leave?", (Kind.PERSON,)),
    ],
)
def test_an_asking_word_behind_and_asks_for_another_kind(question: str, kinds: tuple[Kind, ...]) -> None:
    read = read_question(question)
    assert (read.kind, *read.further_kinds) == kinds


@pytest.mark.parametrize(
    "question",
    [
        "Which countries sent troops?",
        "What companies did the mayor buy?",
        "To which three towns did the ferry run?",
        "Who are the members of the council?",
        "What are the names of the two bridges?",
        "Which people crossed?",
    ],
)
def test_a_plural_asks_for_a_list(question: str) -> None:
    assert read_question(question).several
    assert read_question(question.lower()).several


@pytest.mark.parametrize(
    "question",
    [
        "Which country sent troops?",
        "Which country's troops landed?",
        "Which bus was late?",
        "On what basis was it closed?",
        "What makes the bridge sway?",
        "What is the name of the bridge?",
        "Who was the mayor of Oslen?",
        "How many countries sent troops?",
        "When was the firm, which owns bridges, founded?",
    ],
)
def test_a_singular_asks_for_no_list(question: str) -> None:
    assert not read_question(question).several


def test_white_space_is_folded() -> None:
    assert read_question(" Who\n\tasked? ").text == "Who asked?"


@pytest.mark.parametrize("text", ["", " ", "?", "…—!", "\x00\x1b"])
def test_a_question_needs_a_word(text: str) -> None:
    with pytest.raises(QuestionError, match="no word"):
        read_question(text)


def test_a_question_has_an_end() -> None:
    longest = "a" * LONGEST_QUESTION
    assert read_question(longest).text == longest
    with pytest.raises(QuestionError, match="2,001 characters"):
        read_question(longest + "a")


@given(st.text())
def test_any_text_is_taken_apart_or_refused(text: str) -> None:
    try:
        question = read_question(text)
    except QuestionError:
        assert not any(character.isalnum() for character in text)
    else:
        for part in (*question.names, *question.numbers):
            assert part in question.text


@given(
    st.sampled_from(
        ["How many ", "and when ", "who are x-", "what ab-", "Which ", "the ", "A.B ", "1,1.", "of ", "X-Y ", "did "]
    ),
    st.integers(1, 2_000),
)
def test_long_questions_are_read_at_once(part: str, count: int) -> None:
    text = (part * count)[:LONGEST_QUESTION]
    assert read_question(text).text == " ".join(text.split())
