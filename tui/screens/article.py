"""An article, opened at a quote."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, Static

from qa.render import one_line
from tui import text
from tui.widgets.article_text import ArticleText

if TYPE_CHECKING:
    from qa.answer import Evidence

LONGEST = 200_000


class ArticleScreen(Screen[None]):
    """The whole text of an article, scrolled to a quote.

    Of a text longer than ``LONGEST`` characters only so many around the quote are shown, which is said.

    Args:
        evidence: The quote and its article.
    """

    CSS_PATH = "article.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Back"),
        Binding("q", "dismiss", "Back", show=False),
    ]

    def __init__(self, evidence: Evidence) -> None:
        """Open the article of a quote."""
        super().__init__()
        self._evidence = evidence

    def compose(self) -> ComposeResult:
        """What the article is, and its text."""
        evidence, article = self._evidence, self._evidence.article
        first, last = window(len(article.text), evidence.start)
        path = Path(article.path)
        with Vertical(id="head"):
            yield Static(Content(one_line(article.label)), id="title")
            if details := text.details(article):
                yield Static(Content(details), classes="detail")
            yield Static(Content(one_line(f"{path.name} in {path.parent}")), classes="detail", id="path")
            if last - first < len(article.text):
                shown, whole = last - first, len(article.text)
                yield Static(f"Showing {shown:,} of {whole:,} characters, around the quote.", classes="detail")
        yield ArticleText(
            article.text[first:last],
            (evidence.start - first, evidence.end - first),
            (evidence.span_start - first, evidence.span_end - first),
        )
        yield Footer(compact=True, show_command_palette=False)


def window(length: int, place: int) -> tuple[int, int]:
    """The part of a long text to show around a place in it.

    Example:
        >>> window(5_000, 4_000), window(1_000_000, 500_000), window(1_000_000, 999_999)
        ((0, 5000), (400000, 600000), (800000, 1000000))
    """
    first = max(min(place - LONGEST // 2, length - LONGEST), 0)
    return first, min(first + LONGEST, length)
