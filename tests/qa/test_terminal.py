import errno
import io
import json
import os
import re
import subprocess
import sys
from contextlib import redirect_stderr
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import PullquoteError
from index.records import Skipped
from qa import terminal

ROOT = Path(__file__).resolve().parents[2]
ESCAPE = "\x1b[31m"


def test_a_table_has_one_line_for_each_value(capsys: pytest.CaptureFixture[str]) -> None:
    table = {"a": 1, "long name": "x", "open": None, "files": ["p", "q"], "none": [], "records": [{"id": 1}]}
    terminal.show_table(table, as_json=False)
    assert capsys.readouterr() == ("a          1\nlong name  x\nopen       -\nfiles      p\nfiles      q\n", "")


def test_a_table_as_json_is_all_of_it(capsys: pytest.CaptureFixture[str]) -> None:
    table = {"a": 1, "open": None, "records": [{"id": "é\x1b"}]}
    terminal.show_table(table, as_json=True)
    written = capsys.readouterr().out
    assert json.loads(written) == table
    assert written.isascii()
    assert "\x1b" not in written


def test_names_of_files_in_a_table_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    terminal.show_table({"path": f"{ESCAPE}a\nb", "skipped": [f"{ESCAPE}c\nd"]}, as_json=False)
    assert capsys.readouterr().out == "path     ␛[31ma␊b\nskipped  ␛[31mc␊d\n"


def test_skipped_files_are_named_on_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    terminal.show_skipped([Skipped(f"a{ESCAPE}\nb.txt", "empty"), Skipped("dump.jsonl:17", "no text in it")])
    assert capsys.readouterr() == ("", "skipped a␛[31m␊b.txt: empty\nskipped dump.jsonl:17: no text in it\n")


@pytest.mark.parametrize(
    ("count", "lines", "last"), [(0, 0, ""), (5, 5, "skipped 4.txt: empty"), (7, 6, "skipped 2 more")]
)
def test_of_many_skipped_files_the_first_are_named(
    count: int, lines: int, last: str, capsys: pytest.CaptureFixture[str]
) -> None:
    terminal.show_skipped(Skipped(f"{number}.txt", "empty") for number in range(count))
    told = capsys.readouterr().err.splitlines()
    assert len(told) == lines
    assert "".join(told[-1:]).startswith(last)


def test_an_error_tells_what_why_and_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    terminal.show_error(PullquoteError("It broke", f"it was {ESCAPE}old", "buy another"))
    assert capsys.readouterr() == ("", "pullquote: It broke\n  why: it was ␛[31mold\n  fix: buy another\n")


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EIO])
def test_a_disk_that_takes_no_more_is_told_so(number: int) -> None:
    error = terminal.told(OSError(number, os.strerror(number), "news.txt"))
    assert error.what == "The output or a file cannot be written"
    assert error.why == f"{os.strerror(number).lower()}: news.txt"
    assert "make room" in error.fix


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (PermissionError(errno.EACCES, "Permission denied", "news"), "permission denied: news"),
        (FileNotFoundError(errno.ENOENT, "No such file or directory"), "no such file or directory"),
        (OSError("odd"), "odd"),
        (OSError(), "oserror"),
    ],
)
def test_every_other_refusal_of_the_system_is_told_by_its_cause(error: OSError, why: str) -> None:
    told = terminal.told(error)
    assert (told.what, told.why) == ("A file or folder cannot be used", why)
    assert "room" not in told.fix


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
@pytest.mark.parametrize("stderr", ["None", "open('/dev/full', 'w', buffering=1)"])
def test_a_note_that_cannot_be_written_is_no_error(stderr: str) -> None:
    code = f"import os, sys; sys.stderr = {stderr}; from qa.terminal import note; note('x'); print('on'); os._exit(0)"
    done = subprocess.run([sys.executable, "-u", "-c", code], cwd=ROOT, check=True, capture_output=True)
    assert (done.stdout, done.stderr) == (b"on\n", b"")


def test_lines_in_a_pipe_have_no_styles(capsys: pytest.CaptureFixture[str]) -> None:
    terminal.show_lines([[("a", "quote"), ("b", "span")], [], [("c", "dim")]])
    assert capsys.readouterr().out == "ab\n\nc\n"


def test_there_is_no_progress_where_nobody_looks(capsys: pytest.CaptureFixture[str]) -> None:
    with terminal.progress() as report:
        assert report is None
    assert capsys.readouterr() == ("", "")


def in_terminal(code: str, *, columns: int = 100, stdout_is_terminal: bool = True) -> tuple[bytes, bytes]:
    """What a program shows on a terminal, and what it writes to stdout where that is none."""
    ours, theirs = os.openpty()
    out = theirs if stdout_is_terminal else subprocess.PIPE
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": str(columns)}
    environment.pop("NO_COLOR", None)
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=theirs) as process:
        os.close(theirs)
        screen = b""
        while True:
            try:
                piece = os.read(ours, 65_536)
            except OSError:  # how Linux tells that the other end was closed
                break
            if not piece:
                break
            screen += piece
        piped = process.stdout.read() if process.stdout else b""
    os.close(ours)
    assert process.returncode == 0
    return screen, piped


IN_TERMINAL = """
from index.records import Progress
from qa.terminal import progress, show_lines
with progress() as report:
    report(Progress("Reading articles", 1, 2))
    report(Progress("Reading articles", 2, 2))
    report(Progress("Writing the index", 0, 0))
show_lines([[("plain [bold]", "quote"), ("marked", "span")]])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_in_a_terminal_there_is_progress_on_stderr_and_style_on_stdout() -> None:
    screen, _ = in_terminal(IN_TERMINAL)
    assert b"Reading articles" in screen
    assert b"2/2" in screen
    assert b"Writing the index" in screen
    assert b"/100" not in screen
    assert b"plain [bold]\x1b[1;4mmarked\x1b[0m" in screen
    screen, piped = in_terminal(IN_TERMINAL, stdout_is_terminal=False)
    assert b"Reading articles" in screen
    assert piped == b"plain [bold]marked\n"


@given(st.text(st.sampled_from("a\n\r\t\x1b\u2028 :"), max_size=30))
def test_an_error_has_three_lines_and_no_name_in_it_adds_one(name: str) -> None:
    told = io.StringIO()
    with redirect_stderr(told):
        terminal.show_error(PullquoteError(f"x{name}", f"x{name}", f"x{name}"))
    what, why, fix, end = told.getvalue().split("\n")
    assert (what[:12], why[:8], fix[:8], end) == ("pullquote: x", "  why: x", "  fix: x", "")


WRAPPED = """
from qa.terminal import show_lines
show_lines([[("word " * 28 + "[1] Reuters", "quote")], [("    " + "title " * 30, "dim")], [], [("x" * 100, "")]])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_in_a_terminal_only_the_lines_of_an_answer_begin_at_its_edge() -> None:
    screen, _ = in_terminal(WRAPPED, columns=40)
    lines = re.sub(r"\x1b\[[0-9;]*m", "", screen.decode()).split("\r\n")
    assert all(len(line) <= 40 for line in lines)
    indents = [len(line) - len(line.lstrip()) for line in lines if line]
    assert indents == [0, *[2] * 4, 4, *[6] * 5, 0, *[2] * 2]
