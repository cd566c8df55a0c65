"""An index whose update fails or dies, at any change that it makes to the disk or at any moment, is the old or the new.

The changes are met below Python, where SQLite, Tantivy and FAISS make theirs: ``faults/interpose.c``. These tests take
a sample of all that can happen to every kind of update; ``python -m tests.faults`` takes all of it.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import chain
from pathlib import Path

import pytest

from tests.index.faults.actions import read_here
from tests.index.faults.injection import (
    Driver,
    Fault,
    driving,
    faults,
    judged,
    left_behind,
    moments,
    needs_compiler,
)
from tests.index.faults.modes import RECORD
from tests.index.faults.power import POLICIES, Cut, Disk, Policy, cuts, recorded
from tests.index.faults.scenes import PLANS, Plan, Scene, make_scene

pytestmark = [needs_compiler, pytest.mark.timeout(900)]

PLAIN = PLANS[0]
SAMPLED = dict.fromkeys(PLANS, 14) | {PLAIN: 76}
CUT = 4
MOMENTS = 8

every_plan = pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.name)


@pytest.fixture(scope="module")
def driver(exported: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Driver]:
    with pytest.MonkeyPatch.context() as patch:
        read_here(patch)
        with driving(tmp_path_factory.mktemp("faults")) as started:
            yield started


@pytest.fixture(scope="module")
def scene_of(driver: Driver, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Plan], Scene]:
    return cache(lambda plan: make_scene(plan, tmp_path_factory.mktemp("scene")))


def inject(driver: Driver, scene: Scene, chosen: Iterable[Fault]) -> Counter[str]:
    """Inject faults; returns how often each state was left."""
    left: Counter[str] = Counter()
    for fault in chosen:
        outcome, wrong = judged(scene, fault, driver.do(scene, fault))
        assert not wrong, (fault, wrong)
        left[outcome] += 1
    return left


@every_plan
def test_a_fault_at_any_change_of_the_disk_leaves_the_old_state_or_the_new_one(plan, driver, scene_of):
    scene = scene_of(plan)
    left = inject(driver, scene, faults(driver.changes(scene), SAMPLED[plan]))
    assert left["old"]
    assert plan is not PLAIN or left["new"]


def test_there_are_two_hundred_points_and_more():
    assert sum(SAMPLED.values()) >= 200


@pytest.mark.parametrize("plan", [PLAIN, PLANS[5]], ids=lambda plan: plan.name)
def test_a_kill_at_a_random_moment_leaves_the_old_state_or_the_new_one(plan, driver, scene_of):
    scene = scene_of(plan)
    left = inject(driver, scene, moments(driver.seconds(scene), MOMENTS))
    assert left["old"]


def cut_chosen(scene: Scene, log: Path) -> Iterator[Cut]:
    """Some power cuts all over an update, and each that comes when it is done."""
    found = list(cuts(scene.folder, log))
    during = [cut for cut in found if cut.change]
    return chain(during[:: len(during) // CUT], (cut for cut in found if not cut.change))


@every_plan
def test_a_power_cut_leaves_the_old_state_or_the_new_one_and_undoes_nothing_that_is_done(
    plan, driver, scene_of, tmp_path
):
    scene = scene_of(plan)
    outcome = driver.do(scene, (RECORD, -1, 0))
    for cut in cut_chosen(scene, outcome.log):
        left, wrong = left_behind(scene, cut.put(tmp_path / "cut"))
        assert not wrong, (cut.after, cut.change, cut.policy.name, wrong)
        assert cut.change or left == "new", (cut.policy.name, "what was reported as done is lost")


@every_plan
def test_the_record_tells_every_change(plan, driver, scene_of):
    scene = scene_of(plan)
    outcome = driver.do(scene, (RECORD, -1, 0))
    disk = Disk(scene.folder)
    for change in recorded(outcome.log):
        disk.change(*change)
    everything = Policy("nothing is lost", lambda folder, _: folder.names, lambda file, _: bytes(file.data))
    assert disk.cut(everything, 0) == {
        path.relative_to(outcome.folder).as_posix(): None if path.is_dir() else path.read_bytes()
        for path in outcome.folder.rglob("*")
    }


def test_a_power_cut_loses_what_was_not_synced_and_no_more(tmp_path):
    before = tmp_path / "before"
    before.mkdir()
    (before / "kept").write_bytes(b"one")
    disk = Disk(before)
    for change in [
        ("write", "/kept", "", 3, b" two"),
        ("open", "/new", "", 0, b""),
        ("write", "/new", "", 0, b"three"),
        ("fsync", "/new", "", 0, b""),
        ("rename", "/new", "/renamed", 0, b""),
    ]:
        disk.change(*change)
    told = {policy.name: disk.cut(policy, 0) for policy in POLICIES}
    assert told["all that was not synced is lost"] == {"kept": b"one"}
    assert told["bytes are lost, names are kept"] == {"kept": b"one", "renamed": b"three"}
    assert told["bytes are zeros, names are kept"] == {"kept": b"one\0\0\0\0", "renamed": b"three"}
    assert told["names are lost, bytes are kept"] == {"kept": b"one two"}
    disk.change("fsync", "", "", 0, b"")
    assert disk.cut(POLICIES[0], 0) == {"kept": b"one", "renamed": b"three"}
