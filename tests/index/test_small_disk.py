"""A file system without room: what an update cannot write, it tells, and it leaves the old state."""

import pytest

from tests.index.faults.actions import read_here
from tests.index.faults.injection import no_small_disks, on_small_disks
from tests.index.faults.scenes import PLANS, make_scene

KILOBYTES = (0, 16, 80, 200, 320, 4000)

WHY_NOT = no_small_disks()


@pytest.mark.skipif(bool(WHY_NOT), reason=f"no small file system can be mounted: {WHY_NOT}")
@pytest.mark.parametrize("plan", [PLANS[0], PLANS[1]], ids=lambda plan: plan.name)
def test_a_file_system_without_room_leaves_the_old_state_or_the_new_one(exported, tmp_path, monkeypatch, plan):
    read_here(monkeypatch)
    scene = make_scene(plan, tmp_path)
    told = list(on_small_disks(scene, tmp_path, KILOBYTES))
    assert [kilobytes for kilobytes, *_ in told] == list(KILOBYTES)
    for kilobytes, raised, _, wrong in told:
        assert not wrong, (kilobytes, raised, wrong)
    assert {(raised, left) for _, raised, left, _ in told} == {("IndexWriteError", "old"), ("", "new")}
