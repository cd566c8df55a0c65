"""The conversation that is kept: its turns go into the history, and come back out of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from index.errors import PullquoteError

if TYPE_CHECKING:
    from qa.answer import Answer
    from qa.transcript import Exchange
    from tui.engine import Engine
    from tui.history import History

SHOWN = 10
_EVERY_TURN = 1_000_000


@dataclass(frozen=True, slots=True)
class KeptTurn:
    """A turn out of the history.

    Attributes:
        number: Which turn of the conversation it is, from 1.
        exchange: The question and its answer, whose quotes refer to the articles as they are now.
    """

    number: int
    exchange: Exchange


class Conversation:
    """The present conversation, of which the engine's thread alone keeps account.

    Args:
        history: Where it is kept.
    """

    def __init__(self, history: History) -> None:
        """Begin one that has no turn yet."""
        self._history = history
        self._identifier: int | None = None

    def keep(self, corpus: str, answer: Answer, seconds: float) -> int:
        """Keep a turn.

        Args:
            corpus: The path of the articles.
            answer: The answer.
            seconds: How long it took.

        Returns:
            Which turn of the conversation it is, from 1.
        """
        self._identifier = self._history.add(
            self._identifier, corpus, answer.to_dict(), seconds, asked=datetime.now(UTC)
        )
        latest = self._history.turns(self._identifier, last=1)
        return latest[-1].number if latest else 0

    def begin(self, engine: Engine) -> None:
        """Begin a new one."""
        engine.forget()
        self._identifier = None

    def take_up(self, engine: Engine, identifier: int) -> list[KeptTurn]:
        """Go on with an earlier one.

        Returns:
            Its last turns, oldest first.
        """
        turns = self._read(identifier, engine, SHOWN, None)
        self._identifier = identifier
        engine.recall([turn.exchange.answer for turn in turns])
        return turns

    def turns(self, engine: Engine, *, last: int = SHOWN, before: int | None = None) -> list[KeptTurn]:
        """Some of its turns, oldest first; what cannot be read any more is left out.

        Args:
            engine: Gives the articles of the quotes.
            last: How many, at most.
            before: Only turns before this one.
        """
        return [] if self._identifier is None else self._read(self._identifier, engine, last, before)

    def exchanges(self, engine: Engine) -> Sequence[Exchange]:
        """Every question and its answer, oldest first."""
        return [turn.exchange for turn in self.turns(engine, last=_EVERY_TURN)]

    def _read(self, identifier: int, engine: Engine, last: int, before: int | None) -> list[KeptTurn]:
        from qa.recall import recalled
        from qa.transcript import Exchange

        found = []
        for stored in self._history.turns(identifier, last, before):
            try:
                answer = recalled(stored.document, engine.article)
            except PullquoteError:
                continue
            found.append(KeptTurn(stored.number, Exchange(answer, stored.seconds, stored.asked.astimezone())))
        return found
