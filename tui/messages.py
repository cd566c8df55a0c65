"""What the engine's thread and the widgets tell the screens, each of which alone owns its state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from index.records import Article, Progress
    from qa.answer import Answer, Evidence
    from qa.corpus import CorpusInfo
    from tui.conversation import KeptTurn
    from tui.history import ConversationEntry
    from tui.widgets.rows import Row


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
    """A question got its answer after so many seconds; kept as this turn of the conversation, or 0 if it is not."""

    turn: int
    answer: Answer
    seconds: float
    number: int


@dataclass
class AskFailed(Message):
    """A question got no answer because of an error."""

    turn: int
    error: Exception


@dataclass
class CallFailed(Message):
    """Something else that the engine was to do went wrong."""

    error: Exception


@dataclass
class Suggested(Message):
    """A question was found that the articles answer."""

    question: str


@dataclass
class Remembered(Message):
    """Questions of earlier runs, oldest first."""

    questions: Sequence[str]


@dataclass
class ConversationsFound(Message):
    """The conversations that hold some words, the latest first."""

    conversations: Sequence[ConversationEntry]


@dataclass
class TakenUp(Message):
    """An earlier conversation goes on; these are its last turns."""

    turns: Sequence[KeptTurn]


@dataclass
class EarlierShown(Message):
    """These turns came before those on the screen."""

    turns: Sequence[KeptTurn]


@dataclass
class Transcribed(Message):
    """The whole conversation, as text for a file or, without a path, for the clipboard."""

    text: str
    path: Path | None


@dataclass
class Catalogued(Message):
    """The list of all articles: each row with the text that it is found by."""

    rows: Sequence[tuple[Row, str]]


@dataclass
class ArticleRead(Message):
    """The article that was asked for."""

    article: Article


@dataclass
class KeptFound(Message):
    """Which parts of the article can be quoted."""

    kept: Sequence[tuple[int, int]]


@dataclass
class Asked(Message):
    """The reader asks a question, or gives a command; it is not empty."""

    question: str


@dataclass
class SourceChosen(Message):
    """The reader wants to see a quote in its article."""

    evidence: Evidence
