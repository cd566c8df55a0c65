"""Nothing that an article, a file's name, a question, a setting or an error holds steers the terminal of the chat."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from index.errors import PullquoteError
from index.records import Article, Skipped
from qa.answer import Agreement, Answer, Evidence, Occurrence, TimeNote, Value
from qa.corpus import CorpusInfo
from tests.hostile import FLOOD, FORGERIES, RAW, raw_in
from tests.tui.fakes import FakeEngine
from tests.tui.pilots import ChatPilot, ask, chat, screen, wait_for, wait_until
from tui.app import ChatApp
from tui.history import History
from tui.screens.article import ArticleScreen
from tui.screens.sheet import Sheet
from tui.settings import Settings
from tui.widgets.prompt import Prompt

EVIL = f"evil {RAW} {FLOOD} [bold]loud[/] "


def article(name: str) -> Article:
    text = f"{EVIL}\n\n{EVIL}{FORGERIES[0]} {EVIL}\n\n" + "\n".join(f"{EVIL}{line}" for line in FORGERIES)
    path = f"/articles/{EVIL}/{name}{EVIL}.txt"
    return Article("0123456789abcdef", path, f"{name}{EVIL}", EVIL, None, f"https://{EVIL}", text, "utf-8")


def answer(status: Any = "answered") -> Answer:
    one, other = article("one"), article("other")
    start = one.text.index(FORGERIES[0])
    end = start + len(FORGERIES[0]) + len(EVIL)
    evidence = tuple(
        Evidence(
            number,
            one,
            start,
            end,
            start + 4,
            end - 3,
            0.8,
            also=(Occurrence(other, 0, 9),),
            times=(TimeNote(start, end, date(2022, 1, 7), date(2022, 1, 7)),),
            context_start=0,
            context_end=start,
        )
        for number in (1, 2, 3)
    )
    values = (Value(EVIL, (1,), 1, None), Value(EVIL, (2,), 1, None))
    return Answer(
        f"who {EVIL}",
        status,
        0.8,
        evidence,
        (f"Note {EVIL}",),
        missing="" if status == "answered" else EVIL,
        resolved_question=EVIL,
        agreement=Agreement("differ", values),
    )


def engine(given: Answer | Exception | None = None, **options: Any) -> FakeEngine:
    made = FakeEngine(given or answer(), **options)
    made.info = CorpusInfo(f"/articles/{EVIL}", 2, 9, False, (Skipped(f"/a/{EVIL}", EVIL),), (f"Told {EVIL}",))
    made.articles = [article("one"), article("other")]
    made.suggested = [EVIL]
    return made


def nothing_raw(pilot: ChatPilot) -> str:
    shown = screen(pilot)
    assert not raw_in(shown)
    return shown


@pytest.mark.parametrize("status", ["answered", "not_found"])
async def test_an_answer(status: str) -> None:
    async with chat(engine(answer(status)), size=(100, 60)) as pilot:
        await wait_for(pilot, "evil")
        nothing_raw(pilot)
        await ask(pilot, "who")
        await wait_for(pilot, "[1]")
        assert "[bold]loud[/]" in nothing_raw(pilot)
        await pilot.press("tab", "down", "enter")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, ArticleScreen))
        await wait_for(pilot, "[bold]loud[/]")
        nothing_raw(pilot)
        await pilot.press("slash", *RAW[:30], "enter")
        nothing_raw(pilot)


async def test_lists_of_articles_and_conversations() -> None:
    history = History(None)
    history.add(None, f"/articles/{EVIL}", answer().to_dict(), 0.4, datetime(2022, 1, 8, tzinfo=UTC))
    async with chat(engine(), history=history, size=(120, 30)) as pilot:
        await wait_for(pilot, "evil")
        for key, heading in (("f2", "2 articles"), ("f3", "1 conversation")):
            await pilot.press(key)
            await wait_for(pilot, heading)
            nothing_raw(pilot)
            await pilot.press("f8")
            nothing_raw(pilot)
            await pilot.press("f2")
            nothing_raw(pilot)
            while len(pilot.app.screen_stack) > 2:
                await pilot.press("escape")
        await pilot.press("up")
        assert "evil" in nothing_raw(pilot)
        await pilot.press("ctrl+p", "e", "v", "i", "l")
        await wait_for(pilot, "A question asked before")
        nothing_raw(pilot)
    history.close()


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was told in passing, which is seen for a few seconds only."""
    words: list[str] = []
    notify = ChatApp.notify

    def noted(app: ChatApp, message: str, **options: Any) -> None:
        words.append(message)
        notify(app, message, **options)

    monkeypatch.setattr(ChatApp, "notify", noted)
    return words


@pytest.mark.parametrize("error", [PullquoteError(EVIL, EVIL, EVIL), ValueError(EVIL)])
async def test_errors_and_what_is_told_in_passing(error: Exception, told: list[str]) -> None:
    settings = Settings(keymap={EVIL: "f6", "chat.copy": "[bold]x')] \x1b"})
    async with chat(engine(error), settings=settings, question=EVIL, size=(100, 60)) as pilot:
        await wait_for(pilot, "loud")
        nothing_raw(pilot)
        for typed in (f"/{EVIL}", f"/theme {EVIL}", f"/cite {EVIL}", f"/export {EVIL}", f"/open {EVIL}"):
            await ask(pilot, typed)
            nothing_raw(pilot)
        assert isinstance(pilot.app, ChatApp)
        pilot.app.report(error)
        pilot.app.push_screen(Sheet(EVIL, EVIL))
        await wait_for(pilot, "Escape closes this")
        nothing_raw(pilot)
    async with chat(engine(open_error=error), size=(100, 60)) as pilot:
        await wait_for(pilot, "loud")
        nothing_raw(pilot)
    assert len([words for words in told if "evil" in words]) > 3
    assert not any(map(raw_in, told))


async def test_what_is_pasted_into_the_prompt_or_comes_back_into_it() -> None:
    async with chat(engine()) as pilot:
        prompt = pilot.app.screen.query_one(Prompt)
        for put in (prompt.paste, prompt.show):
            put(EVIL)
            await pilot.pause()
            nothing_raw(pilot)
            assert not raw_in(prompt.value)
            assert prompt.cursor_position == len(prompt.value)
            prompt.show("")


async def test_what_is_copied_steers_no_terminal_that_it_is_pasted_into(monkeypatch: pytest.MonkeyPatch) -> None:
    copied: list[str] = []
    monkeypatch.setattr("tui.app.copy", lambda text, _terminal: copied.append(text) or "the clipboard")
    async with chat(engine()) as pilot:
        await ask(pilot, "who")
        await wait_for(pilot, "[1]")
        assert isinstance(pilot.app, ChatApp)
        pilot.app.chat.note_error(ValueError(EVIL))
        for count, command in enumerate(("/copy", "/cite", "/cite markdown", "/cite bibtex", "/details"), start=1):
            await ask(pilot, command)
            await wait_until(pilot, lambda count=count: len(copied) == count)
    assert not any(map(raw_in, copied))
    quote, *_ = copied
    assert "\n" not in quote


async def test_each_line_of_a_quote_has_the_bar_however_it_is_wrapped() -> None:
    # So long that at this width each forgery begins a line of its own.
    lines = ("very likely · 0.99 · 0.1 s", "[1] Reuters · 6 January 2022", "Also", "[2] Reuters")
    text = " ".join(line.ljust(77, "x") for line in lines)
    made = Article("0123456789abcdef", "/articles/a.txt", "Owls", "", None, "", text, "utf-8")
    given = Answer("who", "answered", 0.8, (Evidence(1, made, 0, len(text), 0, 9, 0.8),))
    async with chat(FakeEngine(given)) as pilot:
        await ask(pilot, "who")
        await wait_for(pilot, "Reuters")
        shown = screen(pilot).split("\n")
        begins = [number for number, line in enumerate(shown) if "“very" in line]
        ends = [number for number, line in enumerate(shown) if "very likely · 0.80" in line]
        quoted = shown[begins[0] : ends[0]]
        assert any("Reuters" in line[:20] for line in quoted)
        assert all(line.startswith(" ▌ ") for line in quoted)
        assert not any("▌" in line for line in shown[ends[0] :])
