"""The generations of an index: which files belong to one, and the lock of the one process that may make the next."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from index.durable import cannot_write
from index.errors import IndexBusyError

LOCK_FILE = "write.lock"
SHARDS_FILE = "shards.json"
# What the names of the files begin with by which Tantivy locks a folder.
TANTIVY_LOCK = ".tantivy"
SHARD_FOLDER = re.compile(r"shard-\d+-of-\d+")

# What is added to the name of a database that is set aside while another one is made.
DAMAGED = ".damaged"

_OURS = re.compile(r"vectors-\d+\.faiss(\.tmp)?|lexical-\d+|index\.db(-wal|-shm)?\.damaged")


def vectors_file(folder: Path, generation: int) -> Path:
    """The FAISS file of a generation.

    Example:
        >>> vectors_file(Path("/news/.index"), 3).name
        'vectors-3.faiss'
    """
    return folder / f"vectors-{generation}.faiss"


def lexical_folder(folder: Path, generation: int) -> Path:
    """The Tantivy folder of a generation.

    Example:
        >>> lexical_folder(Path("/news/.index"), 3).name
        'lexical-3'
    """
    return folder / f"lexical-{generation}"


def search_files(folder: Path, generation: int) -> list[Path]:
    """The files of a generation that are there, without those that only lock it.

    Example:
        >>> search_files(Path("/nowhere"), 1)
        []
    """
    lexical = lexical_folder(folder, generation)
    files = [path for path in sorted(lexical.glob("*")) if not path.name.startswith(TANTIVY_LOCK)]
    vectors = vectors_file(folder, generation)
    return [vectors, *files] if vectors.is_file() else files


def remove_all_but(folder: Path, generation: int) -> None:
    """Remove what earlier generations and killed updates left behind.

    What cannot be removed now stays for the next time.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     for generation in (1, 2):
        ...         vectors_file(Path(folder), generation).touch()
        ...     remove_all_but(Path(folder), 2)
        ...     [path.name for path in Path(folder).iterdir()]
        ['vectors-2.faiss']
    """
    kept = {vectors_file(folder, generation).name, lexical_folder(folder, generation).name}
    for path in list(folder.iterdir()):
        if is_search_index(path.name) and path.name not in kept:
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                with suppress(OSError):
                    path.unlink()


def is_part_of_index(folder: Path, path: Path) -> bool:
    """Whether a file belongs to an index directory, or to the shards that a directory is one of.

    Example:
        >>> is_part_of_index(Path("/news/.index"), Path("/news/.index/lexical-3/meta.json"))
        True
        >>> is_part_of_index(Path("/index/shard-0-of-2"), Path("/index/shard-1-of-2/lexical-3/meta.json"))
        True
    """
    root = folder.parent if SHARD_FOLDER.fullmatch(folder.name) else folder
    if not path.is_relative_to(root):
        return False
    inside = path.relative_to(root).parts
    if len(inside) == 3 and SHARD_FOLDER.fullmatch(inside[0]):
        inside = inside[1:]
    return inside == (SHARDS_FILE,) or (len(inside) == 2 and is_search_index(inside[0]))


def is_search_index(name: str) -> bool:
    """Whether a file or folder of an index directory is a search index of some generation.

    Example:
        >>> is_search_index("vectors-3.faiss"), is_search_index("index.db")
        (True, False)
    """
    return _OURS.fullmatch(name) is not None


@contextmanager
def write_lock(folder: Path, timeout: float) -> Iterator[None]:
    """Hold the right to write an index. The system frees it when the process dies.

    Args:
        folder: The index directory.
        timeout: How many seconds to wait for another writer.

    Raises:
        IndexBusyError: Another process still writes after that time.
        IndexWriteError: The lock file cannot be made.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder, write_lock(Path(folder), timeout=1):
        ...     Path(folder, LOCK_FILE).exists()
        True
    """
    from filelock import FileLock, Timeout

    lock = FileLock(folder / LOCK_FILE)
    try:
        lock.acquire(timeout=timeout)
    except Timeout as error:
        raise IndexBusyError(
            "The index cannot be updated now", "another pullquote process is updating it", "wait until that one is done"
        ) from error
    except OSError as error:
        raise cannot_write(folder, error) from error
    try:
        yield
    finally:
        lock.release()
