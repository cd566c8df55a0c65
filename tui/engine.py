"""What the chat needs from the rest of pullquote, and the thread in which that runs."""

from __future__ import annotations

import contextlib
import queue
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from tui.messages import Answered, AskFailed, Opened, OpenFailed, Opening

if TYPE_CHECKING:
    from textual.message import Message

    from index.records import Progress
    from qa.answer import Answer
    from qa.corpus import CorpusInfo

REPORT_INTERVAL = 0.1
STOP_TIMEOUT = 2.0


class Engine(Protocol):
    """Opens the articles and answers questions about them."""

    def open(self, report: Callable[[Progress], None]) -> CorpusInfo:
        """Build or update the index and load the models, which may take minutes.

        Args:
            report: Called with the progress of the work.

        Raises:
            PullquoteError: The articles, the index or the model cannot be used.
        """

    def ask(self, question: str) -> Answer:
        """Answer one question.

        Raises:
            PullquoteError: The question cannot be answered.
        """


class _Stopped(BaseException):
    """Unwinds an engine that is still opening when the chat is left."""


class EngineThread:
    """Runs every call to an engine in one thread of its own, and posts what comes of it.

    The thread is a daemon, so that leaving the chat never waits for an engine that does not return.

    Args:
        engine: The engine; after the start only this thread calls it.
        post: Takes the messages; must be safe to call from any thread.
    """

    def __init__(self, engine: Engine, post: Callable[[Message], object]) -> None:
        """Make the thread; ``open`` starts it."""
        self._engine = engine
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

    def stop(self) -> None:
        """Let the thread end at its next chance; nothing is posted any more."""
        self._stopping.set()
        self._jobs.put(None)

    def join(self) -> None:
        """Wait a moment for the end of the thread, so that an engine can put its work in order."""
        if self._thread.is_alive():
            self._thread.join(STOP_TIMEOUT)

    def _run(self) -> None:
        try:
            while (job := self._jobs.get()) is not None and not self._stopping.is_set():
                job()
        except _Stopped:
            return

    def _open(self) -> None:
        try:
            info = self._engine.open(self._reporter())
        except Exception as error:
            self._send(OpenFailed(error))
        else:
            self._send(Opened(info))

    def _ask(self, turn: int, question: str) -> None:
        began = time.monotonic()
        try:
            answer = self._engine.ask(question)
        except Exception as error:
            self._send(AskFailed(turn, error))
        else:
            self._send(Answered(turn, answer, time.monotonic() - began))

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

    def _send(self, message: Message) -> None:
        if not self._stopping.is_set():
            # The screen may close at this very moment, and then takes no message.
            with contextlib.suppress(RuntimeError):
                self._post(message)
