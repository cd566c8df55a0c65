from datetime import UTC, datetime
from pathlib import Path

import pytest

from index.errors import HistoryError
from tests.tui.fakes import QUESTION, QUOTE, FakeEngine, buses, make_article
from tui.conversation import SHOWN, Conversation
from tui.history import History


def test_what_is_kept_comes_back_with_the_article_as_it_is() -> None:
    history, engine = History(None), FakeEngine()
    conversation = Conversation(history)
    assert conversation.turns(engine) == []
    assert [conversation.keep("/articles/flood", buses(), 0.5) for _ in range(2)] == [1, 2]
    turns = conversation.turns(engine)
    assert [turn.number for turn in turns] == [1, 2]
    evidence = turns[0].exchange.answer.evidence[0]
    assert evidence.quote == QUOTE
    assert evidence.article == buses().evidence[0].article
    assert turns[0].exchange.seconds == 0.5
    assert abs((turns[0].exchange.asked - datetime.now(UTC)).total_seconds()) < 60


def test_a_quote_whose_article_is_gone_is_still_shown_and_that_is_said() -> None:
    history = History(None)
    conversation = Conversation(history)
    conversation.keep("/articles/flood", buses(), 0.5)
    (turn,) = conversation.turns(FakeEngine(RuntimeError()))
    answer = turn.exchange.answer
    assert answer.evidence[0].quote == QUOTE
    assert any("[1]" in note for note in answer.notes)


def test_a_conversation_that_is_taken_up_goes_on_in_the_history_and_in_the_engine() -> None:
    history, engine = History(None), FakeEngine()
    first = Conversation(history)
    for _ in range(SHOWN + 5):
        first.keep("/articles/flood", buses(), 0.1)
    (kept,) = history.conversations()
    second = Conversation(history)
    turns = second.take_up(engine, kept.id)
    assert [turn.number for turn in turns] == list(range(6, SHOWN + 6))
    assert len(engine.remembered) == SHOWN
    assert [turn.number for turn in second.turns(engine, before=6)] == [1, 2, 3, 4, 5]
    assert second.keep("/articles/flood", buses(), 0.1) == SHOWN + 6
    assert len(second.exchanges(engine)) == SHOWN + 6
    assert len(history.conversations()) == 1


def test_a_new_conversation_leaves_the_old_one_as_it_is() -> None:
    history, engine = History(None), FakeEngine()
    conversation = Conversation(history)
    conversation.keep("/articles/flood", buses(), 0.1)
    engine.remembered = [buses()]
    conversation.begin(engine)
    assert engine.remembered == []
    assert conversation.exchanges(engine) == []
    conversation.keep("/articles/flood", buses(), 0.1)
    assert [one.turns for one in history.conversations()] == [1, 1]


def test_it_is_there_in_the_next_run(tmp_path: Path) -> None:
    history = History(tmp_path / "history.db")
    Conversation(history).keep("/articles/flood", buses(), 0.1)
    history.close()
    again = History(tmp_path / "history.db")
    assert [one.title for one in again.conversations()] == [QUESTION]
    assert len(Conversation(again).take_up(FakeEngine(), again.conversations()[0].id)) == 1
    again.close()


def test_a_turn_that_cannot_be_read_any_more_is_left_out() -> None:
    history, engine = History(None), FakeEngine()
    conversation = Conversation(history)
    conversation.keep("/articles/flood", buses(), 0.1)
    (kept,) = history.conversations()
    history.add(kept.id, "/articles/flood", {"question": "who", "evidence": []}, 0.1, datetime.now(UTC))
    engine.articles = [make_article("Nothing of it.")]
    assert len(conversation.turns(engine)) == 1


def test_a_conversation_that_cannot_be_read_is_not_taken_up(tmp_path: Path) -> None:
    history, engine = History(tmp_path / "history.db"), FakeEngine()
    conversation = Conversation(history)
    conversation.keep("/articles/flood", buses(), 0.1)
    other = Conversation(history)
    other.keep("/articles/flood", buses(), 0.1)
    history.close()
    with pytest.raises(HistoryError):
        other.take_up(engine, 1)
    assert engine.remembered == []


def test_after_a_conversation_was_deleted_its_next_turn_is_the_first_of_a_new_one() -> None:
    history = History(None)
    conversation = Conversation(history)
    assert [conversation.keep("/articles/flood", buses(), 0.1) for _ in range(2)] == [1, 2]
    history.delete(history.conversations()[0].id)
    assert conversation.keep("/articles/flood", buses(), 0.1) == 1
