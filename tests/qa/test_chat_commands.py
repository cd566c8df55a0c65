import os
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

import tui.serve
from tests.qa.commands import run, start
from tui.history import HISTORY_FILE, History
from tui.paths import state_folder

REPAIRS = "How many weeks will the repairs of the bridge take?"
ANSWER = "Answer: Engineer Tomas Veld said that repairs would take 14 weeks."
PATIENCE = 60.0
CTRL_C = b"\x03"


@pytest.fixture(autouse=True)
def own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the conversations of a test to itself."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def kept() -> list[str]:
    """The questions that were kept."""
    with closing(History(state_folder() / HISTORY_FILE)) as history:
        return history.questions()


@pytest.mark.parametrize("arguments", [[], ["chat"], ["chat", "Who?"]])
def test_the_chat_needs_a_terminal_and_without_one_tells_what_does_not(arguments: list[str]) -> None:
    done = run(*arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "it needs a terminal" in done.stderr
    assert "--plain" in done.stderr
    assert "pullquote ask" in done.stderr


def test_in_plain_lines_the_chat_needs_no_terminal(here: list[object]) -> None:
    done = run("chat", "--plain", *here, stdin=f"{REPAIRS}\n/source 1\n")
    assert done.exit_code == 0
    told = done.stdout.splitlines()
    assert told[:2] == [f"Question: {REPAIRS}", ANSWER]
    assert told[told.index("Quote begins.") - 1].startswith("Before: The stone bridge over the Linden was closed")
    assert "Articles: 5 in " in done.stderr


def test_a_plain_chat_refers_to_what_was_asked_before(here: list[object]) -> None:
    done = run("chat", "--plain", *here, REPAIRS, stdin="And of the cheese?\n")
    assert f"Question: {REPAIRS}\n{ANSWER}" in done.stdout
    assert "Question: And of the cheese?\nAsked as: " in done.stdout


def test_a_conversation_is_kept_unless_that_is_not_wanted(here: list[object]) -> None:
    run("chat", "--plain", "--no-history", *here, stdin=f"{REPAIRS}\n")
    assert kept() == []
    run("chat", "--plain", *here, stdin=f"{REPAIRS}\n")
    assert kept() == [REPAIRS]


def test_articles_that_cannot_be_opened_give_their_exit_code_in_plain_lines_too(tmp_path: Path) -> None:
    done = run("chat", "--plain", "--articles", tmp_path / "none", stdin=f"{REPAIRS}\n")
    assert (done.exit_code, done.stdout) == (3, "")
    assert [line.partition(":")[0] for line in done.stderr.splitlines()[-3:]] == ["Error", "Why", "What to do"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals of this kind")
@pytest.mark.parametrize(
    ("environment", "why"),
    [
        ({"TERM": "dumb"}, "this terminal cannot move its cursor"),
        ({"TERM": "xterm", "PYTHONIOENCODING": "ascii"}, "ascii has no characters to draw with"),
    ],
)
def test_a_terminal_that_cannot_be_drawn_on_gets_plain_lines(
    environment: dict[str, str], why: str, here: list[object]
) -> None:
    import pty

    from tests.tui.test_terminal import read_until

    terminal, inner = pty.openpty()
    seen = bytearray()
    with start(
        "chat",
        *here,
        stdin=inner,
        stdout=inner,
        stderr=inner,
        start_new_session=True,
        preexec_fn=take_terminal,
        env=os.environ | environment,
    ) as child:
        try:
            os.close(inner)
            read_until(terminal, seen, f"plain lines, as with --plain, since {why}.")
            read_until(terminal, seen, "Question: ")
            os.write(terminal, f"{REPAIRS}\n".encode())
            read_until(terminal, seen, ANSWER)
            os.write(terminal, CTRL_C)
            read_until(terminal, seen, "Ctrl+C once more leaves.")
            os.write(terminal, CTRL_C)
            assert child.wait(PATIENCE) == 130
        finally:
            child.kill()
            os.close(terminal)
    assert b"\x1b" not in seen


def take_terminal() -> None:
    """Let Ctrl+C in the terminal on standard input reach this process."""
    import fcntl
    import termios

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def test_what_is_served_is_the_chat_over_the_same_articles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[tuple[Sequence[str], int]] = []
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my news").mkdir()
    monkeypatch.setattr(tui.serve, "serve", lambda arguments, *, port: called.append((arguments, port)))
    assert run("serve").exit_code == 0
    assert run("serve", "--articles", "my news", "--reader", "-r", "--port", 9000, "--no-history").exit_code == 0
    assert called == [
        (["chat"], 8000),
        (["chat", "--articles=my news", "--reader=-r", "--no-history"], 9000),
    ]
    assert run("serve", "--articles", "no news").exit_code == 3


@pytest.mark.parametrize("port", ["0", "65536", "x"])
def test_a_port_that_there_cannot_be_is_refused(port: str) -> None:
    assert run("serve", "--port", port).exit_code == 2


def test_a_chat_that_is_served_needs_no_terminal(here: list[object], monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str | None] = []
    monkeypatch.setenv("TEXTUAL_DRIVER", "textual.drivers.web_driver:WebDriver")
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setattr(tui, "run", lambda _engine, question, *, history: drawn.append(question) or 0)
    assert run("chat", *here, REPAIRS).exit_code == 0
    assert drawn == [REPAIRS]
