"""Where questions are typed."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.suggester import SuggestFromList

from tui.commands import bindings, slash_words
from tui.messages import Asked
from tui.widgets.line import Line


class Prompt(Line):
    """One line for a question; up and down bring earlier questions back, and the draft after them.

    What begins with a slash is a command, completed by Tab or the right arrow.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("prompt")

    def __init__(self) -> None:
        """Make an empty prompt."""
        super().__init__(
            placeholder="Ask a question",
            select_on_focus=False,
            compact=True,
            suggester=SuggestFromList(slash_words()),
            id="prompt",
        )
        self.cursor_blink = False
        self._asked: list[str] = []
        self._place = 0
        self._draft = ""

    async def action_submit(self) -> None:
        """Ask what is typed, unless that is nothing, and clear the prompt."""
        question = self.value.strip()
        if not question:
            return
        self.remember(question)
        self._place = len(self._asked)
        self.show("")
        self.post_message(Asked(question))

    async def on_key(self, event: events.Key) -> None:
        """Ask at once on Enter: as a binding it would run only after keys that were typed ahead."""
        if event.key in ("enter", "ctrl+j"):
            event.stop()
            event.prevent_default()
            await self.action_submit()
        elif event.key == "tab" and self.value.startswith("/"):
            # In a command, Tab completes as in a shell.
            event.stop()
            event.prevent_default()
            self.action_cursor_right()

    def remember(self, question: str, *, typed: str | None = None) -> None:
        """Let a question come back as an earlier one, to be edited and asked again.

        Args:
            question: The question.
            typed: The words that it was asked in place of, which come back first; None if it was typed itself.
        """
        at = len(self._asked)
        if typed in self._asked:
            at -= 1 + self._asked[::-1].index(typed)
        if self._asked[max(at - 1, 0) : at] == [question]:
            return
        self._asked.insert(at, question)
        if self._place >= at:
            self._place += 1

    def remember_earlier(self, questions: Sequence[str]) -> None:
        """Let questions of earlier runs come back too, oldest first, before those of this one."""
        self._asked[:0] = questions
        self._place += len(questions)

    def show(self, text: str) -> None:
        """Replace what is typed, and put the cursor behind it."""
        self.value = text
        self.cursor_position = len(text)

    def action_recall(self, step: int) -> None:
        """Go back (-1) or forward (1) through the questions asked so far."""
        place = min(max(self._place + step, 0), len(self._asked))
        if place == self._place:
            return
        if self._place == len(self._asked):
            self._draft = self.value
        self._place = place
        self.show(self._draft if place == len(self._asked) else self._asked[place])

    def on_paste(self, event: events.Paste) -> None:
        """Paste all lines as one, where an ``Input`` would keep only the first."""
        event.prevent_default()
        event.stop()
        self.paste(event.text)

    def paste(self, text: str) -> None:
        """Put a text in place of the selection, its line breaks as blanks."""
        self.replace(" ".join(text.split()), *sorted(self.selection))
