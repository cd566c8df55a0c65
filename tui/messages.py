"""What the engine's thread and the widgets tell the chat screen, which alone owns its state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from index.records import Progress
    from qa.answer import Answer, Evidence
    from qa.corpus import CorpusInfo


@dataclass
class Opening(Message):
    """The articles are being opened."""

    progress: Progress

    def can_replace(self, message: Message) -> bool:
        """Whether ``message`` can be dropped for this one: only the latest progress counts."""
        return isinstance(message, Opening)


@dataclass
class Opened(Message):
    """The articles can be asked."""

    info: CorpusInfo


@dataclass
class OpenFailed(Message):
    """The articles could not be opened."""

    error: Exception


@dataclass
class Answered(Message):
    """A question got its answer, after so many seconds."""

    turn: int
    answer: Answer
    seconds: float


@dataclass
class AskFailed(Message):
    """A question got no answer because of an error."""

    turn: int
    error: Exception


@dataclass
class Asked(Message):
    """The reader asks a question, which is not empty."""

    question: str


@dataclass
class SourceChosen(Message):
    """The reader wants to see a quote in its article."""

    evidence: Evidence
