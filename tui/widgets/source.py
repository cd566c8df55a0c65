"""A source: a line that leads to the quote in its article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from tui import text
from tui.messages import SourceChosen

if TYPE_CHECKING:
    from qa.answer import Evidence


class Source(Static, can_focus=True):
    """One source of an answer.

    Args:
        evidence: The quote and its article.
        compact: Whether to show the quote too, everything cut to one line each.
    """

    BINDINGS = [Binding("enter", "choose", "Open article")]

    def __init__(self, evidence: Evidence, *, compact: bool = False) -> None:
        """Lay out the lines."""
        number = f"[{evidence.number}] "
        source = text.source(evidence.article)
        if compact:
            lines = [Content(number) + text.excerpt(evidence), Content(" " * len(number) + source)]
        else:
            lines = [Content(number + source)]
        if also := text.also_in(evidence):
            lines.append(Content.styled(" " * len(number) + also, text.MUTED))
        super().__init__(Content("\n").join(lines), classes="compact" if compact else "")
        self.evidence = evidence

    def action_choose(self) -> None:
        """Ask for the article."""
        self.post_message(SourceChosen(self.evidence))

    def on_click(self) -> None:
        """A click opens the article, unless it ends a selection of text."""
        if self.text_selection is None:
            self.action_choose()
