import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from index.library import Index
from index.update import update_index
from tests.index import kill_driver
from tests.index.corpora import (
    BRIDGE,
    BRIDGE_LATER,
    FERRY,
    HARBOUR_LOG,
    MARKET,
    OWLS,
    QUESTIONS,
    found,
    parts,
    write_articles,
)

POINTS = 40
BEFORE = {"bridge.txt": BRIDGE, "copy.txt": BRIDGE, "ferry.txt": FERRY, "log.txt": HARBOUR_LOG, "market.txt": MARKET}
AFTER = {"bridge.txt": BRIDGE_LATER, "copy.txt": FERRY, "ferry.txt": FERRY, "log.txt": HARBOUR_LOG, "owls.txt": OWLS}

State = tuple[list[tuple[str, str, str]], list[list[tuple[str, float]]]]


@dataclass(frozen=True)
class Kill:
    """An index that a killed update left behind."""

    folder: Path
    signal: int
    point: int
    event: str


def state(index: Index) -> State:
    """All that an index tells: its articles with their origins, and what it finds, with scores."""
    return (
        [(Path(article.path).name, article.text, index.origin(article)) for article in index.articles()],
        [found(index, question) for question in QUESTIONS],
    )


def make_scene(root: Path) -> tuple[Path, Path, State, State]:
    """The articles after, an index of the articles before, and the two states that there may be."""
    articles, index, fresh = root / "news", root / "index", root / "fresh"
    update_index(write_articles(articles, BEFORE), index)
    with closing(Index(index, articles)) as opened:
        old = state(opened)
    shutil.copytree(index, fresh)
    update_index(write_articles(articles, AFTER), fresh)
    with closing(Index(fresh, articles)) as opened:
        new = state(opened)
    assert old != new
    return articles, index, old, new


@pytest.fixture(scope="module")
def scene(exported: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, State, State]:
    return make_scene(tmp_path_factory.mktemp("kill"))


def kills(index: Path, articles: Path, work: Path) -> Iterator[Kill]:
    """Kill updates in a process of its own, and hand over each as soon as it is dead."""
    command = [sys.executable, kill_driver.__file__, str(index), str(articles), str(work), str(POINTS)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as driver:
        assert driver.stdout is not None
        for line in driver.stdout:
            folder, stopped_by, point, event = json.loads(line)
            yield Kill(Path(folder), stopped_by, point, event)
    assert driver.returncode == 0


def test_a_kill_at_any_point_leaves_the_old_state_or_the_new_one(scene, tmp_path):
    articles, index, old, new = scene
    killed = committed = 0
    for kill in kills(index, articles, tmp_path):
        assert kill.signal in (signal.SIGKILL, signal.SIGXFSZ), kill
        killed += 1
        with closing(Index(kill.folder, articles)) as opened:
            left = state(opened)
            assert left in (old, new), kill
            if kill.point >= 0:
                assert left == new or not committed, f"{kill}: an earlier kill left the new state"
                committed += left == new
            update_index(articles, kill.folder)
            assert state(opened) == new, kill
        assert len(parts(kill.folder)) == 2, kill
        shutil.rmtree(kill.folder)
    assert killed >= POINTS
    assert 0 < committed < killed
