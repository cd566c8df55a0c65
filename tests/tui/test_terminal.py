import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.tui.fakes import QUESTION
from tests.tui.in_terminal import AFTER, NOISE

if sys.platform == "win32":
    pytest.skip("Windows has no pseudo-terminals of this kind", allow_module_level=True)

import pty
import select
import termios

ROOT = Path(__file__).parents[2]
PATIENCE = 30.0
CTRL_Q = b"\x11"


def read_until(terminal: int, seen: bytearray, words: str) -> None:
    """Read what the terminal shows until some words come by."""
    deadline = time.monotonic() + PATIENCE
    while words.encode() not in seen:
        left = deadline - time.monotonic()
        assert left > 0, f"{words!r} never came; the terminal showed {bytes(seen)!r}"
        if select.select([terminal], [], [], left)[0]:
            seen += os.read(terminal, 65536)


def test_the_chat_answers_in_a_real_terminal_and_leaves_it_as_it_was() -> None:
    terminal, inner = pty.openpty()
    termios.tcsetwinsize(inner, (24, 80))
    before = termios.tcgetattr(inner)
    environment = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    command = [sys.executable, "-m", "tests.tui.in_terminal"]
    seen = bytearray()
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment | {"TERM": "xterm-256color"},
        stdin=inner,
        stdout=inner,
        stderr=inner,
        start_new_session=True,
    ) as child:
        try:
            read_until(terminal, seen, "12 articles")
            os.write(terminal, QUESTION.encode() + b"\r")
            read_until(terminal, seen, "likely · 0.83")
            os.write(terminal, CTRL_Q)
            read_until(terminal, seen, AFTER)
            assert child.wait(PATIENCE) == 0
        finally:
            child.kill()
    after = termios.tcgetattr(inner)
    os.close(inner)
    os.close(terminal)
    assert seen.index(b"\x1b[?1049h") < seen.index(b"likely") < seen.index(b"\x1b[?1049l")
    assert NOISE.encode() not in seen
    assert after == before
