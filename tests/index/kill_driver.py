"""Kills an update of an index at many points: ``python kill_driver.py INDEX ARTICLES WORK POINTS``.

This process imports everything but starts no thread, so that each of its forked children is like a fresh process.
For every kill one line of JSON goes to standard output: the index that was left behind, how far the update had come,
and what it was doing.
"""

import json
import os
import resource
import shutil
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import faiss
import filelock
import nupunkt
import onnxruntime
import rensa
import tantivy
import tokenizers
import trafilatura

from index import (
    copy_store,
    database,
    durable,
    encoding,
    generation,
    lexical,
    origins,
    recall,
    spool,
    store,
    update,
    vectors,
    writing,
)

LIBRARIES = (faiss, filelock, nupunkt, onnxruntime, rensa, tantivy, tokenizers, trafilatura)
WRITERS = (
    copy_store, database, durable, encoding, generation, lexical, origins, recall, spool, store, update, vectors,
    writing,
)  # fmt: skip
WATCHED = {module.__file__ for module in WRITERS}
DISK_EVENTS = ("os.rename", "os.link", "os.mkdir", "os.rmdir", "os.remove", "shutil.", "sqlite3.")
FILE_EVENTS = (*DISK_EVENTS, "open", "os.listdir", "os.scandir", "fcntl.")
WRITTEN_BYTES = (0, 700, 2_000, 5_000, 20_000, 40_000)


def watch(tick: Callable[[str], None]) -> None:
    """Call ``tick`` before every line of the modules that write an index, and at every use of the file system."""

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        if frame.f_code.co_filename not in WATCHED:
            return None
        if event == "line":
            tick(f"{Path(frame.f_code.co_filename).name}:{frame.f_lineno}")
        return trace

    sys.addaudithook(lambda event, _: tick(event) if event.startswith(FILE_EVENTS) else None)
    sys.settrace(trace)


def in_child(work: Callable[[], object]) -> int:
    """Run something in a forked child; returns the signal that ended it, or 0."""
    child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) * -1


def events(articles: Path, index: Path, record: Path) -> list[str]:
    """Every event of an undisturbed update."""

    def work() -> None:
        seen: list[str] = []
        watch(seen.append)
        update.update_index(articles, index)
        sys.settrace(None)
        record.write_text(json.dumps(seen))

    in_child(work)
    return list(json.loads(record.read_text()))


def kill_at(articles: Path, index: Path, point: int) -> int:
    """Run an update that kills itself at its n-th event."""

    def work() -> None:
        left = point

        def tick(event: str) -> None:
            nonlocal left
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)

        watch(tick)
        update.update_index(articles, index)

    return in_child(work)


def kill_in_write(articles: Path, index: Path, size: int) -> int:
    """Run an update that the system kills in the middle of a write, at the first file that grows beyond a size."""

    def work() -> None:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
        update.update_index(articles, index)

    return in_child(work)


def spread(seen: list[str], count: int) -> list[int]:
    """Points all over an update, with every change of the file system among them."""
    changes = {point for point, event in enumerate(seen) if event.startswith(DISK_EVENTS)}
    step = len(seen) / max(1, count - len(changes))
    return sorted(changes | {int(step * place) for place in range(max(1, count - len(changes)))})


def main(index: Path, articles: Path, work: Path, count: int) -> None:
    """Kill the update at ``count`` points or a few more, and a few times in the middle of a write."""

    def copy(name: str) -> Path:
        return Path(shutil.copytree(index, work / name))

    def tell(folder: Path, stopped_by: int, place: float, event: str) -> None:
        sys.stdout.write(json.dumps([str(folder), stopped_by, place, event]) + "\n")
        sys.stdout.flush()

    seen = events(articles, copy("whole"), work / "events.json")
    for point in spread(seen, count):
        folder = copy(f"event-{point}")
        tell(folder, kill_at(articles, folder, point), point, seen[point])
    for size in WRITTEN_BYTES:
        folder = copy(f"write-{size}")
        tell(folder, kill_in_write(articles, folder, size), -1, f"a write beyond {size} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]))
