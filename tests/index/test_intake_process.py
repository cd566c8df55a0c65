import os
import signal
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import intake_process
from index.discover import SourceFile
from index.errors import CorpusError
from index.intake import take_in
from index.intake_process import IntakeProcess, Unreadable
from index.records import Skipped, Taken
from index.shares import WHOLE, Share
from index.update import update_index

RAIN = b"Rain fell on Monday. It stopped on Friday."
DUMP = b'{"text": "Rain fell.", "published": "2022-01-06"}\n{"text": 7}\nno json\n{"text": "Owls h\\u00fated."}\n'
# Sentences enough to keep any computer busy for a while.
LONG = b"Owen Marsh said on Monday that 14 boats and 9 swans were seen. " * 60_000


def source(name: str, data: bytes) -> SourceFile:
    return SourceFile(Path("/news", name), name, len(data), f"{len(data)}-1-1")


@pytest.fixture(scope="module")
def intake():
    with closing(IntakeProcess()) as opened:
        yield opened


def took(intake: IntakeProcess, name: str, data: bytes, share: Share = WHOLE) -> list[Taken | Skipped]:
    return list(intake.take(source(name, data), data, share))


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.txt", RAIN), ("a.jsonl", DUMP), ("a.txt", b"\x00\x01\x02\xff" * 50), ("a.html", b"<p>"), ("b\u2028.md", RAIN)],
)
def test_what_comes_back_is_what_the_rules_take(intake, name, data):
    assert took(intake, name, data) == list(take_in(source(name, data), data))


@given(st.text(max_size=300))
def test_any_text_comes_back_as_it_is(intake, text):
    data = text.encode("utf-8", "surrogatepass")
    assert took(intake, "a.txt", data) == list(take_in(source("a.txt", data), data))


def test_a_share_of_a_dump_is_that_share(intake):
    shares = [took(intake, "a.jsonl", DUMP, Share(number, 2)) for number in (0, 1)]
    assert sum(map(len, shares)) == len(took(intake, "a.jsonl", DUMP)) == 4


def test_what_takes_too_long_is_named_and_the_next_file_is_read():
    budget = {len(LONG): 0.05, len(RAIN): 100.0}
    with closing(IntakeProcess(seconds=budget.__getitem__)) as hurried:
        with pytest.raises(Unreadable, match="it takes more than 0 seconds"):
            took(hurried, "long.txt", LONG)
        assert took(hurried, "a.txt", RAIN)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of a process")
def test_what_takes_too_much_memory_is_named_and_the_next_file_is_read():
    with closing(IntakeProcess(memory=150_000_000)) as narrow:
        with pytest.raises(Unreadable, match="takes too much memory"):
            took(narrow, "long.jsonl", b"[" + b"[]," * 8_000_000 + b"[]]")
        assert took(narrow, "a.txt", RAIN)


def test_an_answer_that_is_not_wanted_to_its_end_is_not_taken_for_the_next_one(intake):
    for _ in intake.take(source("a.jsonl", DUMP), DUMP):
        break
    assert took(intake, "a.txt", RAIN) == list(take_in(source("a.txt", RAIN), RAIN))


def test_a_process_that_was_killed_between_files_costs_none():
    with closing(IntakeProcess()) as intake:
        assert took(intake, "a.txt", RAIN)
        assert intake._child is not None
        os.kill(intake._child.pid, signal.SIGKILL)
        assert took(intake, "a.txt", RAIN)


def test_a_file_that_ends_its_process_twice_is_skipped_but_not_for_good(monkeypatch):
    def kills(*_):
        return [sys.executable, "-c", "print('ready', flush=True); input(); import os; os.abort()"]

    monkeypatch.setattr(intake_process, "child_command", kills)
    with closing(IntakeProcess()) as intake, pytest.raises(Unreadable, match="SIGABRT") as caught:
        took(intake, "a.txt", RAIN)
    assert not caught.value.for_good


def test_a_file_that_was_ended_by_chance_is_read_by_the_next_update(exported, tmp_path, monkeypatch):
    news = tmp_path / "news"
    news.mkdir()
    (news / "rain.txt").write_bytes(RAIN)
    (news / "owls.txt").write_bytes(b"Two barn owls have nested in the bell tower.")

    class Unlucky(IntakeProcess):
        def take(self, file, data, share):
            if file.relative == "owls.txt":
                raise Unreadable("cannot be read: it ended the process that read it (SIGKILL)", for_good=False)
            return super().take(file, data, share)

    with monkeypatch.context() as patch:
        patch.setattr("index.update.IntakeProcess", Unlucky)
        assert update_index(news, tmp_path / "index").articles == 1
    assert update_index(news, tmp_path / "index").articles == 2


def test_time_in_which_articles_are_not_waited_for_does_not_count():
    with closing(IntakeProcess(seconds=lambda _: 1.0)) as intake:
        for number, _ in enumerate(intake.take(source("a.jsonl", DUMP), DUMP)):
            if not number:
                time.sleep(1.3)
        assert number == 3


def test_a_process_that_cannot_be_started_is_an_error(monkeypatch):
    for command in (["no-such-python"], ["false"]):
        monkeypatch.setattr(intake_process, "child_command", lambda *_, command=command: command)
        with closing(IntakeProcess()) as intake, pytest.raises(CorpusError, match="cannot be started"):
            took(intake, "a.txt", RAIN)


def test_an_update_skips_a_file_that_is_over_its_budget_and_keeps_no_part_of_it(exported, tmp_path, monkeypatch):
    news = tmp_path / "news"
    news.mkdir()
    (news / "rain.txt").write_bytes(RAIN)
    (news / "dump.jsonl").write_bytes(DUMP)

    class Hurried(IntakeProcess):
        """Gives up a dump after its first article."""

        def take(self, file, data, share):
            for item in super().take(file, data, share):
                yield item
                if file.relative == "dump.jsonl":
                    raise Unreadable("cannot be read: it takes more than 0 seconds")

    monkeypatch.setattr("index.update.IntakeProcess", Hurried)
    done = update_index(news, tmp_path / "index")
    assert (done.articles, done.passages, done.encoded) == (1, 1, 1)
    assert done.skipped == (Skipped("dump.jsonl", "cannot be read: it takes more than 0 seconds"),)
    assert update_index(news, tmp_path / "index").skipped == done.skipped
