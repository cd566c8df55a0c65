"""Asking: the layout of the chat, the opening of the articles, and what becomes of each question."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from index.errors import PullquoteError
from qa.render import one_line
from tui import messages, text
from tui.conversation import Conversation
from tui.engine import EngineThread
from tui.turns import Turns
from tui.widgets.key_bar import KeyBar
from tui.widgets.prompt import Prompt
from tui.widgets.status import Status
from tui.widgets.transcript import Transcript

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from textual.message import Message

    from qa.answer import Answer
    from qa.corpus import CorpusInfo
    from tui.engine import Engine
    from tui.history import History
    from tui.widgets.turn import Turn

UNEXPECTED = 3
_RETRY_HINT = "Then press Ctrl+R to try again."
_LOG = logging.getLogger("pullquote")


class Mark(Static):
    """A sign that is not copied with the text around it."""

    ALLOW_SELECT = False


class AskingScreen(Screen[None]):
    """Asks the engine and shows the answers.

    The engine's thread only posts messages. Every change of state and of widgets happens in the handlers here.

    Args:
        make_engine: Makes what opens the articles and answers the questions.
        question: A question to begin with.
        history: Where the conversation is kept.
    """

    CSS_PATH = "asking.tcss"
    AUTO_FOCUS = "#prompt"

    def __init__(self, make_engine: Callable[[], Engine], question: str | None, history: History) -> None:
        """Nothing is opened before the screen is drawn."""
        super().__init__()
        self.HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (30, "-normal")]
        self.VERTICAL_BREAKPOINTS = [(0, "-flat"), (8, "-tall")]
        self.engine = EngineThread(make_engine, self.post_message, self._keep)
        self.history = history
        self.conversation = Conversation(history)
        self.error: Exception | None = None
        self._first_question = question
        self._turns = Turns()
        self._info: CorpusInfo | None = None
        self._failure: Exception | None = None
        self._suggestions: Iterator[str] | None = None

    @property
    def exit_code(self) -> int:
        """0, or the code of the error that keeps the articles closed."""
        return 0 if self._failure is None else getattr(self._failure, "exit_code", UNEXPECTED)

    def compose(self) -> ComposeResult:
        """Status, transcript, prompt and keys, in one column."""
        yield Status()
        yield Static("The window is too small: 30 columns and 8 lines are needed.", id="too-small")
        with Vertical(id="column"):
            yield Transcript()
            yield Static("A new answer is below: Ctrl+End shows it.", id="below")
            with Horizontal(id="ask"):
                yield Mark(">", id="mark")
                yield Prompt()
        yield KeyBar()

    async def on_mount(self) -> None:
        """Show the first question, and open the articles once the screen is drawn."""
        self.watch(self.transcript, "scroll_y", self._hide_below, init=False)
        if self._first_question:
            await self._ask(self._first_question)
        self.engine.call(lambda _: messages.Remembered(self.history.questions()), self.post_message)
        self.call_after_refresh(self.engine.open)

    @on(messages.Remembered)
    def _remembered(self, message: messages.Remembered) -> None:
        self.query_one(Prompt).remember_earlier(message.questions)

    @property
    def transcript(self) -> Transcript:
        """The questions and answers so far."""
        return self.query_one(Transcript)

    # Opening the articles

    @on(messages.Opening)
    def _opening(self, message: messages.Opening) -> None:
        self.query_one(Status).show_progress(message.progress)

    @on(messages.Opened)
    def _opened(self, message: messages.Opened) -> None:
        info = self._info = message.info
        self.query_one(Status).show_ready(info)
        self.transcript.show_welcome(info)
        notices = [one_line(note) for note in info.notes]
        if info.skipped:
            notices.append(text.skipped(info.skipped))
        self.transcript.show_notices(*(Static(Content(notice), classes="note") for notice in notices))
        self._start_next()
        self._suggest_more()

    @on(messages.OpenFailed)
    async def _open_failed(self, message: messages.OpenFailed) -> None:
        self._failure = message.error
        self.note_error(message.error)
        self.query_one(Status).show_failed()
        self.transcript.hide_welcome()
        self.transcript.show_notices(Static(text.failure(message.error, _RETRY_HINT), classes="failure"))
        for turn in self._turns.give_up_waiting():
            if block := self.transcript.block(turn):
                await block.show_failure(message.error, _RETRY_HINT)
        self.refresh_bindings()

    def action_retry(self) -> None:
        """Open the articles again."""
        self._failure = None
        self.query_one(Status).show_starting()
        self.transcript.show_notices()
        self.engine.open()
        self.refresh_bindings()

    # Suggestions

    def _suggestion(self, engine: Engine) -> Message | None:
        """The next suggested question, found in the engine's thread."""
        if self._suggestions is None:
            self._suggestions = engine.suggestions()
        question = next(self._suggestions, None)
        return messages.Suggested(question) if question else None

    @on(messages.Suggested)
    def _suggested(self, message: messages.Suggested) -> None:
        self.transcript.suggest(message.question)
        self.refresh_bindings()
        self._suggest_more()

    def _suggest_more(self) -> None:
        """Look for one more suggestion while the welcome is there: what is asked meanwhile comes first."""
        if self._info is not None and not self.transcript.blocks:
            self.engine.call(self._suggestion, self.post_message)

    # Questions

    async def _ask(self, question: str) -> None:
        self.query_one(Prompt).remember(question)
        turn = self._turns.add(question)
        block = await self.transcript.add(turn, question)
        if self._failure is not None:
            self._turns.give_up_waiting()
            await block.show_failure(self._failure, _RETRY_HINT)
        self._start_next()

    def _start_next(self) -> None:
        """Hand the next question to the engine if that is free, and tell how the others stand."""
        if self._info is not None and (started := self._turns.start()):
            turn, question = started
            self._show_state(turn, f"Searching {text.counted(self._info.articles, 'article')}…")
            self.engine.ask(turn, question)
        state = "Waiting for the index…" if self._info is None else "Waiting for the question before…"
        for turn in self._turns.waiting:
            self._show_state(turn, state)
        self.refresh_bindings()

    @on(messages.Answered)
    async def _answered(self, message: messages.Answered) -> None:
        block = self.transcript.block(message.turn)
        if self._turns.finish(message.turn) and block is not None:
            answer = message.answer
            at_end = self.transcript.at_end
            await block.show_answer(answer, message.seconds, self.notes_of(answer))
            self.transcript.set_kept(block, message.number)
            if answer.resolved_question:
                self.query_one(Prompt).remember(answer.resolved_question, typed=answer.question)
            self._reveal(block, at_end)
        self._start_next()

    @on(messages.AskFailed)
    async def _ask_failed(self, message: messages.AskFailed) -> None:
        self.note_error(message.error)
        block = self.transcript.block(message.turn)
        if self._turns.finish(message.turn) and block is not None:
            at_end = self.transcript.at_end
            await block.show_failure(message.error)
            self._reveal(block, at_end)
        self._start_next()

    def _keep(self, answer: Answer, seconds: float) -> int:
        """Keep an answer in the history, in the engine's thread."""
        assert self._info is not None
        return self.conversation.keep(self._info.path, answer, seconds)

    def notes_of(self, answer: Answer) -> list[str]:
        """What is to be told about an answer besides what is told about all articles."""
        known = () if self._info is None else self._info.notes
        return [note for note in answer.notes if note not in known]

    def give_up_questions(self) -> None:
        """Give up every open question, because the conversation they belong to is left."""
        for turn in self._turns.give_up():
            self.engine.cancel(turn)

    def action_cancel(self) -> None:
        """Give up the newest open question, and put it back into the prompt if that is empty."""
        if cancelled := self._turns.cancel():
            turn, question = cancelled
            self.engine.cancel(turn)
            if block := self.transcript.block(turn):
                block.show_cancelled()
            prompt = self.query_one(Prompt)
            if not prompt.value:
                prompt.show(question)
            prompt.focus()
        self.refresh_bindings()

    # Small helpers

    def focus_prompt(self) -> None:
        """Move the focus to the prompt, at once."""
        self.set_focus(self.query_one(Prompt))

    def show_in_prompt(self, question: str) -> None:
        """Put a question into the prompt, to be edited and asked."""
        self.query_one(Prompt).show(question)
        self.focus_prompt()

    def _show_state(self, turn: int, state: str) -> None:
        if block := self.transcript.block(turn):
            block.show_state(state)

    def _reveal(self, block: Turn, at_end: bool) -> None:
        """Show an answer from its question on, unless the reader has scrolled away."""
        if at_end:
            self.transcript.reveal(block)
        else:
            self.query_one("#below").display = True

    def _hide_below(self) -> None:
        if self.transcript.at_end:
            self.query_one("#below").display = False

    def note_error(self, error: Exception) -> None:
        """Keep an error for a report, and its traceback in the log."""
        self.error = error
        _LOG.error("%s", error, exc_info=None if isinstance(error, PullquoteError) else error)
