"""Kills a chat that writes its history at many points: ``python kill_history.py BASE WORK POINTS``.

This process starts no thread, so that each of its forked children is like a fresh process. For every kill one line of
JSON goes to standard output: the folder that was left behind, the signal, and how many changes were reported as done.
"""

import json
import os
import resource
import shutil
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import Any

import filelock

from tui import history, history_file, paths
from tui.history import History

LIBRARIES = (filelock,)
WATCHED = {module.__file__ for module in (history, history_file, paths)}
WRITTEN_BYTES = (0, 600, 4_000, 9_000, 21_000, 29_000, 45_000)

NOON = datetime(2022, 1, 8, 12, tzinfo=UTC)
LONG = "Before noon the town had sent twelve boats. " * 200


def document(question: str) -> dict[str, Any]:
    return {"question": question, "evidence": [{"quote": LONG}]}


CHANGES: tuple[Callable[[History], object], ...] = (
    lambda history: history.add(1, "/news", document("Where did they go?"), 0.4, NOON),
    lambda history: history.add(None, "/news", document("Who sent buses?"), 0.4, NOON),
    lambda history: history.rename(1, "The flood"),
    lambda history: history.delete(1),
    lambda history: history.clear(),
)


def write(folder: Path, done: Callable[[], object]) -> None:
    """What the chat does; ``done`` is called after the opening and after each change."""
    kept = History(folder / "history.db")
    done()
    for change in CHANGES:
        change(kept)
        done()


def in_child(folder: Path, prepare: Callable[[], object]) -> tuple[int, int]:
    """Write in a forked child; returns the signal that ended it, or 0, and how often ``done`` was called."""
    receiving, sending = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            prepare()
            write(folder, lambda: os.write(sending, b"."))
        finally:
            os._exit(0)
    os.close(sending)
    stopped_by = -os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    done = len(os.read(receiving, 100))
    os.close(receiving)
    return stopped_by, done


def at_every_line(tick: Callable[[], object]) -> None:
    """Call ``tick`` before every line of the modules that keep the history."""

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        if frame.f_code.co_filename not in WATCHED:
            return None
        if event == "line":
            tick()
        return trace

    sys.settrace(trace)


def kill_at(point: int) -> Callable[[], None]:
    """Let the process be killed at its n-th line."""
    left = point

    def tick() -> None:
        nonlocal left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)

    return lambda: at_every_line(tick)


def kill_in_write(size: int) -> None:
    """Let the system kill the process in the middle of a write, at the first file that grows beyond a size."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)


def main(base: Path, work: Path, count: int) -> None:
    """Kill at ``count`` lines, and a few times in the middle of a write."""
    lines = work / "lines"
    shutil.copytree(base, work / "whole")
    lines.touch()

    def note_line() -> None:
        with lines.open("a") as file:
            file.write(".")

    in_child(work / "whole", lambda: at_every_line(note_line))
    total = lines.stat().st_size
    kills = {f"line-{point}": kill_at(point) for point in {total * place // count for place in range(count)}}
    kills |= {f"write-{size}": lambda size=size: kill_in_write(size) for size in WRITTEN_BYTES}
    for name, prepare in kills.items():
        folder = Path(shutil.copytree(base, work / name))
        sys.stdout.write(json.dumps([str(folder), *in_child(folder, prepare)]) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
