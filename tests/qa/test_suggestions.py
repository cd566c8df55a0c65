from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from index.library import Index
from qa.answer import Answer
from qa.chat import Chat
from qa.corpus import open_corpus
from qa.suggestions import CONFIDENCE_NEEDED, MOST_SUGGESTED, suggestions

NEWS = {
    "moved.txt": "Flood in Karn\n\nAbout 2,300 people were moved to Karn on Monday, the harbour office said.\n",
    "mill.txt": "Mill sold\n\nThe old mill of Oslen was sold in 2019 after a long dispute over its wheel.\n",
    "mayor.txt": "New mayor\n\nThe flood is over, said Runa Holt, the mayor of Oslen, at the town hall.\n",
    "ferry.txt": "Ferry\n\nThe ferry will run until midnight. A ticket costs two crowns, and dogs travel free.\n",
}
EXPECTED = {
    "How many people were moved to Karn?",
    "When was the old mill of Oslen sold?",
    "Who is the mayor of Oslen?",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    news = tmp_path_factory.mktemp("suggested")
    for name, text in NEWS.items():
        (news / name).write_text(text, "utf-8")
    return news


@pytest.fixture(scope="module")
def chat(folder):
    chat = Chat(folder, remembered=0)
    chat.open()
    yield chat
    chat.close()


@pytest.fixture(scope="module")
def index(chat, folder):
    with closing(open_corpus(folder, None).index) as opened:
        yield opened


def test_questions_of_different_forms_about_different_articles_are_suggested(index: Index, chat: Chat):
    found = list(suggestions(index, chat.ask))
    assert set(found) == EXPECTED
    assert len({chat.ask(question).quoted[0].article.path for question in found}) == MOST_SUGGESTED


def test_every_suggestion_is_answered_with_confidence(index, chat):
    assert all(chat.ask(question).confidence >= CONFIDENCE_NEEDED for question in suggestions(index, chat.ask))


def test_the_same_articles_always_give_the_same_suggestions(index, chat):
    assert list(suggestions(index, chat.ask)) == list(suggestions(index, chat.ask))


def test_a_suggestion_is_looked_for_when_it_is_asked_for(index, chat):
    asked: list[str] = []

    def answers(question: str) -> Answer:
        asked.append(question)
        return chat.ask(question)

    found = suggestions(index, answers)
    assert asked == []
    next(found)
    assert len(asked) == 1


def doubtful(answer: Answer) -> Answer:
    return replace(answer, confidence=CONFIDENCE_NEEDED - 0.01)


def refused(answer: Answer) -> Answer:
    return replace(answer, status="not_found")


def spelled_otherwise(answer: Answer) -> Answer:
    return replace(answer, resolved_question="Who is the major of Oslen?")


def with_other_words(answer: Answer) -> Answer:
    first = answer.evidence[0]
    return replace(answer, evidence=(replace(first, span_start=first.start, span_end=first.start),))


@pytest.mark.parametrize("change", [doubtful, refused, spelled_otherwise, with_other_words])
def test_nothing_is_suggested_that_is_not_answered_as_it_was_meant(index, chat, change):
    assert list(suggestions(index, lambda question: change(chat.ask(question)))) == []


def test_nothing_is_suggested_of_articles_that_lend_themselves_to_no_question(tmp_path):
    (tmp_path / "ferry.txt").write_text(NEWS["ferry.txt"], "utf-8")
    chat = Chat(tmp_path, remembered=0)
    chat.open()
    with closing(chat), closing(open_corpus(tmp_path, None).index) as index:
        assert list(suggestions(index, chat.ask)) == []
