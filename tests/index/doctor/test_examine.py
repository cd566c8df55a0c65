import json
import shutil
import sqlite3
from contextlib import closing

import pytest

from index.database import DATABASE
from index.doctor import parts
from index.doctor.examine import examine
from index.doctor.findings import Part, State
from index.doctor.mend import mend
from index.errors import IndexDamagedError, IndexMismatchError, IndexNotFoundError
from index.generation import SHARDS_FILE
from index.layout import ORIGINS_FILE, read_layout
from index.opening import open_index
from index.sharding import update_shards
from index.update import update_index
from tests.index.corpora import BRIDGE, FERRY, MARKET, OWLS, answers, write_articles
from tests.index.damage import halve, scribble
from tests.index.doctor.damages import flip

ORIGINS = f"shard-0-of-2/{ORIGINS_FILE}"

# Two of them belong to each of two shards.
ARTICLES = {"bridge-1.txt": BRIDGE, "ferry.txt": FERRY, "market.txt": MARKET, "owls-1.txt": OWLS}


@pytest.fixture(scope="module")
def built(exported, tmp_path_factory):
    root = tmp_path_factory.mktemp("shards")
    news = write_articles(root / "news", ARTICLES)
    update_shards(news, root / "index", shards=2)
    return root


@pytest.fixture
def news(built):
    return built / "news"


@pytest.fixture
def folder(built, tmp_path):
    return shutil.copytree(built / "index", tmp_path / "index")


def not_sound(folder, news):
    return [finding for finding in examine(folder, news) if finding.state is not State.SOUND]


def told(folder, news):
    with closing(open_index(folder, news)) as index:
        return answers(index)


def other_layout(folder):
    fields = json.loads((folder / SHARDS_FILE).read_text())
    (folder / SHARDS_FILE).write_text(json.dumps({**fields, "articles": "/elsewhere"}))


SHARDS_DAMAGED = {
    "shards.json removed": (lambda folder: (folder / SHARDS_FILE).unlink(), None, Part.LAYOUT),
    "shards.json cut off": (lambda folder: halve(folder / SHARDS_FILE), None, Part.LAYOUT),
    "shards.json overwritten": (lambda folder: scribble(folder / SHARDS_FILE), None, Part.LAYOUT),
    "shards.json of other articles": (other_layout, None, Part.LAYOUT),
    "origins.db removed": (lambda folder: (folder / ORIGINS).unlink(), None, Part.ORIGINS),
    "origins.db cut off": (lambda folder: halve(folder / ORIGINS), None, Part.ORIGINS),
    "a byte of a shard": (lambda folder: flip(folder / "shard-1-of-2" / "vectors-1.faiss", 700), 1, Part.VECTORS),
    "the database of a shard removed": (lambda folder: (folder / "shard-0-of-2" / DATABASE).unlink(), 0, Part.DATABASE),
    "a shard in the place of another": (
        lambda folder: shutil.copytree(folder / "shard-0-of-2", folder / "shard-1-of-2", dirs_exist_ok=True),
        1,
        Part.DATABASE,
    ),
    "a shard removed": (lambda folder: shutil.rmtree(folder / "shard-0-of-2"), 0, Part.DATABASE),
    "all shards removed": (lambda folder: [shutil.rmtree(path) for path in folder.glob("shard-*")], 0, Part.DATABASE),
}


def test_shards_that_are_as_they_were_written_have_no_fault(folder, news):
    assert not not_sound(folder, news)


@pytest.mark.parametrize("name", SHARDS_DAMAGED)
def test_what_happens_to_shards_is_found_and_mended(folder, news, name):
    before = told(folder, news)
    harm, shard, part = SHARDS_DAMAGED[name]
    harm(folder)
    found = not_sound(folder, news)
    assert (shard, part) in {(finding.shard, finding.part) for finding in found}
    mend(folder, news)
    assert not not_sound(folder, news)
    assert told(folder, news) == before
    layout = read_layout(folder)
    assert layout is not None
    assert layout.shards == 2


def test_shards_that_changed_since_they_were_compared_are_outdated(folder, news, tmp_path):
    shards = folder / "shard-1-of-2"
    changed = write_articles(tmp_path / "news", {**ARTICLES, "market.txt": MARKET + "It rained.\n"})
    other = tmp_path / "other"
    update_shards(changed, other, shards=2)
    shutil.copy(other / ORIGINS, tmp_path / "kept.db")
    write_articles(changed, ARTICLES)
    update_shards(changed, other)
    shutil.copy(tmp_path / "kept.db", other / ORIGINS)
    (finding,) = not_sound(other, changed)
    assert (finding.part, finding.state) == (Part.ORIGINS, State.OUTDATED)
    assert shards.is_dir()


def test_what_killed_updates_left_behind_is_outdated_until_it_is_removed(exported, news, tmp_path):
    folder = tmp_path / "index"
    update_index(news, folder)
    (folder / "vectors-7.faiss.tmp").write_bytes(b"half")
    (folder / "lexical-6").mkdir()
    (finding,) = not_sound(folder, news)
    assert (finding.part, finding.state, finding.detail) == (
        Part.LEFTOVERS,
        State.OUTDATED,
        "lexical-6, vectors-7.faiss.tmp",
    )
    mend(folder, news)
    assert not not_sound(folder, news)


@pytest.mark.parametrize("place", ["nowhere", "."])
def test_where_nothing_was_indexed_there_is_nothing_to_examine(news, tmp_path, place):
    with pytest.raises(IndexNotFoundError):
        examine(tmp_path / place, news)


def test_a_database_of_something_else_is_neither_examined_nor_taken_for_an_index(exported, news, tmp_path):
    folder = tmp_path / "photos"
    folder.mkdir()
    with closing(sqlite3.connect(folder / DATABASE)) as connection:
        connection.execute("CREATE TABLE photos (name TEXT)")
    before = (folder / DATABASE).read_bytes()
    for use in (examine, lambda index, articles: update_index(articles, index)):
        with pytest.raises(IndexMismatchError, match="was not made by pullquote"):
            use(folder, news)
    assert (folder / DATABASE).read_bytes() == before
    (folder / DATABASE).write_bytes(b"a database of another kind")
    for use in (examine, mend):
        with pytest.raises(IndexDamagedError, match=r"move .* away"):
            use(folder, news)
    assert (folder / DATABASE).read_bytes() == b"a database of another kind"


def test_shards_are_not_named_as_those_of_other_articles(folder, news, tmp_path):
    (folder / SHARDS_FILE).write_bytes(b"")
    other = write_articles(tmp_path / "other", {"owls.txt": OWLS})
    with pytest.raises(IndexMismatchError, match="of other articles"):
        mend(folder, other)
    mend(folder, news)
    assert not not_sound(folder, news)


def test_an_update_that_ends_while_an_index_is_examined_is_no_damage(exported, news, tmp_path, monkeypatch):
    folder, changed = tmp_path / "index", write_articles(tmp_path / "news", ARTICLES)
    update_index(changed, folder)

    def model_findings(meta):
        if meta["generation"] == "1":
            update_index(write_articles(changed, {**ARTICLES, "market.txt": MARKET + "It rained.\n"}), folder)
        return parts.model_findings(meta)

    monkeypatch.setattr("index.doctor.examine.model_findings", model_findings)
    assert not not_sound(folder, changed)


def test_what_lies_beside_the_files_of_an_index_is_no_fault(exported, news, tmp_path):
    update_index(news, tmp_path / "index")
    (tmp_path / "index" / "lexical-1" / ".DS_Store").write_bytes(b"of another system")
    assert not not_sound(tmp_path / "index", news)
