"""What the engine's thread and the widgets tell the chat screen, which alone owns its state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.records import Article, CatalogueEntry, Progress
    from qa.answer import Answer, Evidence
    from qa.corpus import CorpusInfo
    from tui.conversation import KeptTurn
    from tui.history import Conversation


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

    conversations: Sequence[Conversation]


@dataclass
class Kept(Message):
    """An answer is in the history, as this turn of the conversation."""

    turn: int
    number: int


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
    """The whole conversation, as text for a file or, without a file name, for the clipboard."""

    text: str
    file_name: str


@dataclass
class Catalogued(Message):
    """The list of all articles."""

    entries: Sequence[CatalogueEntry]


@dataclass
class ArticleRead(Message):
    """An article, and which parts of it can be quoted."""

    article: Article
    kept: Sequence[tuple[int, int]]


@dataclass
class Asked(Message):
    """The reader asks a question, or gives a command; it is not empty."""

    question: str


@dataclass
class SourceChosen(Message):
    """The reader wants to see a quote in its article."""

    evidence: Evidence
