"""A question that the articles answer, to begin with."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from qa.render import one_line
from tui.commands import bindings
from tui.messages import Asked


class Suggestion(Static, can_focus=True):
    """A suggested question; Enter or a click asks it.

    Args:
        question: The question.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("suggestion")

    def __init__(self, question: str) -> None:
        """Make its line."""
        super().__init__(Content(one_line(question)))
        self._question = question

    def action_ask(self) -> None:
        """Ask it."""
        self.post_message(Asked(self._question))

    def on_click(self) -> None:
        """Ask it."""
        self.action_ask()
