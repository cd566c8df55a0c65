import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from qa.chat import Chat
from tests.qa.commands import run, start

REPAIRS = "How many weeks will the repairs of the bridge take?"
CHEESE = "What does a wheel of the oldest cheese cost?"

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="signals and pseudo-terminals are those of POSIX")


@posix_only
def test_ctrl_c_ends_indexing_without_a_trace(here: list[object], corpus: Path, tmp_path: Path) -> None:
    # So many sentences that encoding them takes far longer than the signal does; the model is exported by now.
    story = " ".join(f"On day {number} of the voyage the mate counted {number * 7} gulls." for number in range(3_000))
    (corpus / "voyage.txt").write_text(f"The voyage\n\n{story}\n", "utf-8")
    ours, theirs = os.openpty()
    process = start("index", corpus, "--index", tmp_path / "index", stdout=subprocess.PIPE, stderr=theirs)
    os.close(theirs)
    told = b""
    while b"Encoding passages" not in told:
        told += os.read(ours, 65_536)
    process.send_signal(signal.SIGINT)
    told += _rest_of(ours)
    written, _ = process.communicate()
    assert process.returncode == 130
    assert written == b""
    assert b"Interrupted; nothing was changed." in told
    assert b"Traceback" not in told
    assert run("status", "--articles", corpus, "--index", tmp_path / "index").exit_code == 3
    (corpus / "voyage.txt").unlink()
    assert run("index", corpus, "--index", tmp_path / "index").exit_code == 0


def _rest_of(terminal: int) -> bytes:
    told = b""
    while True:
        try:
            piece = os.read(terminal, 65_536)
        except OSError:  # how Linux tells that the other end was closed
            piece = b""
        if not piece:
            os.close(terminal)
            return told
        told += piece


def test_a_reader_of_answers_may_leave_after_the_first(here: list[object]) -> None:
    with start("ask", "-", *here, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        # Bytes that are no UTF-8 cost a character, and no more.
        process.stdin.write(b"\xff " + REPAIRS.encode() + b"\n")
        process.stdin.flush()
        first = json.loads(process.stdout.readline())
        process.stdout.close()
        process.stdin.write(f"{CHEESE}\n".encode() * 3)
        process.stdin.close()
        told = process.stderr.read()
    assert "14 weeks" in first["text"]
    assert first["question"] == f"\ufffd {REPAIRS}"
    assert process.returncode == 0
    assert [line for line in told.splitlines() if not line.startswith(b"skipped ")] == []


@pytest.mark.parametrize(
    "arguments",
    [["--version"], ["ask", REPAIRS], ["status"], ["show", "market.txt"]],
    ids=lambda arguments: arguments[0],
)
def test_output_that_nobody_reads_is_no_error(arguments: list[str], here: list[object]) -> None:
    ours, theirs = os.pipe()
    os.close(ours)
    with start(*arguments, *([] if arguments == ["--version"] else here), stdout=theirs) as process:
        os.close(theirs)
        assert process.stderr is not None
        told = process.stderr.read()
    assert process.returncode == 0
    assert [line for line in told.splitlines() if not line.startswith(b"skipped ")] == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
def test_a_full_disk_is_told(here: list[object]) -> None:
    with Path("/dev/full").open("wb") as full, start("show", "market.txt", *here, stdout=full) as process:
        assert process.stderr is not None
        told = process.stderr.read().decode()
    assert process.returncode == 3
    assert told.startswith("pullquote: The output or a file cannot be written\n")
    assert "Exception ignored" not in told


def test_a_character_that_the_output_cannot_hold_costs_that_character_only(hostile: Chat, hostile_folder: Path) -> None:
    hostile.open()
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    arguments = ["show", "western.txt", "--articles", hostile_folder]
    with start(*arguments, stdout=subprocess.PIPE, env=environment) as process:
        written, told = process.communicate()
    assert (process.returncode, told) == (0, b"")
    assert b"The ?Z?rich? ferry cost ?5 ? a bargain, the purser H?l?ne Roux said." in written


@posix_only
def test_the_measures_reach_a_file_while_progress_is_shown_in_a_terminal(here: list[object], tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text(json.dumps({"question": REPAIRS, "answers": ["14 weeks"]}), "utf-8")
    ours, theirs = os.openpty()
    with start("eval", path, *here, "--json", stdout=subprocess.PIPE, stderr=theirs) as process:
        os.close(theirs)
        told = _rest_of(ours)
        assert process.stdout is not None
        written = process.stdout.read()
    assert process.returncode == 0
    assert json.loads(written)["top-1"] == 1.0
    assert b"Asking" in told
    assert b"top-1" not in told
