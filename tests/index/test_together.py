"""Several processes use one index at the same time."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from index.doctor.mend import mend
from index.errors import PullquoteError
from index.library import Index
from index.sharding import update_shards
from index.update import update_index
from tests.index.corpora import write_articles
from tests.index.damage import put
from tests.index.faults.actions import read_here
from tests.index.faults.reader import QUESTIONS, versions
from tests.index.test_kill import state

FAULTS = Path(__file__).with_name("faults")
EDITIONS = ("alpha", "bravo", "charlie", "delta", "echo", "foxtrot")

pytestmark = [pytest.mark.usefixtures("exported"), pytest.mark.timeout(300)]


@pytest.fixture(autouse=True)
def _in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    read_here(monkeypatch)


def publish(articles: Path, edition: str) -> Path:
    """Write three articles, each of which names the edition in each of its sentences."""
    told = {
        "bridge": f"The bridge is open, edition {edition} says. Cars cross the bridge, edition {edition} adds.",
        "ferry": f"A ticket for the ferry costs two crowns, edition {edition} says.",
        "owls": f"Two owls nest in the tower, edition {edition} says. The owls hunt, edition {edition} adds.",
    }
    return write_articles(articles, {f"{name}.txt": f"About the {name}\n\n{text}\n" for name, text in told.items()})


def start(script: str, *arguments: object) -> "subprocess.Popen[str]":
    environment = {**os.environ, "PYTHONPATH": str(FAULTS.parents[2])}
    return subprocess.Popen(
        [sys.executable, str(FAULTS / script), *map(str, arguments)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment,
    )  # fmt: skip


@contextmanager
def readers(folder: Path, articles: Path, count: int) -> Iterator[list[list[list[str] | str]]]:
    """Processes that ask an index all the while; their answers are there at the end."""
    processes = [start("reader.py", folder, articles) for _ in range(count)]
    told: list[list[list[str] | str]] = []
    for process in processes:
        assert process.stdout is not None
        told.append([json.loads(process.stdout.readline())])
    yield told
    for process, answers in zip(processes, told, strict=True):
        written, _ = process.communicate()
        answers.extend(map(json.loads, written.splitlines()))
        assert process.returncode == 0


@pytest.mark.parametrize("update", [update_index, update_shards], ids=["one index", "two shards"])
def test_readers_see_one_state_after_the_other_while_an_index_is_updated(
    update: Callable[[Path, Path], object], tmp_path: Path
) -> None:
    articles, folder = tmp_path / "news", tmp_path / "index"
    publish(articles, EDITIONS[0])
    if update is update_shards:
        update_shards(articles, folder, shards=2)
    update(articles, folder)
    with readers(folder, articles, 2) as told:
        for edition in EDITIONS[1:]:
            update(publish(articles, edition), folder)
    for answers in told:
        # A shard that was just replaced may be left out of one answer.
        seen = [answer[0] for answer in answers if answer or update is update_index]
        # Each shard is of one state, and they are updated one after the other.
        assert update is update_shards or all(len(answer) == 1 for answer in answers), answers
        assert seen == sorted(seen), "an earlier state was seen after a later one"
        assert len(set(seen)) > 1, "the readers saw no update"


def test_of_many_writers_each_is_done_or_is_told_to_wait(tmp_path: Path) -> None:
    articles, folder, fresh = publish(tmp_path / "news", "alpha"), tmp_path / "index", tmp_path / "fresh"
    writers = [start("writer.py", folder, articles, wait) for wait in (0, 0, 60, 60)]
    told = [writer.communicate()[0] for writer in writers]
    assert set(told) <= {"done", "IndexBusyError"}
    assert told[2:] == ["done", "done"]
    update_index(articles, fresh)
    with closing(Index(folder, articles)) as index, closing(Index(fresh, articles)) as expected:
        assert state(index) == state(expected)
    assert {path.name for path in folder.iterdir()} == {path.name for path in fresh.iterdir()}


def test_writers_that_follow_changes_of_the_articles_end_in_the_last_ones(tmp_path: Path) -> None:
    articles, folder = tmp_path / "news", tmp_path / "index"
    for edition in EDITIONS[:3]:
        publish(articles, edition)
        writers = [start("writer.py", folder, articles, 60) for _ in range(2)]
        assert [writer.communicate()[0] for writer in writers] == ["done", "done"]
        with closing(Index(folder, articles)) as index:
            assert versions([article.text for article in index.articles()]) == [edition]


def test_a_reader_outlives_what_a_doctor_mends(tmp_path: Path) -> None:
    articles, folder = publish(tmp_path / "news", "alpha"), tmp_path / "index"
    update_index(articles, folder)
    with closing(Index(folder, articles)) as index:
        before = state(index)
        for part in ("vectors-1.faiss", "index.db"):
            put(folder / part, b"damaged")
            mend(folder, articles)
            assert asked(index) in (asked_of(before), None)
        with closing(Index(folder, articles)) as mended:
            assert state(mended) == before


def test_a_reader_of_an_index_that_was_removed_answers_as_before_or_tells_it(tmp_path: Path) -> None:
    articles, folder = publish(tmp_path / "news", "alpha"), tmp_path / "index"
    update_index(articles, folder)
    with closing(Index(folder, articles)) as index:
        before = asked(index)
        shutil.rmtree(folder)
        assert asked(index) in (before, None)
        update_index(publish(articles, "bravo"), folder)
        assert asked(index) in (before, ["bravo"], None)


def asked(index: Index) -> list[str] | None:
    """The editions that an index knows, from all its questions; None where it tells why it cannot answer."""
    try:
        results = [index.search(question, 10) for question in QUESTIONS]
    except PullquoteError:
        return None
    return versions([article.text for result in results for article in result.articles.values()])


def asked_of(told: tuple[list[tuple[str, str, str]], object]) -> list[str]:
    return versions([text for _, text, _ in told[0]])
