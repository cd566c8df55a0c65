"""The line at the top: the articles, or how far their opening is."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget

from tui import text

if TYPE_CHECKING:
    from index.records import Progress
    from qa.corpus import CorpusInfo

_FULL, _EMPTY = "█", "░"
_LONGEST_BAR = 60


class Status(Widget):
    """Tells which articles are asked; while they are opened, the stage, with a bar where its length is known.

    Attributes:
        progress: How far the stage is; None while nothing is being opened.
    """

    def __init__(self) -> None:
        """Begin before anything is opened."""
        super().__init__()
        self._line = "Starting…"
        self.progress: Progress | None = None
        self._first = 0
        self._began = 0.0

    def show_progress(self, progress: Progress) -> None:
        """Tell the stage, and how far it is."""
        if self.progress is None or self.progress.stage != progress.stage:
            self._first, self._began = progress.done, time.monotonic()
        self.progress = progress
        self._line = stage_line(progress)
        self.refresh(layout=True)

    def show_ready(self, info: CorpusInfo) -> None:
        """Tell which articles are open."""
        self._show(text.corpus(info))

    def show_failed(self) -> None:
        """Tell that the articles are not open."""
        self._show("The articles could not be opened")

    def show_starting(self) -> None:
        """Tell that the opening begins."""
        self._show("Starting…")

    def _show(self, line: str) -> None:
        self._line, self.progress = line, None
        self.refresh(layout=True)

    def render(self) -> Content:
        """The line, and below it the bar of a stage whose length is known."""
        if self.progress is None or not self.progress.total:
            return Content(self._line)
        seconds = time.monotonic() - self._began
        return Content(f"{self._line}\n{bar_line(self.progress, self._first, seconds, self.content_size.width)}")


def stage_line(progress: Progress) -> str:
    """The stage with its counts.

    Example:
        >>> from index.records import Progress
        >>> stage_line(Progress("Encoding passages", 1234, 5678)), stage_line(Progress("Loading", 0, 0))
        ('Encoding passages · 1,234 of 5,678', 'Loading…')
    """
    if progress.total:
        return f"{progress.stage} · {progress.done:,} of {progress.total:,}"
    return f"{progress.stage} · {progress.done:,}" if progress.done else f"{progress.stage}…"


def bar_line(progress: Progress, first: int, seconds: float, width: int) -> str:
    """A bar with the part done in percent, the rate and the time left.

    Args:
        progress: How far the stage is; its total is known.
        first: How many units were done when it was first seen.
        seconds: How long ago that was.
        width: The width of the line in cells.

    Example:
        >>> from index.records import Progress
        >>> bar_line(Progress("Encoding passages", 50, 100), 0, 10.0, 40)
        '████████░░░░░░░░░  50% · 5/s · 10 s left'
    """
    fraction = min(progress.done / progress.total, 1.0)
    facts = f" {fraction:4.0%}"
    rate = (progress.done - first) / seconds if seconds >= 1 else 0.0
    if rate:
        facts += f" · {rate:,.{0 if rate >= 1 else 1}f}/s · {_duration((progress.total - progress.done) / rate)} left"
    cells = max(min(width - len(facts), _LONGEST_BAR), 1)
    full = round(fraction * cells)
    return _FULL * full + _EMPTY * (cells - full) + facts


def _duration(seconds: float) -> str:
    if seconds < 100:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 6000 else f"{seconds / 3600:.1f} h"
