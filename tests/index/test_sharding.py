import shutil
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from index.errors import IndexDamagedError, IndexMismatchError, NothingReadableError, PullquoteError
from index.fusion import FusionSettings
from index.generation import LOCK_FILE, write_lock
from index.layout import index_folders, read_layout
from index.library import Index
from index.models import DEFAULT_MODEL
from index.opening import open_index
from index.sharding import OneAfterTheOther, together, update_shards
from index.update import update_index
from tests.index.corpora import BRIDGE, FERRY, MARKET, OWLS, QUESTIONS, answers, found, write_articles

# Two of them belong to each of two shards.
ARTICLES = {"bridge-1.txt": BRIDGE, "ferry.txt": FERRY, "market.txt": MARKET, "owls-1.txt": OWLS}


@pytest.fixture
def news(exported, tmp_path):
    return write_articles(tmp_path / "news", ARTICLES)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "index"


def told(folder, news):
    with closing(open_index(folder, news)) as index:
        return answers(index)


def texts(folder, news):
    with closing(open_index(folder, news)) as index:
        return sorted(article.text for article in index.articles())


class Dies(OneAfterTheOther):
    """Workers of which the last is killed before it begins."""

    def run(self, jobs, report):
        super().run(jobs[:-1], report)
        raise KeyboardInterrupt


def test_all_articles_are_in_the_shards_each_once(news, folder):
    report = update_shards(news, folder, shards=3)
    assert (report.articles, report.added, report.encoded) == (4, 4, report.passages)
    assert texts(folder, news) == sorted(ARTICLES.values())


def test_a_second_update_costs_nothing_and_keeps_the_number(news, folder):
    update_shards(news, folder, shards=3)
    report = update_shards(news, folder)
    assert (report.unchanged, report.encoded, read_layout(folder).shards) == (4, 0, 3)


def test_changes_reach_the_shard_they_belong_to(news, folder):
    update_shards(news, folder, shards=2)
    write_articles(news, {"bridge-1.txt": BRIDGE.replace("14 weeks", "15 weeks"), "owls-1.txt": OWLS})
    report = update_shards(news, folder)
    assert (report.changed, report.removed, report.unchanged, report.articles) == (1, 2, 1, 2)


@pytest.mark.parametrize("numbers", [(1, 3), (3, 1), (2, 4), (3, 2, 3)])
def test_an_index_can_be_divided_anew(news, folder, numbers):
    for number in numbers:
        update_shards(news, folder, shards=number)
        assert len(index_folders(folder)) == number
        assert texts(folder, news) == sorted(ARTICLES.values())
    left = {path.name for path in folder.iterdir()} - {"write.lock", "shards.json"}
    expected = {path.name for path in index_folders(folder)}
    if numbers[-1] > 1:
        assert left == expected
    else:
        assert not {name for name in left if name.startswith("shard")}


def test_a_kill_while_shards_are_made_leaves_the_index_as_it_was(news, folder):
    update_index(news, folder)
    before = told(folder, news)
    with pytest.raises(KeyboardInterrupt):
        update_shards(news, folder, shards=3, workers=Dies())
    assert read_layout(folder) is None
    assert told(folder, news) == before
    report = update_shards(news, folder, shards=3)
    assert report.unchanged > 0, "the shards that were done are not made again"
    assert texts(folder, news) == sorted(ARTICLES.values())


def test_a_shard_that_was_removed_is_made_again(news, folder):
    update_shards(news, folder, shards=2)
    before = told(folder, news)
    shutil.rmtree(index_folders(folder)[1])
    update_shards(news, folder)
    assert told(folder, news) == before


def test_a_damaged_shard_is_told_and_keeps_no_other_from_being_updated(news, folder):
    update_shards(news, folder, shards=2)
    first, second = index_folders(folder)
    write_articles(news, {name: text + "\nIt is so.\n" for name, text in ARTICLES.items()})
    (first / "index.db").write_bytes(b"damage" * 1000)
    with pytest.raises(IndexDamagedError, match=r"index\.db"):
        update_shards(news, folder)
    with closing(Index(second, news)) as shard:
        assert all("It is so." in article.text for article in shard.articles())


def test_articles_that_are_gone_leave_the_index_as_it_was(news, folder):
    update_shards(news, folder, shards=2)
    write_articles(news, {})
    with pytest.raises(NothingReadableError):
        update_shards(news, folder)
    assert texts(folder, news) == sorted(ARTICLES.values())


def test_an_index_of_other_articles_is_not_written_over(news, folder, tmp_path):
    other = write_articles(tmp_path / "other", {"owls.txt": OWLS})
    update_index(news, folder)
    with pytest.raises(IndexMismatchError, match="other articles"):
        update_shards(other, folder, shards=2)
    update_shards(news, folder, shards=2)
    with pytest.raises(IndexMismatchError, match="other articles"):
        update_shards(other, folder, shards=3)


def test_progress_names_the_shard(news, folder):
    stages = []
    update_shards(news, folder, shards=2, report=lambda progress: stages.append(progress.stage))
    assert "Shard 1 of 2: reading articles" in stages
    assert "Shard 2 of 2: encoding passages" in stages


def test_the_index_may_lie_among_the_articles(news):
    folder = news / "index"
    update_shards(news, folder, shards=2)
    report = update_shards(news, folder)
    assert (report.articles, report.unchanged, report.skipped) == (4, 4, ())


def test_one_file_can_be_divided(exported, tmp_path):
    dump = tmp_path / "news.jsonl"
    dump.write_text("".join(f'{{"text": "Boat {number} came into the harbour."}}\n' for number in range(12)), "utf-8")
    report = update_shards(dump, tmp_path / "index", shards=2)
    assert (report.articles, report.added) == (12, 1)


def test_the_first_failure_is_raised():
    error = PullquoteError("It failed", "it is late", "try again")
    with pytest.raises(PullquoteError, match="it is late"):
        together([error])


def test_fusion_settings_reach_the_shards(news, folder):
    update_shards(news, folder, shards=2)
    update_index(news, folder.with_name("single"))
    settings = FusionSettings(dense=0.0)
    with (
        closing(open_index(folder, news, settings)) as divided,
        closing(Index(folder.with_name("single"), news, settings)) as single,
    ):
        assert found(divided, QUESTIONS[0])[0] == pytest.approx(found(single, QUESTIONS[0])[0])
        assert all(hit.score == 0 for hit in divided.search(QUESTIONS[0], 10).hits if hit.lexical is None)


def test_a_model_that_is_named_is_taken_though_the_weights_were_replaced(news, folder):
    update_shards(news, folder, shards=2)
    for part in index_folders(folder):
        with closing(sqlite3.connect(part / "index.db")) as database, database:
            database.execute("UPDATE meta SET value = ? WHERE key = 'digest'", ("0" * 64,))
    with pytest.raises(IndexMismatchError, match="--model"):
        update_shards(news, folder)
    assert update_shards(news, folder, model=DEFAULT_MODEL).encoded == 4
    assert update_shards(news, folder).encoded == 0


def test_a_division_that_ended_while_an_update_waited_is_kept(news, folder):
    update_index(news, folder)

    divided = folder.with_name("divided")
    update_shards(news, divided, shards=2)
    with ThreadPoolExecutor(1) as beside:
        with write_lock(folder, 1):
            waiting = beside.submit(update_shards, news, folder)
            while not waiting.running():
                threading.Event().wait(0.01)
            for part in divided.iterdir():
                if part.name != LOCK_FILE:
                    part.rename(folder / part.name)
        assert waiting.result().encoded == 0
    assert read_layout(folder).shards == 2


def test_shards_that_were_not_named_are_removed_by_the_next_update_of_one_index(news, folder):
    update_index(news, folder)
    with pytest.raises(KeyboardInterrupt):
        update_shards(news, folder, shards=3, workers=Dies())
    update_shards(news, folder)
    assert {path.name for path in folder.iterdir()} == {"index.db", "lexical-1", "vectors-1.faiss", "write.lock"}
