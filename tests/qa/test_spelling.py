from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from index.library import Index
from index.update import update_index
from qa.question import read_question
from qa.spelling import as_articles_spell

ARTICLES = {
    "harbour.txt": "Jen Marrokai opened the harbour of Karn on Monday. The ferry to Kiev left at noon.",
    "mill.txt": "The mill of Karn burned. Ida Brandt, who owns it, blamed the storm. Marrokai came by boat.",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("articles")
    for name, text in ARTICLES.items():
        Path(folder, name).write_text(text, "utf-8")
    place = tmp_path_factory.mktemp("index")
    update_index(folder, place)
    with closing(Index(place, folder)) as opened:
        yield opened


def test_a_name_that_no_article_has_is_asked_as_they_spell_it(index: Index) -> None:
    question, notes = as_articles_spell(read_question("What did Jen Marokai open?"), index)
    assert question.text == "What did Jen Marrokai open?"
    assert notes == ("No article mentions “Marokai”: “Marrokai” was taken for it.",)


def test_a_question_that_is_typed_without_capitals_may_hold_names(index: Index) -> None:
    question, _ = as_articles_spell(read_question("what did jen marokai open?"), index)
    assert question.text == "what did jen Marrokai open?"
    question, _ = as_articles_spell(read_question("when did the ferry to kyiv leave?"), index)
    assert question.text == "when did the ferry to Kiev leave?"
    left_alone = read_question("Did Ida Brandt see the marokai?")
    assert as_articles_spell(left_alone, index) == (left_alone, ())


def test_a_renamed_city_is_found(index: Index) -> None:
    question, _ = as_articles_spell(read_question("When did the ferry to Kyiv leave?"), index)
    assert question.text == "When did the ferry to Kiev leave?"
    assert "Kiev" in question.names


@pytest.mark.parametrize(
    "text",
    [
        "What did Jen Marrokai open?",
        "Who is Ida Brandt?",
        "What did Morkuy open?",
        "who owns the mill?",
        "Where is Zanzibar?",
        "How many ferries left in 1987?",
    ],
)
def test_names_that_are_there_and_names_that_are_not_close_are_left_alone(text: str, index: Index) -> None:
    question = read_question(text)
    assert as_articles_spell(question, index) == (question, ())


def test_each_name_is_told_once(index: Index) -> None:
    question, notes = as_articles_spell(read_question("Did Marokai say that Marokai came?"), index)
    assert question.text == "Did Marrokai say that Marrokai came?"
    assert len(notes) == 1
