"""How long the chat takes from its start to a prompt that takes keys, in a real pseudo-terminal.

python benchmarks/chat_start.py [--runs 10]

A key is typed again and again until it stands in the prompt. The bare interpreter is timed in the same run, so that the
ratio of both can be compared between machines.
"""

import argparse
import os
import pty
import select
import statistics
import subprocess
import sys
import time

KEY = b"w"
LONGEST = 20.0


def until_key_shows() -> float:
    """Seconds from the start of the chat to a key that stands in the prompt."""
    leader, follower = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "80", "LINES": "24"}
    command = [sys.executable, "-m", "qa.main", "chat", "--no-history"]
    began = time.monotonic()
    process = subprocess.Popen(command, stdin=follower, stdout=follower, stderr=follower, env=environment)
    os.close(follower)
    seen, typed = b"", False
    try:
        while time.monotonic() - began < LONGEST:
            if select.select([leader], [], [], 0.005)[0]:
                seen += os.read(leader, 65536)
            # The cursor stands on the first letter of the placeholder, in a style of its own.
            if not typed and b"sk a question" in seen:
                os.write(leader, KEY)
                typed, seen = True, b""
            elif typed and b"w" in seen:
                return time.monotonic() - began
    finally:
        os.write(leader, b"\x11")
        process.terminate()
        process.wait()
        os.close(leader)
    raise SystemExit("the prompt never came")


def bare() -> float:
    """Seconds that the interpreter alone takes."""
    began = time.monotonic()
    subprocess.run([sys.executable, "-c", "pass"], check=True)
    return time.monotonic() - began


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=10)
    options = parser.parse_args()
    until_key_shows()
    chats = sorted(until_key_shows() for _ in range(options.runs))
    bares = sorted(bare() for _ in range(options.runs))
    chat, interpreter = statistics.median(chats), statistics.median(bares)
    print(f"prompt takes keys: median {chat * 1000:.0f} ms, slowest {chats[-1] * 1000:.0f} ms")
    print(f"bare interpreter:  median {interpreter * 1000:.0f} ms; ratio {chat / interpreter:.1f}")
