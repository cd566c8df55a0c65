"""A screen with a table to pick from, and a line above it that narrows it down."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static

from tui.widgets.key_bar import KeyBar
from tui.widgets.line import Line
from tui.widgets.rows import Row, Rows

Picked = TypeVar("Picked")


class Filter(Line):
    """Where the words are typed that narrow the table down; the keys that move in the table are the screen's."""

    def __init__(self, placeholder: str) -> None:
        """Make an empty one."""
        super().__init__(placeholder=placeholder, compact=True, id="filter")
        self.cursor_blink = False


class PickScreen(Screen[Picked]):
    """A table that is filtered as one types.

    Args:
        heading: What the table is of.
        placeholder: What to type.
        widths: The widths of the table's cells after the title.
    """

    CSS_PATH = "picking.tcss"
    AUTO_FOCUS = "#filter"

    def __init__(self, heading: str, placeholder: str, widths: Sequence[int]) -> None:
        """Make the screen."""
        super().__init__()
        self._heading = heading
        self._placeholder = placeholder
        self._widths = widths

    def compose(self) -> ComposeResult:
        """The heading, the filter and the table."""
        yield Static(Content(self._heading), id="heading")
        with Horizontal(id="narrow"):
            yield Static("/", id="mark")
            yield Filter(self._placeholder)
        yield Rows(self._widths)
        yield KeyBar()

    @property
    def rows(self) -> Rows:
        """The table."""
        return self.query_one(Rows)

    @property
    def typed(self) -> str:
        """What the table is narrowed down by."""
        return self.query_one(Filter).value

    def say(self, heading: str) -> None:
        """Tell what is shown."""
        self.query_one("#heading", Static).update(Content(heading))

    @on(Rows.Clicked)
    def _clicked(self) -> None:
        self.action_choose()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        if event.input.id == "filter":
            self.action_choose()

    def action_move(self, step: int) -> None:
        """Move the cursor by rows."""
        self.rows.move(step)

    def action_move_page(self, pages: int) -> None:
        """Move the cursor by pages."""
        self.rows.move(pages * max(self.rows.size.height - 1, 1))

    def action_choose(self) -> None:
        """Take the row under the cursor."""
        raise NotImplementedError

    def action_back(self) -> None:
        """Show all rows again, or go back to the chat."""
        if self.typed:
            self.query_one(Filter).value = ""
        else:
            self.dismiss(None)


def narrowed(rows: Sequence[tuple[Row, str]], words: str) -> list[Row]:
    """The rows whose text holds every one of some words.

    Args:
        rows: Each row with the text that is searched, in lower case.
        words: The words.

    Example:
        >>> rows = [(Row("1", "Rain", ()), "rain courier"), (Row("2", "Snow", ()), "snow courier")]
        >>> [row.title for row in narrowed(rows, "Cour snow")]
        ['Snow']
    """
    wanted = words.lower().split()
    return [row for row, text in rows if all(word in text for word in wanted)]
