"""The transcript: the questions and answers so far, the newest at the bottom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tui import text
from tui.widgets.suggestion import Suggestion
from tui.widgets.turn import Turn

if TYPE_CHECKING:
    from qa.corpus import CorpusInfo

# Older answers are taken off the screen, so that a long conversation stays as quick as a short one.
MOST = 10


class Transcript(VerticalScroll, can_focus=False):
    """Shows the turns of a conversation, and keeps to what is being read.

    It follows a new answer only while its end is in view; otherwise a line below it tells of that.
    """

    def __init__(self) -> None:
        """Make an empty transcript."""
        super().__init__(id="transcript")
        self._turns = Vertical(id="turns")
        self._blocks: dict[int, Turn] = {}
        self._top: Turn | None = None
        self._width = 0

    def compose(self) -> ComposeResult:
        """The welcome, what is to be told about the articles, and the turns."""
        yield Static(text.welcome(None), id="welcome")
        yield Vertical(id="suggestions")
        yield Vertical(id="notices")
        yield Static(id="taken-off")
        yield self._turns

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Remember what is being read; None stands for the end."""
        super().watch_scroll_y(old_value, new_value)
        below = [block for block in self.blocks if block.virtual_region.bottom > new_value]
        self._top = None if self.at_end or not below else below[0]

    def on_resize(self) -> None:
        """Go on showing what is being read when a new width of the window wraps everything anew."""
        before, self._width = self._width, self.app.size.width
        # A scrollbar that appears takes a column too, and must not move the answer that it comes with.
        if before not in (0, self._width):
            if self._top is None:
                self.call_after_refresh(self.scroll_end, animate=False)
            else:
                self.call_after_refresh(self.scroll_to_widget, self._top, animate=False, top=True)

    @property
    def blocks(self) -> list[Turn]:
        """The turns on the screen, oldest first."""
        return list(self._turns.query_children(Turn))

    @property
    def at_end(self) -> bool:
        """Whether the end is in view."""
        return self.is_vertical_scroll_end

    def block(self, number: int) -> Turn | None:
        """The turn with a number, if it is still on the screen."""
        return self._blocks.get(number)

    def show_welcome(self, info: CorpusInfo | None) -> None:
        """Tell what this is and how to ask, as long as nothing was asked."""
        welcome = self.query_one("#welcome", Static)
        welcome.update(text.welcome(info, suggested=bool(self.query(Suggestion))))
        welcome.display = self.query_one("#suggestions").display = not self.blocks

    def suggest(self, question: str) -> None:
        """Suggest a question below the welcome, which is seen as long as nothing is asked."""
        self.query_one("#suggestions").mount(Suggestion(question))
        self.query_one("#welcome", Static).update(text.welcome(None, suggested=True))

    def hide_welcome(self) -> None:
        """Make room for what is more important."""
        self.query_one("#welcome").display = self.query_one("#suggestions").display = False

    def show_notices(self, *notices: Static) -> None:
        """Tell something about the articles, in place of what was told before."""
        container = self.query_one("#notices")
        container.remove_children()
        container.mount(*notices)
        container.display = bool(notices)

    async def add(self, number: int, question: str) -> Turn:
        """Show a question at the end, and take the oldest answer off if there are too many."""
        block = self._blocks[number] = Turn(question)
        await self._turns.mount(block)
        self.hide_welcome()
        await self._take_off()
        self.scroll_end(animate=False)
        return block

    async def add_before(self, turns: list[Turn]) -> None:
        """Show turns of an earlier time above the others."""
        await self._turns.mount_all(turns, before=0 if self.blocks else None)
        self.hide_welcome()

    async def clear(self) -> None:
        """Take every turn off the screen."""
        await self._turns.remove_children()
        self._blocks.clear()
        self.tell_earlier()

    def set_kept(self, block: Turn, number: int) -> None:
        """Note which turn of the conversation in the history a block is."""
        if number == 1:
            # The conversation was deleted meanwhile: the turns before are in the history no more.
            for other in self.blocks:
                other.kept = 0
        block.kept = number
        self.tell_earlier()

    def tell_earlier(self) -> None:
        """Tell how many turns of the conversation came before those on the screen."""
        line = self.query_one("#taken-off", Static)
        earlier = self.first_kept - 1
        line.update(Content(f"{text.counted(max(earlier, 0), 'earlier answer')}: /earlier shows more"))
        line.display = earlier > 0

    @property
    def first_kept(self) -> int:
        """Which turn of the conversation is the first on the screen, from 1; 0 where none is kept."""
        return next((block.kept for block in self.blocks if block.kept), 0)

    def reveal(self, block: Turn) -> None:
        """Show a turn from its question on."""
        self.call_after_refresh(self.scroll_to_widget, block, animate=False, top=True)

    async def _take_off(self) -> None:
        blocks = self.blocks
        old = [block for block in blocks[: max(len(blocks) - MOST, 0)] if block.done]
        self._blocks = {number: block for number, block in self._blocks.items() if block not in old}
        for block in old:
            await block.remove()
        self.tell_earlier()
