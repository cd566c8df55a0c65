"""Record ``docs/demo.cast``: the real chat over the sample articles, driven by keys, in asciinema's format.

python docs/record_demo.py
asciinema play docs/demo.cast
"""

import codecs
import fcntl
import json
import os
import pty
import select
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
WIDTH, HEIGHT = 80, 24
TYPING = 0.06

# What to type, and how many seconds to look at what comes of it.
SCRIPT = (
    ("", 3.0),
    ("how many troops did CSTO send", 0.6),
    ("\r", 3.0),
    ("and who leads it?", 0.6),
    ("\r", 3.5),
    ("\x0f", 3.0),
    ("d", 2.5),
    ("\x1b", 1.5),
    ("Who won the 2018 World Cup?", 0.6),
    ("\r", 3.5),
    ("\x11", 1.0),
)


def events(leader: int) -> Iterator[tuple[float, str]]:
    """What the terminal shows, each piece with the seconds since the start, while the script is typed."""
    began = time.monotonic()
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    for keys, pause in SCRIPT:
        # A control key is one press; words are typed letter by letter.
        for key in keys:
            os.write(leader, key.encode())
            yield from shown(leader, TYPING, began, decoder)
        yield from shown(leader, pause, began, decoder)


def shown(leader: int, seconds: float, began: float, decoder: codecs.IncrementalDecoder) -> Iterator[tuple[float, str]]:
    """What comes within some seconds."""
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        if select.select([leader], [], [], left)[0]:
            try:
                text = decoder.decode(os.read(leader, 65536))
            except OSError:
                return
            if text:
                yield time.monotonic() - began, text


def record(path: Path) -> None:
    """Run the chat, and write what it shows."""
    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", HEIGHT, WIDTH, 0, 0))
    header = {"version": 2, "width": WIDTH, "height": HEIGHT, "title": "pullquote", "env": {"TERM": "xterm-256color"}}
    with tempfile.TemporaryDirectory() as state:
        environment = {
            **os.environ,
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "XDG_STATE_HOME": state,
            "XDG_CONFIG_HOME": state,
        }
        command = [sys.executable, "-m", "qa.main", "chat"]
        process = subprocess.Popen(command, stdin=follower, stdout=follower, stderr=follower, env=environment)
        os.close(follower)
        # Where this checkout lies is nobody's business.
        shown = [(when, text.replace(str(HERE.parent), "…")) for when, text in events(leader)]
        lines = [json.dumps(header), *(json.dumps([round(when, 3), "o", text]) for when, text in shown)]
        process.terminate()
        process.wait()
        os.close(leader)
    cast = "\n".join(lines) + "\n"
    if str(HERE.parent) in cast:
        raise SystemExit("the recording tells where this checkout lies; record it again")
    path.write_text(cast, "utf-8")


if __name__ == "__main__":
    record(HERE / "demo.cast")
