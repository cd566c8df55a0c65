"""Talking to the terminal: data to stdout, everything else to stderr, colour and progress only where a person looks."""

import errno
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from index.errors import PullquoteError
from index.records import Progress, Skipped
from qa.render import Line, path_line

if TYPE_CHECKING:
    from rich.progress import Progress as Bars

    from qa.corpus import CorpusInfo

_STYLES = {"": "", "quote": "", "span": "bold underline", "dim": "dim"}
_HANGING = 2
_SKIPPED_SHOWN = 5
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EIO}


def note(text: str) -> None:
    """Say something on stderr, in one line, if there is one that can be written."""
    # A note that is lost must not cost the answer.
    if sys.stderr is not None:
        with suppress(OSError):
            sys.stderr.write(f"{path_line(text)}\n")


def show_error(error: PullquoteError) -> None:
    """What happened, why and what to do, on stderr, in a line each: names in them cannot make a line of their own."""
    note(f"pullquote: {error.what}")
    note(f"  why: {error.why}")
    note(f"  fix: {error.fix}")


def told(error: OSError) -> PullquoteError:
    """The error that tells a person what the system refused.

    Example:
        >>> told(FileNotFoundError(2, "No such file or directory", "news")).why
        'no such file or directory: news'
    """
    why = (error.strerror or str(error) or type(error).__name__).lower()
    if error.filename:
        why = f"{why}: {os.fsdecode(error.filename)}"
    if error.errno in _NO_ROOM:
        return PullquoteError("The output or a file cannot be written", why, "make room for it, or write it elsewhere")
    fix = "check that it and the folder you are in are there, and that you may use them"
    return PullquoteError("A file or folder cannot be used", why, fix)


def discard_output() -> None:
    """Keep Python from complaining once more while it closes a stdout that cannot be written."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def show_skipped(skipped: Iterable[Skipped]) -> None:
    """Name the files that could not be read, on stderr; of many, the first ones and how many more."""
    items = list(skipped)
    for item in items[:_SKIPPED_SHOWN]:
        note(path_line(f"skipped {item.path}: {item.reason}"))
    if len(items) > _SKIPPED_SHOWN:
        note(f"skipped {len(items) - _SKIPPED_SHOWN} more; pullquote status names them all")


def show_corpus(info: "CorpusInfo") -> None:
    """What a person should know of the articles before the first answer, on stderr."""
    for text in info.notes:
        note(text)
    show_skipped(info.skipped)


def show_lines(lines: Iterable[Line]) -> None:
    """Print lines to stdout; in a terminal with styles, and wrapped.

    What does not fit on a line of the terminal goes on further to the right: a quote cannot be made so long that a part
    of it stands where a line about it would begin.
    """
    if not sys.stdout.isatty():
        for line in lines:
            sys.stdout.write("".join(text for text, _ in line) + "\n")
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    for line in lines:
        text = Text.assemble(*((text, _STYLES[style]) for text, style in line))
        margin = len(text.plain) - len(text.plain.lstrip(" ")) + _HANGING
        for number, part in enumerate(text.wrap(console, max(console.width - margin, 1))):
            console.print(Text(" " * margin if number else "").append_text(part), soft_wrap=True)


def show_table(table: dict[str, Any], as_json: bool) -> None:
    """Print a flat table to stdout, or all of it as JSON. Lists of records are left to the JSON."""
    if as_json:
        sys.stdout.write(json.dumps(table, indent=2) + "\n")
        return
    width = max(map(len, table))
    for name, value in table.items():
        if not isinstance(value, list):
            sys.stdout.write(f"{name:<{width}}  {'-' if value is None else path_line(str(value))}\n")
        elif value and isinstance(value[0], str):
            for item in value:
                sys.stdout.write(f"{name:<{width}}  {path_line(item)}\n")


@contextmanager
def progress() -> Iterator[Callable[[Progress], None] | None]:
    """A progress bar on stderr with rate and remaining time, or nothing if stderr is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    bars = _bars()
    tasks: dict[str, int] = {}

    def report(state: Progress) -> None:
        from rich.progress import TaskID

        if state.stage not in tasks:
            tasks[state.stage] = bars.add_task(state.stage, total=None)
        bars.update(TaskID(tasks[state.stage]), completed=state.done, total=state.total or None)

    with bars:
        yield report


def _bars() -> "Bars":
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, ProgressColumn, Task, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars
    from rich.text import Text

    class Rate(ProgressColumn):
        def render(self, task: Task) -> Text:
            speed = task.finished_speed or task.speed
            return Text(f"{speed:,.0f}/s" if speed else "", style="dim")

    return Bars(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        Rate(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
