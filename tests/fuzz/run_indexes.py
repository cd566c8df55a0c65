"""Harmed index directories: each is opened and asked in a process of its own, since the libraries may end it.

    OMP_NUM_THREADS=1 python -m tests.fuzz.run_indexes [COUNT] [SEED]

A small index is built; then COUNT times, one of its files is changed, cut, or exchanged for a part of another one.
Right is an answer or a ``PullquoteError``. Anything else is a fault, and its harm is printed: another exception, a
signal, or more than ``SECONDS``.
"""

import os
import random
import resource
import shutil
import signal
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path

import numpy as np

from index.errors import PullquoteError
from index.fusion import FusionSettings
from index.shard import Shard
from index.sketches import BANDS
from index.update import update_index
from index.vector_settings import VectorSettings
from tests.fuzz.mutate import mutated

SECONDS = 20
_ANSWERED, _REFUSED, _FAILED = 0, 7, 8
_MEMORY = 8 << 30
_WORDS = "flood bridge Oslen mayor ferry Linden quay school Karn harbour council river night repair".split()

Harm = Callable[[Path, random.Random], None]


def change_bytes(path: Path, chance: random.Random) -> None:
    """Some bytes become others: as often the first ones, where the lengths stand, as any."""
    data = bytearray(path.read_bytes())
    reach = len(data) if chance.random() < 0.5 else min(len(data), 200)
    for _ in range(chance.choice((1, 1, 2, 8, 64)) if data else 0):
        data[chance.randrange(reach)] = chance.choice((0, 1, 0x7F, 0x80, 0xFF, chance.randrange(256)))
    path.write_bytes(data)


def cut(path: Path, chance: random.Random) -> None:
    """The end is missing."""
    data = path.read_bytes()
    path.write_bytes(data[: chance.randint(0, len(data))])


def blank(path: Path, chance: random.Random) -> None:
    """A block is zeros, or something else, as after a power cut."""
    data = path.read_bytes()
    start = chance.randint(0, len(data))
    end = min(len(data), start + chance.choice((1, 8, 512, 4_096, len(data))))
    path.write_bytes(data[:start] + bytes([chance.choice((0, 0xA5, 0xFF))]) * (end - start) + data[end:])


def rework(path: Path, chance: random.Random) -> None:
    """Pieces repeated, removed and put in: for the files that are text."""
    path.write_bytes(mutated(path.read_bytes(), chance, 1 << 20))


def lengthen(path: Path, chance: random.Random) -> None:
    """Something stands behind the end."""
    with path.open("ab") as file:
        file.write(chance.randbytes(chance.choice((1, 100, 10_000))))


HARMS: tuple[Harm, ...] = (change_bytes, change_bytes, change_bytes, cut, blank, rework, lengthen)


def build(folder: Path, lists: bool) -> None:
    """A small index, whose vectors are compared all or sorted into lists."""
    chance = random.Random(1)
    news = folder / "news"
    news.mkdir(parents=True)
    for number in range(40):
        sentences = [" ".join(chance.choices(_WORDS, k=9)).capitalize() + "." for _ in range(8)]
        (news / f"{number}.txt").write_text(f"6 January 2022\n\n{' '.join(sentences)}\n", "utf-8")
    update_index(news, folder / "index", vectors=VectorSettings(exact=1) if lists else None)


def ask(folder: Path) -> None:
    """All that a question asks of an index, but the model."""
    vector = np.full(384, 384**-0.5, np.float32)
    with closing(Shard(folder / "index", folder / "news", FusionSettings())) as shard:
        facts = shard.facts(("flood", "owl"))
        for days in ((None, None), (date(2022, 1, 1), date(2022, 2, 1))):
            found = shard.find("Which bridge did the flood shut?", vector, facts.digest, 50, days, None)
            fetched, articles = shard.fetch([number for number, _ in (*found.dense, *found.lexical)])
        for item in fetched.values():
            text = articles[item.passage.article].text
            assert all(text[place.start : place.end].strip() for place in item.passage.sentences)
        shard.standing(["flood"], "Flood")
        shard.spelled("Oslenn")
        shard.term_weights("flood at the quay")
        for article in list(articles.values())[:3]:
            shard.origin(article)
            shard.copies_by_sketch([(article.text[16:90].partition(".")[0] + ".", (1,) * BANDS)])
        shard.catalogue()
        shard.counts()


def outcome(work: Callable[[], None]) -> str:
    """What comes of some work in a process of its own. This process does none: what it held, a fork would break."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        signal.alarm(SECONDS)
        code = _FAILED
        try:
            work()
            code = _ANSWERED
        except PullquoteError:
            code = _REFUSED
        except BaseException as error:
            place = traceback.extract_tb(error.__traceback__)[-1]
            told = f"{type(error).__name__} in {Path(place.filename).name}:{place.lineno}, {place.name}: {error}"
            os.write(writing, told.encode("utf-8", "replace")[:300])
        finally:
            os._exit(code)
    os.close(writing)
    with os.fdopen(reading, "rb") as told:
        why = told.read().decode()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return f"signal {signal.Signals(os.WTERMSIG(status)).name}"
    return {_ANSWERED: "answered", _REFUSED: "refused"}.get(os.WEXITSTATUS(status), why)


def main(count: int, seed: int) -> None:
    """Harm, ask, and tell."""
    told: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as place:
        wholes = [Path(place, name) for name in ("exact", "lists")]
        for whole, lists in zip(wholes, (False, True), strict=True):
            assert outcome(partial(build, whole, lists)) == "answered"
            assert outcome(partial(ask, whole)) == "answered"
        for number in range(seed, seed + count):
            chance = random.Random(number)
            harmed = Path(place, "harmed")
            shutil.copytree(chance.choice(wholes), harmed)
            files = [path for path in sorted((harmed / "index").rglob("*")) if path.is_file() and path.stat().st_size]
            # The kind is drawn first: of one index, most files are Tantivy's.
            kind = chance.choice(sorted({path.suffix or path.name for path in files} - {".lock"}))
            harm, path = chance.choice(HARMS), chance.choice([path for path in files if path.name.endswith(kind)])
            harm(path, chance)
            result = outcome(partial(ask, harmed))
            told[f"{kind}: {result}"] += 1
            if result not in {"answered", "refused"}:
                sys.stderr.write(f"FAULT {number} {harm.__name__} {path.name}: {result}\n")
            shutil.rmtree(harmed)
    for result, times in sorted(told.items()):
        sys.stderr.write(f"{times:,} times {result}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 10_000, int(sys.argv[2]) if sys.argv[2:] else 0)
