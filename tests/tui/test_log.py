import logging
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.index.disks import files_limited_to, read_only
from tui.log import LARGEST, LOG_FILE, OLD_FILES, start_log, stop_log

LOGGER = logging.getLogger("pullquote")


@pytest.fixture(autouse=True)
def _stopped() -> Iterator[None]:
    yield
    stop_log()


def test_what_is_logged_goes_to_a_file_of_the_user_and_not_to_the_screen(tmp_path, capfd):
    log = start_log(tmp_path)
    assert log == tmp_path / LOG_FILE
    LOGGER.getChild("engine").warning("opened in %d ms", 12)
    assert log.read_text("utf-8").endswith(" WARNING opened in 12 ms\n")
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert capfd.readouterr() == ("", "")


def test_a_failure_is_logged_with_its_traceback(tmp_path):
    log = start_log(tmp_path)
    try:
        int("torn page")
    except ValueError:
        LOGGER.exception("asking failed")
    assert "Traceback" in log.read_text("utf-8")
    assert "'torn page'" in log.read_text("utf-8").splitlines()[-1]


def test_a_log_goes_on_where_the_last_chat_ended(tmp_path):
    for word in ("first", "second"):
        log = start_log(tmp_path)
        LOGGER.info(word)
        stop_log()
    assert [line.split()[-1] for line in log.read_text("utf-8").splitlines()] == ["first", "second"]


def test_a_log_that_is_started_twice_has_each_line_once(tmp_path):
    start_log(tmp_path / "none")
    start_log(tmp_path)
    log = start_log(tmp_path)
    LOGGER.info("once")
    assert len(log.read_text("utf-8").splitlines()) == 1


def test_logs_are_few_and_small_and_all_of_them_private(tmp_path):
    start_log(tmp_path)
    for _ in range(60):
        LOGGER.info("x" * (LARGEST // 10))
    logs = list(tmp_path.iterdir())
    assert len(logs) == 1 + OLD_FILES
    assert all(log.stat().st_size <= LARGEST for log in logs)
    assert {stat.S_IMODE(log.stat().st_mode) for log in logs} == {0o600}


def test_nothing_in_a_log_can_steer_a_terminal(tmp_path):
    log = start_log(tmp_path)
    LOGGER.info("the file %s", "\x1b]0;owned\x07\udcff.txt")
    assert "␛]0;owned␇\ufffd.txt" in log.read_text("utf-8")


def test_where_no_log_can_be_written_nothing_is_said(tmp_path, capfd):
    with read_only(tmp_path):
        assert start_log(tmp_path) is None
        LOGGER.error("lost")
    assert start_log(tmp_path / "no such folder") is None
    LOGGER.error("lost")
    assert capfd.readouterr() == ("", "")


def test_a_full_disk_is_not_told_on_the_screen(tmp_path, capfd):
    log = start_log(tmp_path)
    with files_limited_to(20):
        LOGGER.error("a line that does not fit on the disk")
        stop_log()
    assert capfd.readouterr() == ("", "")
    assert "fit" not in log.read_text("utf-8")


def test_after_the_chat_messages_go_where_they_went_before(tmp_path, caplog):
    log = start_log(tmp_path)
    stop_log()
    LOGGER.warning("to all")
    assert caplog.messages == ["to all"]
    assert log.read_text("utf-8") == ""
    assert logging.raiseExceptions


def test_the_folder_of_a_log_can_be_removed_afterwards(tmp_path):
    log = start_log(tmp_path)
    stop_log()
    Path(log).unlink()
    LOGGER.info("nowhere")
    assert not list(tmp_path.iterdir())
