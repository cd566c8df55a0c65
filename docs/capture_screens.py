"""Capture each screen of the running chat at 80x24 as text, into ``docs/screens``; needs tmux.

python docs/capture_screens.py

The chat runs over the bundled samples, as ``pullquote chat`` starts it, in a tmux server of its own.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
SOCKET = "pullquote-screens"
LONGEST_WAIT = 60.0

# What to press, what then has to stand on the screen, and the name of the capture ("" for none).
STEPS: tuple[tuple[tuple[str, ...], str, str], ...] = (
    ((), "Tab, Enter", "1-empty"),
    (("-l", "how many troops did CSTO send"), "> how many troops", ""),
    (("Enter",), "very likely", "2-answer"),
    (("-l", "Who won the 2018 World Cup?"), "> Who won", ""),
    (("Enter",), "Not in these articles.", "3-not-found"),
    (("M-Up",), "f1 Keys", ""),
    (("M-Up",), "f1 Keys", ""),
    (("F4",), "Why: how many troops", "4-why"),
    (("Escape",), "Ask a question", ""),
    (("C-o",), "esc Back", "5-article"),
    (("Escape",), "Ask a question", ""),
    (("F2",), "9 articles", "6-articles"),
    (("Escape",), "Ask a question", ""),
    (("F3",), "conversation about", "7-conversations"),
    (("Escape",), "Ask a question", ""),
    (("F1",), "Keys and commands", "8-help"),
    (("Escape",), "Ask a question", ""),
    (("C-p",), "Keys and commands", "9-palette"),
    (("Escape",), "Ask a question", ""),
    (("C-o",), "esc Back", ""),
    (("d",), "dimmed now", "10-article-furniture"),
)


def tmux(*arguments: str) -> str:
    """Give a command to the tmux server, and what it prints."""
    program = shutil.which("tmux")
    if program is None:
        raise SystemExit("tmux is needed to take the captures")
    command = [program, "-L", SOCKET, "-f", os.devnull, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def wait_for(words: str) -> str:
    """The screen, once some words stand on it and it is still."""
    deadline = time.monotonic() + LONGEST_WAIT
    shown, before = "", ""
    while time.monotonic() < deadline:
        time.sleep(0.4)
        before, shown = shown, tmux("capture-pane", "-p", "-t", "chat")
        if words in shown and shown == before:
            return shown
    raise SystemExit(f"“{words}” never came:\n{shown}")


def capture(folder: Path) -> None:
    """Run the chat, and write each capture."""
    with tempfile.TemporaryDirectory() as state:
        environment = [f"XDG_STATE_HOME={state}", f"XDG_CONFIG_HOME={state}"]
        set_environment = [part for pair in environment for part in ("-e", pair)]
        chat = f"{sys.executable} -m qa.main chat"
        tmux("new-session", "-d", "-s", "chat", "-x", "80", "-y", "24", *set_environment, chat)
        try:
            for keys, words, name in STEPS:
                if keys:
                    tmux("send-keys", "-t", "chat", *keys)
                shown = wait_for(words)
                if name:
                    # Where this checkout lies is nobody's business.
                    shown = shown.replace(str(HERE.parent), "…")
                    lines = "\n".join(line.rstrip() for line in shown.rstrip("\n").split("\n"))
                    (folder / f"{name}.txt").write_text(lines.rstrip() + "\n", "utf-8")
        finally:
            tmux("kill-server")


if __name__ == "__main__":
    target = HERE / "screens"
    target.mkdir(exist_ok=True)
    capture(target)
