"""The side of ``peers.py`` that runs in the environment of one system: build an index, answer once, or keep answering.

A system is a script that hands two functions to ``run``: one builds its index from the passages in a work folder, one
opens that index and gives back a function from a question to its reply. Only the standard library is imported here.
"""

import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from results import peak_memory


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that every system is given.

    Attributes:
        id: Its number.
        text: Its words, after the headline of its article.
        sentences: The range of each sentence in the text; the headline counts as one.
    """

    id: int
    text: str
    sentences: tuple[tuple[int, int], ...]

    def quote(self, start: int, end: int) -> str:
        """The sentences that a span touches: what would be quoted of it."""
        touched = [(first, last) for first, last in self.sentences if first < end and start < last]
        return self.text[touched[0][0] : touched[-1][1]] if touched else self.text[start:end]


@dataclass(frozen=True, slots=True)
class Found:
    """One answer of a system, best first.

    Attributes:
        quote: The sentence or sentences.
        span: The words in it that answer.
    """

    quote: str
    span: str


@dataclass(frozen=True, slots=True)
class Reply:
    """What a system says to a question.

    Attributes:
        answers: Its answers, best first, whether it refuses or not.
        refused: Whether it says that the articles do not tell.
        failed: Whether it raised an error, which then counts as a refusal.
    """

    answers: tuple[Found, ...]
    refused: bool
    failed: bool = False


Answerer = Callable[[str], Reply]


def read_passages(work: Path) -> dict[int, Passage]:
    """The passages of a work folder, by their numbers."""
    with (work / "passages.jsonl").open(encoding="utf-8") as lines:
        records = map(json.loads, lines)
        return {each["id"]: Passage(each["id"], each["text"], tuple(map(tuple, each["sentences"]))) for each in records}


def distinct(answers: Sequence[Found]) -> tuple[Found, ...]:
    """The first answer of each quote: two spans of one sentence are one quote."""
    found: dict[str, Found] = {}
    for each in answers:
        found.setdefault(each.quote, each)
    return tuple(found.values())


def run(build: Callable[[Path], None], open_index: Callable[[Path], Answerer]) -> None:
    """Do what the command line says: ``build WORK``, ``once WORK QUESTION`` or ``serve WORK``.

    ``serve`` reads one question a line, as JSON, and writes one reply a line with the milliseconds it took; at the end
    of its input it writes how much memory it took.
    """
    _, command, folder, *rest = sys.argv
    # Libraries print what they like to stdout; the replies must stand there alone.
    out, sys.stdout = sys.stdout, sys.stderr
    work = Path(folder)
    if command == "build":
        build(work)
    elif command == "once":
        reply = open_index(work)(rest[0])
        out.write(f"{reply.answers[0].quote if reply.answers else ''}\n")
    else:
        answer = open_index(work)
        out.write("{}\n")
        out.flush()
        for line in sys.stdin:
            question = json.loads(line)
            began = time.perf_counter()
            reply = answer(question)
            took = 1000 * (time.perf_counter() - began)
            out.write(json.dumps({"ms": took, **asdict(reply)}) + "\n")
            out.flush()
    if command != "once":
        out.write(json.dumps({"memory": peak_memory()}) + "\n")
