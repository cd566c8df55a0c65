import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from index.doctor.findings import State
from index.errors import (
    CorpusNotFoundError,
    IndexBusyError,
    IndexMismatchError,
    IndexNotFoundError,
    IndexWriteError,
    UsageError,
)
from index.generation import write_lock
from index.locations import default_index_folder, model_folder
from index.models import DEFAULT_DIGEST
from qa.chat import Chat, ask
from qa.corpus import SAMPLE_NOTE, SAMPLES, base_of, locate, open_corpus, opened_index
from qa.inspection import describe, examined, find_article
from tests.index.disks import read_only


def test_the_samples_stand_in_for_articles_that_are_not_named() -> None:
    assert locate(None, None) == (SAMPLES, default_index_folder(SAMPLES))


def test_paths_are_absolute_and_each_folder_has_an_index_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert locate("a", "i") == (tmp_path / "a", tmp_path / "i")
    assert locate("a", None)[1] != locate("b", None)[1]
    monkeypatch.setenv("HOME", str(tmp_path))
    assert locate("~/a", "~/i") == (tmp_path / "a", tmp_path / "i")


def test_a_folder_is_known_by_one_path_however_it_is_named(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "link").symlink_to(corpus)
    monkeypatch.chdir(corpus)
    for name in (".", "../articles", tmp_path / "link", "../link/../articles"):
        assert locate(name, name) == (corpus, corpus)
    assert locate("../articles/ferry.txt", None)[0] == corpus / "ferry.txt"


def test_an_empty_path_is_not_the_working_directory(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(corpus)
    for articles, index in (("", None), (None, "")):
        with pytest.raises(UsageError, match="A path is empty"):
            ask("Who opened the market?", articles, index=index)
    assert not list(corpus.glob("index.db"))


@pytest.mark.parametrize("name", ["~no such user/x", "a\0b/x"])
def test_a_path_that_leads_nowhere_is_told(name: str) -> None:
    with pytest.raises(CorpusNotFoundError, match="cannot be found"):
        ask("Who opened the market?", name)
    with pytest.raises(IndexNotFoundError, match="cannot be found"):
        ask("Who opened the market?", index=name)


@pytest.mark.skipif(sys.platform == "win32", reason="the working directory cannot be deleted")
def test_a_working_directory_that_was_deleted_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    with pytest.raises(CorpusNotFoundError, match="no such file or directory"):
        locate("x", None)


def test_paths_of_articles_are_relative_to_the_folder_or_to_where_the_file_lies(corpus: Path, tmp_path: Path) -> None:
    file = tmp_path / "single" / "ferry.txt"
    file.parent.mkdir()
    shutil.copy(corpus / "ferry.txt", file)
    for source, base in ((corpus, corpus), (file, file.parent)):
        folder = tmp_path / f"index of {source.name}"
        open_corpus(source, folder).index.close()
        assert base_of(source, folder) == base
        # The index still tells when the articles are gone.
        source.rename(tmp_path / "elsewhere")
        assert base_of(source, folder) == base
        with closing(opened_index(source, folder)) as opened:
            assert f"{base / 'ferry.txt'}" in {article.path for article in opened.articles()}
        (tmp_path / "elsewhere").rename(source)


def test_the_samples_say_that_they_are_samples(samples: Chat) -> None:
    info = samples.open()
    assert info.is_sample
    assert info.notes == (SAMPLE_NOTE,)
    assert info.path == str(SAMPLES)
    files = [path for path in SAMPLES.iterdir() if path.suffix in {".txt", ".md", ".html"}]
    records = (SAMPLES / "two-dispatches.jsonl").read_text("utf-8").splitlines()
    assert info.articles == len(files) + len(records)
    assert info.passages > info.articles
    assert info.skipped == ()


def test_what_could_not_be_read_is_told_when_articles_are_opened(town: Chat) -> None:
    assert {item.path for item in town.open().skipped} == {"picture.txt", "nothing.txt"}
    assert town.open().articles == 5


def test_while_another_process_writes_the_state_before_is_opened(corpus: Path, tmp_path: Path) -> None:
    open_corpus(corpus, tmp_path / "index").index.close()
    (corpus / "owls.txt").write_text("Owls\n\nTwo owls nest in the tower.\n", "utf-8")
    with write_lock(tmp_path / "index", 1):
        opened = open_corpus(corpus, tmp_path / "index", wait=0.0)
    assert opened.info.articles == 3
    assert opened.info.notes == ("Another process is updating this index; answers come from its state before.",)
    opened.index.close()


def test_while_another_process_builds_an_index_for_the_first_time_there_is_nothing_to_open(
    corpus: Path, tmp_path: Path
) -> None:
    (tmp_path / "index").mkdir()
    with write_lock(tmp_path / "index", 1), pytest.raises(IndexBusyError):
        open_corpus(corpus, tmp_path / "index", wait=0.0)


@pytest.fixture
def for_all_users(exported: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that every user may read, with articles, and with a cache that holds the exported model."""
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(os.path.realpath(temporary))
        monkeypatch.setenv("XDG_CACHE_HOME", str(root / "cache"))
        shutil.copytree(exported, model_folder(DEFAULT_DIGEST))
        shutil.copytree(corpus, root / "news")
        for path in (root, *root.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)
        yield root


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can become another user")
def test_another_user_who_may_only_read_an_index_can_ask_and_inspect_it(for_all_users: Path) -> None:
    news, folder = for_all_users / "news", for_all_users / "index"
    # Asked once before, so that all is imported: the other user may not be allowed to read the libraries.
    with closing(Chat(news, folder)) as first:
        first.ask("How many weeks will the repairs of the bridge take?")
        assert find_article("ferry.txt", news, folder)
    (news / "owls.txt").write_text("Owls\n\nTwo owls nest in the tower.\n", "utf-8")
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    with read_only(folder):
        chat = Chat(news, folder)
        assert chat.open().articles == 3
        assert chat.open().notes == (
            "The index could not be brought up to date (permission denied); answers come from its last state.",
        )
        assert "14 weeks" in chat.ask("How many weeks will the repairs of the bridge take?").text
        assert describe(news, folder)["articles indexed"] == 3
        assert State.FAULT not in {finding.state for finding in examined(news, folder)}
        assert find_article("ferry.txt", news, folder).path == str(news / "ferry.txt")
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before
    with closing(open_corpus(news, folder).index) as opened:
        assert opened.counts()[0] == 4
    with read_only(folder):
        # What was open follows the update of the owner.
        assert "tower" in chat.ask("Where do the two owls nest?").text
        chat.close()


def test_an_index_that_is_not_there_and_cannot_be_made_is_told(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    with pytest.raises(IndexWriteError):
        open_corpus(corpus, tmp_path / "file" / "index")


def test_opening_an_index_as_it_is_builds_none(corpus: Path, tmp_path: Path) -> None:
    with pytest.raises(IndexNotFoundError):
        opened_index(corpus, tmp_path / "index")
    assert not (tmp_path / "index").exists()


def test_an_index_is_not_shown_for_other_articles(corpus: Path, tmp_path: Path) -> None:
    open_corpus(corpus, tmp_path / "index").index.close()
    with pytest.raises(IndexMismatchError, match=str(corpus)):
        opened_index(None, tmp_path / "index")
    with closing(opened_index(corpus, tmp_path / "index")) as opened:
        assert opened.counts()[0] == 3


def test_what_is_not_indexed_yet_says_how_to_index_it(corpus: Path, tmp_path: Path) -> None:
    with pytest.raises(IndexNotFoundError) as raised:
        describe(corpus, tmp_path / "nothing")
    assert raised.value.fix == f"run: pullquote index {corpus}"
