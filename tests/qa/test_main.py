import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.qa.commands import ROOT, start

REPAIRS = "How many weeks will the repairs of the bridge take?"
WORLD_CUP = "Who won the 2018 World Cup?"

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="descriptors and signals are those of POSIX")
needs_full_device = pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")


def call(*arguments: object, closed: int | None = None, **options: Any) -> "subprocess.CompletedProcess[bytes]":
    """Call a command, with one of its three standard streams closed."""
    streams = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options}
    command = [sys.executable, "-m", "qa.main", *map(str, arguments)]
    if closed is not None:
        closing = f"import os, sys; os.close({closed}); os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"
        command = [sys.executable, "-c", closing, *command[1:]]
    return subprocess.run(command, cwd=ROOT, check=False, **streams)


@posix_only
@pytest.mark.parametrize("closed", [0, 1, 2], ids=["stdin", "stdout", "stderr"])
@pytest.mark.parametrize(("question", "code"), [(REPAIRS, 0), (WORLD_CUP, 1), ("", 2)])
def test_a_closed_stream_changes_no_exit_code(closed: int, question: str, code: int, here: list[object]) -> None:
    done = call("ask", question, *here, "--json", closed=closed)
    assert done.returncode == code
    assert b"Traceback" not in done.stderr
    assert b"A fault" not in done.stderr
    if closed != 1 and code < 2:
        assert json.loads(done.stdout)["question"] == question
    if closed != 2 and code == 2:
        assert done.stderr.startswith(b"pullquote: There is no question")


@posix_only
def test_from_a_closed_stdin_come_no_questions(here: list[object]) -> None:
    done = call("ask", "-", *here, closed=0)
    assert (done.returncode, done.stdout) == (1, b"")


@needs_full_device
@pytest.mark.parametrize(
    ("arguments", "code"), [(["ask", REPAIRS], 0), (["ask", WORLD_CUP], 1), (["ask", ""], 2), (["nonsense"], 2)]
)
def test_notes_that_cannot_be_written_change_no_exit_code(arguments: list[str], code: int, here: list[object]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = call(*arguments, *here, stderr=full)
    assert done.returncode == code
    assert bool(done.stdout) == (code < 2)


@needs_full_device
@pytest.mark.parametrize("arguments", [["--help"], ["ask", "--help"], ["--version"]])
def test_help_that_cannot_be_written_is_told_without_a_trace(arguments: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = call(*arguments, stdout=full)
    assert done.returncode == 3
    assert done.stderr.startswith(b"pullquote: The output or a file cannot be written\n  why: no space left on device")
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr


def test_help_that_nobody_reads_is_no_error() -> None:
    ours, theirs = os.pipe()
    os.close(ours)
    done = call("--help", stdout=theirs)
    os.close(theirs)
    assert (done.returncode, done.stderr) == (0, b"")


IMPORTING = """
import os, signal, sys

class Interrupt:
    def find_spec(self, name, path=None, target=None):
        if name == {name!r}:
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Interrupt())
from qa.main import run
run()
"""


@posix_only
@pytest.mark.parametrize("name", ["qa.cli", "typer", "index.errors", "qa.terminal"])
def test_ctrl_c_during_the_imports_ends_without_a_trace(name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", IMPORTING.format(name=name), "--help"], cwd=ROOT, check=False, capture_output=True
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


@posix_only
def test_ctrl_c_while_questions_are_awaited_ends_without_a_trace(here: list[object]) -> None:
    with start("ask", "-", *here, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(f"{REPAIRS}\n".encode())
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["status"] == "answered"
        process.send_signal(signal.SIGINT)
        told = process.stderr.read()
    assert process.returncode == 130
    assert b"Traceback" not in told


def test_the_command_line_can_be_started_as_a_module_too() -> None:
    for module in ("qa.main", "qa.cli"):
        done = subprocess.run([sys.executable, "-m", module, "--version"], cwd=ROOT, check=False, capture_output=True)
        assert (done.returncode, done.stderr) == (0, b"")
        assert done.stdout.startswith(b"pullquote ")


def test_the_guard_is_up_before_anything_of_others_is_imported() -> None:
    code = "import sys; before = set(sys.modules); import qa.main; print(*(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)
    assert {name.partition(".")[0] for name in done.stdout.split()} <= {"qa", *sys.stdlib_module_names}
    assert "qa.cli" not in done.stdout.split()
