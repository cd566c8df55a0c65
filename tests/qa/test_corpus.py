from contextlib import closing
from pathlib import Path

import pytest

from index.errors import IndexBusyError, IndexMismatchError, IndexNotFoundError
from index.generation import write_lock
from index.locations import default_index_folder
from qa.chat import Chat
from qa.corpus import SAMPLE_NOTE, SAMPLES, base_of, locate, open_corpus, opened_index


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


def test_paths_of_articles_are_relative_to_the_folder_or_to_where_the_file_lies(corpus: Path) -> None:
    assert base_of(corpus) == base_of(corpus / "bridge.txt") == corpus


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
