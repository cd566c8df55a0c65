from dataclasses import replace

from textual.command import DiscoveryHit, Hit

from tests.tui.fakes import QUESTION, FakeEngine, buses, make_answer
from tests.tui.pilots import ChatPilot, answers, ask, chat, wait_for, wait_until
from tui.app import ChatApp
from tui.commands import COMMANDS, key_names
from tui.conversation import Conversation
from tui.history import History
from tui.palette import AnswerProvider, CommandProvider, QuestionProvider
from tui.screens.chat import ChatScreen
from tui.widgets.prompt import Prompt


async def offered(pilot: ChatPilot) -> set[str]:
    """The titles of the commands that the palette offers."""
    provider = CommandProvider(pilot.app.screen)
    hits = [hit async for hit in provider.discover() if isinstance(hit, DiscoveryHit)]
    return {str(hit.text).partition(": ")[2] for hit in hits}


def title(name: str) -> str:
    return next(command.title for command in COMMANDS if command.name == name and command.scope in ("app", "chat"))


async def test_only_what_can_be_done_now_is_offered() -> None:
    engine = FakeEngine(slow=True)
    async with chat(engine) as pilot:
        assert {title("help"), title("theme"), title("quit"), title("erase")} == await offered(pilot)
        engine.opening.set()
        await wait_for(pilot, "12 articles")
        await ask(pilot, QUESTION)
        assert title("cancel") in await offered(pilot)
        assert title("copy") not in await offered(pilot)
        engine.asking.set()
        await wait_for(pilot, "likely")
        assert title("cancel") not in await offered(pilot)
        assert {title("copy"), title("why"), title("articles"), title("new")} <= await offered(pilot)


async def test_every_listed_command_of_the_chat_is_offered_when_it_is_available() -> None:
    async with chat(FakeEngine()) as pilot:
        await answers(pilot, 1)
        screen = pilot.app.screen
        assert isinstance(pilot.app, ChatApp)
        assert isinstance(screen, ChatScreen)
        await wait_until(pilot, lambda: screen.transcript.first_kept == 1)
        wanted = {
            command.title
            for command in COMMANDS
            if command.listed and command.scope in ("app", "chat") and pilot.app.is_available(command, screen)
        }
        assert wanted == await offered(pilot)
        missing = {command.name for command in COMMANDS if command.listed and command.scope == "chat"} - {
            command.name for command in COMMANDS if command.title in wanted
        }
        # There is nothing to cancel, to open again, to tell about, to add, and nothing that is hidden.
        assert missing == {"cancel", "retry", "details", "previous", "more"}


async def test_a_command_is_found_by_its_title_and_told_with_its_key_and_word() -> None:
    async with chat(FakeEngine()) as pilot:
        await answers(pilot, 1)
        provider = CommandProvider(pilot.app.screen)
        hits = [hit async for hit in provider.search("quote source") if isinstance(hit, Hit)]
        assert "Ctrl+T · /cite" in [hit.help for hit in hits]


async def test_the_menu_of_an_answer_has_only_what_is_done_with_answers() -> None:
    async with chat(FakeEngine(make_answer(found=False))) as pilot:
        await ask(pilot, QUESTION)
        await wait_for(pilot, "Not in these articles.")
        provider = AnswerProvider(pilot.app.screen)
        names = {str(hit.text).partition(":")[0] async for hit in provider.discover() if isinstance(hit, DiscoveryHit)}
        assert names == {"Answer"}


async def test_earlier_questions_are_found_and_put_into_the_prompt() -> None:
    async with chat(FakeEngine()) as pilot:
        await answers(pilot, 1)
        screen = pilot.app.screen
        assert isinstance(screen, ChatScreen)
        await wait_until(pilot, lambda: screen.transcript.first_kept == 1)
        provider = QuestionProvider(screen)
        await provider.startup()
        hits = [hit async for hit in provider.search("buses") if isinstance(hit, Hit)]
        assert len(hits) == 1
        hits[0].command()
        assert pilot.app.screen.query_one(Prompt).value == QUESTION


async def test_markup_in_an_earlier_question_is_shown_not_obeyed() -> None:
    history = History(None)
    question = "see [/end] buses [AFP]"
    Conversation(history).keep("/articles/flood", replace(buses(), question=question), 0.1)
    async with chat(FakeEngine(), history=history) as pilot:
        provider = QuestionProvider(pilot.app.screen)
        await provider.startup()
        (hit,) = [hit async for hit in provider.search("buses") if isinstance(hit, Hit)]
        assert str(hit.match_display) == question


def test_the_keys_are_told_as_people_write_them() -> None:
    names = {command.identity: key_names(command) for command in COMMANDS}
    assert names["chat.copy"] == "Ctrl+G"
    assert names["article.find"] == "/"
    assert names["chat.turn_before"] == "Alt+Up"
