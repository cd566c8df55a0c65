import stat
from pathlib import Path

import pytest

from tests.index.disks import read_only
from tui.paths import config_folder, set_aside, state_folder

FOLDERS = [(state_folder, "XDG_STATE_HOME"), (config_folder, "XDG_CONFIG_HOME")]


@pytest.mark.parametrize(("folder", "variable"), FOLDERS)
def test_a_folder_lies_where_the_user_wants_it_for_the_user_alone(folder, variable, tmp_path, monkeypatch):
    monkeypatch.setenv(variable, str(tmp_path / "home" / "of mine"))
    assert folder() == folder() == tmp_path / "home" / "of mine" / "pullquote"
    assert stat.S_IMODE(folder().stat().st_mode) == 0o700


@pytest.mark.parametrize(("folder", "variable"), FOLDERS)
def test_without_a_wish_a_folder_lies_in_the_home_of_the_user(folder, variable, tmp_path, monkeypatch):
    monkeypatch.delenv(variable)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert folder().is_relative_to(tmp_path)
    assert folder().is_dir()


def test_history_and_settings_lie_apart():
    assert state_folder() != config_folder()


@pytest.mark.parametrize(("folder", "variable"), FOLDERS)
def test_a_folder_that_cannot_be_made_is_named_all_the_same(folder, variable, tmp_path, monkeypatch):
    monkeypatch.setenv(variable, str(tmp_path / "home"))
    with read_only(tmp_path):
        assert folder() == tmp_path / "home" / "pullquote"
    assert not (tmp_path / "home").exists()


def test_a_damaged_file_gets_a_name_that_is_free(tmp_path):
    file = tmp_path / "history.db"
    for number in range(3):
        file.write_text(f"damage {number}")
        set_aside(file)
    kept = {path.name: path.read_text() for path in tmp_path.iterdir()}
    assert kept == {
        "history.db.damaged": "damage 0",
        "history.db.damaged-2": "damage 1",
        "history.db.damaged-3": "damage 2",
    }


def test_what_cannot_be_renamed_stays(tmp_path):
    file = tmp_path / "history.db"
    file.write_text("damage")
    with read_only(tmp_path), pytest.raises(OSError, match="denied"):
        set_aside(file)
    assert list(tmp_path.iterdir()) == [Path(file)]
