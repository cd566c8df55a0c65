"""Taking articles out of files in a process of its own, within a budget of time and memory.

Files are anyone's. One that hangs a parser, or wants all memory, or ends the process that reads it, costs that process:
it is named and skipped, and the next file is read by a new process.

Both ends are here. A request is a line of JSON, followed by the bytes of the file; the answer is a line of JSON for
each article or skipped record, and at its end a line with ``null``, or one that tells why the file is skipped. Run as
``python -m index.intake_process BYTES``.
"""

import faulthandler
import json
import math
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any

from index.child import child_command, child_environment
from index.discover import SourceFile
from index.errors import CorpusError
from index.records import Article, Sentence, Skipped, Taken
from index.shares import WHOLE, Share, read_share

MEMORY = 2 << 30
_SECONDS = 30.0
_BYTES_A_SECOND = 100_000
# What a process does with an article before it takes the next one is no time of the file's.
_OVERTIME = 10
_READY = "ready"


def seconds_for(size: int) -> float:
    """The most seconds that a file of so many bytes may take: ten times what one is seen to take.

    Example:
        >>> seconds_for(0), seconds_for(8_000_000)
        (30.0, 110.0)
    """
    return _SECONDS + size / _BYTES_A_SECOND


class Unreadable(ValueError):
    """A file went beyond its budget, or ended the process that read it.

    Attributes:
        reason: Why it is skipped.
        for_good: Whether it would be skipped again as long as it does not change.
    """

    def __init__(self, reason: str, *, for_good: bool = True) -> None:
        """Keep the reason."""
        super().__init__(reason)
        self.reason = reason
        self.for_good = for_good


class IntakeProcess:
    """Reads files, one after the other, in a child process that begins with the first one.

    Example:
        >>> from contextlib import closing
        >>> file = SourceFile(Path("/news/a.txt"), "a.txt", 42, "42-1-1")
        >>> with closing(IntakeProcess()) as intake:
        ...     [taken] = intake.take(file, b"Rain fell on Monday. It stopped on Friday.")
        >>> len(taken.sentences)
        2
    """

    def __init__(self, memory: int = MEMORY, seconds: Callable[[int], float] = seconds_for) -> None:
        """Set the budget of each file.

        Args:
            memory: The most bytes that reading one may take, where the system can limit that.
            seconds: How long a file of so many bytes may take.
        """
        self._memory = memory
        self._seconds = seconds
        self._child: subprocess.Popen[bytes] | None = None

    def close(self) -> None:
        """End the process."""
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            child.communicate()

    def take(self, file: SourceFile, data: bytes, share: Share = WHOLE) -> Iterator[Taken | Skipped]:
        """Take the articles out of a file, as ``index.intake.take_in`` does.

        Args:
            file: A file that ``discover`` found.
            data: Its content, as ``index.discover.read_file`` gives it.
            share: Which articles are taken.

        Raises:
            Unreadable: It takes too long or too much memory, or ended the process. What was yielded is not all of it.
            CorpusError: No process can be started.
        """
        is_begun = False
        for is_last in (False, True):
            try:
                for item in self._taken(file, data, share):
                    is_begun = True
                    yield item
            except _EndedError as error:
                # It may have been ended for what is no fault of this file: by the system, or by a person.
                if is_last or is_begun:
                    reason = f"cannot be read: it ended the process that read it ({error})"
                    raise Unreadable(reason, for_good=False) from None
            else:
                return

    def _taken(self, file: SourceFile, data: bytes, share: Share) -> Iterator[Taken | Skipped]:
        if self._child is not None and self._child.poll() is not None:
            self.close()
        child = self._child = self._child or self._started()
        seconds = self._seconds(len(data))
        watch = _Watch(child, seconds)
        is_whole = False
        try:
            with suppress(OSError):
                _send(child, file, data, share, seconds)
            while (item := _received(child)) is not None:
                with watch.paused():
                    yield item
            is_whole = True
        except EOFError:
            if watch.has_ended_it:
                raise Unreadable(f"cannot be read: it takes more than {seconds:.0f} seconds") from None
            raise _EndedError(_how_ended(child.wait())) from None
        finally:
            watch.stop()
            if not is_whole:
                # What is left of this answer must not be taken for that of the next file.
                self.close()

    def _started(self) -> "subprocess.Popen[bytes]":
        try:
            child = subprocess.Popen(
                child_command("index.intake_process", str(self._memory)),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=child_environment({}),
            )
        except OSError as error:
            raise _not_started(error.strerror or str(error)) from error
        assert child.stdout is not None
        if child.stdout.readline().strip() != _READY.encode():
            _, told = child.communicate()
            raise _not_started((told.decode(errors="replace").strip().splitlines() or ["it ended at once"])[-1])
        return child


class _EndedError(Exception):
    """The process has ended over a file."""


class _Watch:
    """Ends a process that takes longer for a file than it may, but for the time in which it is not waited for."""

    def __init__(self, child: "subprocess.Popen[bytes]", seconds: float) -> None:
        self.has_ended_it = False
        self._child = child
        self._until = time.monotonic() + seconds
        self._lock = threading.Lock()
        self._timer = self._started(seconds)

    def stop(self) -> None:
        """Leave the process alone from now on."""
        with self._lock:
            self._until = math.inf
            self._timer.cancel()

    @contextmanager
    def paused(self) -> Iterator[None]:
        """A time that does not count."""
        began = time.monotonic()
        try:
            yield
        finally:
            with self._lock:
                self._until += time.monotonic() - began

    def _started(self, seconds: float) -> threading.Timer:
        timer = threading.Timer(seconds, self._look)
        timer.daemon = True
        timer.start()
        return timer

    def _look(self) -> None:
        with self._lock:
            left = self._until - time.monotonic()
            if math.isinf(left):
                return
            if left > 0:
                self._timer = self._started(left)
                return
            self.has_ended_it = True
            self._child.kill()


def _not_started(why: str) -> CorpusError:
    return CorpusError("No article can be read", f"the process that reads them cannot be started: {why}", "try again")


def _how_ended(code: int) -> str:
    if code >= 0:
        return f"exit code {code}"
    with suppress(ValueError):
        return signal.Signals(-code).name
    return f"signal {-code}"


def _send(child: "subprocess.Popen[bytes]", file: SourceFile, data: bytes, share: Share, seconds: float) -> None:
    assert child.stdin is not None
    request = {**asdict(file), "path": str(file.path), "share": str(share), "bytes": len(data), "seconds": seconds}
    child.stdin.write(json.dumps(request).encode() + b"\n")
    child.stdin.write(data)
    child.stdin.flush()


def _received(child: "subprocess.Popen[bytes]") -> Taken | Skipped | None:
    """The next item of an answer; None at its end.

    Raises:
        EOFError: The process has ended.
        Unreadable: It went beyond its memory.
    """
    assert child.stdout is not None
    line = child.stdout.readline()
    if not line.endswith(b"\n"):
        raise EOFError
    fields: dict[str, Any] | None = json.loads(line)
    if fields is None:
        return None
    if "unreadable" in fields:
        raise Unreadable(fields["unreadable"])
    if "reason" in fields:
        return Skipped(**fields)
    article = Article(**fields["article"])
    published = article.published and date.fromisoformat(str(article.published))
    return Taken(replace(article, published=published), tuple(Sentence(*place) for place in fields["sentences"]))


def _plain(item: Taken | Skipped) -> dict[str, Any]:
    """An item in plain JSON types."""
    if isinstance(item, Skipped):
        return asdict(item)
    article = {**asdict(item.article), "published": item.article.published and item.article.published.isoformat()}
    return {"article": article, "sentences": [(sentence.start, sentence.end) for sentence in item.sentences]}


def _answer(fields: dict[str, Any], data: bytes) -> Iterator[dict[str, Any] | None]:
    """The lines of the answer. Whatever a file makes the rules do is the file's fault, and named."""
    from index.intake import take_in

    file = SourceFile(Path(fields["path"]), fields["relative"], fields["size"], fields["signature"])
    try:
        yield from map(_plain, take_in(file, data, read_share(fields["share"])))
        yield None
    except MemoryError:
        yield {"unreadable": "cannot be read: it takes too much memory"}
    except Exception as error:
        yield {"unreadable": f"cannot be read: it is too much for the rules ({type(error).__name__})"}


def _limit_memory(size: int) -> None:
    """Let this process have no more memory than that, where the system can do so."""
    try:
        import resource
    except ImportError:
        return
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_DATA, (size, size))
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(memory: int) -> None:
    """Answer requests until there are no more."""
    # Ctrl-C goes to every process of a terminal. The one that asks tells when it is over, by closing the pipe.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit_memory(memory)
    # What a library prints must not get between the answers.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="ascii")
    answers.write(f"{_READY}\n")
    answers.flush()
    nothing = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(nothing, stream.fileno())
    requests = sys.stdin.buffer
    while line := requests.readline():
        fields = json.loads(line)
        # Whoever asks keeps the time. Where it was killed itself, nobody else would end a parser that hangs.
        faulthandler.dump_traceback_later(_OVERTIME * fields["seconds"] + 1, exit=True, file=nothing)
        for item in _answer(fields, requests.read(fields["bytes"])):
            answers.write(json.dumps(item) + "\n")
        answers.flush()
        faulthandler.cancel_dump_traceback_later()


if __name__ == "__main__":
    main(int(sys.argv[1]))
