"""What each command does, by its key and by its word."""

import base64
import json
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual.command import CommandPalette

from index.errors import QuestionError
from index.records import Article
from tests.tui.fakes import QUESTION, QUOTE, SECOND, FakeEngine, buses, make_answer, make_article, make_evidence
from tests.tui.pilots import ChatPilot, answers, ask, chat, screen, wait_for, wait_until
from tui.app import ChatApp
from tui.commands import COMMANDS, Command
from tui.screens.article import ArticleScreen
from tui.screens.articles import ArticlesScreen
from tui.screens.chat import ChatScreen
from tui.screens.conversations import ConversationsScreen
from tui.screens.sheet import Sheet
from tui.widgets.article_text import ArticleText
from tui.widgets.prompt import Prompt
from tui.widgets.source import Source
from tui.widgets.turn import Turn

Effect = Callable[[ChatPilot, Command], Awaitable[None]]
EFFECTS: dict[str, Effect] = {}


def effect(identity: str) -> Callable[[Effect], Effect]:
    def register(function: Effect) -> Effect:
        EFFECTS[identity] = function
        return function

    return register


async def do(pilot: ChatPilot, command: Command, argument: str = "") -> None:
    """Give a command by its key if it has one and needs no argument, else by its word."""
    if command.keys and not argument:
        await pilot.press(command.keys.split(",")[0])
    else:
        await ask(pilot, f"/{command.slashes[0]} {argument}")
    await pilot.pause()


def front(pilot: ChatPilot) -> ChatScreen:
    assert isinstance(pilot.app, ChatApp)
    return pilot.app.chat


def prompt(pilot: ChatPilot) -> Prompt:
    return front(pilot).query_one(Prompt)


def copied(pilot: ChatPilot) -> Callable[[], str]:
    """What the terminal is told to put on its clipboard from now on."""
    sequences: list[str] = []
    driver = pilot.app._driver
    assert driver is not None
    driver.write = sequences.append  # ty: the headless driver writes nothing

    def last() -> str:
        found = [sequence for sequence in sequences if sequence.startswith("\x1b]52;")]
        return base64.b64decode(found[-1].partition("c;")[2].rstrip("\x07\x1b\\")).decode() if found else ""

    return last


async def answered(pilot: ChatPilot, number: int = 1) -> None:
    """Ask, and wait until the answers are in the history too."""
    await answers(pilot, number)
    await wait_until(pilot, lambda: all(block.kept for block in front(pilot).transcript.blocks))


# Everywhere


@effect("app.help")
async def _help(pilot: ChatPilot, command: Command) -> None:
    await do(pilot, command)
    await wait_for(pilot, "Keys and commands")


@effect("app.theme")
async def _theme(pilot: ChatPilot, command: Command) -> None:
    assert pilot.app.current_theme.dark
    await do(pilot, command)
    assert not pilot.app.current_theme.dark
    await do(pilot, command, "dark")
    assert pilot.app.current_theme.dark
    await do(pilot, command, "nord")
    assert pilot.app.theme == "nord"
    await do(pilot, command, "no-such")
    await wait_for(pilot, "There is no theme no-such here.")


@effect("app.palette")
async def _palette(pilot: ChatPilot, command: Command) -> None:
    await do(pilot, command)
    assert isinstance(pilot.app.screen, CommandPalette)


@effect("app.quit")
async def _quit(pilot: ChatPilot, command: Command) -> None:
    await do(pilot, command)
    assert not pilot.app.is_running or pilot.app._exit


# The prompt


@effect("prompt.submit")
async def _submit(pilot: ChatPilot, command: Command) -> None:
    await pilot.press("w", "h", "o")
    await do(pilot, command)
    await wait_for(pilot, "likely · 0.83")


@effect("prompt.sources")
async def _sources(pilot: ChatPilot, command: Command) -> None:
    await answered(pilot)
    await do(pilot, command)
    assert isinstance(pilot.app.focused, Source)
    await pilot.press("shift+tab", "shift+tab")
    assert pilot.app.focused is prompt(pilot)


@effect("prompt.earlier")
async def _earlier(pilot: ChatPilot, command: Command) -> None:
    await answered(pilot)
    await do(pilot, command)
    assert prompt(pilot).value == QUESTION


@effect("prompt.later")
async def _later(pilot: ChatPilot, command: Command) -> None:
    await answered(pilot)
    await pilot.press("n", "o", "up")
    await do(pilot, command)
    assert prompt(pilot).value == "no"


# The answer


@effect("chat.copy")
async def _copy(pilot: ChatPilot, command: Command) -> None:
    last = copied(pilot)
    await answered(pilot)
    await do(pilot, command)
    await wait_until(pilot, lambda: last() == QUOTE)
    await wait_for(pilot, "Copied the quote [1]")
    await pilot.press("tab", "down")
    await do(pilot, command)
    await wait_until(pilot, lambda: last() == SECOND)


@effect("chat.cite")
async def _cite(pilot: ChatPilot, command: Command) -> None:
    last = copied(pilot)
    await answered(pilot)
    await do(pilot, command)
    await wait_until(pilot, lambda: last().startswith(f"“{QUOTE}” — City sends buses, The Harbourside Courier"))
    await do(pilot, command, "bib")
    await wait_until(pilot, lambda: last().startswith("@"))
    await do(pilot, command, "apa")
    await wait_for(pilot, "not apa.")


@effect("chat.more")
async def _more(pilot: ChatPilot, command: Command) -> None:
    article = make_article(" ".join(f"Sentence {number} is here." for number in range(1, 8)))
    quotes = [make_evidence(article, f"Sentence {number} is here.", number=number) for number in range(1, 8)]
    front(pilot).engine._engine.answer = make_answer(*quotes)  # the engine is a fake
    await answered(pilot)
    assert "4 further sentences: Ctrl+F" in screen(pilot)
    await do(pilot, command)
    await wait_for(pilot, "Sentence 7 is here.")
    await do(pilot, command)
    await wait_until(pilot, lambda: "Sentence 7 is here." not in screen(pilot))


@effect("chat.open")
async def _open(pilot: ChatPilot, command: Command) -> None:
    await answered(pilot)
    await do(pilot, command)
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, ArticleScreen))
    await pilot.press("escape")
    await do(pilot, command, "9")
    await wait_for(pilot, "This answer has no source 9.")
    await do(pilot, command, "2")
    await wait_for(pilot, "Quote 2 of 2")


@effect("chat.why")
async def _why(pilot: ChatPilot, command: Command) -> None:
    await answered(pilot)
    await do(pilot, command)
    await wait_for(pilot, f"Why: {QUESTION}")
    assert "probability 0.83" in screen(pilot)


@effect("chat.edit")
async def _edit(pilot: ChatPilot, command: Command) -> None:
    await answered(pilot)
    await do(pilot, command)
    assert prompt(pilot).value == QUESTION


@effect("chat.again")
async def _again(pilot: ChatPilot, command: Command) -> None:
    await answered(pilot)
    await do(pilot, command)
    await wait_until(pilot, lambda: len(pilot.app.screen.query(".quote")) == 2)


# The conversation


@effect("chat.cancel")
async def _cancel(pilot: ChatPilot, command: Command) -> None:
    engine = front(pilot).engine._engine
    engine.asking.clear()
    await ask(pilot, QUESTION)
    await wait_for(pilot, "Searching")
    await do(pilot, command)
    await wait_for(pilot, "Cancelled.")
    assert prompt(pilot).value == QUESTION


@effect("chat.clear")
async def _clear(pilot: ChatPilot, command: Command) -> None:
    await pilot.press("a")
    await do(pilot, command)
    assert prompt(pilot).value == ""
    await answered(pilot)
    await pilot.press("tab")
    await do(pilot, command)
    assert pilot.app.focused is prompt(pilot)


@effect("chat.new")
async def _new(pilot: ChatPilot, command: Command) -> None:
    engine = front(pilot).engine._engine
    engine.remembered = [buses()]
    await answered(pilot)
    await do(pilot, command)
    await wait_until(pilot, lambda: not front(pilot).transcript.blocks)
    await wait_until(pilot, lambda: engine.remembered == [])
    await answered(pilot)
    assert len(front(pilot).history.conversations()) == 2


@effect("chat.conversations")
async def _conversations(pilot: ChatPilot, command: Command) -> None:
    await answered(pilot)
    await do(pilot, command)
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, ConversationsScreen))
    assert QUESTION in screen(pilot)


@effect("chat.previous")
async def _previous(pilot: ChatPilot, command: Command) -> None:
    await answered(pilot, 2)
    transcript = front(pilot).transcript
    await transcript.blocks[0].remove()
    transcript.tell_earlier()
    await wait_for(pilot, "1 earlier answer: /earlier shows more")
    await do(pilot, command)
    await wait_until(pilot, lambda: [block.kept for block in transcript.blocks] == [1, 2])
    assert "1 earlier answer" not in screen(pilot)


@effect("chat.export")
async def _export(pilot: ChatPilot, command: Command) -> None:
    await answered(pilot)
    await do(pilot, command)
    await wait_until(pilot, lambda: bool(list(Path.cwd().glob("*.md"))))
    assert QUOTE.partition("about")[0] in next(Path.cwd().glob("*.md")).read_text("utf-8")
    await wait_for(pilot, "Written to")
    for count in (1, 2):
        await do(pilot, command, "json")
        await wait_until(pilot, lambda wanted=count: len(list(Path.cwd().glob("*.json"))) == wanted)
    document = json.loads(next(Path.cwd().glob("*.json")).read_text("utf-8"))
    assert QUESTION in json.dumps(document)
    await do(pilot, command, "pdf")
    await wait_for(pilot, "not pdf.")


@effect("chat.transcript")
async def _transcript(pilot: ChatPilot, command: Command) -> None:
    last = copied(pilot)
    await answered(pilot)
    await do(pilot, command)
    await wait_until(pilot, lambda: QUESTION in last() and QUOTE in last())


@effect("chat.retry")
async def _retry(pilot: ChatPilot, command: Command) -> None:
    engine = front(pilot).engine._engine
    engine.open_error = QuestionError("It failed", "it was so", "do it")
    front(pilot).action_retry()
    await wait_for(pilot, "could not be opened")
    engine.open_error = None
    await do(pilot, command)
    await wait_for(pilot, "12 articles")


@effect("chat.erase")
async def _erase(pilot: ChatPilot, command: Command) -> None:
    await answered(pilot)
    await do(pilot, command)
    await wait_for(pilot, "Type /erase all")
    assert len(front(pilot).history.conversations()) == 1
    await do(pilot, command, "all")
    await wait_until(pilot, lambda: front(pilot).history.conversations() == [])


@effect("chat.details")
async def _details(pilot: ChatPilot, command: Command) -> None:
    last = copied(pilot)
    front(pilot).engine._engine.answer = RuntimeError("a thing broke")
    await ask(pilot, QUESTION)
    await wait_for(pilot, "a thing broke")
    await do(pilot, command)
    await wait_until(pilot, lambda: "RuntimeError: a thing broke" in last() and "Traceback" in last())


@effect("chat.articles")
async def _articles(pilot: ChatPilot, command: Command) -> None:
    await wait_for(pilot, "12 articles")
    await do(pilot, command)
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, ArticlesScreen))


# Moving


@effect("chat.page_up")
@effect("chat.top")
async def _up(pilot: ChatPilot, command: Command) -> None:
    await answered(pilot, 4)
    transcript = front(pilot).transcript
    transcript.scroll_end(animate=False)
    await wait_until(pilot, lambda: transcript.at_end)
    before = transcript.scroll_y
    await do(pilot, command)
    await wait_until(pilot, lambda: transcript.scroll_y < before)
    assert command.name != "top" or transcript.scroll_y == 0


@effect("chat.page_down")
@effect("chat.bottom")
async def _down(pilot: ChatPilot, command: Command) -> None:
    await answered(pilot, 4)
    transcript = front(pilot).transcript
    transcript.scroll_home(animate=False)
    await wait_until(pilot, lambda: transcript.scroll_y == 0)
    await do(pilot, command)
    await wait_until(pilot, lambda: transcript.scroll_y > 0)
    assert command.name != "bottom" or transcript.at_end


@effect("chat.turn_before")
@effect("chat.turn_after")
async def _turns(pilot: ChatPilot, command: Command) -> None:
    await answered(pilot, 3)
    blocks = front(pilot).transcript.blocks
    await pilot.press("alt+up", "alt+up")
    assert pilot.app.focused is blocks[1]
    await do(pilot, command)
    assert pilot.app.focused is blocks[0 if command.name == "turn_before" else 2]
    assert front(pilot).turn is pilot.app.focused
    await pilot.press("alt+down", "alt+down", "alt+down")
    assert pilot.app.focused is prompt(pilot)


@effect("suggestion.ask")
@effect("suggestion.next")
@effect("suggestion.before")
async def _suggestion(pilot: ChatPilot, command: Command) -> None:
    await wait_for(pilot, "What burned down?")
    await pilot.press("tab")
    if command.name == "before":
        await pilot.press("down")
    await do(pilot, command)
    if command.name != "ask":
        await pilot.press("enter")
    wanted = "What burned down?" if command.name == "next" else "Who is the mayor?"
    await wait_until(pilot, lambda: front(pilot).engine._engine.asked == [wanted])
    await wait_for(pilot, "likely")
    assert not front(pilot).query_one("#suggestions").display


@effect("turn.menu")
async def _menu(pilot: ChatPilot, command: Command) -> None:
    await answered(pilot)
    await pilot.press("alt+up")
    assert isinstance(pilot.app.focused, Turn)
    await do(pilot, command)
    await wait_for(pilot, "Answer: Copy the quote")


@effect("source.choose")
@effect("source.next")
@effect("source.before")
async def _source(pilot: ChatPilot, command: Command) -> None:
    await answered(pilot)
    first, second = pilot.app.screen.query(Source)
    (second if command.name == "before" else first).focus()
    await pilot.pause()
    await do(pilot, command)
    if command.name == "choose":
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, ArticleScreen))
    else:
        assert pilot.app.focused is (first if command.name == "before" else second)


# An article


async def opened(pilot: ChatPilot) -> ArticleText:
    await answered(pilot)
    await pilot.press("ctrl+o")
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, ArticleScreen))
    text = pilot.app.screen.query_one(ArticleText)
    await wait_until(pilot, lambda: bool(text.lines))
    return text


@effect("article.back")
async def _back(pilot: ChatPilot, command: Command) -> None:
    await opened(pilot)
    await do(pilot, command)
    await wait_until(pilot, lambda: pilot.app.screen is front(pilot))


@effect("article.forward")
@effect("article.backward")
async def _step(pilot: ChatPilot, command: Command) -> None:
    text = await opened(pilot)
    first, second = buses().evidence
    await do(pilot, command)
    assert text.current == (second.start, second.end)
    await wait_for(pilot, "Quote 2 of 2")
    await do(pilot, command)
    assert text.current == (first.start, first.end)


@effect("article.find")
async def _find(pilot: ChatPilot, command: Command) -> None:
    text = await opened(pilot)
    await do(pilot, command)
    await wait_for(pilot, "Words to find")
    await pilot.press(*"Of the days")
    await wait_for(pilot, "Of the days")
    await pilot.press("enter")
    await wait_for(pilot, "“Of the days” 1 of 60")
    await pilot.press("n")
    await wait_for(pilot, "“Of the days” 2 of 60")
    assert text.current is not None
    assert text.text[slice(*text.current)] == "of the days"
    await pilot.press("slash", "escape")
    assert isinstance(pilot.app.screen, ArticleScreen)


@effect("article.dropped")
async def _dropped(pilot: ChatPilot, command: Command) -> None:
    text = await opened(pilot)
    await do(pilot, command)
    await wait_until(pilot, lambda: text.marked("dropped"))
    await wait_for(pilot, "50% of the article")
    await do(pilot, command)
    assert not text.marked("dropped")


@effect("article.copy")
@effect("article.cite")
async def _copy_in_article(pilot: ChatPilot, command: Command) -> None:
    last = copied(pilot)
    await opened(pilot)
    await pilot.press("n")
    await do(pilot, command)
    await wait_until(pilot, lambda: SECOND in last())
    assert ("Courier" in last()) == (command.name == "cite")


@effect("article.browse")
async def _browse(pilot: ChatPilot, command: Command) -> None:
    urls: list[str] = []
    pilot.app.open_url = lambda url, **_: urls.append(url)
    first = make_evidence(with_url("https://example.org/a"), QUOTE)
    front(pilot).engine._engine.answer = make_answer(first)
    await opened(pilot)
    await do(pilot, command)
    assert urls == ["https://example.org/a"]


def with_url(url: str) -> Article:
    plain = make_article(QUOTE)
    return Article(plain.id, plain.path, "", "", None, url, plain.text, "utf-8")


# Lists


@effect("articles.choose")
@effect("list.back")
@effect("list.down")
@effect("list.up")
@effect("list.page_down")
@effect("list.page_up")
async def _lists(pilot: ChatPilot, command: Command) -> None:
    front(pilot).engine._engine.articles = [
        make_article(f"Text {number}.", title=f"Title {number:02}", name=f"{number}.txt") for number in range(40)
    ]
    await wait_for(pilot, "12 articles")
    await pilot.press("f2")
    await wait_for(pilot, "> Title 00")
    if command.name in ("up", "page_up"):
        await pilot.press("pagedown")
    await do(pilot, command)
    if command.name == "choose":
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, ArticleScreen))
        assert "Text 0." in screen(pilot)
    elif command.name == "back":
        await wait_until(pilot, lambda: pilot.app.screen is front(pilot))
    else:
        page = pilot.app.screen.query_one("Rows").size.height - 1
        row = {"down": 1, "up": page - 1, "page_down": page, "page_up": 0}[command.name]
        await wait_for(pilot, f"> Title {row:02}")


@effect("conversations.choose")
async def _take_up(pilot: ChatPilot, command: Command) -> None:
    await answered(pilot, 2)
    await pilot.press("ctrl+n")
    await wait_until(pilot, lambda: not front(pilot).transcript.blocks)
    await pilot.press("f3")
    await wait_for(pilot, QUESTION)
    await do(pilot, command)
    await wait_until(pilot, lambda: [block.kept for block in front(pilot).transcript.blocks] == [1, 2])
    assert len(front(pilot).engine._engine.remembered) == 2
    await ask(pilot, QUESTION)
    await wait_until(pilot, lambda: [block.kept for block in front(pilot).transcript.blocks] == [1, 2, 3])


@effect("conversations.rename")
async def _rename(pilot: ChatPilot, command: Command) -> None:
    await answered(pilot)
    await pilot.press("f3")
    await wait_for(pilot, QUESTION)
    await do(pilot, command)
    await pilot.press("ctrl+u", *"Floods", "enter")
    await wait_for(pilot, "> Floods")
    assert [one.title for one in front(pilot).history.conversations()] == ["Floods"]


@effect("conversations.delete")
async def _delete(pilot: ChatPilot, command: Command) -> None:
    await answered(pilot)
    await pilot.press("f3")
    await wait_for(pilot, QUESTION)
    await do(pilot, command)
    await wait_for(pilot, "Press F8 again")
    assert len(front(pilot).history.conversations()) == 1
    await do(pilot, command)
    await wait_for(pilot, "0 conversations")
    assert front(pilot).history.conversations() == []


@effect("sheet.dismiss")
async def _dismiss(pilot: ChatPilot, command: Command) -> None:
    for key in command.keys.split(","):
        await pilot.press("f1")
        assert isinstance(pilot.app.screen, Sheet)
        await pilot.press(key)
        assert pilot.app.screen is front(pilot)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.identity)
async def test_a_command_does_what_it_says(command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    engine = FakeEngine()
    engine.suggested = ["Who is the mayor?", "What burned down?"]
    async with chat(engine) as pilot:
        await EFFECTS[command.identity](pilot, command)
