"""A table of which only the rows on the screen are drawn, so that thousands are as quick as ten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

_GAP = "  "
# The title's share comes first; the cells that then fit stand beside it.
_LEAST_TITLE = 38


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table.

    Attributes:
        key: What it stands for.
        title: The first cell, which takes the room that the others leave.
        cells: The others, from the most important to the least.
    """

    key: str
    title: str
    cells: tuple[str, ...]


class Rows(ScrollView, can_focus=False):
    """A table with a cursor. The prompt above it keeps the focus and moves the cursor.

    Args:
        widths: The widths of the cells after the title, in terminal cells.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"rows--cursor", "rows--cell"}

    @dataclass
    class Clicked(Message):
        """A row was clicked."""

        row: Row

    def __init__(self, widths: Sequence[int]) -> None:
        """Make an empty table."""
        super().__init__()
        self._widths = widths
        self._rows: Sequence[Row] = ()
        self._cursor = 0

    @property
    def current(self) -> Row | None:
        """The row under the cursor."""
        return self._rows[self._cursor] if self._rows else None

    def show(self, rows: Sequence[Row]) -> None:
        """Show these rows, with the cursor on the row it was on, if that is among them, else on the first."""
        key = self.current.key if self.current else ""
        self._rows = rows
        self._cursor = next((place for place, row in enumerate(rows) if row.key == key), 0)
        self.virtual_size = Size(self.size.width, len(rows))
        self._keep_in_view()
        self.refresh()

    def move(self, step: int) -> None:
        """Move the cursor by so many rows, as far as there are rows."""
        self._cursor = min(max(self._cursor + step, 0), max(len(self._rows) - 1, 0))
        self._keep_in_view()
        self.refresh()

    def on_resize(self) -> None:
        """Fit the width."""
        self.virtual_size = Size(self.size.width, len(self._rows))
        self._keep_in_view()

    def on_click(self, event: events.Click) -> None:
        """Choose the row that was clicked."""
        place = event.y + round(self.scroll_y)
        if place < len(self._rows):
            self._cursor = place
            self.refresh()
            self.post_message(self.Clicked(self._rows[place]))

    def render_line(self, y: int) -> Strip:
        """Draw the row that is at ``y`` of the screen."""
        place = y + round(self.scroll_y)
        width = self.scrollable_content_region.width
        if place >= len(self._rows):
            return Strip.blank(self.size.width, self.rich_style)
        row, here = self._rows[place], place == self._cursor
        widths = self._fitting(width)
        base = self.get_component_rich_style("rows--cursor") if here else self.rich_style
        muted = base if here else self.rich_style + self.get_component_rich_style("rows--cell", partial=True)
        title_width = width - 2 - sum(len(_GAP) + size for size in widths)
        segments = [Segment("> " if here else "  ", base), Segment(cut(row.title, title_width), base)]
        for cell, size in zip(row.cells, widths, strict=False):
            segments += [Segment(_GAP, base), Segment(cut(cell, size), muted)]
        return Strip(segments).adjust_cell_length(self.size.width, self.rich_style)

    def _fitting(self, width: int) -> list[int]:
        """The widths of the cells that leave the title enough room."""
        fitting: list[int] = []
        for size in self._widths:
            if width - 2 - sum(len(_GAP) + one for one in [*fitting, size]) < _LEAST_TITLE:
                break
            fitting.append(size)
        return fitting

    def _keep_in_view(self) -> None:
        self.scroll_to_region(Region(0, self._cursor, 1, 1), animate=False, immediate=True)


def cut(text: str, width: int) -> str:
    """A text in exactly so many terminal cells, with an ellipsis where it is cut.

    Example:
        >>> cut("Rain fell all day", 10), cut("Rain", 6)
        ('Rain fell…', 'Rain  ')
    """
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(set_cell_size(text, max(width - 1, 0)).rstrip() + "…", max(width, 0))
