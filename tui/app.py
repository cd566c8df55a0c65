"""The application: its screens, its commands, its colours and its exit code."""

from __future__ import annotations

import inspect
import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from rich.text import Text
from textual import events, on, work
from textual.app import App
from textual.binding import BindingType
from textual.command import Provider

from qa.printable import printable
from tui import messages, themes
from tui.clipboard import CopyFailedError, copy
from tui.commands import Command, bindings, clashes
from tui.history import History
from tui.palette import CommandProvider, QuestionProvider
from tui.screens.asking import UNEXPECTED
from tui.screens.chat import ChatScreen
from tui.screens.help import help_sheet
from tui.screens.sheet import Sheet
from tui.settings import Settings, save_settings
from tui.text import failure

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.dom import DOMNode
    from textual.screen import Screen

    from tui.engine import Engine

_LOG = logging.getLogger("pullquote")


class ChatApp(App[None]):
    """The terminal chat.

    Args:
        make_engine: Makes what opens the articles and answers the questions, once the first screen is drawn.
        question: A question to begin with.
        history: Where the conversations are kept; None keeps them for this run.
        settings: What the reader chose before.
        settings_path: Where that is kept; None keeps it for this run.
        log_path: The log file, which the help tells.
        notes: What to tell at the start.
    """

    TITLE = "pullquote"
    NOTIFICATION_TIMEOUT = 4.0
    CSS = """
    KeyBar {
        dock: bottom;
        height: 1;
        padding: 0 1;
        background: $footer-background;
        color: $footer-foreground;
        link-style: none;
        link-color: $footer-foreground;
        link-style-hover: underline;
        text-wrap: nowrap;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings("app")
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {CommandProvider, QuestionProvider}
    COMMAND_PALETTE_BINDING = "ctrl+p"

    def __init__(
        self,
        make_engine: Callable[[], Engine],
        question: str | None = None,
        *,
        history: History | None = None,
        settings: Settings | None = None,
        settings_path: Path | None = None,
        log_path: Path | None = None,
        notes: tuple[str, ...] = (),
    ) -> None:
        """Nothing is opened before the first screen is drawn."""
        super().__init__()
        self.animation_level = "none"
        self.history = history or History(None)
        self.settings = settings or Settings()
        self._settings_path = settings_path
        self._log_path = log_path
        self._notes = [*notes, *self.history.notes]
        self.chat = ChatScreen(make_engine, question, self.history)
        if problem := themes.install(self, self.settings.theme, os.environ):
            self._notes.append(problem)
        self._notes += clashes(self.settings.keymap)
        self.set_keymap(dict(self.settings.keymap))

    @property
    def exit_code(self) -> int:
        """0, or the code of what went wrong and was not put right."""
        return self.return_code or self.chat.exit_code

    async def on_event(self, event: events.Event) -> None:
        """Let what is typed or pasted anywhere in the chat go to the prompt.

        The focus moves before the event is passed on: what is typed in one burst stays whole and in order.
        """
        typed = isinstance(event, events.Paste) or (isinstance(event, events.Key) and event.is_printable)
        if typed and self.screen is self.chat:
            self.chat.focus_prompt()
        await super().on_event(event)

    def on_mount(self) -> None:
        """Begin with the chat."""
        self.push_screen(self.chat)

    def on_ready(self) -> None:
        """Tell what there is to tell, once the screen is drawn."""
        for note in self._notes:
            self.tell(note, severity="warning")

    def on_unmount(self) -> None:
        """Let the engine stop."""
        self.chat.engine.stop()

    def wait_for_engine(self) -> None:
        """Wait a moment for the engine to stop, once the terminal is restored."""
        self.chat.engine.join()
        self.history.close()

    # Commands

    def is_available(self, command: Command, screen: Screen[Any]) -> bool:
        """Whether there is something to do for a command now."""
        return command.scope == "app" or bool(screen.check_action(command.name, ()))

    async def do(self, command: Command, argument: str = "", *, screen: Screen[Any] | None = None) -> None:
        """Do a command, as its key, the palette or a slash command asks for it.

        Args:
            command: The command.
            argument: What was typed after it.
            screen: The screen it is for; None is the one in front.
        """
        place: DOMNode = self if command.scope == "app" else screen or self.screen
        action = getattr(place, f"action_{command.name}")
        done = action(argument) if command.argument else action()
        if inspect.isawaitable(done):
            await done

    def action_help(self) -> None:
        """List the keys and commands."""
        if not isinstance(self.screen, Sheet):
            self.push_screen(help_sheet(self._log_path))

    def action_theme(self, name: str = "") -> None:
        """Go from dark to light colours and back, or to the theme named."""
        other = "light" if self.current_theme.dark else "dark"
        wanted = themes.NAMES.get(name or other, name)
        if not themes.is_usable(self, wanted, os.environ):
            self.tell(f"There is no theme {wanted} here. Try dark, light, nord or gruvbox.", severity="warning")
            return
        self.theme = wanted
        self.settings = Settings(wanted, self.settings.keymap)
        if self._settings_path is not None:
            try:
                save_settings(self._settings_path, self.settings)
            except OSError as error:
                self.tell(f"The theme could not be kept for the next time: {error.strerror}.", severity="warning")

    # Errors

    @on(messages.CallFailed)
    def _call_failed(self, message: messages.CallFailed) -> None:
        self.report(message.error)

    def report(self, error: Exception) -> None:
        """Tell of an error in something that is not a question; ``/details`` copies the whole of it."""
        self.chat.note_error(error)
        self.tell(failure(error).plain, severity="warning")

    def _handle_exception(self, error: Exception) -> None:
        """Leave with one sentence in place of a traceback, which goes to the log."""
        if self.is_headless:
            super()._handle_exception(error)
            return
        _LOG.critical("%s", error, exc_info=error)
        where = f" The log has the details: {self._log_path}" if self._log_path else ""
        message = f"The chat had to end: {type(error).__name__}: {error}.{where}"
        self.exit(return_code=UNEXPECTED, message=Text(printable(message)))

    # Telling and copying

    def tell(self, words: str, *, severity: str = "information") -> None:
        """Tell something small in passing; words and names of others are made safe, and never taken for markup."""
        self.notify(printable(words), severity="warning" if severity == "warning" else "information", markup=False)

    def copy_to_clipboard(self, text: str) -> None:
        """Copy what was selected with the mouse, or cut out of the prompt, which can be pasted there again."""
        self._clipboard = text
        if text:
            self.copy(text, "the selection")

    @work(thread=True, group="copy", exit_on_error=False)
    def copy(self, text: str, what: str) -> None:
        """Copy a text, and tell how, or show it where that failed.

        It is made safe, since what is copied may be pasted into a terminal.

        Args:
            text: The text.
            what: What it is, as a few words.
        """
        try:
            how = copy(printable(text), None if self.is_web else self._write_to_terminal)
        except CopyFailedError as error:
            _LOG.warning("copying failed: %s", error)
            self.call_from_thread(self.push_screen, Sheet(f"{error.what}: {error.why}. To be selected by hand:", text))
        except Exception as error:
            self.call_from_thread(self.report, error)
        else:
            self.call_from_thread(self.tell, f"Copied {what} to {how}.")

    def _write_to_terminal(self, sequence: str) -> None:
        if self._driver is not None:
            self.call_from_thread(self._driver.write, sequence)

    @on(events.DeliveryComplete)
    def _delivered(self, message: events.DeliveryComplete) -> None:
        self.tell(f"Written to {message.path}." if message.path else "Handed to the browser.")

    @on(events.DeliveryFailed)
    def _not_delivered(self, message: events.DeliveryFailed) -> None:
        self.tell(f"The file could not be written: {message.exception}.", severity="warning")
