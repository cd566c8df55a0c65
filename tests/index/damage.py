"""Ways to harm a file, and how the harm is told."""

from collections.abc import Callable
from pathlib import Path

from index.errors import IndexDamagedError


def put(path: Path, data: bytes) -> None:
    """Put another file in the place of one, so that a process which has the old one open keeps that."""
    path.unlink()
    path.write_bytes(data)


def halve(path: Path) -> None:
    put(path, path.read_bytes()[: path.stat().st_size // 2])


def empty(path: Path) -> None:
    put(path, b"")


def scribble(path: Path) -> None:
    put(path, b"not what it was " * 200)


def scribble_inside(path: Path) -> None:
    data = path.read_bytes()
    third = len(data) // 3
    put(path, data[:third] + b"\xa5" * third + data[2 * third :])


def damage_told(work: Callable[[], object]) -> IndexDamagedError | None:
    try:
        work()
    except IndexDamagedError as error:
        return error
    return None
