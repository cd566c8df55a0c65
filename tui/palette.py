"""What the command palette finds: the commands that can be done now, and questions asked before."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterator
from contextlib import suppress
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from index.errors import HistoryError
from qa.render import one_line
from tui.commands import ANSWER, COMMANDS, Command, key_names

if TYPE_CHECKING:
    from tui.app import ChatApp

_QUESTIONS = 5


class CommandProvider(Provider):
    """The commands of this screen that can be done now."""

    async def discover(self) -> Hits:
        """All of them."""
        for command in self._commands():
            yield DiscoveryHit(Content(_title(command)), self._run(command), _title(command), _help(command))

    async def search(self, query: str) -> Hits:
        """Those whose title fits what is typed."""
        matcher = self.matcher(query)
        for command in self._commands():
            if (score := matcher.match(_title(command))) > 0:
                yield Hit(score, matcher.highlight(_title(command)), self._run(command), help=_help(command))

    def _commands(self) -> Iterator[Command]:
        scope = getattr(self.screen, "SCOPE", "app")
        for command in COMMANDS:
            if command.listed and command.scope in ("app", scope) and self._app.is_available(command, self.screen):
                yield command

    def _run(self, command: Command) -> partial[Coroutine[Any, Any, None]]:
        return partial(self._app.do, command, screen=self.screen)

    @property
    def _app(self) -> ChatApp:
        return cast("ChatApp", self.app)


class AnswerProvider(CommandProvider):
    """The commands on the answer that has the focus."""

    def _commands(self) -> Iterator[Command]:
        return (command for command in super()._commands() if command.group == ANSWER)


class QuestionProvider(Provider):
    """Questions that were asked before, to be asked again."""

    async def startup(self) -> None:
        """Read them once for a palette that is opened."""
        self._questions: list[str] = []
        if self._app.chat is self.screen:
            with suppress(HistoryError):
                self._questions = (await asyncio.to_thread(self._app.history.questions))[::-1]

    async def search(self, query: str) -> Hits:
        """The latest ones that fit what is typed."""
        matcher = self.matcher(query)
        found = ((matcher.match(question), question) for question in self._questions)
        for score, question in islice(((score, question) for score, question in found if score > 0), _QUESTIONS):
            run = partial(self._app.chat.show_in_prompt, question)
            # What someone typed is no markup, as which the matcher would take it to highlight it.
            yield Hit(score, Content(one_line(question)), run, one_line(question), help="A question asked before")

    @property
    def _app(self) -> ChatApp:
        return cast("ChatApp", self.app)


def _title(command: Command) -> str:
    return f"{command.group}: {command.title}"


def _help(command: Command) -> str:
    # An argument in brackets would be taken for markup here; the help tells it.
    ways = [key_names(command), f"/{command.slashes[0]}" if command.slashes else ""]
    return " · ".join(way for way in ways if way)
