"""An article, opened at a quote or from the list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static

from qa.render import one_line
from tui import messages, text
from tui.commands import bindings
from tui.widgets.article_text import ArticleText, Range
from tui.widgets.key_bar import KeyBar
from tui.widgets.line import Line

if TYPE_CHECKING:
    from index.records import Article
    from qa.answer import Evidence
    from tui.app import ChatApp
    from tui.engine import EngineThread

_MOST_FOUND = 10_000


class ArticleScreen(Screen[None]):
    """The whole text of an article, scrolled to a quote.

    Of a text longer than ``article_text.LONGEST`` characters only so many around the quote are shown, which is said.

    Args:
        article: The article.
        engine: Tells which parts of it can be quoted.
        quotes: The quotes in it, best first.
        at: The quote to begin with; None begins at the top.
    """

    SCOPE = "article"
    CSS_PATH = "article.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("article")

    def __init__(
        self, article: Article, engine: EngineThread, quotes: Sequence[Evidence] = (), at: Evidence | None = None
    ) -> None:
        """Open an article."""
        super().__init__()
        self._article = article
        self._engine = engine
        self._quotes = sorted(quotes, key=lambda quote: quote.start)
        self._at = at
        self._words = ""
        self._found: list[Range] = []

    def compose(self) -> ComposeResult:
        """What the article is, and its text."""
        article, path = self._article, Path(self._article.path)
        with Vertical(id="head"):
            yield Static(Content(one_line(article.label)), id="title")
            if details := text.details(article):
                yield Static(Content(details), classes="detail")
            yield Static(Content(one_line(f"{path.name} in {path.parent}")), classes="detail", id="path")
            yield Static(classes="detail", id="place")
        yield ArticleText(
            article.text,
            [(quote.start, quote.end) for quote in self._quotes],
            [(quote.span_start, quote.span_end) for quote in self._quotes],
            (self._at.start, self._at.end) if self._at else None,
        )
        yield Line(placeholder="Words to find", compact=True, id="find")
        yield KeyBar()

    def on_mount(self) -> None:
        """Tell where in the article this is."""
        find = self.query_one("#find", Input)
        find.cursor_blink = False
        find.display = False
        self.set_focus(self._text)
        self._tell_place()

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """Offer an action only where there is something to do for it."""
        if self.query_one("#find").display:
            # What is typed into the line are words, not keys.
            return action == "back"
        match action:
            case "copy" | "cite":
                return bool(self._quotes)
            case "forward" | "backward":
                return len(self._places) > 1
            case "browse":
                return bool(self._article.url)
        return True

    # Places

    @property
    def _text(self) -> ArticleText:
        return self.query_one(ArticleText)

    @property
    def _places(self) -> list[Range]:
        """What the next key goes through: what was found, else the quotes."""
        return self._found or [(quote.start, quote.end) for quote in self._quotes]

    def _step(self, step: int) -> None:
        """Go to the next place (1) or the one before (-1), at the end to the other end."""
        here = self._text.current
        if here in self._places:
            place = self._places[(self._places.index(here) + step) % len(self._places)]
        else:
            top = self._text.top
            later = [one for one in self._places if one[0] >= top]
            earlier = [one for one in self._places if one[0] < top]
            place = (later + earlier)[0] if step > 0 else (later + earlier)[-1]
        self._text.go_to(place)
        self._tell_place()

    def action_forward(self) -> None:
        """Go to the next place."""
        self._step(1)

    def action_backward(self) -> None:
        """Go to the place before."""
        self._step(-1)

    def _tell_place(self) -> None:
        """Tell which place this is, and how much of a very long article is shown."""
        facts = []
        here, places = self._text.current, self._places
        kind = f"“{one_line(self._words)}”" if self._found else "Quote"
        if here in places and (self._found or len(places) > 1):
            facts.append(f"{kind} {places.index(here) + 1} of {len(places):,}")
        elif self._words and not self._found:
            facts.append(f"“{one_line(self._words)}” is not in this article")
        if self._text.shown < len(self._article.text):
            around = "around the quote" if here else "from its beginning"
            facts.append(f"Showing {self._text.shown:,} of {len(self._article.text):,} characters, {around}.")
        line = self.query_one("#place", Static)
        line.update(Content(" · ".join(facts)))
        line.display = bool(facts)
        self.refresh_bindings()

    # Finding

    def action_find(self) -> None:
        """Ask for words to find."""
        find = self.query_one("#find", Input)
        find.display = True
        find.value = self._words
        find.focus()
        self.refresh_bindings()

    @on(Input.Submitted, "#find")
    def _find(self, event: Input.Submitted) -> None:
        self._close_find()
        self._words = event.value.strip()
        self._found = find(self._article.text, self._words)
        self._text.mark("found", self._found)
        if self._found:
            self._text.leave()
            self._step(1)
        self._tell_place()

    def _close_find(self) -> None:
        self.query_one("#find").display = False
        self.set_focus(self._text)
        self.refresh_bindings()

    # What was dropped

    def action_dropped(self) -> None:
        """Dim what is never quoted, or stop dimming it."""
        if self._text.marked("dropped"):
            self._text.mark("dropped", [])
        else:
            article = self._article
            self._engine.call(lambda engine: messages.KeptFound(engine.kept(article)), self.post_message)

    @on(messages.KeptFound)
    def _kept_found(self, message: messages.KeptFound) -> None:
        length = len(self._article.text)
        if not message.kept:
            self._app.tell("Nothing in this article can be quoted, or it has changed since it was indexed.")
            return
        ranges = [one for one in dropped(message.kept, length) if self._article.text[slice(*one)].strip()]
        if not ranges:
            self._app.tell("All of this article is prose that can be quoted.")
            return
        self._text.mark("dropped", ranges)
        characters = sum(end - start for start, end in ranges)
        self._app.tell(f"{characters / max(length, 1):.0%} of the article is page furniture, and dimmed now.")

    # The quote

    def action_copy(self) -> None:
        """Copy the quote, word for word, on one line."""
        if quote := self._current_quote():
            self._app.copy(one_line(quote.quote), f"the quote [{quote.number}]")

    def action_cite(self) -> None:
        """Copy the quote with its citation."""
        from qa.citation import cite

        if quote := self._current_quote():
            self._app.copy(cite(quote), f"the quote [{quote.number}] with its source")

    def _current_quote(self) -> Evidence | None:
        here = [quote for quote in self._quotes if (quote.start, quote.end) == self._text.current]
        return here[0] if here else self._at

    def action_browse(self) -> None:
        """Open the article's address in the browser."""
        if self._article.url.startswith(("http://", "https://")):
            self.app.open_url(self._article.url)

    def action_back(self) -> None:
        """Close the line for words, or go back to where the article was opened."""
        if self.query_one("#find").display:
            self._close_find()
        else:
            self.dismiss()

    @property
    def _app(self) -> ChatApp:
        return cast("ChatApp", self.app)


def find(whole: str, words: str) -> list[Range]:
    r"""Where some words stand in a text, in any case and over line breaks.

    Example:
        >>> find("Rain fell.\nThe rain  fell again.", "rain fell")
        [(0, 9), (15, 25)]
    """
    if not words.split():
        return []
    pattern = re.compile(r"\s+".join(map(re.escape, words.split())), re.IGNORECASE)
    return [match.span() for match, _ in zip(pattern.finditer(whole), range(_MOST_FOUND), strict=False)]


def dropped(kept: Sequence[Range], length: int) -> list[Range]:
    """What lies between the ranges that are kept.

    Example:
        >>> dropped([(5, 10), (12, 20)], 25)
        [(0, 5), (10, 12), (20, 25)]
    """
    edges = [(0, 0), *kept, (length, length)]
    return [(before[1], after[0]) for before, after in pairwise(edges) if before[1] < after[0]]
