from collections import Counter
from itertools import pairwise

import pytest
from textual.dom import DOMNode

from tests.tui.fakes import FakeEngine
from tests.tui.pilots import chat
from tui.app import ChatApp
from tui.commands import COMMANDS, Command, Scope, bindings, key_names, of_scope, slash_words, slashed
from tui.screens.article import ArticleScreen
from tui.screens.articles import ArticlesScreen
from tui.screens.chat import ChatScreen
from tui.screens.conversations import ConversationsScreen
from tui.screens.help import help_sheet
from tui.screens.sheet import Sheet
from tui.widgets.prompt import Prompt
from tui.widgets.source import Source
from tui.widgets.suggestion import Suggestion
from tui.widgets.turn import Turn

OWNERS: dict[type[DOMNode], tuple[Scope, ...]] = {
    ChatApp: ("app",),
    ChatScreen: ("chat",),
    Prompt: ("prompt",),
    Suggestion: ("suggestion",),
    Turn: ("turn",),
    Source: ("source",),
    ArticleScreen: ("article",),
    ArticlesScreen: ("articles", "list"),
    ConversationsScreen: ("conversations", "list"),
    Sheet: ("sheet",),
}

# Keys that a line of text or the terminal itself needs: readline's, copy and paste, flow control, the prefix of tmux.
TAKEN = {f"ctrl+{letter}" for letter in "abcdehijkmsuvwxyz"}


def identity(command: Command) -> str:
    return command.identity


@pytest.mark.parametrize(("owner", "scopes"), OWNERS.items(), ids=lambda value: getattr(value, "__name__", None))
def test_the_keys_of_a_screen_or_widget_are_those_of_the_list(owner: type[DOMNode], scopes: tuple[Scope, ...]) -> None:
    assert [binding for scope in scopes for binding in bindings(scope)] == owner.BINDINGS


@pytest.mark.parametrize("command", COMMANDS, ids=identity)
def test_a_command_has_a_key_or_a_word_and_is_done_by_a_method(command: Command) -> None:
    assert command.keys or command.slash
    owners = [owner for owner, scopes in OWNERS.items() if command.scope in scopes]
    namespace, _, name = (command.action or command.name).partition("(")[0].rpartition(".")
    places = {"": owners, "app": [ChatApp], "screen": [ChatScreen]}[namespace]
    assert all(callable(getattr(place, f"action_{name}", None)) for place in places)
    if command.listed:
        assert all(hasattr(owner, f"action_{command.name}") for owner in owners)


def test_no_key_and_no_word_is_given_twice() -> None:
    words = Counter(slash_words())
    assert max(words.values()) == 1
    for owner, scopes in OWNERS.items():
        keys = Counter(key for scope in scopes for command in of_scope(scope) for key in command.keys.split(",") if key)
        # Escape cancels while something runs, and clears the prompt otherwise.
        assert {key for key, count in keys.items() if count > 1} <= {"escape"}, owner


def test_no_key_is_taken_from_the_line_of_text_or_the_terminal() -> None:
    assert not TAKEN & {key for command in COMMANDS for key in command.keys.split(",")}


def test_the_help_lists_every_command_with_its_keys_and_its_word() -> None:
    body = help_sheet(None).body.plain
    for command in COMMANDS:
        assert command.title in body
        assert key_names(command) in body
        assert all(f"/{word}" in body for word in command.slashes[:1])


def test_a_word_in_any_case_calls_its_command_with_what_follows() -> None:
    command, argument = slashed("/CITE  bibtex ")
    assert command is not None
    assert (command.identity, argument) == ("chat.cite", "bibtex")
    assert slashed("/") == (None, "")


async def test_the_footer_tells_the_keys_in_their_order() -> None:
    async with chat(FakeEngine()) as pilot:
        shown = [
            binding.binding.description for binding in pilot.app.screen.active_bindings.values() if binding.binding.show
        ]
        wanted = ["Articles", "History", "Keys", "Quit"]
        places = [shown.index(label) for label in wanted]
        assert all(before != after for before, after in pairwise(places))
