"""Updates of every kind in which faults are injected, and the states of the index that each of them may leave."""

import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from index.errors import IndexDamagedError, IndexMismatchError, IndexNotFoundError
from index.layout import ORIGINS_FILE
from index.opening import open_index
from index.sharding import update_shards
from index.update import update_index
from tests.index.corpora import write_articles
from tests.index.faults.actions import ACTIONS, LISTS
from tests.index.test_kill import AFTER, BEFORE, State, state

Shown = State | str


@dataclass(frozen=True)
class Plan:
    """A kind of update.

    Attributes:
        name: What is done.
        action: The name of what does it.
        prepare: Makes the index as it is before, given the articles and the index directory.
        changes: Whether the articles change before it.
    """

    name: str
    action: str
    prepare: Callable[[Path, Path], object]
    changes: bool = True


@dataclass(frozen=True)
class Scene:
    """A kind of update, ready to be done again and again.

    Attributes:
        plan: The kind.
        articles: The articles as they are after.
        folder: A folder with the index as it was before, as ``index``: the index may be the first one.
        old: What the index shows before.
        new: What it shows after.
        between: What else it may show: shards are updated one by one.
        files: The names of its files after, without numbers.
    """

    plan: Plan
    articles: Path
    folder: Path
    old: Shown
    new: Shown
    between: list[Shown] = field(default_factory=list)
    files: list[str] = field(default_factory=list)


def shown(folder: Path, articles: Path) -> Shown:
    """What an index shows, or that there is none, or one of an older format."""
    try:
        with closing(open_index(folder, articles)) as index:
            return state(index)
    except (IndexNotFoundError, IndexMismatchError) as error:
        return type(error).__name__


def files(folder: Path) -> list[str]:
    """The names of the parts of an index, without numbers: each generation has another one."""
    inside = [path.relative_to(folder).as_posix() for path in [*folder.glob("*"), *folder.glob("shard-*/*")]]
    return sorted(re.sub(r"\d+", "N", name) for name in inside)


def _told(*statements: str) -> Callable[[Path, Path], None]:
    """Makes an index, and then tells its database something."""

    def prepare(articles: Path, folder: Path) -> None:
        update_index(articles, folder)
        with closing(sqlite3.connect(folder / "index.db")) as connection, connection:
            for statement in statements:
                connection.execute(statement)

    return prepare


def _without_vectors(articles: Path, folder: Path) -> None:
    update_index(articles, folder)
    (folder / "vectors-1.faiss").write_bytes(b"damaged")


def _in_two_shards(articles: Path, folder: Path) -> None:
    update_shards(articles, folder, shards=2)


_OLDER = ("UPDATE meta SET value = '2' WHERE key = 'format'", "DROP TABLE words", "DROP TABLE checksums")
PLANS = (
    Plan("an update", "update", update_index),
    Plan("a first build", "update", lambda articles, folder: None),
    Plan("an update in lists", "update lists", lambda articles, folder: update_index(articles, folder, vectors=LISTS)),
    Plan("an upgrade of an older format", "update", _told(*_OLDER), changes=False),
    Plan("all anew by other rules", "update", _told("UPDATE meta SET value = '0' WHERE key = 'cleaner'")),
    Plan("an update of two shards", "update shards", _in_two_shards),
    Plan("a division into two shards", "divide by 2", update_index),
    Plan("a division of two shards into three", "divide by 3", _in_two_shards),
    Plan("two shards made one index", "divide by 1", _in_two_shards),
    Plan("doctor --fix", "doctor", _without_vectors, changes=False),
)  # fmt: skip


def make_scene(plan: Plan, root: Path) -> Scene:
    """Make the index as it is before, and learn what it shows before, after, and in between."""
    articles, folder, done = root / "news", root / "before", root / "after"
    folder.mkdir()
    plan.prepare(write_articles(articles, BEFORE), folder / "index")
    old = _shown_or_damaged(folder / "index", articles)
    shutil.copytree(folder, done)
    if plan.changes:
        write_articles(articles, AFTER)
    ACTIONS[plan.action](articles, done / "index")
    new = shown(done / "index", articles)
    assert old != new
    between = list(_between(folder / "index", done / "index", articles, root))
    return Scene(plan, articles, folder, old, new, between, files(done / "index"))


def _shown_or_damaged(folder: Path, articles: Path) -> Shown:
    try:
        return shown(folder, articles)
    except IndexDamagedError as error:
        return type(error).__name__


def _between(old: Path, new: Path, articles: Path, root: Path) -> Iterator[Shown]:
    """What an index of two shards shows when one of them is updated, or both but not what is known of them together."""
    shards = ("shard-0-of-2", "shard-1-of-2")
    if not all((folder / shard).exists() for folder in (old, new) for shard in shards):
        return
    for number, updated in enumerate((shards[:1], shards[1:], shards)):
        mixed = root / f"mixed-{number}"
        shutil.copytree(old, mixed)
        for shard in updated:
            shutil.rmtree(mixed / shard)
            shutil.copytree(new / shard, mixed / shard)
        shutil.copyfile(old / shards[0] / ORIGINS_FILE, mixed / shards[0] / ORIGINS_FILE)
        yield shown(mixed, articles)
