"""The table of faults: ``python -m tests.faults [--sample N] > docs/faults.md``.

Every kind of update meets every fault at every change that it makes to the disk, a power cut after each, kills at
random moments and too few open files; an index lies on small file systems, and is damaged in every way for ``pullquote
doctor`` to find and mend. What was left is judged. Markdown goes to standard output, and each loss to standard error.
"""

import argparse
import errno
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.index.doctor.damages import SAID, SWAPPED, of_files
from tests.index.doctor.trial import found_and_mended, make_trial
from tests.index.faults.actions import read_here
from tests.index.faults.injection import (
    Driver,
    driving,
    faults,
    few_files,
    judged,
    left_behind,
    moments,
    no_small_disks,
    on_small_disks,
)
from tests.index.faults.modes import NAMES, RECORD
from tests.index.faults.power import cuts
from tests.index.faults.scenes import PLANS, Scene, make_scene

MOMENTS = 100
# Each may end in an export of the model, which takes long.
FEW = 6
KILOBYTES = range(0, 640, 8)
FLIPS = 40


@dataclass
class Table:
    """Rows of counts under names of faults.

    Attributes:
        columns: What is counted.
    """

    columns: tuple[str, ...]
    rows: dict[tuple[str, ...], Counter[str]] = field(default_factory=dict)

    def count(self, names: tuple[str, ...], *counted: str) -> None:
        self.rows.setdefault(names, Counter()).update(["injected", *counted])

    def markdown(self, *heads: str) -> Iterator[str]:
        columns = ("injected", *self.columns)
        yield f"| {' | '.join([*heads, *columns])} |"
        yield f"|{'---|' * (len(heads) + len(columns))}"
        for names, row in self.rows.items():
            yield f"| {' | '.join([*names, *(str(row[column]) for column in columns)])} |"
        total = Counter[str]()
        for row in self.rows.values():
            total.update(row)
        blank = [""] * (len(heads) - 1)
        yield f"| {' | '.join(['**all**', *blank, *(f'**{total[column]}**' for column in columns)])} |"


def told(problems: list[str], *what: object) -> tuple[str, ...]:
    for problem in problems:
        sys.stderr.write(f"{' '.join(map(str, what))}: {problem}\n")
    return ("lost",) if problems else ()


def of_scene(scene: Scene, driver: Driver, work: Path, table: Table, sample: int) -> None:
    """Every fault in one kind of update; of a sample, every n-th."""
    changes = driver.changes(scene)
    at_moments = moments(driver.seconds(scene), MOMENTS)
    for fault in [*faults(changes)[::sample], *at_moments[::sample], *few_files(FEW if scene.plan is PLANS[0] else 0)]:
        left, wrong = judged(scene, fault, driver.do(scene, fault))
        error = f" {errno.errorcode[fault[2]]}" if fault[2] else ""
        table.count((scene.plan.name, f"{NAMES[fault[0]]}{error}"), left, *told(wrong, scene.plan.name, fault))
    record = driver.do(scene, (RECORD, -1, 0))
    found = list(cuts(scene.folder, record.log))
    for cut in [*[cut for cut in found if cut.change][::sample], *[cut for cut in found if not cut.change]]:
        left, wrong = left_behind(scene, cut.put(work / "cut"))
        if not cut.change and left != "new":
            wrong.append("what was reported as done is lost")
        name = f"power cut: {cut.policy.name}"
        table.count((scene.plan.name, name), left, *told(wrong, scene.plan.name, cut.after, name))
    if not no_small_disks():
        for kilobytes, _, left, wrong in on_small_disks(scene, work, KILOBYTES[::sample]):
            table.count((scene.plan.name, "small file system"), left, *told(wrong, scene.plan.name, kilobytes, "kB"))


def damages(work: Path, table: Table, sample: int) -> None:
    """Everything that can happen to an index behind pullquote's back: found and mended, or without effect."""
    trial = make_trial(work)
    for damage in [*of_files(trial.index, FLIPS), *SWAPPED, *SAID][::sample]:
        folder, wrong, found = work / "damaged", [], True
        try:
            found = found_and_mended(trial, damage, folder)
        except Exception as error:
            wrong.append(f"{type(error).__name__}: {error}")
            shutil.rmtree(folder, ignore_errors=True)
        kind = "a byte flipped" if "flipped" in damage.kind else damage.kind.rstrip(":")
        row = (kind, damage.file.partition("/")[0])
        table.count(row, "found and mended" if found else "without effect", *told(wrong, damage))


def main(sample: int) -> None:
    """Inject every fault, or every n-th of each kind of update, and print the tables."""
    injected = Table(("old", "between", "new", "lost"))
    mended = Table(("found and mended", "without effect", "lost"))
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as folder:
        read_here(patch)
        work = Path(folder)
        with driving(work) as driver:
            for number, plan in enumerate(PLANS):
                root = work / f"scene-{number}"
                root.mkdir()
                of_scene(make_scene(plan, root), driver, work, injected, sample)
                sys.stderr.write(f"{plan.name}: done\n")
        # There are fewer of them, and each takes less time.
        damages(work, mended, 1 + sample // 20)
    lines = [
        "# Faults",
        "",
        "Made by `python -m tests.faults`. After each fault the index is opened, and has to show the state before or",
        "the one after, whole; then the same is done again, and has to end in the state after, with no file left over.",
        "Where there are shards, each of them is updated by itself: *between* counts those of which some are updated.",
        "",
        *injected.markdown("what is done", "fault"),
        "",
        "What happens to an index behind pullquote's back, and what `pullquote doctor --fix` makes of it. A byte may",
        "be one that nothing reads: then nothing is found, and all answers are as they were.",
        "",
        *mended.markdown("damage", "file"),
    ]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, default=1, help="take every n-th fault only")
    main(parser.parse_args().sample)
