"""Pictures of every screen; the facts on them are tested elsewhere too.

``python -m pytest tests/tui/test_snapshots.py --snapshot-update`` takes them anew; look at each one that has changed.
"""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from textual.pilot import Pilot

from index.errors import CorpusNotFoundError
from tests.tui.fakes import QUESTION, FakeEngine, buses, make_answer
from tests.tui.pilots import ask, screen, wait_for, wait_until
from tui.app import ChatApp
from tui.screens.article import ArticleScreen
from tui.settings import Settings
from tui.themes import DARK, LIGHT
from tui.widgets.article_text import ArticleText

SIZES = [(80, 24), (40, 15), (120, 40)]
NOT_THERE = CorpusNotFoundError("The articles cannot be read", "there is no folder /articles/flood", "check the path")

Compare = Callable[..., bool]
State = tuple[Callable[[], FakeEngine], Callable[[Pilot[Any]], Awaitable[None]]]


def suggesting() -> FakeEngine:
    engine = FakeEngine()
    engine.suggested = ["Who is the mayor of Harbourside?", "How many boats did Ferrymouth send?"]
    return engine


async def empty(pilot: Pilot[Any]) -> None:
    await wait_for(pilot, "How many boats did Ferrymouth send?")


async def busy(pilot: Pilot[Any]) -> None:
    # The engine is made in its own thread, once the first screen is drawn.
    await wait_until(pilot, lambda: chat(pilot).engine._engine is not None)
    chat(pilot).engine._engine.opening.set()
    await ask(pilot, QUESTION)
    await wait_for(pilot, "Searching 12 articles…")


async def answer(pilot: Pilot[Any]) -> None:
    await ask(pilot, QUESTION)
    await wait_for(pilot, "very likely")


async def no_answer(pilot: Pilot[Any]) -> None:
    await ask(pilot, QUESTION)
    await wait_for(pilot, "Not in these articles.")


async def error(pilot: Pilot[Any]) -> None:
    await wait_for(pilot, "Why:")


async def article(pilot: Pilot[Any]) -> None:
    await answer(pilot)
    await pilot.press("ctrl+o")
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, ArticleScreen))
    await wait_until(pilot, lambda: bool(pilot.app.screen.query_one(ArticleText).lines))


async def help_(pilot: Pilot[Any]) -> None:
    await pilot.press("f1")
    await wait_for(pilot, "Keys and commands")


async def palette(pilot: Pilot[Any]) -> None:
    # The palette offers what can be done: once the articles are open, that is more.
    await wait_until(pilot, lambda: bool(chat(pilot).check_action("articles", ())))
    await pilot.press("ctrl+p")
    await wait_for(pilot, "Keys and commands")


STATES: dict[str, State] = {
    "empty": (suggesting, empty),
    "busy": (lambda: FakeEngine(slow=True), busy),
    "answer": (FakeEngine, answer),
    "no-answer": (lambda: FakeEngine(make_answer(*buses().evidence, found=False)), no_answer),
    "error": (lambda: FakeEngine(open_error=NOT_THERE), error),
    "article": (FakeEngine, article),
    "help": (FakeEngine, help_),
    "palette": (FakeEngine, palette),
}


def chat(pilot: Pilot[Any]) -> Any:
    assert isinstance(pilot.app, ChatApp)
    return pilot.app.chat


async def still(pilot: Pilot[Any]) -> None:
    """Wait until nothing on the screen has changed for a while, however busy the machine is."""
    seen = [""]
    while len(seen) < 6:
        await pilot.pause(0.05)
        shown = screen(pilot)
        seen = [*seen, shown] if shown == seen[-1] else [shown]


def looks_as_before(compare: Compare, state: str, size: tuple[int, int], theme: str) -> bool:
    """Bring the chat into a state, and compare the screen with its picture."""
    make_engine, reach = STATES[state]
    engine = make_engine()
    app = ChatApp(lambda: engine, settings=Settings(theme))
    app.chat.engine.clock = lambda: 0.0

    async def run_before(pilot: Pilot[Any]) -> None:
        await reach(pilot)
        await still(pilot)

    try:
        return compare(app, terminal_size=size, run_before=run_before)
    finally:
        engine.opening.set()
        engine.asking.set()
        app.wait_for_engine()


@pytest.mark.parametrize("theme", [DARK.name, LIGHT.name])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("state", STATES)
def test_a_screen_looks_as_it_did(snap_compare: Compare, state: str, size: tuple[int, int], theme: str) -> None:
    assert looks_as_before(snap_compare, state, size, theme)


@pytest.mark.parametrize("state", ["answer", "article", "no-answer"])
def test_a_screen_without_colour_looks_as_it_did(
    snap_compare: Compare, monkeypatch: pytest.MonkeyPatch, state: str
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert looks_as_before(snap_compare, state, (80, 24), DARK.name)
