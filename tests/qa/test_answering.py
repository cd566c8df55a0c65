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
    assert answer.resolved_question == "Who does Jen Marrokai speak for?"


def test_copies_outside_the_days_that_were_asked_for_are_left_out(mill: Chat) -> None:
    answer = mill.ask(KILLED, since=date(2022, 1, 9))
    assert {one.article.published for one in answer.evidence} == {date(2022, 1, 10)}
    assert not any(one.also for one in answer.evidence)


def test_a_refusal_tells_nothing_of_agreement(mill: Chat) -> None:
    answer = mill.ask("How many submarines surfaced near Atlantis?")
    assert (answer.status, answer.agreement) == ("not_found", None)
    assert "submarines" in answer.missing


def test_what_sources_say_does_not_depend_on_how_many_quotes_are_shown(mill: Chat, killed: Answer) -> None:
    shown = mill.ask(KILLED, top=1)
    assert shown.agreement is not None
    assert killed.agreement is not None
    assert [value.text for value in shown.agreement.values] == [value.text for value in killed.agreement.values]
    numbers = [one.number for one in shown.evidence]
    assert numbers == list(range(1, len(numbers) + 1))
    assert {number for value in shown.agreement.values for number in value.evidence} <= set(numbers)
    by_number = {one.number: one.quote for one in shown.evidence}
    assert all(value.text in by_number[value.evidence[0]] for value in shown.agreement.values)


def test_the_number_that_was_asked_for_is_marked(tmp_path: Path) -> None:
    text = (
        "Fire in Karn\n\nNine guards were killed and 41 injured when the Karn depot burned, officials said on Monday.\n"
    )
    (tmp_path / "fire.txt").write_text(text, "utf-8")
    chat = Chat(tmp_path, tmp_path.parent / "index", remembered=0)
    spans = [chat.ask(f"How many guards were {what}?").evidence[0].span for what in ("killed", "injured")]
    chat.close()
    assert spans == ["Nine", "41"]


def test_articles_without_a_date_that_a_range_leaves_out_are_told(tmp_path: Path) -> None:
    for name, line in (("a.txt", "Published 8 January 2022\n\n"), ("b.txt", ""), ("c.txt", "")):
        (tmp_path / name).write_text(f"Fire in Karn\n\n{line}The depot of Karn burned all night.\n", "utf-8")
    chat = Chat(tmp_path, tmp_path.parent / "dated", remembered=0)
    assert chat.ask("What burned in Karn?", since=date(2022, 1, 1)).notes == (
        "2 articles without a known date were left out.",
    )
    assert chat.ask("What burned in Karn?").notes == ()
    chat.close()
