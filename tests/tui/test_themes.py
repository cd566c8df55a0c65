import re

import pytest
from rich.color import ColorTriplet

from tests.tui.fakes import QUESTION, FakeEngine
from tests.tui.pilots import ChatPilot, ask, chat, wait_for, wait_until
from tui.app import ChatApp
from tui.screens.article import ArticleScreen
from tui.settings import Settings
from tui.themes import DARK, LIGHT

LEAST_CONTRAST = 4.5


def contrasts(pilot: ChatPilot) -> dict[str, float]:
    """The contrast of each piece of text on the screen with what is behind it, by WCAG 2.1."""
    found = {}
    for strip in pilot.app.screen._compositor.render_strips():
        for segment in strip:
            if re.search(r"\w", segment.text) and segment.style and segment.style.color and segment.style.bgcolor:
                ink, paper = segment.style.color.get_truecolor(), segment.style.bgcolor.get_truecolor()
                found[segment.text] = contrast(ink, paper)
    return found


def contrast(one: ColorTriplet, other: ColorTriplet) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(color: ColorTriplet) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in color.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", [DARK.name, LIGHT.name])
async def test_every_text_stands_out_from_what_is_behind_it(theme: str) -> None:
    engine = FakeEngine()
    engine.suggested = ["Who is the mayor?"]
    async with chat(engine, settings=Settings(theme)) as pilot:
        await wait_for(pilot, "Who is the mayor?")
        seen = contrasts(pilot)
        await ask(pilot, QUESTION)
        await wait_for(pilot, "likely")
        seen |= contrasts(pilot)
        await pilot.press("tab")
        seen |= contrasts(pilot)
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, ArticleScreen))
        seen |= contrasts(pilot)
        await pilot.press("escape", "f1")
        seen |= contrasts(pilot)
        assert len(seen) > 40
        assert {text: ratio for text, ratio in seen.items() if ratio < LEAST_CONTRAST} == {}


async def test_the_choice_of_the_reader_is_taken_and_the_environments_comes_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with chat(FakeEngine(), settings=Settings("nord")) as pilot:
        assert pilot.app.theme == "nord"
    monkeypatch.setenv("TEXTUAL_THEME", LIGHT.name)
    async with chat(FakeEngine(), settings=Settings("nord")) as pilot:
        assert pilot.app.theme == LIGHT.name


async def test_a_theme_that_is_not_there_is_told_and_the_dark_one_taken() -> None:
    async with chat(FakeEngine(), settings=Settings("no-such")) as pilot:
        assert pilot.app.theme == DARK.name
        await wait_for(pilot, "The theme no-such cannot be used")


async def test_without_colour_a_theme_of_the_terminals_own_colours_is_not_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with chat(FakeEngine(), settings=Settings("ansi-dark")) as pilot:
        assert isinstance(pilot.app, ChatApp)
        assert pilot.app.theme == DARK.name
