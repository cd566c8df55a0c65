from datetime import date

from index.records import CatalogueEntry
from tests.tui.fakes import FakeEngine, make_article
from tests.tui.pilots import ChatPilot, chat, screen, wait_for, wait_until
from tui.widgets.rows import Rows


async def listed(pilot: ChatPilot) -> None:
    await wait_for(pilot, "12 articles")
    await pilot.press("f2")
    await wait_until(pilot, lambda: bool(pilot.app.screen.query(Rows)))


class Library(FakeEngine):
    """Lists thousands of articles."""

    def catalogue(self) -> list[CatalogueEntry]:
        return [
            CatalogueEntry(f"{n:016x}", f"/a/{n}.txt", f"Report {n} of rain", "The Courier", date(2022, 1, 6), n)
            for n in range(20_000)
        ]


async def test_each_article_is_told_with_its_date_publisher_and_length() -> None:
    engine = FakeEngine()
    engine.articles = [make_article("Rain fell.", title="Rain"), make_article("x" * 1_234, title="Snow")]
    async with chat(engine, size=(100, 24)) as pilot:
        await listed(pilot)
        await wait_for(pilot, "> Rain")
        (line,) = [line for line in screen(pilot).split("\n") if "Snow" in line]
        assert line.split() == ["Snow", "2022-01-08", "The", "Harbourside…", "1,234"]


async def test_typing_narrows_the_list_by_words_of_title_publisher_date_or_file() -> None:
    async with chat(Library()) as pilot:
        await listed(pilot)
        await wait_for(pilot, "20,000 articles")
        await pilot.press(*"cour ", "slash", *"1234.t")
        await wait_for(pilot, "1 of 20,000 articles")
        assert "> Report 1234 of rain" in screen(pilot)
        await pilot.press("z")
        await wait_for(pilot, "0 of 20,000 articles")
        await pilot.press("escape")
        await wait_for(pilot, "20,000 articles")
        await wait_for(pilot, "> Report")


async def test_markup_in_a_title_is_shown_not_obeyed() -> None:
    engine = FakeEngine()
    engine.articles = [make_article("Rain fell.", title="[AFP] [b]Rain[/b]\x1b[31m")]
    async with chat(engine) as pilot:
        await listed(pilot)
        await wait_for(pilot, "> [AFP] [b]Rain[/b]␛[31m")


async def test_an_empty_folder_has_an_empty_list() -> None:
    async with chat(FakeEngine()) as pilot:
        await listed(pilot)
        await wait_for(pilot, "0 articles")
        await pilot.press("enter", "down")
        await pilot.press("escape")
        await wait_until(pilot, lambda: not pilot.app.screen.query(Rows))
