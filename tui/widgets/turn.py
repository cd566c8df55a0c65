"""One question with what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from qa.render import NOT_FOUND, agreement_line, asked_as, one_line
from tui import text
from tui.commands import bindings
from tui.widgets.source import Source

if TYPE_CHECKING:
    from textual.widget import Widget

    from qa.answer import Answer, Evidence


# An answer with its next sentences fits on a screen of 24 lines.
_SHOWN = 3


class Turn(Vertical, can_focus=True):
    """A question, and below it a line that tells how it stands, or what came of it.

    Args:
        question: The question as it was asked.

    Attributes:
        answer: The answer, once there is one.
        done: Whether nothing more comes of it.
        kept: Which turn of the conversation it is in the history, from 1; 0 before it is kept.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("turn")

    def __init__(self, question: str) -> None:
        """Make the block of a question that waits."""
        super().__init__()
        self.question = question
        self.answer: Answer | None = None
        self.kept = 0
        self.done = False
        self._further: list[Evidence] = []
        self._state = Static(classes="state")

    def compose(self) -> ComposeResult:
        """The question and its state."""
        yield Static(Content(text.shortened(one_line(self.question))), classes="question")
        yield self._state

    @property
    def quoted(self) -> Evidence | None:
        """The sentence that the commands act on: that of the source with the focus, else the first quote."""
        if isinstance(source := self.screen.focused, Source) and self in source.ancestors:
            return source.evidence
        return self.answer.quoted[0] if self.answer is not None and self.answer.quoted else None

    @property
    def shown(self) -> list[Evidence]:
        """The sentences that are on the screen, best first."""
        return [source.evidence for source in self.query(Source)]

    @property
    def has_more(self) -> bool:
        """Whether there are sentences that are shown only when they are asked for."""
        return bool(self._further)

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
        self.answer = answer
        cited = answer.agreement.cited if answer.agreement else frozenset()
        others = [evidence for evidence in answer.evidence if evidence not in answer.quoted]
        at_once = [evidence for evidence in others if evidence.number <= _SHOWN or evidence.number in cited]
        self._further = [evidence for evidence in others if evidence not in at_once]
        parts = [*(_found if answer.status == "answered" else _not_found)(answer, seconds, at_once)]
        if self._further:
            parts.append(Static(f"{text.counted(len(self._further), 'further sentence')}: Ctrl+F", classes="more"))
        resolved = [Static(Content(asked_as(answer)), classes="resolved")] if answer.resolved_question else []
        await self._finish(*resolved, *parts, *(Static(Content(one_line(note)), classes="note") for note in notes))

    async def show_failure(self, error: Exception, hint: str = "") -> None:
        """Show why there is no answer, and what can be done."""
        await self._finish(Static(text.failure(error, hint), classes="failure"))

    def show_cancelled(self) -> None:
        """Show that the question was given up."""
        self.done = True
        self.show_state("Cancelled.")

    async def toggle_more(self) -> Source | None:
        """Show the further sentences, or take them away again.

        Returns:
            The first of them, if they are shown now.
        """
        line = self.query_one(".more", Static)
        shown = list(self.query(".further").results(Source))
        line.display = bool(shown)
        if shown:
            await self.remove_children(".further")
            return None
        sources = [Source(one, compact=True) for one in self._further]
        for source in sources:
            source.add_class("further")
        # Mounted only now: a long conversation must not carry what nobody looks at.
        await self.mount(*sources, after=line)
        return sources[0]

    async def _finish(self, *parts: Widget) -> None:
        self.done = True
        await self._state.remove()
        await self.mount(*parts)


def _found(answer: Answer, seconds: float, others: Sequence[Evidence]) -> Iterator[Widget]:
    for evidence in answer.quoted:
        yield Static(text.quote(evidence), classes="quote")
    yield Static(text.confidence(answer, seconds), classes="confidence")
    if agreement := agreement_line(answer):
        yield Static(Content(agreement), classes="agreement")
    for evidence in answer.quoted:
        yield Source(evidence)
    if others:
        yield Static("Also", classes="heading")
    for evidence in others:
        yield Source(evidence, compact=True)


def _not_found(answer: Answer, seconds: float, others: Sequence[Evidence]) -> Iterator[Widget]:
    elapsed = (f" · {seconds:.1f} s", text.MUTED)
    yield Static(Content.assemble((NOT_FOUND, "bold"), elapsed), classes="not-found")
    if answer.missing:
        yield Static(Content(one_line(answer.missing)), classes="missing")
    if others:
        yield Static("The nearest sentences, which do not answer:", classes="heading")
    for evidence in others:
        yield Source(evidence, compact=True)
