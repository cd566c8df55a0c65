"""An update that fails or dies at any change that it makes to the disk leaves the old state or the new one.

The changes are met below Python, where SQLite, Tantivy and FAISS make theirs: ``faults/interpose.c``. A test takes a
sample of them; ``python -m tests.index.test_faults`` takes them all, and prints a table.
"""

import errno
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from index.library import Index
from index.update import update_index
from tests.index.corpora import parts
from tests.index.test_kill import State, make_scene, state

FAULTS = Path(__file__).with_name("faults")
COUNT, KILL, TEAR, FAIL_ONCE, FAIL_ALWAYS = range(5)
MODES = {KILL: "killed before", TEAR: "killed in the middle of", FAIL_ONCE: "fails once:", FAIL_ALWAYS: "full from"}
ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES)
SAMPLED = 210

Fault = tuple[int, int, int]


@dataclass(frozen=True)
class Scene:
    """The articles after, an index of the articles before, and the two states that there may be."""

    articles: Path
    index: Path
    old: State
    new: State


class Driver:
    """A process that updates copies of an index, each with a fault."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def update(self, fault: Fault) -> list[Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(fault) + "\n")
        self._process.stdin.flush()
        answer: list[Any] = json.loads(self._process.stdout.readline())
        return answer


@contextmanager
def driving(scene: Scene, work: Path) -> Iterator[Driver]:
    library = work / "interpose.so"
    compiler = shutil.which("cc") or shutil.which("gcc") or "cc"
    subprocess.run(
        [compiler, "-shared", "-fPIC", "-O1", "-o", str(library), str(FAULTS / "interpose.c"), "-ldl"], check=True
    )
    command = [sys.executable, str(FAULTS / "driver.py"), str(scene.index), str(scene.articles), str(work)]
    environment = {**os.environ, "LD_PRELOAD": str(library), "PYTHONPATH": str(FAULTS.parents[2])}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        yield Driver(process)
        assert process.stdin is not None
        process.stdin.close()


def faults(changes: Sequence[str], count: int | None = None) -> list[Fault]:
    """Every fault that an update with these changes can meet, or an even sample of each kind of them."""
    places = range(len(changes))
    kinds: list[list[Fault]] = [
        [(KILL, place, 0) for place in places],
        [(TEAR, place, 0) for place in places if changes[place] == "write"],
        *([(FAIL_ONCE, place, error) for place in places] for error in ERRORS),
        [(FAIL_ALWAYS, place, errno.ENOSPC) for place in places],
    ]
    step = 1.0 if count is None else sum(map(len, kinds)) / count
    return [kind[int(step * number)] for kind in kinds for number in range(int(len(kind) / step))]


def judged(scene: Scene, fault: Fault, answer: Sequence[Any]) -> tuple[str, list[str]]:
    """What became of an update that met a fault, and what is wrong with that."""
    folder, stopped_by, raised = Path(answer[0]), answer[1], answer[2]
    wrong = [raised] if raised.startswith("!") else []
    if fault[0] in (KILL, TEAR) and not stopped_by:
        wrong.append("it was not killed")
    with closing(Index(folder, scene.articles)) as opened:
        left = state(opened)
        if left not in (scene.old, scene.new):
            wrong.append("a mixture of the old and the new state is left")
        if not stopped_by and not raised and left != scene.new:
            wrong.append("it reported no error, and the old state is left")
        update_index(scene.articles, folder)
        if state(opened) != scene.new:
            wrong.append("the next update does not end in the new state")
    if len(parts(folder)) != 2:
        wrong.append(f"files of other generations are left: {sorted(parts(folder))}")
    shutil.rmtree(folder)
    return ("new" if left == scene.new else "old"), wrong


@pytest.mark.skipif(
    sys.platform != "linux" or not (shutil.which("cc") or shutil.which("gcc")), reason="needs Linux and a C compiler"
)
@pytest.mark.timeout(900)
def test_a_fault_at_any_change_of_the_disk_leaves_the_old_state_or_the_new_one(exported, tmp_path):
    scene = Scene(*make_scene(tmp_path))
    left: Counter[str] = Counter()
    with driving(scene, tmp_path) as driver:
        chosen = faults(driver.update((COUNT, -1, 0)), SAMPLED)
        assert len(chosen) >= 200
        for fault in chosen:
            outcome, wrong = judged(scene, fault, driver.update(fault))
            assert not wrong, (fault, wrong)
            left[outcome] += 1
    assert left["old"] > len(chosen) / 4
    assert left["new"]


def main() -> None:
    """Inject every fault, and print a row of Markdown for each kind."""
    with tempfile.TemporaryDirectory() as folder:
        scene = Scene(*make_scene(Path(folder)))
        rows: dict[tuple[str, str], Counter[str]] = {}
        with driving(scene, Path(folder)) as driver:
            changes = driver.update((COUNT, -1, 0))
            for fault in faults(changes):
                outcome, wrong = judged(scene, fault, driver.update(fault))
                error = f" {errno.errorcode[fault[2]]}" if fault[2] else ""
                row = rows.setdefault((MODES[fault[0]] + error, changes[fault[1]]), Counter())
                row["injected"] += 1
                row[outcome] += 1
                row["lost"] += bool(wrong)
                for problem in wrong:
                    sys.stderr.write(f"{fault}: {problem}\n")
        sys.stdout.write("| fault | change | injected | old state | new state | lost |\n|---|---|---|---|---|---|\n")
        for (fault_name, change), row in rows.items():
            cells = (fault_name, change, row["injected"], row["old"], row["new"], row["lost"])
            sys.stdout.write("| " + " | ".join(map(str, cells)) + " |\n")


if __name__ == "__main__":
    main()
