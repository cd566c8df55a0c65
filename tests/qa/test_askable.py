"""Sentences, and the questions that are made of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.askable import Form, askables

HOLT = "Engineer Runa Holt drew the plans. Holt said that she was tired."


def questions(sentence: str, article: str = "") -> list[str]:
    return [found.question for found in askables(sentence, f"{sentence} {article}")]


@pytest.mark.parametrize(
    ("sentence", "question", "form", "answer"),
    [
        (
            "About 2,300 people were moved to Karn on Monday, the harbour office said.",
            "How many people were moved to Karn?",
            Form.HOW_MANY,
            "2,300",
        ),
        (
            "The harbour office said that twelve ferries have been sold to the U.S.",
            "How many ferries have been sold to the U.S.?",
            Form.HOW_MANY,
            "twelve",
        ),
        (
            "Over 40 cars were found in Oslen with all that was in them.",
            "How many cars were found in Oslen?",
            Form.HOW_MANY,
            "40",
        ),
        ("Runa Holt opened the bridge to Karn on Monday.", "Who opened the bridge to Karn?", Form.WHO_DID, "Runa Holt"),
        (
            "“It will hold,” said Runa Holt, the mayor of Oslen, on Monday.",
            "Who is the mayor of Oslen?",
            Form.WHO_HOLDS,
            "Runa Holt",
        ),
        (
            "Runa Holt, the Norlandic prime minister, left early.",
            "Who is the Norlandic prime minister?",
            Form.WHO_HOLDS,
            "Runa Holt",
        ),
        ("On Monday, Karn Ferries CEO Runa Holt left.", "Who is the Karn Ferries CEO?", Form.WHO_HOLDS, "Runa Holt"),
        (
            "The lighthouse of Oslen was painted blue by volunteers in 2019.",
            "When was the lighthouse of Oslen painted blue by volunteers?",
            Form.WHEN,
            "2019",
        ),
        (
            "Karn's old mill was sold on Friday after a long dispute.",
            "When was Karn's old mill sold?",
            Form.WHEN,
            "Friday",
        ),
        ("Runa Holt, a retired engineer, lives in Karn.", "Who is Runa Holt?", Form.WHO_IS, "a retired engineer"),
        ("Karn Ferries spokeswoman Runa Holt left.", "Who is Runa Holt?", Form.WHO_IS, "spokeswoman"),
        (
            "It joined the League of Northern Ports (LNP) last year.",
            "What does LNP stand for?",
            Form.STANDS_FOR,
            "League of Northern Ports",
        ),
    ],
)
def test_a_sentence_gives_a_question_with_its_answer(sentence, question, form, answer):
    found = {one.question: one for one in askables(sentence, f"{sentence} {HOLT}")}
    assert (found[question].form, found[question].answer.strip()) == (form, answer)


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("Karn bridge closed in 2019", id="a headline"),
        pytest.param("He was born in Karn in 1950.", id="who is meant stands elsewhere"),
        pytest.param("The bridge was closed on Monday.", id="no name tells which bridge"),
        pytest.param("When Karn was flooded in 1999, all left.", id="a clause that is no statement"),
        pytest.param("“Karn was flooded in 1999,” he said.", id="what somebody claims"),
        pytest.param("The office counted 118 boxes sold by firms in Karn.", id="a participle that is no verb"),
        pytest.param("About 30 percent were made in Karn.", id="a measure is no thing"),
        pytest.param("Two of the 40 men were born in Karn.", id="a part of a number"),
        pytest.param("Nearly 500 men have been shot in Karn by their own guards.", id="somebody is referred to"),
        pytest.param("Former Karn Mayor Runa Holt left.", id="no longer in office"),
        pytest.param("The office of Karn's Deputy Mayor Runa Holt is shut.", id="a title of which a part is missing"),
        pytest.param("Norway President Runa Holt left.", id="a country that is no adjective"),
        pytest.param("He left the port of Le Karn, a town with a mayor.", id="a place with a description"),
        pytest.param("It joined the League of Northern Ports (LPG).", id="other letters"),
        pytest.param("Runa Holt, the mayor of Oslen, left. " * 20, id="too long to be looked at"),
    ],
)
def test_no_question_is_made_of(sentence):
    assert questions(sentence, HOLT.replace("Engineer", "")) == []


def test_who_did_something_is_asked_only_where_the_article_speaks_of_a_person():
    assert questions("Typhoon Noruk reached the port of Karn on Monday.") == []
    assert questions("Karn Holding bought the bridge of Oslen.") == []
    assert questions("Runa Holt bought the bridge of Oslen.", HOLT) == ["Who bought the bridge of Oslen?"]


def test_line_breaks_in_a_sentence_do_not_matter():
    sentence = "Runa Holt, the mayor of Oslen, left."
    assert questions(sentence.replace(" ", "\n  ")) == questions(sentence) != []


WORDS = st.sampled_from(
    "Runa Holt Karn Oslen , . “ ” ( ) the The mayor of was were sold in 2019 on Monday 40 people said who said, U.S."
    " LNP (LNP) a their and – died President engineer".split()
)


@given(st.lists(WORDS, min_size=2, max_size=30))
def test_whatever_is_read_a_question_is_one_short_line_that_speaks_of_nothing_before(words):
    for found in askables(" ".join(words) + ".", HOLT):
        assert found.question.endswith("?")
        assert found.question[0].isupper()
        assert not set("“”(),\n") & set(found.question)
        assert len(found.question.split()) <= 16
        assert "their" not in found.question.split()
