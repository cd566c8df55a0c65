import subprocess
import sys
from pathlib import Path

import pytest

from index.errors import IndexBusyError, IndexWriteError
from index.generation import LOCK_FILE, is_part_of_index, lexical_folder, remove_all_but, vectors_file, write_lock


def test_only_what_belongs_to_other_generations_is_removed(tmp_path):
    for name in ("vectors-3.faiss", "vectors-4.faiss", "vectors-5.faiss.tmp", "vectors-old.csv", "index.db", LOCK_FILE):
        (tmp_path / name).touch()
    for name in ("lexical-3", "lexical-4", "lexical-5", "lexical-notes"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "meta.json").touch()
    remove_all_but(tmp_path, 4)
    assert {path.name for path in tmp_path.iterdir()} == {
        "vectors-4.faiss",
        "lexical-4",
        "vectors-old.csv",
        "lexical-notes",
        "index.db",
        LOCK_FILE,
    }
    assert vectors_file(tmp_path, 4).is_file()
    assert (lexical_folder(tmp_path, 4) / "meta.json").is_file()


def test_files_of_a_generation_are_part_of_the_index(tmp_path):
    assert is_part_of_index(tmp_path, lexical_folder(tmp_path, 12) / "meta.json")
    assert not is_part_of_index(tmp_path, tmp_path / "lexical-notes" / "meta.json")
    assert not is_part_of_index(tmp_path, tmp_path / "deeper" / "lexical-1" / "meta.json")


def enter_lock(folder: Path) -> None:
    with write_lock(folder, 0):
        pass


def test_one_writer_at_a_time(tmp_path):
    with write_lock(tmp_path, 0), pytest.raises(IndexBusyError, match="another pullquote process"):
        enter_lock(tmp_path)
    with write_lock(tmp_path, 0):
        assert (tmp_path / LOCK_FILE).exists()


def test_the_lock_of_a_process_that_died_is_free(tmp_path):
    script = """
import os, sys
from pathlib import Path
from index.generation import write_lock
with write_lock(Path(sys.argv[1]), 0):
    os.kill(os.getpid(), 9)
"""
    assert subprocess.run([sys.executable, "-c", script, tmp_path], check=False).returncode == -9
    with write_lock(tmp_path, 0):
        assert (tmp_path / LOCK_FILE).exists()


def test_a_folder_that_takes_no_lock_is_told(tmp_path):
    (tmp_path / LOCK_FILE).mkdir()
    with pytest.raises(IndexWriteError):
        enter_lock(tmp_path)
