"""Writing files so that a power cut cannot undo what was reported as done, and saying so when that fails."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from index.errors import IndexWriteError


def sync_file(path: Path) -> None:
    """Make the bytes of a file durable.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     file = Path(folder, "part")
        ...     _ = file.write_text("written")
        ...     sync_file(file)
    """
    # Windows syncs only files that are open for writing.
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable, where the system can do that.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     Path(folder, "part").touch()
        ...     sync_folder(Path(folder))
    """
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_tree(folder: Path) -> None:
    """Make a folder durable: the bytes of its files, their names, and its own name.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     part = Path(folder, "lexical-1")
        ...     part.mkdir()
        ...     _ = Path(part, "meta.json").write_text("{}")
        ...     sync_tree(part)
    """
    for path in folder.iterdir():
        sync_file(path)
    sync_folder(folder)
    sync_folder(folder.parent)


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """Write a file that is to take the place of another one: a power cut leaves the old one or the new one, whole.

    Where writing fails, or ends in between, the old one stays, and what was written is beside it as ``.tmp``.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     with replacing(Path(folder, "part")) as file:
        ...         _ = file.write(b"written")
        ...     [path.name for path in Path(folder).iterdir()]
        ['part']
    """
    temporary = path.with_name(f"{path.name}.tmp")
    with temporary.open("wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    sync_folder(path.parent)


@contextmanager
def writing_into(folder: Path, *others: type[Exception]) -> Iterator[None]:
    """Turn the failure of a write into an error that says what to do.

    Args:
        folder: The index directory.
        others: What a library raises in place of OSError when it cannot write.

    Raises:
        IndexWriteError: The system does not let the index be written.

    Example:
        >>> with writing_into(Path("/news-index")):
        ...     raise OSError(28, "No space left on device")
        Traceback (most recent call last):
        index.errors.IndexWriteError: The index cannot be written: no space left on device. To fix it, \
make room on the disk and make the folder /news-index writable.
    """
    try:
        yield
    except Exception as error:
        if isinstance(error, (OSError, *others)):
            raise cannot_write(folder, error) from error
        raise


def cannot_write(folder: Path, error: Exception) -> IndexWriteError:
    """The error for an index directory that cannot be written.

    Example:
        >>> cannot_write(Path("/news-index"), OSError(28, "No space left on device")).why
        'no space left on device'
    """
    reason = (error.strerror or "") if isinstance(error, OSError) else ""
    why = reason.lower() or next(iter(str(error).splitlines()), "") or type(error).__name__
    return IndexWriteError(
        "The index cannot be written", why, f"make room on the disk and make the folder {folder} writable"
    )
