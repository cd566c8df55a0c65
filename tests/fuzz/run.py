"""The long run: coverage-guided, over everything that reads what somebody else wrote.

    pip install '.[fuzz]' && python -m tests.fuzz.run CORPUS [-max_total_time=3600] [-runs=100000]

CORPUS is a folder for the inputs that reached new code; a second run goes on from them. The first byte of an input
chooses what it is fed to. What raises an exception that no person should see, takes longer than ``SECONDS``, or breaks
what must hold is a fault: the first input of each is left in the folder ``CORPUS-faults``, and the run goes on. What
kills the process ends the run, and is left in the working directory as ``crash-...``. How many inputs
each target was fed, how long they took and which faults were found stands in ``CORPUS-summary.txt``.
"""

import hashlib
import random
import signal
import sys
import time
import traceback
from collections import Counter
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["index", "qa", "tui"]):
    from tests.fuzz.mutate import mutated
    from tests.fuzz.targets import SEEDS, TARGETS

# So much computing an input of a few KiB may take; the fuzzer's instruments slow the code down three times.
SECONDS = 6.0
LONGEST = 4_096
_TOLD_EVERY = 500
NAMES = tuple(TARGETS)


class TooSlow(BaseException):
    """No ``except Exception`` shall keep it from being told."""


class Run:
    """What was fed so far, and what came of it."""

    def __init__(self, corpus: Path) -> None:
        self._faults = corpus.with_name(f"{corpus.name}-faults")
        self._summary = corpus.with_name(f"{corpus.name}-summary.txt")
        self._fed: Counter[str] = Counter()
        self._seconds: Counter[str] = Counter()
        self._found: Counter[str] = Counter()

    def feed(self, data: bytes) -> None:
        """Feed an input to the target that its first byte chooses."""
        if not data:
            return
        name = NAMES[data[0] % len(NAMES)]
        began = time.process_time()
        signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
        try:
            TARGETS[name](data[1:])
        except (Exception, TooSlow) as error:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            self._keep(f"{name}: {_place(error)}", data)
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            self._fed[name] += 1
            self._seconds[name] += time.process_time() - began
        if self._fed.total() % _TOLD_EVERY == 0:
            self.tell()

    def _keep(self, fault: str, data: bytes) -> None:
        """Keep the first input of each fault."""
        self._found[fault] += 1
        if self._found[fault] == 1:
            self._faults.mkdir(exist_ok=True)
            (self._faults / hashlib.sha256(fault.encode()).hexdigest()[:12]).write_bytes(data)
            sys.stderr.write(f"FAULT {fault}\n")

    def tell(self) -> None:
        """Write the summary so far beside the corpus: libFuzzer ends the process without a last word."""
        counts = [f"{name}: {self._fed[name]:,} inputs, {self._seconds[name]:,.0f} s" for name in NAMES]
        together = f"together: {self._fed.total():,} inputs, {self._seconds.total():,.0f} s"
        faults = [f"{count:,} times {fault}" for fault, count in self._found.most_common()]
        self._summary.write_text("\n".join([*counts, together, *faults, ""]), "utf-8")


def change(data: bytes, longest: int, seed: int) -> bytes:
    """A new input of an old one: by what knows its structure, or by libFuzzer's own changes of bytes.

    Now and then it is one of a seed: libFuzzer alone would hardly feed the targets in which there is little code.
    """
    chance = random.Random(seed)
    if chance.random() < 0.25:
        place = chance.randrange(len(NAMES))
        data = bytes([place]) + chance.choice(SEEDS[NAMES[place]]).encode()
    if not data or chance.random() < 0.3:
        return bytes(atheris.Mutate(data, longest))
    return data[:1] + mutated(data[1:], chance, longest - 1)


def _place(error: BaseException) -> str:
    """Which error it is and where it was raised: of one that is too slow, the innermost place in pullquote."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if Path(frame.filename).parts[-2:-1] in {("index",), ("qa",), ("tui",)}]
    frame = (ours or frames)[-1]
    return f"{type(error).__name__} in {Path(frame.filename).name}:{frame.lineno}, {frame.name}"


def _stop(*_: object) -> None:
    raise TooSlow


def main() -> None:
    """Begin the corpus where there is none, and fuzz."""
    corpus = Path(sys.argv[1])
    corpus.mkdir(parents=True, exist_ok=True)
    for place, name in enumerate(NAMES):
        for number, text in enumerate(SEEDS[name]):
            (corpus / f"seed-{place}-{number}").write_bytes(bytes([place]) + text.encode())
            # What is imported at the first use does not count as time taken by an input.
            TARGETS[name](text.encode())
    signal.signal(signal.SIGVTALRM, _stop)
    run = Run(corpus)
    atheris.Setup([*sys.argv, f"-max_len={LONGEST}", "-len_control=0"], run.feed, custom_mutator=change)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
