from contextlib import suppress

import pytest

from index.durable import replacing, sync_tree, writing_into
from index.errors import IndexWriteError


def test_the_cause_is_told_in_the_words_of_the_system(tmp_path):
    with pytest.raises(IndexWriteError) as raised, writing_into(tmp_path):
        (tmp_path / "not-there" / "file").write_bytes(b"x")
    assert raised.value.why == "no such file or directory"
    assert str(tmp_path) in raised.value.fix


def test_what_a_library_raises_instead_can_be_named(tmp_path):
    with pytest.raises(IndexWriteError, match="disk gone"), writing_into(tmp_path, ValueError):
        raise ValueError("disk gone\nat line 7")


def test_an_error_without_words_is_told_by_its_name(tmp_path):
    with pytest.raises(IndexWriteError, match="ValueError"), writing_into(tmp_path, ValueError):
        raise ValueError


def test_other_exceptions_pass(tmp_path):
    with pytest.raises(ValueError, match="other"), writing_into(tmp_path):
        raise ValueError("other")


def test_syncing_changes_nothing(tmp_path):
    folder = tmp_path / "lexical-1"
    folder.mkdir()
    (folder / "meta.json").write_bytes(b"{}")
    before = (folder / "meta.json").stat().st_mtime_ns
    sync_tree(folder)
    assert (folder / "meta.json").read_bytes() == b"{}"
    assert (folder / "meta.json").stat().st_mtime_ns == before


def test_a_file_that_is_not_written_to_its_end_replaces_nothing(tmp_path):
    (tmp_path / "part").write_bytes(b"old")
    with suppress(KeyError), replacing(tmp_path / "part") as file:
        file.write(b"ne")
        raise KeyError
    assert (tmp_path / "part").read_bytes() == b"old"
    with replacing(tmp_path / "part") as file:
        file.write(b"new")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("part", b"new")]
