import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from index import checksums
from index.database import DATABASE
from index.errors import IndexStateError, IndexWriteError
from index.store import Store
from tests.index.disks import read_only

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the right to write a folder is that of POSIX")


@pytest.fixture
def folder() -> Iterator[Path]:
    """An index directory that another user may reach, with one setting in its database."""
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(os.path.realpath(temporary))
        root.chmod(0o755)
        (root / "index").mkdir()
        write(root / "index", "old")
        yield root / "index"


def write(folder: Path, value: str) -> None:
    with closing(Store.create(folder, Path("/news"))) as store, store.writing():
        store.make_tables()
        store.set_meta({"format": value})


def test_a_database_in_a_read_only_folder_can_be_read(folder: Path) -> None:
    with read_only(folder), closing(Store(folder, Path("/news"))) as store, store.reading():
        assert store.meta() == {"format": "old"}
    assert [path.name for path in folder.iterdir()] == [DATABASE]


def test_a_reader_of_a_read_only_folder_sees_what_its_owner_writes(folder: Path) -> None:
    with read_only(folder):
        store = Store(folder, Path("/news"))
        with store.reading():
            assert store.meta() == {"format": "old"}
    write(folder, "new")
    with read_only(folder), closing(store), store.reading():
        assert store.meta() == {"format": "new"}


def test_a_reader_of_a_read_only_folder_sees_what_a_writer_has_not_yet_moved_out_of_its_log(folder: Path) -> None:
    with closing(Store.create(folder, Path("/news"))) as owner:
        with owner.writing():
            owner.set_meta({"format": "new"})
        assert (folder / f"{DATABASE}-wal").stat().st_size
        with read_only(folder), closing(Store(folder, Path("/news"))) as store, store.reading():
            assert store.meta() == {"format": "new"}


def test_a_log_that_cannot_be_read_is_not_passed_over(folder: Path) -> None:
    with closing(Store.create(folder, Path("/news"))) as owner:
        with owner.writing():
            owner.set_meta({"format": "new"})
        for path in folder.iterdir():
            path.chmod(0o600 if path.name != DATABASE else 0o644)
        if os.geteuid() != 0:
            pytest.skip("only root can become a user who may not read the log")
        with read_only(folder), pytest.raises(IndexStateError):
            Store(folder, Path("/news"))


def test_a_read_only_database_cannot_be_written(folder: Path) -> None:
    with read_only(folder):
        with pytest.raises(IndexWriteError):
            Store.create(folder, Path("/news")).close()
        with closing(Store(folder, Path("/news"))) as store, pytest.raises(IndexWriteError), store.writing():
            store.set_meta({"format": "new"})


def test_a_database_that_can_be_written_is_shared_with_writers(folder: Path) -> None:
    with closing(Store(folder, Path("/news"))) as store:
        with store.reading():
            assert store.meta() == {"format": "old"}
            with closing(sqlite3.connect(folder / DATABASE)) as other:
                other.execute("UPDATE meta SET value = 'new'")
                other.commit()
            assert store.meta() == {"format": "old"}
        with store.reading():
            assert store.meta() == {"format": "new"}


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, MemoryError])
def test_what_ends_a_trigger_is_told_as_what_it_is(folder, monkeypatch, interruption):
    def ended(row):
        raise interruption

    with closing(Store.create(folder, Path("/news"))) as store:
        with store.writing():
            store.make_tables()
        monkeypatch.setattr(checksums, "_row_hash", ended)
        with pytest.raises(interruption), store.writing():
            store.set_meta({"articles": "/news"})
        monkeypatch.undo()
        with store.writing():
            store.set_meta({"articles": "/news"})
        with store.reading():
            assert not store.faults()
