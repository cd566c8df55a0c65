import os
from collections.abc import Callable
from pathlib import Path

import pytest

from index.discover import SourceFile, discover, read_file, size_limit
from index.errors import CorpusError, CorpusNotFoundError


def write(path: Path, content: str = "It rained.") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


def names(root: Path) -> list[str]:
    return [file.relative for file in discover(root)[0]]


def reasons(root: Path) -> dict[str, str]:
    return {skip.path: skip.reason for skip in discover(root)[1]}


def test_every_known_kind_of_file_is_found_in_sub_folders_in_the_order_of_names(tmp_path: Path) -> None:
    known = ["a.txt", "b.TEXT", "c.md", "d.Markdown", "e/f.html", "e/g.htm", "e/h/i.json", "e/h/j.jsonl", "k.ndjson"]
    for name in reversed(known):
        write(tmp_path / name)
    assert names(tmp_path) == known
    assert reasons(tmp_path) == {}


def test_other_kinds_of_files_and_hidden_ones_are_left_out_silently(tmp_path: Path) -> None:
    for name in ("photo.jpg", "README", "txt", ".hidden.txt", ".git/a.txt", "b/.c/d.txt", "e.txt~"):
        write(tmp_path / name)
    assert discover(tmp_path) == ([], [])


def test_a_file_tells_its_absolute_path_and_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "news" / "rain.txt")
    monkeypatch.chdir(tmp_path)
    (file,), _ = discover(Path("news"))
    assert (file.path, file.relative, file.size) == (path.resolve(), "rain.txt", 10)


def test_the_signature_changes_with_the_file_and_only_then(tmp_path: Path) -> None:
    path = write(tmp_path / "rain.txt")
    before = discover(tmp_path)[0][0].signature
    assert discover(tmp_path)[0][0].signature == before
    write(path, "It snowed.")
    os.utime(path, ns=(0, 1))
    assert discover(tmp_path)[0][0].signature != before


def test_one_file_can_be_the_corpus(tmp_path: Path) -> None:
    path = write(tmp_path / ".dump.jsonl")
    (file,), skipped = discover(path)
    assert (file.path, file.relative, skipped) == (path.resolve(), ".dump.jsonl", [])


def test_one_file_of_another_kind_is_named(tmp_path: Path) -> None:
    path = write(tmp_path / "photo.jpg")
    assert discover(path)[0] == []
    assert "not a kind of file that is read" in reasons(path)["photo.jpg"]


def test_empty_files_are_named(tmp_path: Path) -> None:
    write(tmp_path / "a" / "empty.txt", "")
    assert reasons(tmp_path) == {"a/empty.txt": "empty"}


@pytest.mark.parametrize(("name", "limit"), [("a.txt", "8 MiB"), ("a.html", "8 MiB"), ("a.JSONL", "64 MiB")])
def test_files_over_the_limit_are_named_with_size_and_limit(tmp_path: Path, name: str, limit: str) -> None:
    path = write(tmp_path / name)
    os.truncate(path, size_limit(path))
    assert names(tmp_path) == [name]
    os.truncate(path, size_limit(path) + 1024 * 1024)
    assert names(tmp_path) == []
    assert f"the limit is {limit}" in reasons(tmp_path)[name]


def test_a_corpus_that_is_not_there_is_an_error_that_says_so(tmp_path: Path) -> None:
    with pytest.raises(CorpusNotFoundError) as error:
        discover(tmp_path / "nowhere")
    assert str(tmp_path / "nowhere") in error.value.what
    assert error.value.why
    assert error.value.fix


def test_a_name_that_no_system_allows_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CorpusNotFoundError):
        discover(tmp_path / "a\0b")
    with pytest.raises(CorpusNotFoundError):
        discover(tmp_path / ("a" * 5000))


def test_links_in_a_circle_end(tmp_path: Path) -> None:
    write(tmp_path / "a" / "rain.txt")
    (tmp_path / "a" / "up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    assert names(tmp_path) == ["a/rain.txt"]
    assert list(reasons(tmp_path)) == ["self.txt"]


def test_links_out_of_the_folder_are_named_and_not_followed(tmp_path: Path) -> None:
    outside = write(tmp_path / "outside" / "secret.txt")
    root = tmp_path / "news"
    write(root / "rain.txt")
    (root / "secret.txt").symlink_to(outside)
    (root / "more").symlink_to(outside.parent, target_is_directory=True)
    assert names(root) == ["rain.txt"]
    assert reasons(root) == dict.fromkeys(["more", "secret.txt"], "a link that leads out of the folder")


def test_a_file_with_links_to_it_is_read_once(tmp_path: Path) -> None:
    write(tmp_path / "rain.txt")
    (tmp_path / "again.txt").symlink_to("rain.txt")
    assert names(tmp_path) == ["rain.txt"]


def test_a_file_that_can_only_be_reached_by_links_is_read_under_the_first(tmp_path: Path) -> None:
    write(tmp_path / ".store" / "0f3a")
    (tmp_path / "b.txt").symlink_to(".store/0f3a")
    (tmp_path / "a.txt").symlink_to(".store/0f3a")
    assert names(tmp_path) == ["a.txt"]


def test_a_link_to_nothing_is_named(tmp_path: Path) -> None:
    (tmp_path / "gone.txt").symlink_to("nothing.txt")
    assert "no such file" in reasons(tmp_path)["gone.txt"]


def test_the_folder_itself_may_be_a_link(tmp_path: Path) -> None:
    path = write(tmp_path / "real" / "rain.txt")
    (tmp_path / "link").symlink_to("real", target_is_directory=True)
    assert [file.path for file in discover(tmp_path / "link")[0]] == [path.resolve()]


def test_a_pipe_with_a_text_files_name_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert reasons(tmp_path) == {"pipe.txt": "not a regular file"}


def test_a_name_that_is_not_valid_text_is_named_in_a_printable_way(tmp_path: Path) -> None:
    write(tmp_path / "rain.txt")
    write(tmp_path / os.fsdecode(b"caf\xe9.txt"))
    write(tmp_path / os.fsdecode(b"d\xff") / "a.txt")
    assert names(tmp_path) == ["rain.txt"]
    assert reasons(tmp_path) == dict.fromkeys(["caf\\xe9.txt", "d\\xff"], "its name is not valid text")


def test_a_corpus_whose_name_is_not_valid_text_is_an_error(tmp_path: Path) -> None:
    root = tmp_path / os.fsdecode(b"caf\xe9")
    write(root / "rain.txt")
    with pytest.raises(CorpusError) as error:
        discover(root)
    assert "caf\\xe9" in str(error.value)


def test_names_in_any_script_are_kept(tmp_path: Path) -> None:
    write(tmp_path / "дождь" / "雨 café.txt")
    assert names(tmp_path) == ["дождь/雨 café.txt"]


def test_a_folder_that_the_system_cannot_list_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    write(tmp_path / "rain.txt")
    # A chain of folders with a longer path than the system can open.
    folder = os.open(tmp_path, os.O_RDONLY)
    for _ in range(20):
        os.mkdir("d" * 250, dir_fd=folder)
        inner = os.open("d" * 250, os.O_RDONLY, dir_fd=folder)
        os.close(folder)
        folder = inner
    os.close(folder)
    assert names(tmp_path) == ["rain.txt"]
    (reason,) = reasons(tmp_path).values()
    assert reason == "cannot be read: file name too long"


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_folder_without_permission_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    write(tmp_path / "rain.txt")
    write(tmp_path / "closed" / "secret.txt")
    (tmp_path / "closed").chmod(0)
    try:
        assert names(tmp_path) == ["rain.txt"]
        assert reasons(tmp_path) == {"closed": "cannot be read: permission denied"}
        with pytest.raises(CorpusError):
            discover(tmp_path / "closed")
    finally:
        (tmp_path / "closed").chmod(0o700)


def test_a_file_that_is_gone_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_file(SourceFile(tmp_path / "gone.txt", "gone.txt", 1, ""))


def replaced_by_a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def replaced_by_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def replaced_by_a_device(path: Path) -> None:
    path.unlink()
    path.symlink_to("/dev/zero")


def replaced_by_a_link_out_of_the_folder(path: Path) -> None:
    secret = write(path.parent.parent / "secret.txt")
    path.unlink()
    path.symlink_to(secret)


def moved_with_its_folder(path: Path) -> None:
    write(path.parent.parent / "private" / path.name)
    path.parent.rename(path.parent.parent / "before")
    path.parent.symlink_to(path.parent.parent / "private")


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "replaced",
    [
        replaced_by_a_pipe,
        replaced_by_a_folder,
        replaced_by_a_device,
        replaced_by_a_link_out_of_the_folder,
        moved_with_its_folder,
    ],
)
def test_what_takes_the_place_of_a_file_before_it_is_read_is_not_read(
    tmp_path: Path, replaced: Callable[[Path], None]
) -> None:
    write(tmp_path / "news" / "rain.txt")
    (file,), _ = discover(tmp_path / "news")
    replaced(file.path)
    with pytest.raises(OSError):
        read_file(file)


def test_a_file_that_grows_before_it_is_read_is_read_no_further_than_the_limit(tmp_path: Path) -> None:
    write(tmp_path / "rain.txt")
    (file,), _ = discover(tmp_path)
    with file.path.open("r+b") as stream:
        stream.truncate(10 * size_limit(file.path))
    assert len(read_file(file)) == size_limit(file.path) + 1
