"""A sheet over the screen: some text to read, which Escape closes."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from qa.printable import printable
from qa.render import one_line
from tui.commands import bindings


class Sheet(ModalScreen[None]):
    """Some text under a heading.

    Args:
        heading: The heading.
        body: The text; long lines are wrapped. Plain text is made safe to show.

    Attributes:
        body: The text.
    """

    SCOPE = "sheet"
    CSS_PATH = "sheet.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("sheet")

    def __init__(self, heading: str, body: Content | str) -> None:
        """Make the sheet."""
        super().__init__()
        self._heading = one_line(heading)
        self.body = body if isinstance(body, Content) else Content(printable(body))

    def compose(self) -> ComposeResult:
        """The heading, the text, and how to close it."""
        with VerticalScroll(id="sheet"):
            yield Static(Content(self._heading), id="heading")
            yield Static(self.body, id="body")
            yield Static("Escape closes this.", id="close")
