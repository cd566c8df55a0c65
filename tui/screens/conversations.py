"""The list of earlier conversations about the same articles."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input

from qa.render import one_line
from tui import messages, text
from tui.commands import bindings
from tui.engine import EngineThread
from tui.history import MOST_CONVERSATIONS
from tui.screens.picking import PickScreen
from tui.widgets.line import Line
from tui.widgets.rows import Row

if TYPE_CHECKING:
    from tui.history import ConversationEntry, History

_DATE, _TURNS = 16, 14


class ConversationsScreen(PickScreen[int]):
    """Earlier conversations, the latest first, searched by the words of their questions and quotes.

    Args:
        history: Where they are kept.
        corpus: The path of the articles they are about.
        engine: In whose thread the history is read and written, which may have to wait for another program.
    """

    SCOPE = "conversations"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("conversations"), *bindings("list")]

    def __init__(self, history: History, corpus: str, engine: EngineThread) -> None:
        """Make the screen."""
        super().__init__("Conversations", "words of a question or a quote; Enter goes on", (_DATE, _TURNS))
        self._history = history
        self._corpus = corpus
        self._engine = engine
        self._renaming = ""
        self._deleting = ""

    def compose(self) -> ComposeResult:
        """The table, and a line for a new title."""
        yield from super().compose()
        yield Line(placeholder="A new title", compact=True, id="title")

    def on_mount(self) -> None:
        """Show all."""
        line = self.query_one("#title", Input)
        line.cursor_blink = False
        line.display = False
        self._narrow()

    @on(Input.Changed, "#filter")
    def _narrow(self) -> None:
        self._deleting = ""
        self._change(lambda: None)

    def _change(self, change: Callable[[], None]) -> None:
        """Change the history in the engine's thread, and show it anew."""
        words, history, corpus = self.typed, self._history, self._corpus

        def changed(_: object) -> messages.ConversationsFound:
            change()
            return messages.ConversationsFound(history.conversations(words, corpus))

        self._engine.call(changed, self.post_message)

    @on(messages.ConversationsFound)
    def _found(self, message: messages.ConversationsFound) -> None:
        self.rows.show([_row(one) for one in message.conversations])
        number = len(message.conversations)
        shown = f"The latest {number}" if number == MOST_CONVERSATIONS else text.counted(number, "conversation")
        kept = "" if self._history.file else ", kept until you leave"
        self.say(f"{shown} about these articles{kept}")

    def action_choose(self) -> None:
        """Go on with the conversation under the cursor."""
        if row := self.rows.current:
            self.dismiss(int(row.key))

    def action_delete(self) -> None:
        """Delete the conversation under the cursor, when asked for twice."""
        row = self.rows.current
        if row is None:
            return
        if self._deleting == row.key:
            self._deleting = ""
            self._change(lambda: self._history.delete(int(row.key)))
        else:
            self._deleting = row.key
            self.say(f"Press F8 again to delete “{row.title}” for good.")

    def action_rename(self) -> None:
        """Ask for a new title of the conversation under the cursor."""
        if row := self.rows.current:
            self._renaming = row.key
            line = self.query_one("#title", Input)
            line.value = row.title
            line.display = True
            line.focus()

    @on(Input.Submitted, "#title")
    def _renamed(self, event: Input.Submitted) -> None:
        event.stop()
        if title := event.value.strip():
            self._change(lambda: self._history.rename(int(self._renaming), title))
        self._end_renaming()

    def action_back(self) -> None:
        """Give the new title up, or go back to the chat."""
        if self.query_one("#title").display:
            self._end_renaming()
        else:
            super().action_back()

    def _end_renaming(self) -> None:
        self.query_one("#title").display = False
        self.query_one("#filter").focus()


def _row(one: ConversationEntry) -> Row:
    latest = f"{one.latest.astimezone():%Y-%m-%d %H:%M}"
    return Row(str(one.id), one_line(one.title), (latest, text.counted(one.turns, "question")))
