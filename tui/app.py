"""The application: its screens and its exit code."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import App
from textual.binding import Binding, BindingType

from tui.screens.chat import ChatScreen
from tui.screens.help import HelpScreen

if TYPE_CHECKING:
    from tui.engine import Engine


class ChatApp(App[None]):
    """The terminal chat.

    Args:
        engine: What opens the articles and answers the questions.
        question: A question to begin with.
    """

    TITLE = "pullquote"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "help", "Keys"),
        Binding("ctrl+q", "quit", "Quit", priority=True),
    ]

    def __init__(self, engine: Engine, question: str | None = None) -> None:
        """Nothing is opened before the first screen is drawn."""
        super().__init__()
        self.animation_level = "none"
        self._chat = ChatScreen(engine, question)

    @property
    def exit_code(self) -> int:
        """0, or the code of what went wrong and was not put right."""
        return self.return_code or self._chat.exit_code

    async def on_event(self, event: events.Event) -> None:
        """Let what is typed or pasted anywhere in the chat go to the prompt.

        The focus moves before the event is passed on: what is typed in one burst stays whole and in order.
        """
        typed = isinstance(event, events.Paste) or (isinstance(event, events.Key) and event.is_printable)
        if typed and self.screen is self._chat:
            self._chat.focus_prompt()
        await super().on_event(event)

    def on_mount(self) -> None:
        """Begin with the chat."""
        self.push_screen(self._chat)

    def on_unmount(self) -> None:
        """Let the engine stop."""
        self._chat.engine.stop()

    def wait_for_engine(self) -> None:
        """Wait a moment for the engine to stop, once the terminal is restored."""
        self._chat.engine.join()

    def action_help(self) -> None:
        """List the keys."""
        self.push_screen(HelpScreen())
