import json

import pytest

from index.errors import IndexDamagedError, IndexMismatchError
from index.generation import SHARDS_FILE, is_part_of_index
from index.layout import (
    Layout,
    index_folders,
    made_with,
    read_layout,
    remove_layout,
    remove_leftovers,
    shard_folder,
    write_layout,
)

LAYOUT = Layout(3, "/news", "all-MiniLM-L6-v2")


def test_a_layout_is_read_as_it_was_written(tmp_path):
    write_layout(tmp_path, LAYOUT)
    assert read_layout(tmp_path) == LAYOUT
    assert [path.name for path in index_folders(tmp_path)] == ["shard-0-of-3", "shard-1-of-3", "shard-2-of-3"]
    assert made_with(tmp_path) == {"articles": "/news", "model": "all-MiniLM-L6-v2"}


def test_an_index_without_shards_has_no_layout(tmp_path):
    assert read_layout(tmp_path) is None
    assert index_folders(tmp_path) == [tmp_path]
    assert made_with(tmp_path) == {}
    remove_layout(tmp_path)


def test_nothing_is_left_beside_a_layout(tmp_path):
    write_layout(tmp_path, LAYOUT)
    write_layout(tmp_path, Layout(2, "/news", "all-MiniLM-L6-v2"))
    assert [path.name for path in tmp_path.iterdir()] == [SHARDS_FILE]


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"format": 1, "shards": "many"}', "null"])
def test_a_damaged_layout_is_told(tmp_path, text):
    (tmp_path / SHARDS_FILE).write_text(text, "utf-8")
    with pytest.raises(IndexDamagedError, match=r"shards\.json is damaged"):
        read_layout(tmp_path)


def test_a_layout_of_another_format_is_refused(tmp_path):
    write_layout(tmp_path, LAYOUT)
    fields = json.loads((tmp_path / SHARDS_FILE).read_text("utf-8"))
    (tmp_path / SHARDS_FILE).write_text(json.dumps({**fields, "format": 99}), "utf-8")
    with pytest.raises(IndexMismatchError, match="99"):
        read_layout(tmp_path)


def test_what_another_number_of_shards_left_is_removed_and_nothing_else(tmp_path):
    for folder in (shard_folder(tmp_path, 0, 2), shard_folder(tmp_path, 0, 3), tmp_path / "lexical-4"):
        folder.mkdir()
        (folder / "index.db").touch()
    # A shard that was begun when its update was killed, and one that not even that came to.
    (tmp_path / "shard-1-of-2").mkdir()
    (tmp_path / "shard-1-of-2" / "write.lock").touch()
    (tmp_path / "shard-2-of-4").mkdir()
    # And one that was removed in part.
    (tmp_path / "shard-3-of-4" / "lexical-1").mkdir(parents=True)
    for name in ("index.db", "index.db-wal", "vectors-4.faiss", "write.lock", "notes.txt"):
        (tmp_path / name).touch()
    remove_leftovers(tmp_path, 3)
    assert {path.name for path in tmp_path.iterdir()} == {"shard-0-of-3", "write.lock", "notes.txt"}
    remove_leftovers(tmp_path, 1)
    assert {path.name for path in tmp_path.iterdir()} == {"write.lock", "notes.txt"}


def test_a_folder_of_the_user_that_is_named_like_a_shard_is_left_alone_and_read(tmp_path):
    mine = tmp_path / "shard-0-of-2" / "rain.txt"
    mine.parent.mkdir()
    mine.write_text("Rain fell on Monday.")
    (tmp_path / "index.db-notes.txt").touch()
    remove_leftovers(tmp_path, 3)
    remove_leftovers(tmp_path, 1)
    assert mine.exists()
    assert (tmp_path / "index.db-notes.txt").exists()
    assert not is_part_of_index(tmp_path, mine)


def test_what_shards_are_made_of_is_never_an_article(tmp_path):
    parts = (
        tmp_path / SHARDS_FILE,
        tmp_path / "shard-0-of-2" / "lexical-1" / "meta.json",
        tmp_path / "lexical-3" / "meta.json",
    )
    for folder in (tmp_path, shard_folder(tmp_path, 1, 2)):
        assert all(is_part_of_index(folder, part) for part in parts)
        assert not is_part_of_index(folder, tmp_path / "news" / "meta.json")
        assert not is_part_of_index(folder, tmp_path / "rain.json")
