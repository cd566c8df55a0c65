"""One question with what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from qa.render import NOT_FOUND, agreement_line, asked_as, one_line
from tui import text
from tui.widgets.source import Source

if TYPE_CHECKING:
    from textual.widget import Widget

    from qa.answer import Answer


# An answer with its next sentences fits on a screen of 24 lines.
_SHOWN = 3


class Turn(Vertical):
    """A question, and below it a line that tells how it stands, or what came of it.

    Args:
        question: The question as it was asked.
    """

    def __init__(self, question: str) -> None:
        """Make the block of a question that waits."""
        super().__init__()
        self._question = question
        self._state = Static(classes="state")

    def compose(self) -> ComposeResult:
        """The question and its state."""
        yield Static(Content(one_line(self._question)), classes="question")
        yield self._state

    def show_state(self, state: str) -> None:
        """Tell how the question stands."""
        self._state.update(Content(state))

    async def show_answer(self, answer: Answer, seconds: float, notes: Sequence[str]) -> None:
        """Show the answer.

        Args:
            answer: The answer.
            seconds: How long it took.
            notes: What to tell about it.
        """
        parts = _found(answer, seconds) if answer.status == "answered" else _not_found(answer, seconds)
        resolved = [Static(Content(asked_as(answer)), classes="resolved")] if answer.resolved_question else []
        await self._finish(*resolved, *parts, *(Static(Content(one_line(note)), classes="note") for note in notes))

    async def show_failure(self, error: Exception, hint: str = "") -> None:
        """Show why there is no answer, and what can be done."""
        await self._finish(Static(text.failure(error, hint), classes="failure"))

    def show_cancelled(self) -> None:
        """Show that the question was given up."""
        self.show_state("Cancelled.")

    async def _finish(self, *parts: Widget) -> None:
        await self._state.remove()
        await self.mount(*parts)


def _found(answer: Answer, seconds: float) -> Iterator[Widget]:
    for evidence in answer.quoted:
        yield Static(text.quote(evidence), classes="quote")
    yield Static(text.confidence(answer, seconds), classes="confidence")
    if agreement := agreement_line(answer):
        yield Static(Content(agreement), classes="agreement")
    for evidence in answer.quoted:
        yield Source(evidence)
    cited = answer.agreement.cited if answer.agreement else frozenset()
    shown = [evidence for evidence in answer.evidence if evidence.number <= _SHOWN or evidence.number in cited]
    others = [evidence for evidence in shown if evidence not in answer.quoted]
    if others:
        yield Static("Also", classes="heading")
    for evidence in others:
        yield Source(evidence, compact=True)


def _not_found(answer: Answer, seconds: float) -> Iterator[Widget]:
    elapsed = (f" · {seconds:.1f} s", text.MUTED)
    yield Static(Content.assemble((NOT_FOUND, "bold"), elapsed), classes="not-found")
    if answer.missing:
        yield Static(Content(one_line(answer.missing)), classes="missing")
    if answer.evidence:
        yield Static("The nearest sentences, which do not answer:", classes="heading")
    for evidence in answer.evidence[:_SHOWN]:
        yield Source(evidence, compact=True)
