"""A source: a line that leads to the quote in its article."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import HorizontalGroup
from textual.content import Content
from textual.widgets import Static

from qa.render import source_line, times_line
from tui import text
from tui.commands import bindings
from tui.messages import SourceChosen

if TYPE_CHECKING:
    from qa.answer import Evidence


class Source(HorizontalGroup, can_focus=True):
    """One source of an answer.

    Args:
        evidence: The quote and its article.
        compact: Whether to show the quote too, everything cut to one line each.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("source")

    def __init__(self, evidence: Evidence, *, compact: bool = False) -> None:
        """Make the line of a source."""
        super().__init__(classes="compact" if compact else "")
        self.evidence = evidence
        self._compact = compact

    def compose(self) -> ComposeResult:
        """The number, and beside it the source."""
        lines = [Content(source_line(self.evidence.article))]
        if self._compact:
            lines.insert(0, text.excerpt(self.evidence))
        if times := times_line(self.evidence):
            lines.append(Content.styled(times, text.MUTED))
        if also := text.also_in(self.evidence):
            lines.append(Content.styled(also, text.MUTED))
        yield Static(Content(f"[{self.evidence.number}] "), classes="number")
        yield Static(Content("\n").join(lines), classes="lines")

    def action_choose(self) -> None:
        """Ask for the article."""
        self.post_message(SourceChosen(self.evidence))

    def on_click(self) -> None:
        """A click opens the article, unless it ends a selection of text."""
        if not self.screen.selections:
            self.action_choose()
