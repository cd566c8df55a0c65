"""The chat: the transcript, the prompt, and all that is known about both."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, Static

from qa.render import one_line
from tui import messages, text
from tui.engine import EngineThread
from tui.screens.article import ArticleScreen
from tui.turns import Turns
from tui.widgets.prompt import Prompt
from tui.widgets.source import Source
from tui.widgets.status import Status
from tui.widgets.turn import Turn

if TYPE_CHECKING:
    from qa.corpus import CorpusInfo
    from tui.engine import Engine

FAREWELLS = {"exit", "quit", ":q"}
UNEXPECTED = 3
_RETRY_HINT = "Then press Ctrl+R to try again."


class ChatScreen(Screen[None]):
    """Asks the engine and shows the answers.

    The engine's thread only posts messages. Every change of state and of widgets happens in the handlers here.

    Args:
        engine: What opens the articles and answers the questions.
        question: A question to begin with.
    """

    CSS_PATH = "chat.tcss"
    AUTO_FOCUS = "#prompt"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "Cancel"),
        Binding("escape", "clear", "Clear", show=False),
        Binding("ctrl+r", "retry", "Retry"),
        Binding("pageup", "scroll_page(-1)", "Scroll up", show=False),
        Binding("pagedown", "scroll_page(1)", "Scroll down", show=False),
    ]

    def __init__(self, engine: Engine, question: str | None) -> None:
        """Nothing is opened before the screen is drawn."""
        super().__init__()
        self.engine = EngineThread(engine, self.post_message)
        self._first_question = question
        self._turns = Turns()
        self._blocks: dict[int, Turn] = {}
        self._info: CorpusInfo | None = None
        self._failure: Exception | None = None

    @property
    def exit_code(self) -> int:
        """0, or the code of the error that keeps the articles closed."""
        return 0 if self._failure is None else getattr(self._failure, "exit_code", UNEXPECTED)

    def compose(self) -> ComposeResult:
        """Status, transcript, prompt and keys, in one column."""
        yield Status()
        with Vertical(id="column"):
            with VerticalScroll(id="transcript", can_focus=False):
                yield Static(text.welcome(None), id="welcome")
                yield Vertical(id="notices")
            with Horizontal(id="ask"):
                yield Static(">", id="mark")
                yield Prompt()
        yield Footer(compact=True, show_command_palette=False)

    async def on_mount(self) -> None:
        """Show the first question, and open the articles once the screen is drawn."""
        if self._first_question:
            await self._ask(self._first_question)
        self.call_after_refresh(self.engine.open)

    # Opening the articles

    @on(messages.Opening)
    def _opening(self, message: messages.Opening) -> None:
        self.query_one(Status).show_progress(message.progress)

    @on(messages.Opened)
    def _opened(self, message: messages.Opened) -> None:
        info = self._info = message.info
        self.query_one(Status).show_ready(info)
        welcome = self.query_one("#welcome", Static)
        welcome.update(text.welcome(info))
        welcome.display = not self._blocks
        notices = [one_line(note) for note in info.notes]
        if info.skipped:
            notices.append(text.skipped(info.skipped))
        self._replace_notices(*(Static(Content(notice), classes="note") for notice in notices))
        self._start_next()

    @on(messages.OpenFailed)
    async def _open_failed(self, message: messages.OpenFailed) -> None:
        self._failure = message.error
        self.query_one(Status).show_failed()
        self.query_one("#welcome").display = False
        self._replace_notices(Static(text.failure(message.error, _RETRY_HINT), classes="failure"))
        for turn in self._turns.give_up_waiting():
            await self._blocks[turn].show_failure(message.error, _RETRY_HINT)
        self.refresh_bindings()

    def action_retry(self) -> None:
        """Open the articles again."""
        self._failure = None
        self.query_one(Status).show_starting()
        self._replace_notices()
        self.engine.open()
        self.refresh_bindings()

    # Questions

    @on(messages.Asked)
    async def _asked(self, message: messages.Asked) -> None:
        if message.question.lower() in FAREWELLS:
            self.app.exit()
        else:
            await self._ask(message.question)

    async def _ask(self, question: str) -> None:
        self.query_one("#welcome").display = False
        turn = self._turns.add(question)
        block = self._blocks[turn] = Turn(question)
        await self._transcript.mount(block)
        if self._failure is not None:
            self._turns.give_up_waiting()
            await block.show_failure(self._failure, _RETRY_HINT)
        self._start_next()
        self._transcript.scroll_end(animate=False)

    def _start_next(self) -> None:
        """Hand the next question to the engine if that is free, and tell how the others stand."""
        if self._info is not None and (started := self._turns.start()):
            turn, question = started
            self._blocks[turn].show_state(f"Searching {text.counted(self._info.articles, 'article')}…")
            self.engine.ask(turn, question)
        state = "Waiting for the index…" if self._info is None else "Waiting for the question before…"
        for turn in self._turns.waiting:
            self._blocks[turn].show_state(state)
        self.refresh_bindings()

    @on(messages.Answered)
    async def _answered(self, message: messages.Answered) -> None:
        if self._turns.finish(message.turn):
            known = () if self._info is None else self._info.notes
            notes = [note for note in message.answer.notes if note not in known]
            at_end = self._transcript.is_vertical_scroll_end
            await self._blocks[message.turn].show_answer(message.answer, message.seconds, notes)
            if message.answer.resolved_question:
                answer = message.answer
                self.query_one(Prompt).remember(answer.resolved_question, typed=answer.question)
            self._reveal(message.turn, at_end)
        self._start_next()

    @on(messages.AskFailed)
    async def _ask_failed(self, message: messages.AskFailed) -> None:
        if self._turns.finish(message.turn):
            at_end = self._transcript.is_vertical_scroll_end
            await self._blocks[message.turn].show_failure(message.error)
            self._reveal(message.turn, at_end)
        self._start_next()

    def action_cancel(self) -> None:
        """Give up the newest open question, and put it back into the prompt if that is empty."""
        if cancelled := self._turns.cancel():
            turn, question = cancelled
            self._blocks[turn].show_cancelled()
            prompt = self.query_one(Prompt)
            if not prompt.value:
                prompt.show(question)
            prompt.focus()
        self.refresh_bindings()

    # Keys

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """Offer an action only where there is something to do for it."""
        if action == "cancel":
            return self._turns.pending
        if action == "clear":
            return not self._turns.pending
        if action == "retry":
            return self._failure is not None
        if action == "focus_sources":
            return bool(self.query(Source))
        return True

    def action_clear(self) -> None:
        """Clear the prompt; from elsewhere, go back to it."""
        prompt = self.query_one(Prompt)
        if prompt.has_focus:
            prompt.show("")
        prompt.focus()

    def action_focus_sources(self) -> None:
        """Go to the first source of the newest answer."""
        newest = [block for block in self._blocks.values() if block.query(Source)][-1]
        newest.query(Source).first().focus()

    def action_scroll_page(self, pages: int) -> None:
        """Scroll the transcript by nearly a page."""
        transcript = self._transcript
        transcript.scroll_relative(y=pages * max(transcript.size.height - 1, 1), animate=False)

    def focus_prompt(self) -> None:
        """Move the focus to the prompt, at once."""
        self.set_focus(self.query_one(Prompt))

    @on(messages.SourceChosen)
    def _source_chosen(self, message: messages.SourceChosen) -> None:
        self.app.push_screen(ArticleScreen(message.evidence))

    # Small helpers

    @property
    def _transcript(self) -> VerticalScroll:
        return self.query_one("#transcript", VerticalScroll)

    def _reveal(self, turn: int, at_end: bool) -> None:
        """Show an answer from its question on, unless the reader has scrolled away."""
        if at_end:
            block = self._blocks[turn]
            self.call_after_refresh(self._transcript.scroll_to_widget, block, animate=False, top=True)

    def _replace_notices(self, *notices: Static) -> None:
        container = self.query_one("#notices")
        container.remove_children()
        container.mount(*notices)
        container.display = bool(notices)
