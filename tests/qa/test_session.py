import gc
from dataclasses import replace
from pathlib import Path

import pytest

from index.errors import CorpusNotFoundError
from qa.answer import Answer
from qa.session import LongSession, Session

REPAIRS = "How many weeks will the repairs of the bridge take?"
MAYOR = "Who opened the stone bridge again?"


@pytest.fixture
def session(town, town_folder):
    """A session over the articles of the town, which are indexed; it is not opened yet."""
    session = Session(town_folder)
    yield session
    session.close()


def test_the_catalogue_lists_the_articles_and_each_is_found_by_its_id(session):
    entries = session.catalogue()
    assert {entry.title for entry in entries} >= {"Owls in the tower", "Ferry until midnight"}
    for entry in entries:
        article = session.article(entry.id)
        assert article is not None
        assert (article.path, article.label, article.published) == (entry.path, entry.label, entry.published)
        assert len(article.text) == entry.length


def test_an_article_that_is_not_there_is_none(session):
    assert session.article("0" * 16) is None


def test_what_is_quoted_stands_in_what_is_kept(session):
    answer = session.ask(REPAIRS)
    for evidence in answer.evidence:
        assert any(start <= evidence.start and evidence.end <= end for start, end in session.kept(evidence.article))


def test_nothing_is_kept_of_an_article_that_was_changed(session):
    article = session.article(session.catalogue()[0].id)
    assert session.kept(article) != []
    assert session.kept(replace(article, text=f"{article.text} ")) == []


def test_suggestions_leave_the_conversation_as_it_is(session):
    session.ask(MAYOR)
    before = session.ask("When?")
    session.forget()
    session.ask(MAYOR)
    list(session.suggestions())
    assert session.ask("When?") == before
    assert before.resolved_question.startswith("When")


def test_a_conversation_that_is_taken_up_again_goes_on_as_it_would_have(session):
    asked = [session.ask(question) for question in (REPAIRS, MAYOR, "When?", "What did she say?", "Hello!")]
    then = session.ask("Why?")
    session.forget()
    session.ask("Where do the owls nest?")
    session.recall(asked)
    assert session.ask("Why?") == then


def test_a_question_that_was_never_understood_says_nothing_of_what_is_spoken_of(session):
    session.recall([session.ask(MAYOR), Answer("What did they say about it?", "not_found", 0.1, ())])
    assert session.ask("When?").resolved_question == session_question(session)


def session_question(session: Session) -> str:
    session.forget()
    session.ask(MAYOR)
    return session.ask("When?").resolved_question


def test_recalling_nothing_begins_a_new_conversation(session):
    session.ask(MAYOR)
    session.recall([])
    assert session.ask("When?").notes != ()
    assert session.ask("When?").resolved_question == ""


@pytest.mark.parametrize(
    "call",
    [
        lambda session: session.catalogue(),
        lambda session: session.article("0" * 16),
        lambda session: next(session.suggestions()),
    ],
)
def test_articles_that_are_not_there_are_told_by_whatever_needs_them_first(call, tmp_path: Path):
    with pytest.raises(CorpusNotFoundError):
        call(Session(tmp_path / "nowhere"))


def test_what_stays_is_left_out_of_collections_once_when_the_articles_are_opened(town, town_folder):
    threshold, frozen = gc.get_threshold(), gc.get_freeze_count()
    session = LongSession(town_folder)
    try:
        session.open()
        left_out = gc.get_freeze_count()
        assert left_out > frozen
        session.ask(MAYOR)
        session.catalogue()
        assert gc.get_freeze_count() <= left_out
    finally:
        session.close()
        gc.unfreeze()
        gc.set_threshold(*threshold)
