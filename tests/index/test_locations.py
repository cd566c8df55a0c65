from pathlib import Path

from index.locations import cache_folder, canonical, default_index_folder, is_folder, model_folder


def test_everything_lies_in_the_cache_of_the_user(cache_of_this_run):
    assert cache_folder().is_relative_to(cache_of_this_run)
    assert default_index_folder(Path("/news")).is_relative_to(cache_folder())
    assert model_folder("0123456789abcdef0123").parts[-2:] == ("models", "0123456789abcdef")


def test_a_folder_has_one_index_however_it_is_named(tmp_path, monkeypatch):
    folder = tmp_path / "news"
    folder.mkdir()
    (tmp_path / "link").symlink_to(folder)
    monkeypatch.chdir(folder)
    names = [folder, tmp_path / "link", folder / ".." / "news", Path(), Path("../link")]
    assert {canonical(name) for name in names} == {folder}
    assert len({default_index_folder(name) for name in names}) == 1


def test_what_may_not_be_looked_at_is_no_folder(tmp_path):
    assert is_folder(tmp_path)
    (tmp_path / "file").write_text("x")
    for name in ("file", "none", "x" * 5_000, "a\0b"):
        assert not is_folder(tmp_path / name)


def test_a_link_to_a_file_keeps_its_name(tmp_path):
    (tmp_path / "a.bin").write_text("x")
    (tmp_path / "a.txt").symlink_to(tmp_path / "a.bin")
    assert canonical(tmp_path / "a.txt") == tmp_path / "a.txt"
    assert canonical(tmp_path / "a.txt") != canonical(tmp_path / "a.bin")


def test_folders_of_one_name_have_different_indexes(tmp_path):
    assert default_index_folder(tmp_path / "a" / "news") != default_index_folder(tmp_path / "b" / "news")


def test_any_name_makes_a_folder_name_that_every_system_takes(tmp_path):
    for name in ("naïve news – «2021»?", "x" * 200, "\udcff", "...", "/"):
        made = default_index_folder(tmp_path / name).name
        assert made.isascii()
        assert len(made) <= 60
        assert set(made) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-")


def test_the_home_of_the_user_can_be_written_short(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    assert canonical(Path("~/news")) == tmp_path / "news"
