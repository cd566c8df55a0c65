from datetime import date
from pathlib import Path

import pytest

from qa.answer import Answer
from qa.chat import Chat

WIRE = (
    "A fire in the Karn mill killed twelve weavers on Friday, fire chief Ida Brandt said in a statement to reporters."
)
ARTICLES = {
    "post.txt": f"Fire in the mill of Karn\n\nPublished 8 January 2022\n\n{WIRE} The mill was built in 1911.\n",
    "herald.txt": f"Mill burns\n\nPublished 8 January 2022\n\n{WIRE} Its owner could not be reached.\n",
    "later.txt": (
        "Toll of mill fire rises\n\nPublished 10 January 2022\n\n"
        "The fire in the Karn mill killed fifteen weavers, fire chief Ida Brandt said on Monday. "
        "Jen Marrokai, who speaks for the owner, declined to comment. The mill of Karn had no sprinklers.\n"
    ),
}
KILLED = "How many weavers did the fire in the Karn mill kill?"


@pytest.fixture(scope="module")
def mill(tmp_path_factory: pytest.TempPathFactory) -> Chat:
    folder = tmp_path_factory.mktemp("mill")
    for name, text in ARTICLES.items():
        Path(folder, name).write_text(text, "utf-8")
    return Chat(folder, remembered=0)


@pytest.fixture(scope="module")
def killed(mill: Chat) -> Answer:
    return mill.ask(KILLED)


def test_a_reprinted_sentence_is_quoted_once_with_its_other_places(killed: Answer) -> None:
    (reprinted,) = [one for one in killed.evidence if one.quote == WIRE]
    assert {Path(place.article.path).name for place in (reprinted, *reprinted.also)} == {"herald.txt", "post.txt"}


def test_a_growing_toll_is_told_as_differing_over_time(killed: Answer) -> None:
    assert killed.agreement is not None
    assert killed.agreement.verdict == "differ_over_time"
    assert [value.text for value in killed.timeline] == ["twelve weavers", "fifteen weavers"]
    # The two papers print one statement.
    assert [value.sources for value in killed.timeline] == [1, 1]


def test_the_days_that_a_quote_means_stand_beside_it(killed: Answer) -> None:
    (reprinted,) = [one for one in killed.evidence if one.quote == WIRE]
    (time,) = reprinted.times
    assert (time.first, time.last) == (date(2022, 1, 7), date(2022, 1, 7))
    assert "Friday" in reprinted.article.text[time.start : time.end]


def test_a_question_that_asks_when_is_told_the_day(mill: Chat) -> None:
    answer = mill.ask("When did the fire in the Karn mill kill twelve weavers?")
    assert answer.status == "answered"
    assert any(note.endswith("means 7 January 2022.") for note in answer.notes)


def test_a_name_that_is_spelled_otherwise_is_found_and_that_is_said(mill: Chat) -> None:
    answer = mill.ask("Who does Jen Marokai speak for?")
    assert answer.notes[0] == "No article mentions “Marokai”: “Marrokai” was taken for it."
    assert "Marrokai" in answer.evidence[0].quote
    assert answer.question == "Who does Jen Marokai speak for?"


def test_copies_outside_the_days_that_were_asked_for_are_left_out(mill: Chat) -> None:
    answer = mill.ask(KILLED, since=date(2022, 1, 9))
    assert {one.article.published for one in answer.evidence} == {date(2022, 1, 10)}
    assert not any(one.also for one in answer.evidence)


def test_a_refusal_tells_nothing_of_agreement(mill: Chat) -> None:
    answer = mill.ask("How many submarines surfaced near Atlantis?")
    assert (answer.status, answer.agreement) == ("not_found", None)
    assert "submarines" in answer.missing
