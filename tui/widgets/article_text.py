"""The text of an article, however long, with a quote in view."""

from __future__ import annotations

from bisect import bisect_right
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip

from tui.text import same_length
from tui.wrap import wrap

MARKER = "▌ "
_NO_MARKER = "  "
_NARROWEST = 2


class ArticleText(ScrollView):
    """A text, wrapped, with a quote marked in the margin and the answering words inside it underlined.

    Only the lines on the screen are drawn, and a line is a range of the text, so that places in the text stay exact.

    Args:
        text: The text.
        quote: The range of the quote in it.
        span: The range of the answering words in it; empty where there are none.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"article-text--quote", "article-text--span", "article-text--marker"}

    def __init__(self, text: str, quote: tuple[int, int], span: tuple[int, int]) -> None:
        """Make the text safe to show; it is wrapped once the width is known."""
        super().__init__()
        self.text = same_length(text)
        self.quote = quote
        self.span = span
        self.lines: list[tuple[int, int]] = []
        self._starts: list[int] = []
        self._width = 0

    @property
    def allow_select(self) -> bool:
        """The text can be selected with the mouse."""
        return True

    @property
    def quote_line(self) -> int:
        """The line in which the quote begins."""
        return self._line_of(self.quote[0])

    def on_resize(self) -> None:
        """Wrap the text to the width; at first show the quote, later keep the line at the top."""
        width = max(self.scrollable_content_region.width - len(MARKER), _NARROWEST)
        if width == self._width:
            return
        top = self._starts[round(self.scroll_y)] if self._width else None
        self._width = width
        self.lines = wrap(self.text, width)
        self._starts = [start for start, _ in self.lines]
        self.virtual_size = Size(width + len(MARKER), len(self.lines))
        line = self.quote_line - self.size.height // 3 if top is None else self._line_of(top)
        self.scroll_to(y=max(line, 0), animate=False, immediate=True)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw the line that is at ``y`` of the screen."""
        number = y + round(self.scroll_y)
        if number >= len(self.lines):
            return Strip.blank(self.size.width, self.rich_style)
        start, end = self.lines[number]
        in_quote = start < self.quote[1] and self.quote[0] < end
        gutter = Segment(MARKER if in_quote else _NO_MARKER, self.rich_style + self._style("marker"))
        text = Text(self.text[start:end].rstrip(), no_wrap=True, end="")
        text.stylize(self.rich_style)
        self._stylize(text, start, self.quote, "quote")
        self._stylize(text, start, self.span, "span")
        self._stylize_selection(text, number)
        line = Strip(text.render(self.app.console)).apply_offsets(0, number)
        return Strip.join([Strip([gutter]), line]).adjust_cell_length(self.size.width, self.rich_style)

    def get_selection(self, selection: Selection) -> tuple[str, str]:
        """The text that is selected, without the line breaks that wrapping made."""
        start = 0 if selection.start is None else self._place(selection.start.x, selection.start.y)
        end = len(self.text) if selection.end is None else self._place(selection.end.x, selection.end.y)
        return self.text[start:end], "\n"

    def selection_updated(self, _selection: Selection | None) -> None:
        """Draw the selection."""
        self.refresh()

    def _line_of(self, place: int) -> int:
        return max(bisect_right(self._starts, place) - 1, 0)

    def _place(self, x: int, y: int) -> int:
        start, end = self.lines[min(y, len(self.lines) - 1)]
        return min(start + x, end)

    def _stylize(self, text: Text, line_start: int, place: tuple[int, int], name: str) -> None:
        start, end = max(place[0] - line_start, 0), place[1] - line_start
        if end > start:
            text.stylize(self._style(name), start, end)

    def _stylize_selection(self, text: Text, number: int) -> None:
        selection = self.text_selection
        place = None if selection is None else selection.get_span(number)
        if place is not None:
            start, end = place
            style = self.screen.get_component_rich_style("screen--selection")
            text.stylize(style, start, len(text) if end == -1 else end)

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"article-text--{name}", partial=True)
