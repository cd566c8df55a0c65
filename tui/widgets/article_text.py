"""The text of an article, however long, with its quotes marked."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import ClassVar, Literal

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip

from tui.text import same_length
from tui.wrap import wrap

Range = tuple[int, int]
Mark = Literal["dropped", "quote", "span", "found"]

MARKER = "▌ "
OTHER_MARKER = "│ "
LONGEST = 200_000
_NO_MARKER = "  "
_NARROWEST = 2


class ArticleText(ScrollView, can_focus=True):
    """A text, wrapped, with quotes marked in the margin and the answering words inside them underlined.

    Only the lines on the screen are drawn, and a line is a range of the text, so that places in the text stay exact.
    Of a text longer than ``LONGEST`` characters only so many around the present place are held ready.

    Args:
        whole: The text.
        quotes: The ranges of the quotes in it, in order.
        spans: The ranges of the answering words; empty ranges where there are none.
        current: The place to show first; None shows the beginning.

    Attributes:
        text: The part of the text that is held ready, made safe to show.
        lines: Its lines, as ranges of it.
        current: The place in the whole text that was gone to, if one was.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "article-text--dropped",
        "article-text--quote",
        "article-text--span",
        "article-text--found",
        "article-text--current-quote",
        "article-text--current-found",
        "article-text--marker",
    }

    def __init__(
        self, whole: str, quotes: Sequence[Range] = (), spans: Sequence[Range] = (), current: Range | None = None
    ) -> None:
        """Make the text safe to show; it is wrapped once the width is known."""
        super().__init__()
        self._whole = whole
        self._marks: dict[Mark, Sequence[Range]] = {"dropped": (), "quote": quotes, "span": spans, "found": ()}
        self.current = current
        self.lines: list[Range] = []
        self._starts: list[int] = []
        self._width = 0
        self._load(current[0] if current else 0)

    @property
    def allow_select(self) -> bool:
        """The text can be selected with the mouse."""
        return True

    @property
    def shown(self) -> int:
        """How many characters are held ready."""
        return len(self.text)

    @property
    def quote_line(self) -> int:
        """The line in which the current place begins."""
        return self._line_of(self.current[0] - self._first) if self.current else 0

    @property
    def top(self) -> int:
        """The place in the whole text that the topmost line begins with."""
        return self._first + (self._starts[round(self.scroll_y)] if self._starts else 0)

    def marked(self, mark: Mark) -> bool:
        """Whether anything is marked so."""
        return bool(self._marks[mark])

    def mark(self, mark: Mark, ranges: Sequence[Range]) -> None:
        """Mark these ranges, in order, in place of those that were."""
        self._marks[mark] = ranges
        self.refresh()

    def leave(self) -> None:
        """Go on being where it is, but at no particular place."""
        self.current = None

    def go_to(self, place: Range) -> None:
        """Show a place, a third from the top."""
        self.current = place
        if not self._first <= place[0] < self._first + len(self.text):
            self._load(place[0])
            self._wrap()
        self._scroll_to_line(self.quote_line - self.size.height // 3)

    def on_resize(self) -> None:
        """Wrap the text to the width; at first show the current place, later keep the line at the top."""
        width = max(self.scrollable_content_region.width - len(MARKER), _NARROWEST)
        if width == self._width:
            return
        top = self._starts[round(self.scroll_y)] if self._width else None
        self._width = width
        self._wrap()
        self._scroll_to_line(self.quote_line - self.size.height // 3 if top is None else self._line_of(top))

    def render_line(self, y: int) -> Strip:
        """Draw the line that is at ``y`` of the screen."""
        number = y + round(self.scroll_y)
        if number >= len(self.lines):
            return Strip.blank(self.size.width, self.rich_style)
        start, end = self.lines[number]
        text = Text(self.text[start:end].rstrip(), no_wrap=True, end="")
        text.stylize(self.rich_style)
        marker = _NO_MARKER
        for mark, ranges in self._marks.items():
            for place in overlapping(ranges, self._first + start, self._first + end):
                self._stylize(text, start, place, mark)
                if place == self.current:
                    self._stylize(text, start, place, f"current-{mark}")
                    marker = MARKER
                elif mark == "quote" and marker != MARKER:
                    marker = OTHER_MARKER
        self._stylize_selection(text, number)
        gutter = Segment(marker, self.rich_style + self._style("marker"))
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

    def _load(self, place: int) -> None:
        """Hold the part around a place ready."""
        self._first, last = window(len(self._whole), place)
        self.text = same_length(self._whole[self._first : last])

    def _wrap(self) -> None:
        self.lines = wrap(self.text, self._width)
        self._starts = [start for start, _ in self.lines]
        self.virtual_size = Size(self._width + len(MARKER), len(self.lines))

    def _scroll_to_line(self, line: int) -> None:
        self.scroll_to(y=max(line, 0), animate=False, immediate=True)
        self.refresh()

    def _line_of(self, place: int) -> int:
        return max(bisect_right(self._starts, place) - 1, 0)

    def _place(self, x: int, y: int) -> int:
        start, end = self.lines[min(y, len(self.lines) - 1)]
        return min(start + x, end)

    def _stylize(self, text: Text, line_start: int, place: Range, name: str) -> None:
        start, end = max(place[0] - self._first - line_start, 0), place[1] - self._first - line_start
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


def window(length: int, place: int) -> Range:
    """The part of a long text to show around a place in it.

    Example:
        >>> window(5_000, 4_000), window(1_000_000, 500_000), window(1_000_000, 999_999)
        ((0, 5000), (400000, 600000), (800000, 1000000))
    """
    first = max(min(place - LONGEST // 2, length - LONGEST), 0)
    return first, min(first + LONGEST, length)


def overlapping(ranges: Sequence[Range], start: int, end: int) -> Sequence[Range]:
    """Those of some ranges, which are in order and apart, that reach into another.

    Example:
        >>> overlapping([(0, 5), (10, 15), (20, 25)], 12, 21)
        [(10, 15), (20, 25)]
    """
    first = bisect_right(ranges, start, key=lambda one: one[1])
    last = bisect_left(ranges, end, key=lambda one: one[0])
    return ranges[first:last]
