"""The list of all articles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.widgets import Input

from index.records import Article, CatalogueEntry
from qa.render import one_line
from tui import messages, text
from tui.commands import bindings
from tui.engine import EngineThread
from tui.screens.article import ArticleScreen
from tui.screens.picking import PickScreen, narrowed
from tui.widgets.rows import Row

_DATE, _PUBLISHER, _LENGTH = 10, 16, 7


class ArticlesScreen(PickScreen[None]):
    """Every article with its title, publisher, date and length; Enter reads one.

    Args:
        engine: Gives the list.
    """

    SCOPE = "articles"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("articles"), *bindings("list")]

    def __init__(self, engine: EngineThread) -> None:
        """Make the screen; the list comes once it is drawn."""
        super().__init__(
            "Reading the list…",
            "words of title, publisher, date or file; Enter reads",
            (_DATE, _PUBLISHER, _LENGTH),
        )
        self._engine = engine
        self._all: Sequence[tuple[Row, str]] = []

    def on_mount(self) -> None:
        """Ask for the list."""
        self._engine.call(lambda engine: messages.Catalogued(list(map(_row, engine.catalogue()))), self.post_message)

    @on(messages.Catalogued)
    def _catalogued(self, message: messages.Catalogued) -> None:
        self._all = message.rows
        self._narrow()

    @on(Input.Changed, "#filter")
    def _narrow(self) -> None:
        rows = narrowed(self._all, self.typed)
        self.rows.show(rows)
        number = text.counted(len(self._all), "article")
        self.say(number if len(rows) == len(self._all) else f"{len(rows):,} of {number}")

    def action_choose(self) -> None:
        """Open the article under the cursor."""
        if row := self.rows.current:
            self._engine.call(lambda engine: _read(engine.article(row.key)), self.post_message)

    @on(messages.ArticleRead)
    def _read(self, message: messages.ArticleRead) -> None:
        self.app.push_screen(ArticleScreen(message.article, self._engine))


def _row(entry: CatalogueEntry) -> tuple[Row, str]:
    published = entry.published.isoformat() if entry.published else ""
    row = Row(entry.id, one_line(entry.label), (published, one_line(entry.publisher), f"{entry.length:>{_LENGTH},}"))
    return row, " ".join((row.title, *row.cells[:2], one_line(entry.path))).lower()


def _read(article: Article | None) -> messages.ArticleRead | None:
    return None if article is None else messages.ArticleRead(article)
