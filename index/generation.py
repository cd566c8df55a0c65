"""The generations of an index: which files belong to one, and the lock of the one process that may make the next."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import IndexBusyError

LOCK_FILE = "write.lock"


def vectors_file(folder: Path, generation: int) -> Path:
    """The FAISS file of a generation."""
    return folder / f"vectors-{generation}.faiss"


def lexical_folder(folder: Path, generation: int) -> Path:
    """The Tantivy folder of a generation."""
    return folder / f"lexical-{generation}"


def remove_all_but(folder: Path, generation: int) -> None:
    """Remove what earlier generations and killed updates left behind."""
    kept = {vectors_file(folder, generation).name, lexical_folder(folder, generation).name}
    for path in [*folder.glob("vectors-*"), *folder.glob("lexical-*")]:
        if path.name not in kept:
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)


@contextmanager
def write_lock(folder: Path, timeout: float) -> Iterator[None]:
    """Hold the right to write an index. The system frees it when the process dies.

    Args:
        folder: The index directory.
        timeout: How many seconds to wait for another writer.

    Raises:
        IndexBusyError: Another process still writes after that time.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(folder / LOCK_FILE)
    try:
        lock.acquire(timeout=timeout)
    except Timeout as error:
        raise IndexBusyError(
            "The index cannot be updated now", "another pullquote process is updating it", "wait until that one is done"
        ) from error
    try:
        yield
    finally:
        lock.release()
