"""Digests of the files that a model is loaded from: recorded where they are written, checked where they are read."""

import hashlib
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path


def digest_of(path: Path) -> str:
    """SHA-256 of a file, in hex.

    Raises:
        OSError: It cannot be read.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     _ = Path(folder, "part").write_bytes(b"weights")
        ...     digest_of(Path(folder, "part")) == hashlib.sha256(b"weights").hexdigest()
        True
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def check_digests(folder: Path, digests: Mapping[str, str], *names: str) -> None:
    """Check that some files of a folder are those that were recorded.

    Args:
        folder: The folder.
        digests: The digest of each file by its name.
        names: The names of the files.

    Raises:
        ValueError: One of them is another file, or none was recorded of it.
        OSError: One of them cannot be read.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     _ = Path(folder, "part").write_bytes(b"weights")
        ...     check_digests(Path(folder), {"part": "0" * 64}, "part")
        Traceback (most recent call last):
        ValueError: part is not the file that was recorded
    """
    for name in names:
        if digest_of(folder / name) != digests.get(name):
            raise ValueError(f"{name} is not the file that was recorded")


@contextmanager
def checking(folder: Path, digests: Mapping[str, str], *names: str) -> Iterator[None]:
    """Check files while the block loads them: for most of either, the interpreter is free.

    What the check finds is raised rather than what loading such files raises.

    Example:
        >>> with checking(Path("."), {}):
        ...     print("loaded")
        loaded
    """
    with ThreadPoolExecutor(1) as beside:
        check = beside.submit(check_digests, folder, digests, *names)
        try:
            yield
        finally:
            check.result()
