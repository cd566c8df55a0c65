"""Watching the chat from a test."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from index.records import Article
from qa.answer import Answer
from tests.tui.fakes import QUESTION, FakeEngine, make_answer, make_evidence
from tui.app import ChatApp
from tui.history import History
from tui.settings import Settings
from tui.widgets.prompt import Prompt

PATIENCE = 10.0

ChatPilot = Pilot[Any]


@asynccontextmanager
async def chat(
    engine: FakeEngine,
    *,
    size: tuple[int, int] = (80, 24),
    question: str | None = None,
    history: History | None = None,
    settings: Settings | None = None,
    settings_path: Path | None = None,
) -> AsyncIterator[ChatPilot]:
    """The running chat; what the engine still waits for is let go at the end."""
    app = ChatApp(lambda: engine, question, history=history, settings=settings, settings_path=settings_path)
    async with app.run_test(size=size, notifications=True) as pilot:
        try:
            # The engine is made in its own thread, once the first screen is drawn.
            await wait_until(pilot, lambda: app.chat.engine._engine is not None)
            yield pilot
        finally:
            engine.opening.set()
            engine.asking.set()
    app.wait_for_engine()


async def wait_until(pilot: ChatPilot, holds: Callable[[], bool]) -> None:
    """Wait until something holds, and show the screen when it never does."""
    deadline = asyncio.get_running_loop().time() + PATIENCE
    while not holds():
        if asyncio.get_running_loop().time() > deadline:
            message = f"It never came to hold. The screen:\n{screen(pilot)}"
            raise AssertionError(message)
        await pilot.pause(0.01)
    await pilot.pause()


async def wait_for(pilot: ChatPilot, words: str) -> None:
    """Wait until some words stand on the screen."""
    await wait_until(pilot, lambda: words in screen(pilot))


async def answers(pilot: ChatPilot, number: int) -> None:
    """Ask the same question a number of times, each after the answer to the one before."""
    for count in range(1, number + 1):
        await ask(pilot, QUESTION)
        await wait_until(pilot, partial(_has_answers, pilot, count))


def _has_answers(pilot: ChatPilot, number: int) -> bool:
    return len(pilot.app.screen.query(".quote")) == number


async def ask(pilot: ChatPilot, question: str) -> None:
    """Paste a question, which is faster than typing, and send it."""
    pilot.app.screen.query_one(Prompt).paste(question)
    await pilot.press("enter")
    await pilot.pause()


def screen(pilot: ChatPilot) -> str:
    """What the terminal shows, line by line."""
    strips = pilot.app.screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in strips)


def one_source(article: Article, quote: str, span: str = "", *, found: bool = True) -> Answer:
    """An answer out of a single article."""
    return make_answer(make_evidence(article, quote, span), found=found)
