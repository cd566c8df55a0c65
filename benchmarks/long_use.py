"""Use one process for long, and tell whether it takes more and more: memory, open files, threads, disk.

python benchmarks/long_use.py [--articles DIR] [--asked QUESTIONS.jsonl] [--questions 10000] [--updates 500]

First ``pullquote ask -`` is asked thousands of questions, one a line, and looked at from outside. Then one process
brings an index up to date hundreds of times, each time after a file was added, changed or removed, with a reader open
that follows. Last, one process opens a chat, asks and closes it, over and over.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import results

from index.library import Index
from index.update import update_index
from qa.chat import Chat
from qa.corpus import SAMPLES

QUESTIONS = (
    "How many troops did the CSTO send?",
    "Who is the president of Kazakhstan?",
    "How many people were detained?",
    "When did the protests begin?",
    "Who won the 2018 World Cup?",
    "What did Vladimir Putin say about the alliance, and where?",
    "Psaki",
    "\u202e[bold]How many?",
)
LOOKS = 10


def held_by(process: int) -> dict[str, float]:
    """What a process holds, where the system tells: megabytes of memory, open files, threads."""
    place = Path("/proc", str(process))
    status = (place / "status").read_text("ascii")
    return {
        "memory MB": round(int(status.partition("VmRSS:")[2].split()[0]) / 1024, 1),
        "open files": len(list((place / "fd").iterdir())),
        "threads": len(list((place / "task").iterdir())),
    }


def asked_for_long(articles: Path, questions: list[str], count: int) -> list[dict[str, float]]:
    """Ask one ``pullquote ask -`` that many questions; what it holds after each tenth of them."""
    looks: list[dict[str, float]] = []
    with subprocess.Popen(
        [sys.executable, "-m", "qa.main", "ask", "-", "--articles", str(articles)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        writer = threading.Thread(target=_write, args=(process.stdin, questions, count))
        writer.start()
        for number, line in enumerate(process.stdout, start=1):
            assert json.loads(line)["status"] in {"answered", "not_found"}, line
            if number % max(1, count // LOOKS) == 0:
                looks.append({"questions": number, **held_by(process.pid)})
                print(looks[-1], file=sys.stderr, flush=True)
        writer.join()
    return looks


def _write(stream: Any, questions: list[str], count: int) -> None:
    for number in range(count):
        stream.write(f"{questions[number % len(questions)]}\n")
    stream.close()


def changes(folder: Path) -> Iterator[None]:
    """Add, change and remove a file, over and over."""
    number = 0
    while True:
        path = folder / f"note-{number % 7}.txt"
        text = f"Harbour note {number}\n\nOn day {number} the harbour master of Brannock counted {number % 53} boats.\n"
        path.write_text(text * (1 + number % 3), "utf-8")
        yield
        if number % 3 == 2:
            path.unlink()
            yield
        number += 1


def updated_for_long(articles: Path, questions: list[str], count: int) -> list[dict[str, float]]:
    """Update one index that many times, with a reader open; what the process and the index hold after each tenth."""
    looks = []
    with tempfile.TemporaryDirectory() as place:
        news, folder = Path(place, "news"), Path(place, "index")
        shutil.copytree(articles, news)
        update_index(news, folder)
        changed = changes(news)
        with closing(Index(folder, news)) as reader:
            for number in range(1, count + 1):
                next(changed)
                assert update_index(news, folder).notes == ()
                assert reader.search(questions[number % len(questions)], 5).hits
                if number % max(1, count // LOOKS) == 0:
                    files = [path for path in folder.rglob("*") if path.is_file()]
                    size = sum(path.stat().st_size for path in files)
                    look = {"index files": len(files), "index KB": size // 1024, **held_by(os.getpid())}
                    looks.append({"updates": number, **look})
                    print(looks[-1], file=sys.stderr, flush=True)
    return looks


def opened_for_long(articles: Path, questions: list[str], count: int) -> list[dict[str, float]]:
    """Open a chat, ask and close it that many times; what the process holds after each tenth."""
    looks = []
    for number in range(1, count + 1):
        with closing(Chat(articles)) as chat:
            chat.ask(questions[number % len(questions)])
        if number % max(1, count // LOOKS) == 0:
            looks.append({"chats": number, **held_by(os.getpid())})
            print(looks[-1], file=sys.stderr, flush=True)
    return looks


def main() -> None:
    """Measure, and print or keep what was measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=Path, default=SAMPLES, help="a folder of articles; default: the samples")
    parser.add_argument("--asked", type=Path, help="questions as JSON lines; default: a few about the samples")
    parser.add_argument("--questions", type=int, default=10_000)
    parser.add_argument("--updates", type=int, default=500)
    parser.add_argument("--chats", type=int, default=200)
    results.add_options(parser)
    options = parser.parse_args()
    questions = list(QUESTIONS)
    if options.asked:
        questions = [json.loads(line)["question"] for line in options.asked.read_text("utf-8").splitlines()]
    measured = {
        "asked": asked_for_long(options.articles, questions, options.questions),
        "updated": updated_for_long(options.articles, questions, options.updates),
        "opened": opened_for_long(options.articles, questions, options.chats),
    }
    results.keep("long_use", measured, options)


if __name__ == "__main__":
    main()
