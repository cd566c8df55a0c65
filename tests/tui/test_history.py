import json
import os
import re
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from filelock import FileLock
from hypothesis import given
from hypothesis import strategies as st

from index.errors import HistoryError
from tests.index.damage import halve, put, scribble, scribble_inside
from tests.index.disks import files_limited_to, read_only
from tests.tui import kill_history
from tests.tui.fakes import QUESTION, buses
from tui import history_file
from tui.history import History

ROOT = Path(__file__).parents[2]
NEWS = "/articles/flood"
NOON = datetime(2022, 1, 8, 12, tzinfo=UTC)
POINTS = 16

any_text = st.text(st.characters(exclude_categories=()), max_size=30)


def document(question: str, *quotes: str) -> dict[str, Any]:
    return {"question": question, "evidence": [{"quote": quote} for quote in quotes]}


def asked(history: History, *questions: str, corpus: str = NEWS, hour: int = 0) -> int:
    """Keep a conversation of some questions, one a minute; returns its id."""
    number = None
    for minute, question in enumerate(questions):
        time = NOON + timedelta(hours=hour, minutes=minute)
        number = history.add(number, corpus, document(question, f"A quote for it: {question}"), 0.4, time)
    assert number is not None
    return number


def titles(history: History, words: str = "", corpus: str | None = None) -> list[str]:
    return [conversation.title for conversation in history.conversations(words, corpus)]


def questions_of(history: History, conversation: int) -> list[str]:
    return [turn.document["question"] for turn in history.turns(conversation)]


def everything(history: History) -> list[Any]:
    return [(one, history.turns(one.id)) for one in history.conversations()]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "state" / "history.db"


@pytest.fixture
def history(file: Path) -> Iterator[History]:
    with closing(History(file)) as opened:
        yield opened


def change(file: Path, *statements: str) -> None:
    """Change the file behind the back of the history."""
    with closing(sqlite3.connect(file)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


class TestKeeping:
    def test_a_conversation_comes_back_in_the_next_chat(self, file: Path) -> None:
        with closing(History(file)) as history:
            number = history.add(None, NEWS, buses().to_dict(), 1.25, NOON)
            assert history.add(number, NEWS, document("And by train?"), 0.5, NOON + timedelta(minutes=1)) == number
        with closing(History(file)) as later:
            [conversation] = later.conversations()
            first, second = later.turns(conversation.id)
            assert later.notes == ()
        assert (conversation.id, conversation.corpus, conversation.title) == (number, NEWS, QUESTION)
        assert (conversation.started, conversation.latest) == (NOON, NOON + timedelta(minutes=1))
        assert conversation.turns == 2
        assert (first.number, first.asked, first.seconds, first.document) == (1, NOON, 1.25, buses().to_dict())
        assert (second.number, second.document["question"]) == (2, "And by train?")

    def test_times_are_told_in_utc(self, history: History) -> None:
        in_oslen = datetime(2022, 1, 8, 14, 30, 0, 5, tzinfo=timezone(timedelta(hours=2)))
        number = history.add(None, NEWS, document("Who hid?"), 0.4, in_oslen)
        [conversation], [turn] = history.conversations(), history.turns(number)
        for time in (conversation.started, conversation.latest, turn.asked):
            assert (time, time.tzinfo) == (in_oslen, UTC)

    def test_the_conversation_with_the_latest_question_comes_first(self, history: History) -> None:
        old = asked(history, "First?")
        asked(history, "Second?", hour=1)
        assert titles(history) == ["Second?", "First?"]
        history.add(old, NEWS, document("Third?"), 0.4, NOON + timedelta(hours=2))
        assert titles(history) == ["First?", "Second?"]
        assert [one.title for one in history.conversations(limit=1)] == ["First?"]

    def test_a_long_conversation_is_told_piece_by_piece_from_its_end(self) -> None:
        history = History(None)
        number = asked(history, *(f"Question {place}?" for place in range(1, 46)))
        latest = history.turns(number)
        assert [turn.number for turn in latest] == [*range(26, 46)]
        before = history.turns(number, before=latest[0].number)
        assert [turn.number for turn in before] == [*range(6, 26)]
        assert [turn.number for turn in history.turns(number, before=before[0].number)] == [*range(1, 6)]
        assert history.turns(number, before=1) == []
        assert [turn.number for turn in history.turns(number, last=2, before=10)] == [8, 9]
        history.close()

    def test_a_question_of_several_lines_gives_a_title_of_one(self, history: History) -> None:
        asked(history, "Who\n  hid?\n")
        assert titles(history) == ["Who hid?"]

    def test_each_question_that_was_asked_is_told_once_the_latest_last(self, history: History) -> None:
        asked(history, "a?", "b?", "a?")
        asked(history, "c?", "b?")
        assert history.questions() == ["a?", "c?", "b?"]
        assert history.questions(limit=2) == ["c?", "b?"]

    def test_without_a_file_nothing_outlives_the_chat(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        with closing(History(None)) as history:
            number = asked(history, "Who hid?")
            assert questions_of(history, number) == ["Who hid?"]
            assert (history.file, history.notes) == (None, ())
            history.clear()
            assert titles(history) == []
        assert not list(tmp_path.iterdir())

    def test_only_the_user_may_read_the_history(self, file: Path, history: History) -> None:
        asked(history, "Who hid?")
        assert history.file == file
        assert {path.name: stat.S_IMODE(path.stat().st_mode) for path in file.parent.iterdir()} == {"history.db": 0o600}
        assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700

    @given(question=any_text, corpus=any_text, quote=any_text)
    def test_any_text_is_kept_and_found_by_its_words(self, question: str, corpus: str, quote: str) -> None:
        with closing(History(None)) as history:
            number = history.add(None, corpus, document(question, quote), 0.4, NOON)
            [turn] = history.turns(number)
            assert turn.document == document(question, quote)
            for words in (question, quote, question.upper(), ""):
                assert [one.id for one in history.conversations(words, corpus)] == [number]
            assert len(history.questions()) == 1


class TestSearching:
    @pytest.fixture
    def history(self) -> Iterator[History]:
        with closing(History(None)) as history:
            asked(history, "Who hid the owls?", "Was it ÉLODIE_Brandt?")
            asked(history, "How many boats, 100%?", hour=1, corpus="/articles/sea")
            history.add(None, NEWS, document("When?", "Rain fell on Friday."), 0.4, NOON + timedelta(hours=2))
            history.rename(3, "About the weather")
            yield history

    @pytest.mark.parametrize(
        ("words", "found"),
        [
            ("owls", ["Who hid the owls?"]),
            ("OWL", ["Who hid the owls?"]),
            ("élodie owls", ["Who hid the owls?"]),
            ("rain friday", ["About the weather"]),
            ("weather FELL", ["About the weather"]),
            ("when", ["About the weather"]),
            ("boats owls", []),
            ("100%", ["How many boats, 100%?"]),
            ("%", ["How many boats, 100%?"]),
            ("_", ["Who hid the owls?"]),
            ("\\", []),
            ("'", []),
            ("a quote for", ["How many boats, 100%?", "Who hid the owls?"]),
        ],
    )
    def test_every_word_must_occur_in_the_title_a_question_or_a_quote(
        self, history: History, words: str, found: list[str]
    ) -> None:
        assert titles(history, words) == found

    def test_conversations_about_other_articles_are_left_out(self, history: History) -> None:
        assert titles(history, corpus="/articles/sea") == ["How many boats, 100%?"]
        assert titles(history, "owls", corpus="/articles/sea") == []
        assert titles(history, corpus="/articles") == []

    def test_what_matches_is_told_whole(self, history: History) -> None:
        [conversation] = history.conversations("brandt")
        assert conversation.turns == 2
        assert (conversation.started, conversation.latest) == (NOON, NOON + timedelta(minutes=1))


class TestErasing:
    def test_a_conversation_gets_another_title(self, history: History) -> None:
        number = asked(history, "Who hid?")
        asked(history, "Who fled?", hour=-1)
        history.rename(number, "  The\nowls ")
        assert titles(history) == ["The owls", "Who fled?"]
        history.rename(number, " \n")
        history.rename(99, "No such conversation")
        assert titles(history) == ["The owls", "Who fled?"]

    def test_nothing_of_what_was_deleted_stays_in_the_file(self, file: Path, history: History) -> None:
        number = asked(history, "Who hid the porcupine?", *("Where is the porcupine? " * 300 for _ in range(5)))
        asked(history, "Who hid the owls?")
        history.rename(number, "Old name: hedgehog")
        history.rename(number, "New name")
        assert b"hedgehog" not in file.read_bytes()
        assert b"porcupine" in file.read_bytes()
        history.delete(number)
        assert b"porcupine" not in file.read_bytes()
        assert titles(history) == ["Who hid the owls?"]
        assert history.turns(number) == []

    def test_clearing_erases_everything_and_what_was_set_aside(self, file: Path) -> None:
        with closing(History(file)) as history:
            asked(history, "Who hid the porcupine?")
        file.write_bytes(b"torn" + file.read_bytes())
        with closing(History(file)) as history:
            asked(history, "Who hid the porcupine?")
            history.clear()
            assert (titles(history), history.questions()) == ([], [])
            kept = [path for path in file.parent.iterdir() if b"porcupine" in path.read_bytes()]
            assert not kept
            asked(history, "Who fled?")
            assert titles(history) == ["Who fled?"]

    def test_a_number_is_never_given_to_another_conversation(self, history: History) -> None:
        first = asked(history, "Who hid?")
        history.delete(first)
        second = asked(history, "Who fled?")
        history.clear()
        assert len({first, second, asked(history, "Who came?")}) == 3

    def test_a_question_of_a_deleted_conversation_begins_a_new_one(self, history: History) -> None:
        number = asked(history, "Who hid?")
        history.delete(number)
        new = history.add(number, NEWS, document("And why?"), 0.4, NOON)
        assert new != number
        assert (titles(history), questions_of(history, new)) == (["And why?"], ["And why?"])


def scribble_at_the_end(file: Path) -> None:
    put(file, file.read_bytes()[:-4096] + b"\xa5" * 4096)


class TestDamage:
    @pytest.fixture
    def number(self, file: Path) -> int:
        with closing(History(file)) as history:
            return asked(history, *(f"Question {place}? {'long ' * 1500}" for place in range(10)))

    @pytest.mark.parametrize("harm", [scribble, halve, scribble_inside, scribble_at_the_end])
    def test_a_damaged_history_is_set_aside_and_a_new_one_begun(
        self, file: Path, number: int, harm: Callable[[Path], None]
    ) -> None:
        for name in ("history.db.damaged", "history.db.damaged-2"):
            harm(file)
            damaged = file.read_bytes()
            with closing(History(file)) as history:
                [note] = history.notes
                assert note.endswith(f"It was set aside as {file.with_name(name)}, and a new one was begun.")
                assert file.with_name(name).read_bytes() == damaged
                asked(history, *(f"Question {place}? {'long ' * 1500}" for place in range(10)))
            with closing(History(file)) as history:
                assert history.notes == ()
                assert len(titles(history)) == 1

    def test_a_chat_that_still_writes_what_was_set_aside_is_told(self, file: Path, number: int) -> None:
        with closing(History(file)) as other:
            scribble_inside(file)
            with closing(History(file)) as history:
                with pytest.raises(HistoryError, match="cannot be used"):
                    asked(other, "Who hid?")
                asked(history, "Who fled?")
                assert titles(history) == ["Who fled?"]

    def test_a_database_of_another_program_is_set_aside(self, file: Path) -> None:
        file.parent.mkdir()
        change(file, "CREATE TABLE turns (id INTEGER)", "INSERT INTO turns VALUES (7)")
        with closing(History(file)) as history:
            assert len(history.notes) == 1
            asked(history, "Who hid?")
        with closing(sqlite3.connect(f"{file}.damaged")) as aside:
            assert aside.execute("SELECT id FROM turns").fetchall() == [(7,)]

    def test_an_empty_file_is_a_history_that_has_not_begun(self, file: Path) -> None:
        file.parent.mkdir()
        file.touch()
        with closing(History(file)) as history:
            asked(history, "Who hid?")
            assert history.notes == ()

    @pytest.mark.parametrize(
        "harm",
        [
            "document = '{'",
            "document = '[1]'",
            "document = CAST(x'ff00' AS TEXT)",
            "document = replace(hex(zeroblob(40000)), '0', '[')",
            "asked = 'noon'",
            "asked = CAST(x'ff' AS TEXT)",
            "seconds = 'long'",
            "words = CAST(x'ff' AS TEXT)",
        ],
    )
    def test_a_damaged_row_hides_no_other(self, file: Path, number: int, harm: str) -> None:
        change(file, f"UPDATE turns SET {harm} WHERE number = 5")
        with closing(History(file)) as history:
            assert history.notes == ()
            told = [turn.number for turn in history.turns(number, last=100)]
            assert set(range(1, 11)) - set(told) == (set() if harm.startswith("words") else {5})
            assert [one.id for one in history.conversations("question 10?")] == []
            assert [one.id for one in history.conversations("question 9?")] == [number]
            assert len(history.questions()) == 10

    def test_damaged_rows_do_not_end_the_way_back(self, file: Path, number: int) -> None:
        change(file, "UPDATE turns SET document = '{' WHERE number BETWEEN 4 AND 8")
        with closing(History(file)) as history:
            assert [turn.number for turn in history.turns(number, last=4)] == [2, 3, 9, 10]

    def test_a_conversation_of_unreadable_times_hides_no_other(self, file: Path, number: int) -> None:
        change(file, "UPDATE turns SET asked = 'now'")
        with closing(History(file)) as history:
            asked(history, "Who hid?")
            assert titles(history) == ["Who hid?"]

    def test_a_damaged_title_hides_no_conversation(self, file: Path, number: int) -> None:
        change(file, "UPDATE conversations SET title = CAST(x'ff41' AS TEXT), words = CAST(x'ff' AS TEXT)")
        with closing(History(file)) as history:
            assert titles(history, "question") == ["\ufffdA"]

    def test_chats_that_find_the_damage_at_once_set_it_aside_once(self, file: Path, number: int) -> None:
        scribble(file)
        at_once = threading.Barrier(4)

        def begin(place: int) -> None:
            at_once.wait()
            with closing(History(file)) as history:
                asked(history, f"Chat {place}?")

        with ThreadPoolExecutor(4) as chats:
            list(chats.map(begin, range(4)))
        with closing(History(file)) as history:
            assert sorted(titles(history)) == [f"Chat {place}?" for place in range(4)]
        assert [path.name for path in file.parent.glob("*.damaged*")] == ["history.db.damaged"]

    def test_what_another_chat_has_just_set_right_is_not_set_aside(self, file: Path, number: int) -> None:
        sound = file.read_bytes()
        scribble(file)
        with ThreadPoolExecutor(1) as other:
            with FileLock(f"{file}.lock"):
                opening = other.submit(History, file)
                with pytest.raises(TimeoutError):
                    opening.result(timeout=0.3)
                put(file, sound)
            with closing(opening.result()) as history:
                assert history.notes == ()
                assert len(history.turns(number)) == 10


class TestLeftAlone:
    def check(self, file: Path, why: str) -> None:
        """The chat goes on without its history, and says so."""
        with closing(History(file)) as history:
            [note] = history.notes
            beginning, _, told = note.rpartition(": ")
            assert beginning == f"This chat is not kept, and the history in {file} is left alone"
            assert re.fullmatch(rf"({why})\.", told)
            assert history.file is None
            number = asked(history, "Who hid?")
            assert questions_of(history, number) == ["Who hid?"]
            with pytest.raises(HistoryError, match="was not erased"):
                history.clear()

    def test_a_history_of_a_newer_version_is_left_alone(self, file: Path) -> None:
        with closing(History(file)) as history:
            asked(history, "Who fled?")
        change(file, "ALTER TABLE turns DROP COLUMN words", f"PRAGMA user_version = {history_file.VERSION + 1}")
        before = file.read_bytes()
        self.check(file, "it was written by a newer version of pullquote")
        assert file.read_bytes() == before
        assert list(file.parent.iterdir()) == [file]

    def test_a_folder_that_cannot_be_made(self, tmp_path: Path) -> None:
        with read_only(tmp_path):
            self.check(tmp_path / "state" / "history.db", "permission denied")

    @pytest.mark.parametrize("mode", [0o444, 0o666])
    def test_a_folder_that_cannot_be_written(self, mode: int) -> None:
        with TemporaryDirectory() as folder:
            file = Path(folder, "history.db")
            with closing(History(file)) as history:
                asked(history, "Who fled?")
            before = file.read_bytes()
            file.chmod(mode)
            with read_only(file.parent):
                self.check(file, "permission denied|attempt to write a readonly database")
            assert file.read_bytes() == before

    def test_a_folder_in_the_place_of_the_file(self, file: Path) -> None:
        file.mkdir(parents=True)
        self.check(file, "unable to open database file")
        assert file.is_dir()

    def test_a_damaged_history_that_cannot_be_set_aside(self) -> None:
        with TemporaryDirectory() as folder:
            file = Path(folder, "history.db")
            file.write_bytes(b"torn" * 1000)
            file.chmod(0o666)
            with read_only(file.parent):
                self.check(file, "permission denied")
            assert file.read_bytes() == b"torn" * 1000

    def test_a_damaged_history_that_another_chat_is_setting_aside_for_long(
        self, file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(history_file, "SECONDS_TO_WAIT", 0.01)
        file.parent.mkdir()
        file.write_bytes(b"torn" * 1000)
        with FileLock(f"{file}.lock"):
            self.check(file, "another program keeps it locked")
        assert file.read_bytes() == b"torn" * 1000

    def test_a_history_that_another_program_keeps_locked(self, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(history_file, "SECONDS_TO_WAIT", 0.01)
        with closing(History(file)) as history, closing(sqlite3.connect(file)) as other:
            asked(history, "Who fled?")
            other.execute("BEGIN IMMEDIATE")
            self.check(file, "another program keeps it locked")
            with pytest.raises(HistoryError, match=r"another program keeps it locked. To fix it, wait"):
                asked(history, "Who came?")
            other.rollback()
            asked(history, "And why?", hour=1)
            assert titles(history) == ["And why?", "Who fled?"]


class TestFailures:
    def test_a_full_disk_loses_the_new_turn_and_no_other(self, file: Path, history: History) -> None:
        number = asked(history, "Who hid?")
        with files_limited_to(file.stat().st_size), pytest.raises(HistoryError, match="make room on the disk"):
            history.add(number, NEWS, document("Why? " * 20_000), 0.4, NOON)
        assert questions_of(history, number) == ["Who hid?"]
        history.add(number, NEWS, document("And when?"), 0.4, NOON)
        with closing(History(file)) as later:
            assert questions_of(later, number) == ["Who hid?", "And when?"]

    def test_a_history_that_was_closed_says_so(self, history: History) -> None:
        history.close()
        history.close()
        with pytest.raises(HistoryError, match="closed"):
            asked(history, "Who hid?")
        with pytest.raises(HistoryError, match="closed"):
            history.conversations()

    def test_a_document_that_cannot_be_kept_changes_nothing(self, history: History) -> None:
        with pytest.raises(TypeError):
            history.add(None, NEWS, document("Who hid?") | {"path": Path()}, 0.4, NOON)
        assert titles(history) == []
        asked(history, "Who fled?")
        assert titles(history) == ["Who fled?"]


def test_many_chats_and_threads_may_write_one_conversation_at_once(file: Path) -> None:
    chats = [History(file) for _ in range(3)]
    number = asked(chats[0], "Question 0?")

    def ask(place: int) -> None:
        chat = chats[place % 3]
        chat.add(number, NEWS, document(f"Question {place}?"), 0.4, NOON)
        assert f"Question {place}?" in chat.questions()

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(ask, range(1, 25)))
    turns = chats[0].turns(number, last=100)
    for chat in chats:
        chat.close()
    assert [turn.number for turn in turns] == [*range(1, 26)]
    assert {turn.document["question"] for turn in turns} == {f"Question {place}?" for place in range(25)}


@pytest.mark.skipif(os.name != "posix", reason="kills by signals")
@pytest.mark.parametrize("is_damaged", [False, True])
def test_a_kill_at_any_point_leaves_what_was_reported_as_done(tmp_path: Path, is_damaged: bool) -> None:
    base, whole, work = tmp_path / "base", tmp_path / "whole", tmp_path / "work"
    with closing(History(base / "history.db")) as history:
        history.add(None, NEWS, kill_history.document("How many boats?"), 0.4, NOON)
    if is_damaged:
        scribble(base / "history.db")
    damage = (base / "history.db").read_bytes()
    shutil.copytree(base, whole)
    with closing(History(whole / "history.db")) as history:
        states = [everything(history)]
        for make_change in kill_history.CHANGES:
            make_change(history)
            states.append(everything(history))
    assert all(one != other for one, other in pairwise(states))

    work.mkdir()
    command = [sys.executable, "-m", "tests.tui.kill_history", str(base), str(work), str(POINTS)]
    lines = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()
    kills = [json.loads(line) for line in lines]
    assert {stopped_by for _, stopped_by, _ in kills} >= {signal.SIGKILL, signal.SIGXFSZ}
    assert {done for _, _, done in kills} >= {0, 1, 3, 5}
    for folder, _, done in kills:
        with closing(History(Path(folder) / "history.db")) as history:
            # The change that was not reported yet may have been made, or not.
            assert everything(history) in states[max(done - 1, 0) : done + 1]
            assert asked(history, "Who came?")
        if is_damaged and done < len(states) - 1:
            assert damage in [path.read_bytes() for path in Path(folder).iterdir()]
