"""How ``peers.py`` runs a system: where it runs, what it is given, and how it is built, started and asked."""

import json
import os
import resource
import shutil
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.models import find_model, verified_folder
from index.passages import embedded_text, passage_body
from index.store import Store
from qa.corpus import base_of

HERE = Path(__file__).resolve().parent
FEW_ARTICLES = 3


@dataclass(frozen=True, slots=True)
class System:
    """One of the systems that are compared.

    Attributes:
        name: What it is called.
        script: The script that runs it.
        is_peer: Whether it runs in the environment of the peers.
        settings: Its environment variables.
        shares: The name of the system whose index it uses, or its own.
    """

    name: str
    script: str
    is_peer: bool
    settings: tuple[tuple[str, str], ...] = ()
    shares: str = ""


@dataclass(frozen=True, slots=True)
class Bench:
    """Where the systems run.

    Attributes:
        python: The interpreter of the peers.
        work: The folder for indexes, one a set, and for the reader.
    """

    python: str
    work: Path

    def command(self, system: System, *arguments: str) -> list[str]:
        """The command line of a system."""
        return [self.python if system.is_peer else sys.executable, str(HERE / system.script), *arguments]

    def environment(self, system: System) -> dict[str, str]:
        """Its environment: nothing is downloaded or told to anybody."""
        return {
            **os.environ,
            "HF_HUB_OFFLINE": "1",
            "HAYSTACK_TELEMETRY_ENABLED": "False",
            "PYTHONPATH": str(HERE.parent),
            "PEER_ENCODER": str(verified_folder(find_model())),
            "PEER_READER": str(self.work / "reader"),
            **dict(system.settings),
        }


def fewer(file: Path, articles: Path, count: int, work: Path) -> tuple[Path, Path]:
    """The first questions that name at most three articles, and a folder of these articles alone.

    Args:
        file: Questions as JSON lines; where none has ``"articles"``, they and their articles stay as they are.
        articles: The folder of all articles.
        count: How many questions.
        work: Where the smaller set is written.

    Returns:
        The questions and the folder.
    """
    records = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    if not any("articles" in record for record in records):
        return file, articles
    there = [(each, [name for name in each["articles"] if (articles / name).exists()]) for each in records]
    chosen = [(each, names) for each, names in there if 0 < len(names) <= FEW_ARTICLES][:count]
    folder, questions = work / "articles", work / "questions.jsonl"
    folder.mkdir(parents=True, exist_ok=True)
    for name in {name for _, names in chosen for name in names}:
        shutil.copy(articles / name, folder)
    questions.write_text("".join(json.dumps(each) + "\n" for each, _ in chosen), "utf-8")
    return questions, folder


def write_passages(work: Path) -> int:
    """Write the passages of pullquote's index, with the ranges of their sentences, for the peers.

    Returns:
        How many there are.
    """
    source = Path(json.loads((work / "set.json").read_text("utf-8"))["articles"])
    folder = work / "pullquote"
    lines = []
    with closing(Store(folder, base_of(source, folder))) as store, store.reading():
        for article, passage in store.passages_after(0):
            parts = [passage_body(article.text, [sentence]) for sentence in passage.sentences]
            text = embedded_text(article.title, " ".join(parts))
            start = len(text) - len(" ".join(parts))
            # The headline can be quoted as well, and counts as a sentence.
            ranges = [(0, start)] if start else []
            for part in parts:
                ranges.append((start, start + len(part)))
                start += len(part) + 1
            lines.append(json.dumps({"id": passage.id, "text": text, "sentences": ranges}) + "\n")
    (work / "passages.jsonl").write_text("".join(lines), "utf-8")
    return len(lines)


def build(bench: Bench, system: System, work: Path) -> dict[str, float]:
    """Build the index of a system, or tell what that took earlier: seconds, seconds of processors, and MB."""
    note = work / f"{system.shares or system.name}.built.json"
    if not note.exists():
        began, worked = time.perf_counter(), _processor_seconds()
        done = subprocess.run(
            bench.command(system, "build", str(work)), env=bench.environment(system), stdout=subprocess.PIPE, check=True
        )
        told = {
            "build s": round(time.perf_counter() - began, 2),
            "build processor s": round(_processor_seconds() - worked, 2),
            "build memory MB": json.loads(done.stdout.splitlines()[-1])["memory"],
        }
        note.write_text(json.dumps(told), "utf-8")
    built: dict[str, float] = json.loads(note.read_text("utf-8"))
    return built


def _processor_seconds() -> float:
    """What the processors worked for the processes that have ended, which does not depend on what else they did."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def first_answer(bench: Bench, system: System, work: Path, question: str) -> float:
    """Seconds of a new process that opens the index, answers a question and ends."""
    command = bench.command(system, "once", str(work), question)
    if not system.is_peer:
        articles = json.loads((work / "set.json").read_text("utf-8"))["articles"]
        command = [sys.executable, "-m", "qa.main", "ask", question, "-a", articles, "--index", str(work / "pullquote")]
    began = time.perf_counter()
    done = subprocess.run(command, env=bench.environment(system), capture_output=True, text=True, check=False)
    took = time.perf_counter() - began
    # pullquote ends with 1 where it refuses.
    if done.returncode not in (0, 1) or (system.is_peer and done.returncode):
        raise SystemExit(f"{system.name} failed: {done.stderr[-2000:]}")
    return took


class Served:
    """A system that is open and answers one question after another."""

    def __init__(self, bench: Bench, system: System, work: Path) -> None:
        """Start it, and wait until it is ready."""
        self._process = subprocess.Popen(
            bench.command(system, "serve", str(work)),
            env=bench.environment(system),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self._read()

    def ask(self, question: str) -> dict[str, Any]:
        """Its reply, with the milliseconds it took."""
        assert self._process.stdin
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        return self._read()

    def close(self) -> float:
        """End it, and tell how much memory it took, in MB."""
        assert self._process.stdin
        self._process.stdin.close()
        memory: float = self._read()["memory"]
        self._process.wait()
        return memory

    def stop(self) -> None:
        """End it, however it is."""
        self._process.kill()
        self._process.wait()

    def _read(self) -> dict[str, Any]:
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit(f"{self._process.args[1]} ended early")
        found: dict[str, Any] = json.loads(line)
        return found
