"""Injecting faults into what is done to an index, and judging what is left."""

import errno
import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from index.errors import PullquoteError
from tests.index.faults.actions import ACTIONS
from tests.index.faults.modes import COUNT, FAIL_ALWAYS, FAIL_ONCE, FEW_FILES, KILL, KILL_AT_MOMENT, TEAR
from tests.index.faults.scenes import Scene, Shown, files, shown

HERE = Path(__file__).parent
COMPILER = shutil.which("cc") or shutil.which("gcc") or ""
ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES)
OPEN_FILES = range(8, 40)
SEED = 20

UNSHARED = ("unshare", "--map-root-user", "--mount")

needs_compiler = pytest.mark.skipif(
    sys.platform != "linux" or not COMPILER, reason="calls are met on Linux only, with a C compiler"
)


def no_small_disks() -> str:
    """Why no file system can be mounted for a test; empty if one can."""
    if not shutil.which("unshare"):
        return "there is no unshare"
    told = subprocess.run(
        [*UNSHARED, "mount", "-t", "tmpfs", "tmpfs", str(HERE)], stderr=subprocess.PIPE, text=True, check=False
    )
    return told.stderr.strip()


# The mode, at which change, microsecond or number of files, and which error.
Fault = tuple[int, int, int]


@dataclass(frozen=True)
class Outcome:
    """What is left of an index to which something was done.

    Attributes:
        folder: The folder that holds it.
        signal: The signal that ended it; 0 where none did.
        raised: The class of the error that it raised; with ``!`` if it is none of pullquote's own.
        log: The changes that were made.
    """

    folder: Path
    signal: int
    raised: str
    log: Path


class Driver:
    """A process that does things to copies of an index, each with a fault."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def do(self, scene: Scene, fault: Fault) -> Outcome:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        order = [scene.plan.action, str(scene.articles), str(scene.folder), *fault]
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        folder, signal, raised, log = json.loads(self._process.stdout.readline())
        return Outcome(Path(folder), signal, raised, Path(log))

    def changes(self, scene: Scene) -> list[str]:
        """The names of all changes that are made without a fault."""
        outcome = self.do(scene, (COUNT, -1, 0))
        return outcome.log.read_text().split()

    def seconds(self, scene: Scene) -> float:
        """How long it takes without a fault."""
        began = time.perf_counter()
        self.do(scene, (COUNT, -1, 0))
        return time.perf_counter() - began


@contextmanager
def driving(work: Path) -> Iterator[Driver]:
    library = work / "interpose.so"
    subprocess.run(
        [COMPILER, "-shared", "-fPIC", "-O1", "-o", str(library), str(HERE / "interpose.c"), "-ldl"], check=True
    )
    root = str(HERE.parents[2])
    environment = {**os.environ, "LD_PRELOAD": str(library), "PYTHONPATH": root}
    with subprocess.Popen(
        [sys.executable, str(HERE / "driver.py"), str(work)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment,
    ) as process:  # fmt: skip
        yield Driver(process)
        assert process.stdin is not None
        process.stdin.close()


def faults(changes: Sequence[str], count: int | None = None) -> list[Fault]:
    """Every fault at a change that something with these changes can meet, or an even sample of each kind of them."""
    places = range(len(changes))
    kinds: list[list[Fault]] = [
        [(KILL, place, 0) for place in places],
        [(TEAR, place, 0) for place in places if changes[place] == "write"],
        *([(FAIL_ONCE, place, error) for place in places] for error in ERRORS),
        [(FAIL_ALWAYS, place, errno.ENOSPC) for place in places],
    ]
    step = 1.0 if count is None else sum(map(len, kinds)) / count
    return [kind[int(step * number)] for kind in kinds for number in range(int(len(kind) / step))]


def moments(seconds: float, count: int) -> list[Fault]:
    """Random moments of something that takes so long."""
    chance = random.Random(SEED)
    return [(KILL_AT_MOMENT, int(chance.uniform(0, seconds) * 1_000_000), 0) for _ in range(count)]


def few_files(count: int) -> list[Fault]:
    """Numbers of files of which more are open than that when something is done."""
    return [(FEW_FILES, number, 0) for number in random.Random(SEED).sample(OPEN_FILES, min(count, len(OPEN_FILES)))]


def judged(scene: Scene, fault: Fault, outcome: Outcome) -> tuple[str, list[str]]:
    """What became of an index that met a fault, and what is wrong with that."""
    # With too few files Python itself fails, to import a module; the command line tells any such error.
    unexpected = outcome.raised.startswith("!") and fault[0] != FEW_FILES
    wrong = [outcome.raised] if unexpected else []
    if fault[0] in (KILL, TEAR) and not outcome.signal:
        wrong.append("it was not killed")
    left, more = left_behind(scene, outcome.folder)
    if fault[0] != KILL_AT_MOMENT and not outcome.signal and not outcome.raised and left != "new":
        wrong.append("it reported no error, and the old state is left")
    outcome.log.unlink()
    return left, [*wrong, *more]


def left_behind(scene: Scene, folder: Path) -> tuple[str, list[str]]:
    """Which state an index was left in, and what is wrong with it: also that doing the same again does not end well."""
    wrong = []
    index = folder / "index"
    states: dict[str, list[Shown]] = {"old": [scene.old], "new": [scene.new], "between": scene.between}
    try:
        seen = shown(index, scene.articles)
    except PullquoteError as error:
        seen = type(error).__name__
    left = next((name for name, allowed in states.items() if seen in allowed), "")
    if not left:
        wrong.append(
            f"it shows neither the old nor the new state, but {seen if isinstance(seen, str) else 'a mixture'}"
        )
    try:
        ACTIONS[scene.plan.action](scene.articles, index)
        if shown(index, scene.articles) != scene.new:
            wrong.append("doing it again does not end in the new state")
        if files(index) != scene.files:
            wrong.append(f"files are left: {files(index)}")
    except PullquoteError as error:
        wrong.append(f"doing it again fails: {error!r}")
    shutil.rmtree(folder)
    return left or "lost", wrong


def on_small_disks(scene: Scene, place: Path, more: Sequence[int]) -> Iterator[tuple[int, str, str, list[str]]]:
    """Do something on file systems with so many kilobytes to spare.

    Returns:
        For each the number, the error that was raised, the state that was left, and what is wrong with that.
    """
    (place / "small").mkdir(exist_ok=True)
    order = [scene.plan.action, str(scene.articles), str(scene.folder), str(place / "small"), *more]
    command = [*UNSHARED, sys.executable, str(HERE / "small_disk.py"), json.dumps(order)]
    environment = {**os.environ, "PYTHONPATH": str(HERE.parents[2])}
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, env=environment)
    for line in done.stdout.splitlines():
        kilobytes, raised, seen, kept = json.loads(line)
        left, wrong = left_behind(scene, Path(kept))
        states = {"old": scene.old, "new": scene.new}
        # Where nothing was built yet, the error may also be that of the full disk.
        no_room = left == "old" and isinstance(scene.old, str) and seen == "IndexWriteError"
        if left in states and seen != json.loads(json.dumps(states[left])) and not no_room:
            wrong.append(f"while the disk is full, it shows {seen if isinstance(seen, str) else 'another state'}")
        if not raised and left != "new":
            wrong.append("it reported no error, and the old state is left")
        yield kilobytes, raised, left, wrong
