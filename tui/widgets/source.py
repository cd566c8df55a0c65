"""A source: a line that leads to the quote in its article."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from qa.render import source_line, times_line
from tui import text
from tui.commands import bindings
from tui.messages import SourceChosen

if TYPE_CHECKING:
    from qa.answer import Evidence


class Source(Widget, can_focus=True):
    """One source of an answer: its number, and beside it what is told of it, wrapped below itself.

    One widget and not a row of them: a long conversation holds many, and each costs at every layout.

    Args:
        evidence: The quote and its article.
        compact: Whether to show the quote too, everything cut to one line each.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("source")

    def __init__(self, evidence: Evidence, *, compact: bool = False) -> None:
        """Make the line of a source."""
        super().__init__(classes="compact" if compact else "")
        self.evidence = evidence
        self._number = f"[{evidence.number}] "
        self._compact = compact
        lines = [Content(source_line(evidence.article))]
        if compact:
            lines.insert(0, text.excerpt(evidence))
        if times := times_line(evidence):
            lines.append(Content.styled(times, text.MUTED))
        if also := text.also_in(evidence):
            lines.append(Content.styled(also, text.MUTED))
        self._lines = lines

    def render(self) -> Content:
        """The number, and beside it the source."""
        return self._hung(self.content_size.width)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """How many lines it takes at a width."""
        return len(self._hung(width).split("\n"))

    def _hung(self, width: int) -> Content:
        beside = max(width - cell_len(self._number), 1)
        if self._compact:
            lines = [line.truncate(beside, ellipsis=True) for line in self._lines]
        else:
            lines = [part for line in self._lines for part in line.wrap(beside)]
        indent = " " * cell_len(self._number)
        return Content("\n").join(Content.assemble(indent if n else self._number, line) for n, line in enumerate(lines))

    def action_choose(self) -> None:
        """Ask for the article."""
        self.post_message(SourceChosen(self.evidence))

    def on_click(self) -> None:
        """A click opens the article, unless it ends a selection of text."""
        if not self.screen.selections:
            self.action_choose()
