"""What the chat needs from the rest of pullquote, and the thread in which that runs."""

from __future__ import annotations

import contextlib
import queue
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

from tui.messages import Answered, AskFailed, CallFailed, Opened, OpenFailed, Opening

if TYPE_CHECKING:
    from textual.message import Message

    from index.records import Article, CatalogueEntry, Progress
    from qa.answer import Answer
    from qa.corpus import CorpusInfo

REPORT_INTERVAL = 0.1
STOP_TIMEOUT = 2.0
EVIDENCE = 10


class Engine(Protocol):
    """Opens the articles, answers questions about them, and lets them be looked through."""

    def open(self, report: Callable[[Progress], None]) -> CorpusInfo:
        """Build or update the index and load the models, which may take minutes.

        Args:
            report: Called with the progress of the work.

        Raises:
            PullquoteError: The articles, the index or the model cannot be used.
        """

    def ask(self, question: str, *, top: int = 5) -> Answer:
        """Answer one question.

        Args:
            question: The question.
            top: How many sentences of evidence there are, at least where there are so many.

        Raises:
            PullquoteError: The question cannot be answered.
        """

    def take_back(self) -> None:
        """Forget the last question, as if it had not been asked: the next one refers to what was before it."""

    def forget(self) -> None:
        """Begin a new conversation: the next question refers to nothing that was asked before."""

    def recall(self, answers: Sequence[Answer]) -> None:
        """Take up an earlier conversation: the next question may refer to these, oldest first."""

    def catalogue(self) -> Sequence[CatalogueEntry]:
        """Every article without its text, in the order of the files."""

    def article(self, identifier: str) -> Article | None:
        """The article with an id, or None where there is none any more."""

    def kept(self, article: Article) -> Sequence[tuple[int, int]]:
        """The ranges of an article's text that can be quoted, in order; the rest was taken for page furniture."""

    def suggestions(self) -> Iterator[str]:
        """A few questions that the articles answer, each found when it is asked for, which takes a moment."""


class _Stopped(BaseException):
    """Unwinds an engine that is still opening when the chat is left."""


class EngineThread:
    """Runs every call to an engine in one thread of its own, and posts what comes of it.

    The thread is a daemon, so that leaving the chat never waits for an engine that does not return.

    Args:
        make: Makes the engine, whose modules may take long to import; only this thread calls it and the engine.
        post: Takes the messages; must be safe to call from any thread.
        keep: Keeps an answer that took so many seconds, and tells which turn of the conversation it is.

    Attributes:
        clock: Tells the time that answers are measured by, in seconds.
    """

    def __init__(
        self, make: Callable[[], Engine], post: Callable[[Message], object], keep: Callable[[Answer, float], int]
    ) -> None:
        """Make the thread; ``open`` starts it."""
        self._keep = keep
        self._cancelled: set[int] = set()
        self.clock: Callable[[], float] = time.monotonic
        self._make = make
        self._engine: Engine | None = None
        self._post = post
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="pullquote-engine", daemon=True)

    def open(self) -> None:
        """Open the articles, for the first time or again."""
        if not self._thread.is_alive():
            self._thread.start()
        self._jobs.put(self._open)

    def ask(self, turn: int, question: str) -> None:
        """Answer a question after the calls made before.

        Args:
            turn: What the resulting message names the question by.
            question: The question.
        """
        self._jobs.put(lambda: self._ask(turn, question))

    def cancel(self, turn: int) -> None:
        """Neither keep nor remember the answer to a question, which comes all the same if it is being looked for."""
        self._cancelled.add(turn)

    def call(self, work: Callable[[Engine], Message | None], post: Callable[[Message], object]) -> None:
        """Do something else with the engine after the calls made before.

        Args:
            work: What to do; the message that it returns is posted, None is not.
            post: Takes the message, or ``CallFailed``; must be safe to call from any thread.
        """
        self._jobs.put(lambda: self._call(work, post))

    def stop(self) -> None:
        """Let the thread end at its next chance; nothing is posted any more."""
        self._stopping.set()
        self._jobs.put(None)

    def join(self) -> None:
        """Wait a moment for the end of the thread, so that an engine can put its work in order."""
        if self._thread.is_alive():
            self._thread.join(STOP_TIMEOUT)

    def _made(self) -> Engine:
        if self._engine is None:
            self._engine = self._make()
        return self._engine

    def _run(self) -> None:
        try:
            while (job := self._jobs.get()) is not None and not self._stopping.is_set():
                job()
        except _Stopped:
            return

    def _open(self) -> None:
        try:
            info = self._made().open(self._reporter())
        except Exception as error:
            self._send(OpenFailed(error))
        else:
            self._send(Opened(info))

    def _ask(self, turn: int, question: str) -> None:
        began = self.clock()
        try:
            answer = self._made().ask(question, top=EVIDENCE)
        except Exception as error:
            self._send(AskFailed(turn, error))
        else:
            seconds = self.clock() - began
            self._send(Answered(turn, answer, seconds, self._kept(turn, answer, seconds)))

    def _kept(self, turn: int, answer: Answer, seconds: float) -> int:
        """Keep an answer before the next question is looked at; 0 where it is not kept."""
        if turn in self._cancelled:
            self._made().take_back()
            return 0
        try:
            return self._keep(answer, seconds)
        except Exception as error:
            self._send(CallFailed(error))
            return 0

    def _call(self, work: Callable[[Engine], Message | None], post: Callable[[Message], object]) -> None:
        try:
            message = work(self._made())
        except Exception as error:
            message = CallFailed(error)
        if message is not None:
            self._send(message, post)

    def _reporter(self) -> Callable[[Progress], None]:
        """A ``report`` that passes on each new stage, and within a stage about ten events a second."""
        stage = ""
        sent = 0.0

        def report(progress: Progress) -> None:
            nonlocal stage, sent
            if self._stopping.is_set():
                raise _Stopped
            now = time.monotonic()
            if progress.stage != stage or now - sent >= REPORT_INTERVAL:
                stage, sent = progress.stage, now
                self._send(Opening(progress))

        return report

    def _send(self, message: Message, post: Callable[[Message], object] | None = None) -> None:
        if not self._stopping.is_set():
            # The screen may close at this very moment, and then takes no message.
            with contextlib.suppress(RuntimeError):
                (post or self._post)(message)
