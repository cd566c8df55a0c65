import json
import os
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.index.disks import files_limited_to, read_only
from tui.settings import Settings, load_settings, save_settings

NORD = Settings("nord", {"copy": "ctrl+k,f5"})

any_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda values: st.lists(values) | st.dictionaries(st.text() | st.sampled_from(["theme", "keymap"]), values),
    max_leaves=5,
)
any_settings = st.builds(Settings, theme=st.text(), keymap=st.dictionaries(st.text(), st.text(), max_size=3))


@pytest.fixture(scope="session")
def file_of_examples(tmp_path_factory):
    return tmp_path_factory.mktemp("settings") / "settings.json"


def test_without_a_file_nothing_was_chosen(tmp_path):
    assert load_settings(tmp_path / "none" / "settings.json") == (Settings(), ())


def test_what_is_saved_is_what_the_next_chat_begins_with(tmp_path):
    file = tmp_path / "new" / "settings.json"
    save_settings(file, NORD)
    assert load_settings(file) == (NORD, ())
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in file.parent.iterdir()] == ["settings.json"]


@given(before=any_json, settings=any_settings)
def test_whatever_the_file_holds_settings_are_saved_and_unknown_ones_stay(file_of_examples, before, settings):
    file_of_examples.write_text(json.dumps(before), "utf-8")
    save_settings(file_of_examples, settings)
    loaded, _ = load_settings(file_of_examples)
    assert (loaded.theme, dict(loaded.keymap)) == (settings.theme, dict(settings.keymap))
    if isinstance(before, dict):
        after = json.loads(file_of_examples.read_text("utf-8"))
        for name in before.keys() - {"theme", "keymap"}:
            assert repr(after[name]) == repr(before[name])


@given(st.binary(max_size=50) | any_json.map(lambda value: json.dumps(value).encode()))
def test_no_file_keeps_the_chat_from_opening(file_of_examples, data):
    file_of_examples.write_bytes(data)
    settings, _ = load_settings(file_of_examples)
    assert isinstance(settings.theme, str)
    assert all(isinstance(text, str) for pair in settings.keymap.items() for text in pair)


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", b"null", b"\xff\xfe\xfa", b"[" * 100_000, b"9" * 5_000, b'{"theme": "nord"} x']
)
def test_a_file_that_is_no_json_object_is_ignored_with_a_note_and_set_aside_when_saving(tmp_path, data):
    file = tmp_path / "settings.json"
    file.write_bytes(data)
    settings, [note] = load_settings(file)
    assert settings == Settings()
    assert str(file) in note
    assert "not a JSON object" in note
    save_settings(file, NORD)
    assert load_settings(file) == (NORD, ())
    assert (tmp_path / "settings.json.damaged").read_bytes() == data


@pytest.mark.parametrize(
    ("document", "kept", "word"),
    [
        ({"theme": 5, "keymap": {"copy": "f5"}}, Settings("", {"copy": "f5"}), "theme"),
        ({"theme": "nord", "keymap": ["f5"]}, Settings("nord"), "keymap"),
        ({"theme": "nord", "keymap": {"copy": "f5", "help": 1}}, Settings("nord", {"copy": "f5"}), "“help”"),
    ],
)
def test_what_is_of_a_wrong_type_is_ignored_with_a_note_and_the_rest_counts(tmp_path, document, kept, word):
    file = tmp_path / "settings.json"
    file.write_text(json.dumps(document), "utf-8")
    settings, [note] = load_settings(file)
    assert settings == kept
    assert word in note


def test_what_the_user_mistyped_stays_in_the_file_until_it_is_chosen_anew(tmp_path):
    file = tmp_path / "settings.json"
    file.write_text('{"theme": 5, "keymap": {"copy": "f5", "help": 1}}', "utf-8")
    kept, _ = load_settings(file)
    save_settings(file, Settings("nord", kept.keymap))
    assert json.loads(file.read_text("utf-8")) == {"theme": "nord", "keymap": {"copy": "f5", "help": 1}}


def test_a_file_from_an_editor_that_marks_its_encoding_is_read(tmp_path):
    file = tmp_path / "settings.json"
    file.write_text('{"theme": "nord"}', "utf-8-sig")
    assert load_settings(file) == (Settings("nord"), ())


def test_a_file_that_may_not_be_read_is_noted(tmp_path):
    file = tmp_path / "settings.json"
    file.mkdir()
    settings, [note] = load_settings(file)
    assert settings == Settings()
    assert "is a directory" in note


def test_a_link_to_settings_kept_elsewhere_stays_a_link(tmp_path):
    (tmp_path / "dotfiles").mkdir()
    real, link = tmp_path / "dotfiles" / "chat.json", tmp_path / "settings.json"
    real.write_text("{}", "utf-8")
    link.symlink_to(real)
    save_settings(link, NORD)
    assert link.is_symlink()
    assert load_settings(real) == (NORD, ())


def test_on_a_full_disk_the_settings_stay_as_they_were(tmp_path):
    file = tmp_path / "settings.json"
    save_settings(file, NORD)
    with files_limited_to(10), pytest.raises(OSError, match="large"):
        save_settings(file, Settings("a theme of a name that is longer than the disk"))
    assert load_settings(file) == (NORD, ())
    assert list(tmp_path.iterdir()) == [file]


def test_in_a_folder_that_cannot_be_written_the_settings_stay_as_they_were(tmp_path):
    file = tmp_path / "settings.json"
    save_settings(file, NORD)
    file.chmod(0o644)
    with read_only(tmp_path), pytest.raises(OSError, match="denied"):
        save_settings(file, Settings("gruvbox"))
    assert load_settings(file) == (NORD, ())


def test_settings_are_on_the_disk_before_they_take_the_place_of_the_old_ones(tmp_path, monkeypatch):
    file = tmp_path / "settings.json"
    save_settings(file, NORD)
    at_sync = []
    sync = os.fsync
    monkeypatch.setattr(os, "fsync", lambda number: (at_sync.append(load_settings(file)[0]), sync(number)))
    save_settings(file, Settings("gruvbox", NORD.keymap))
    # The new file is synced while the old one still stands, and the folder when the new one does.
    assert [settings.theme for settings in at_sync] == ["nord", "gruvbox"]
