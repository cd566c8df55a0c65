"""What is done to an index while faults are injected, by name: a process that is to be killed is told the name."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from index import update
from index.discover import SourceFile
from index.doctor.mend import mend
from index.intake import take_in
from index.records import Skipped, Taken
from index.sharding import update_shards
from index.shares import WHOLE, Share
from index.update import update_index
from index.vector_settings import VectorSettings

LISTS = VectorSettings(exact=10, recall=0.9, depth=5, questions=20)


class IntakeHere:
    """Reads articles in this process: another one costs a second, and writes nothing into an index."""

    def take(self, file: SourceFile, data: bytes, share: Share = WHOLE) -> Iterator[Taken | Skipped]:
        return take_in(file, data, share)

    def close(self) -> None:
        pass


def read_here(patch: pytest.MonkeyPatch) -> None:
    """Let updates of this process read articles in it."""
    patch.setattr(update, "IntakeProcess", IntakeHere)


def doctor(articles: Path, folder: Path) -> None:
    """What ``pullquote doctor --fix`` does."""
    mend(folder, articles)


ACTIONS: dict[str, Callable[[Path, Path], object]] = {
    "update": update_index,
    "update lists": partial(update_index, vectors=LISTS),
    "update shards": update_shards,
    "divide by 1": partial(update_shards, shards=1),
    "divide by 2": partial(update_shards, shards=2),
    "divide by 3": partial(update_shards, shards=3),
    "doctor": doctor,
}
