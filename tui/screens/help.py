"""The keys."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

KEYS = (
    (
        "In the chat",
        (
            ("Enter", "Ask the question; on a source: open its article"),
            ("Tab, Shift+Tab", "Go to the sources and back to the prompt"),
            ("Up, Down", "Bring back an earlier question; on a source: go to the next one"),
            ("PgUp, PgDn", "Scroll the answers"),
            ("Escape", "Cancel the newest open question, else clear the prompt"),
            ("Ctrl+R", "Open the articles again, after that failed"),
            ("exit, quit, :q", "Typed as a question: leave"),
        ),
    ),
    (
        "In an article",
        (
            ("Up, Down, PgUp, PgDn", "Scroll"),
            ("Home, End", "Go to the beginning or the end"),
            ("Escape, q", "Back to the source"),
        ),
    ),
    (
        "Everywhere",
        (
            ("F1", "These keys"),
            ("Ctrl+P", "Commands: theme and others"),
            ("Ctrl+C", "Copy the text selected with the mouse"),
            ("Ctrl+Q", "Leave"),
        ),
    ),
)


class HelpScreen(ModalScreen[None]):
    """Lists the keys."""

    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,f1", "dismiss", "Back")]

    def compose(self) -> ComposeResult:
        """One line or two for each key."""
        with VerticalScroll(id="help"):
            for title, keys in KEYS:
                yield Static(title, classes="heading")
                for key, purpose in keys:
                    yield Static(Content.assemble((key, "bold"), f"  {purpose}"), classes="key")
            yield Static("Escape closes this list.", classes="heading")
