import pytest

from tests.tui.fakes import QUESTION, FakeEngine
from tests.tui.pilots import ask, chat, screen, wait_for, wait_until
from tui.screens.sheet import Sheet
from tui.widgets.key_bar import KeyBar


@pytest.mark.parametrize(("width", "shown"), [(80, {"tab", "f2", "f3", "^q", "f1"}), (30, {"tab", "^q", "f1"})])
async def test_what_does_not_fit_is_left_out_but_never_help_and_leaving(width: int, shown: set[str]) -> None:
    async with chat(FakeEngine(), size=(width, 20)) as pilot:
        await ask(pilot, QUESTION)
        await wait_for(pilot, "very likely")
        line = screen(pilot).split("\n")[-1]
        assert {key for key in ("tab", "f2", "f3", "^q", "f1") if f"{key} " in line} == shown


async def test_a_click_on_a_key_does_what_the_key_does() -> None:
    async with chat(FakeEngine()) as pilot:
        await wait_for(pilot, "f1 Keys")
        line = screen(pilot).split("\n")[-1]
        await pilot.click(KeyBar, offset=(line.index("f1 Keys") + 3, 0))
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, Sheet))


async def test_the_keys_change_with_what_can_be_done() -> None:
    engine = FakeEngine(slow=True)
    engine.opening.set()
    async with chat(engine) as pilot:
        await ask(pilot, QUESTION)
        await wait_for(pilot, "esc Cancel")
        engine.asking.set()
        await wait_for(pilot, "very likely")
        await wait_until(pilot, lambda: "esc Cancel" not in screen(pilot))
