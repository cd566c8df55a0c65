"""Updates an index on small file systems: ``unshare --map-root-user --mount python small_disk.py ORDER``.

The order is a line of JSON: ``[action, articles, folder, mount point, kilobytes...]``. For each size that the folder
and the update do not fit into, or just do, one line of JSON is the answer: the size, the class of the error that was
raised, and copies of what was left: on the full file system, and after more room was made.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from index.errors import PullquoteError
from tests.index.faults.actions import ACTIONS, read_here
from tests.index.faults.scenes import shown

KILOBYTE = 1024
# No room at all would stand for room without limit.
ROOM_FOR_FOLDERS = 8


def size_of(folder: Path) -> int:
    """How many kilobytes a folder takes, in whole pages."""
    return 4 * sum(1 + path.stat().st_size // (4 * KILOBYTE) for path in folder.rglob("*"))


def mount(place: Path, kilobytes: int, *options: str) -> None:
    option = ",".join([*options, f"size={kilobytes}k"])
    subprocess.run(["mount", "-t", "tmpfs", "-o", option, "tmpfs", str(place)], check=True)


def main(action: str, articles: Path, folder: Path, place: Path, more: list[int]) -> None:
    read_here(pytest.MonkeyPatch())
    for kilobytes in more:
        mount(place, ROOM_FOR_FOLDERS + size_of(folder) + kilobytes)
        copy = Path(shutil.copytree(folder, place / "copy"))
        raised = ""
        try:
            ACTIONS[action](articles, copy / "index")
        except PullquoteError as error:
            raised = type(error).__name__
        try:
            left = json.loads(json.dumps(shown(copy / "index", articles)))
        except PullquoteError as error:
            left = type(error).__name__
        mount(place, 1 << 20, "remount")
        kept = Path(shutil.copytree(copy, place.parent / f"left-{kilobytes}"))
        subprocess.run(["umount", str(place)], check=True)
        sys.stdout.write(json.dumps([kilobytes, raised, left, str(kept)]) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    order = json.loads(sys.argv[1])
    main(order[0], *map(Path, order[1:4]), order[4:])
