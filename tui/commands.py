"""Every command of the chat, once: keys, command palette, slash commands and help are all made of this list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from textual.binding import Binding, BindingType

Scope = Literal[
    "app", "chat", "prompt", "suggestion", "source", "turn", "article", "articles", "conversations", "list", "sheet"
]


@dataclass(frozen=True, slots=True)
class Command:
    """Something that the reader can do.

    Attributes:
        scope: Where its keys hold: a screen or a widget, or ``"app"`` for everywhere.
        name: Its name in the scope; the method that does it is ``action_`` with this name, or its ``action``.
        group: The heading under which help and palette list it.
        title: What it does.
        keys: The keys, in Textual's names, separated by commas; ``""`` for none.
        slash: What to type after ``/`` in the prompt, separated by blanks, the first being shown; ``""`` for nothing.
        argument: What may follow the slash command, as it is shown in the help.
        action: The action of its keys, where that is not its name.
        label: Its word in the footer; ``""`` keeps it out.

    Example:
        >>> Command("chat", "copy", "Answer", "Copy the quote", "ctrl+g", "copy").identity
        'chat.copy'
    """

    scope: Scope
    name: str
    group: str
    title: str
    keys: str = ""
    slash: str = ""
    argument: str = ""
    action: str = ""
    label: str = ""

    @property
    def identity(self) -> str:
        """What a user's keymap names it by."""
        return f"{self.scope}.{self.name}"

    @property
    def listed(self) -> bool:
        """Whether the command palette offers it; what only moves about is left to the keys."""
        return self.group not in (_MOVE, _LIST)

    @property
    def slashes(self) -> tuple[str, ...]:
        """The words that call it in the prompt, without the slash."""
        return tuple(self.slash.split())

    def binding(self) -> Binding:
        """Its keys as Textual binds them."""
        action, label = self.action or self.name, self.label or self.title
        return Binding(self.keys, action, label, show=bool(self.label), tooltip=self.title, id=self.identity)


ANSWER = "Answer"
_TALK, _LOOK, _READ, _LIST, _MOVE = "Conversation", "View", "In an article", "In a list", "Moving"

COMMANDS = (
    Command("app", "help", _LOOK, "Keys and commands", "f1", "help ?", label="Keys"),
    Command("app", "theme", _LOOK, "Dark or light colours, or a theme by its name", "f9", "theme", "[NAME]"),
    Command("app", "palette", _MOVE, "Search commands and earlier questions", "ctrl+p", action="command_palette"),
    Command("app", "quit", _TALK, "Leave", "ctrl+q", "quit exit q", label="Quit"),
    Command("prompt", "submit", _MOVE, "Ask what is typed", "enter"),
    Command(
        "prompt",
        "sources",
        _MOVE,
        "To the sources; Shift+Tab comes back",
        "tab",
        action="screen.focus_sources",
        label="Sources",
    ),
    Command("prompt", "earlier", _MOVE, "Bring an earlier question back", "up", action="recall(-1)"),
    Command("prompt", "later", _MOVE, "A later question, at last what was typed", "down", action="recall(1)"),
    Command("chat", "copy", ANSWER, "Copy the quote, word for word", "ctrl+g", "copy"),
    Command(
        "chat", "cite", ANSWER, "Copy the quote with its source: plain, markdown or bibtex", "ctrl+t", "cite", "[FORM]"
    ),
    Command("chat", "more", ANSWER, "Show further sentences, or hide them", "ctrl+f", "more"),
    Command("chat", "open", ANSWER, "Open the article of the quote, or of source number N", "ctrl+o", "open", "[N]"),
    Command("chat", "why", ANSWER, "Why this sentence: the scores that led to it", "f4", "why"),
    Command("chat", "edit", ANSWER, "Edit the question, as it was asked of the articles", "", "edit"),
    Command("chat", "again", ANSWER, "Ask the question again", "", "again"),
    Command("chat", "cancel", _TALK, "Cancel the newest open question", "escape", "cancel", label="Cancel"),
    Command("chat", "new", _TALK, "New conversation: nothing before it counts", "ctrl+n", "new"),
    Command(
        "chat",
        "conversations",
        _TALK,
        "Earlier conversations: search, go on, delete",
        "f3",
        "history resume",
        label="History",
    ),
    Command("chat", "previous", _TALK, "Show earlier answers of this conversation", "", "earlier"),
    Command("chat", "export", _TALK, "Write the conversation to a file: markdown or json", "f5", "export", "[FORM]"),
    Command("chat", "transcript", _TALK, "Copy the conversation as plain text", "f8", "transcript"),
    Command("chat", "retry", _TALK, "Open the articles again, after that failed", "ctrl+r", "retry", label="Retry"),
    Command("chat", "erase", _TALK, "Erase every kept conversation for good", "", "erase", "all"),
    Command("chat", "details", _TALK, "Copy what the last error was, for a report", "", "details"),
    Command("chat", "articles", _LOOK, "All articles, to filter and read", "f2", "articles", label="Articles"),
    Command("chat", "clear", _MOVE, "Back to the prompt; in it, clear it", "escape"),
    Command("chat", "page_up", _MOVE, "Scroll the answers up", "pageup", action="scroll_page(-1)"),
    Command("chat", "page_down", _MOVE, "Scroll the answers down", "pagedown", action="scroll_page(1)"),
    Command("chat", "top", _MOVE, "To the first answer", "ctrl+home"),
    Command("chat", "bottom", _MOVE, "To the newest answer", "ctrl+end"),
    Command(
        "chat", "turn_before", _MOVE, "To the answer before; commands then act on it", "alt+up", action="step_turn(-1)"
    ),
    Command("chat", "turn_after", _MOVE, "To the answer after", "alt+down", action="step_turn(1)"),
    Command("suggestion", "ask", _MOVE, "Ask the suggested question", "enter", label="Ask"),
    Command("suggestion", "next", _MOVE, "Next suggestion", "down", action="app.focus_next"),
    Command("suggestion", "before", _MOVE, "Suggestion before", "up", action="app.focus_previous"),
    Command("turn", "menu", _MOVE, "What to do with this answer", "enter", action="screen.answer_menu", label="Do"),
    Command("source", "choose", _MOVE, "Open the article at the quote", "enter", label="Open"),
    Command("source", "next", _MOVE, "Next source", "down", action="app.focus_next"),
    Command("source", "before", _MOVE, "Source before", "up", action="app.focus_previous"),
    Command("article", "back", _READ, "Back", "escape,q", label="Back"),
    Command("article", "forward", _READ, "Next quote of the answer, or next find", "n", label="Next"),
    Command("article", "backward", _READ, "Quote or find before", "N"),
    Command("article", "find", _READ, "Find words", "slash", label="Find"),
    Command(
        "article", "dropped", _READ, "Dim menus and other page furniture, which is never quoted", "d", label="Furniture"
    ),
    Command("article", "copy", _READ, "Copy the quote, word for word", "c", label="Copy"),
    Command("article", "cite", _READ, "Copy the quote with its source", "t"),
    Command("article", "browse", _READ, "Open the article's web page", "o", label="Web"),
    Command("articles", "choose", _LIST, "Read the article", "enter", label="Read"),
    Command("conversations", "choose", _LIST, "Go on with the conversation", "enter", label="Go on"),
    Command("conversations", "rename", _LIST, "Rename the conversation", "f2", label="Rename"),
    Command("conversations", "delete", _LIST, "Delete the conversation; press it twice", "f8", label="Delete"),
    Command("list", "back", _LIST, "Back to the chat", "escape", label="Back"),
    Command("list", "down", _LIST, "Next row", "down", action="move(1)"),
    Command("list", "up", _LIST, "Row before", "up", action="move(-1)"),
    Command("list", "page_down", _LIST, "Down a page", "pagedown", action="move_page(1)"),
    Command("list", "page_up", _LIST, "Up a page", "pageup", action="move_page(-1)"),
    Command("sheet", "dismiss", _MOVE, "Close", "escape,q,f1", label="Close"),
)


# Whatever else does not fit, these keys are told at the bottom of every screen.
ALWAYS_SHOWN = ("app.help", "app.quit")


def of_scope(scope: Scope) -> tuple[Command, ...]:
    """The commands of a scope, in their order.

    Example:
        >>> [command.name for command in of_scope("turn")]
        ['menu']
    """
    return tuple(command for command in COMMANDS if command.scope == scope)


def bindings(scope: Scope) -> list[BindingType]:
    """The key bindings of a scope; the footer lists the last one first."""
    return [command.binding() for command in reversed(of_scope(scope)) if command.keys]


def clashes(keymap: Mapping[str, str]) -> list[str]:
    """What is wrong with a reader's own keys, one sentence each.

    Args:
        keymap: Keys by the identity of the command, separated by commas.

    Example:
        >>> clashes({"chat.copy": "ctrl+t"})
        ['The keymap gives chat.copy and chat.cite the same key, ctrl+t.']
        >>> clashes({"chat.sing": "f6"})
        ['The keymap names chat.sing, which is no command.']
    """
    known = {command.identity for command in COMMANDS}
    found = [f"The keymap names {name}, which is no command." for name in keymap if name not in known]
    taken: dict[tuple[str, str], str] = {}
    for command in COMMANDS:
        for key in filter(None, keymap.get(command.identity, command.keys).split(",")):
            other = taken.setdefault((command.scope, key), command.identity)
            if other != command.identity and key != "escape":
                found.append(f"The keymap gives {other} and {command.identity} the same key, {key}.")
    return found


def slash_words() -> list[str]:
    """What can be typed after a slash, as it is typed.

    Example:
        >>> "/copy" in slash_words()
        True
    """
    return [f"/{word}" for command in COMMANDS for word in command.slashes]


def slashed(text: str) -> tuple[Command | None, str]:
    """The command that a prompt beginning with a slash calls, and what follows it.

    Example:
        >>> command, argument = slashed("/cite bibtex")
        >>> command.name, argument
        ('cite', 'bibtex')
        >>> slashed("/sing")
        (None, '')
    """
    word, _, argument = text.removeprefix("/").strip().partition(" ")
    for command in COMMANDS:
        if word.lower() in command.slashes:
            return command, argument.strip()
    return None, ""


def groups() -> Iterator[tuple[str, list[Command]]]:
    """The commands under their headings, for the help; what only one screen has comes last."""
    for group in (ANSWER, _TALK, _LOOK, _MOVE, _READ, _LIST):
        yield group, [command for command in COMMANDS if command.group == group]


def key_names(command: Command) -> str:
    """Its keys as people write them.

    Example:
        >>> key_names(COMMANDS[0]), key_names(slashed("/copy")[0])
        ('F1', 'Ctrl+G')
    """
    return ", ".join(_key_name(key) for key in command.keys.split(",") if key)


def _key_name(key: str) -> str:
    names = {"slash": "/", "pageup": "PgUp", "pagedown": "PgDn"}
    if len(key) == 1:
        return key
    return "+".join(names.get(part, part.capitalize()) for part in key.split("+"))
