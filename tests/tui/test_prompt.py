from dataclasses import replace

from tests.tui.fakes import QUESTION, FakeEngine, buses
from tests.tui.pilots import ChatPilot, ask, chat, wait_for, wait_until
from tui.widgets.prompt import Prompt

FOLLOW_UP = "and boats"
RESOLVED = "How many boats did the city send?"


def typed(pilot: ChatPilot) -> str:
    return pilot.app.screen.query_one(Prompt).value


async def test_what_was_typed_comes_back_first_and_then_the_question_that_was_asked_in_its_place() -> None:
    engine = FakeEngine(replace(buses(), question=FOLLOW_UP, resolved_question=RESOLVED))
    async with chat(engine) as pilot:
        await ask(pilot, FOLLOW_UP)
        await wait_for(pilot, "very likely")
        recalled = []
        for key in ("up", "up", "down", "down"):
            await pilot.press(key)
            recalled.append(typed(pilot))
        assert recalled == [FOLLOW_UP, RESOLVED, FOLLOW_UP, ""]


async def test_a_completed_question_comes_back_with_its_own_though_another_was_asked_since() -> None:
    async with chat(FakeEngine()) as pilot:
        prompt = pilot.app.screen.query_one(Prompt)
        for question in (FOLLOW_UP, QUESTION):
            prompt.remember(question)
        prompt.remember(RESOLVED, typed=FOLLOW_UP)
        recalled = []
        for _ in range(3):
            await pilot.press("up")
            recalled.append(typed(pilot))
        assert recalled == [QUESTION, FOLLOW_UP, RESOLVED]


async def test_a_question_that_was_asked_as_it_stands_is_there_once() -> None:
    async with chat(FakeEngine()) as pilot:
        await ask(pilot, QUESTION)
        await wait_for(pilot, "very likely")
        await pilot.press("up", "up")
        assert typed(pilot) == QUESTION


async def test_tab_completes_a_command_and_leads_to_the_sources_otherwise() -> None:
    async with chat(FakeEngine()) as pilot:
        prompt = pilot.app.screen.query_one(Prompt)
        await pilot.press("slash", "c", "i")
        await wait_until(pilot, lambda: bool(prompt._suggestion))
        await pilot.press("tab")
        assert prompt.value == "/cite"
        assert pilot.app.focused is prompt
