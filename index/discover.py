"""Finding the files of a corpus. Their content is not read here."""

import errno
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from index.errors import CorpusError, CorpusNotFoundError
from index.records import Skipped

DUMP_SUFFIXES = frozenset({".json", ".jsonl", ".ndjson"})
PAGE_SUFFIXES = frozenset({".html", ".htm"})
MARKDOWN_SUFFIXES = frozenset({".md", ".markdown"})
TEXT_SUFFIXES = frozenset({".txt", ".text"}) | MARKDOWN_SUFFIXES
SUFFIXES = TEXT_SUFFIXES | PAGE_SUFFIXES | DUMP_SUFFIXES

_MIB = 1024 * 1024
_DUMP_LIMIT = 64 * _MIB
_ARTICLE_LIMIT = 8 * _MIB


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that may hold articles.

    Attributes:
        path: Its absolute path.
        relative: Its path in the folder, with ``/`` between the parts; its name where the corpus is that one file.
        size: Its size in bytes.
        signature: Made of its size and times, so that a file that did not change is known without reading it.
        inode: Its number on the disk, by which it is told from another one of its name; None where it is not known.

    Example:
        >>> SourceFile(Path("/news/today/rain.txt"), "today/rain.txt", 10, "10-1-1").relative
        'today/rain.txt'
    """

    path: Path
    relative: str
    size: int
    signature: str
    inode: tuple[int, int] | None = None


def size_limit(path: Path) -> int:
    """The most bytes that a file of this kind may have: dumps of many articles may be larger than single articles.

    Example:
        >>> size_limit(Path("dump.jsonl")) > size_limit(Path("article.txt"))
        True
    """
    return _DUMP_LIMIT if path.suffix.lower() in DUMP_SUFFIXES else _ARTICLE_LIMIT


def too_large(size: int, path: Path) -> str | None:
    """The reason to skip a file of this many bytes for its size, or None.

    Example:
        >>> too_large(9 * 1024 * 1024, Path("article.txt"))
        'too large: 9.0 MiB, the limit is 8 MiB'
    """
    limit = size_limit(path)
    return f"too large: {size / _MIB:.1f} MiB, the limit is {limit // _MIB} MiB" if size > limit else None


def discover(root: Path) -> tuple[list[SourceFile], list[Skipped]]:
    """Find the files of a folder and its sub-folders that may hold articles, or look at the one file that is named.

    Hidden files and folders are left out, and in a folder so are files of other kinds. A link to a file inside the
    folder counts only where that file is not found under its own name; links to folders are not followed.

    Args:
        root: A folder or a file.

    Returns:
        The files in the order of their names, and what was skipped, with reasons.

    Raises:
        CorpusNotFoundError: There is no such folder or file.
        CorpusError: It may not be read, or its name is not valid text.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     _ = Path(folder, "rain.txt").write_text("It rained.")
        ...     files, skipped = discover(Path(folder))
        >>> [(file.relative, file.size) for file in files], skipped
        ([('rain.txt', 10)], [])
    """
    if not _is_text(str(root.absolute())):
        raise CorpusError(f"{_printable(str(root))} cannot be read", "its name is not valid text", "rename it")
    try:
        is_folder = stat.S_ISDIR(root.stat().st_mode)
    except PermissionError as error:
        raise CorpusError(f"{root} cannot be read", _cause(error), "check its permissions") from error
    except (OSError, ValueError) as error:  # ValueError: a NUL character in the name
        raise CorpusNotFoundError(f"{root} cannot be read", _cause(error), "check the name") from error
    if is_folder:
        return _discover_folder(Path(os.path.realpath(root)))
    # A single file keeps the name it was given by, even where that is a link: the suffix tells what it is.
    files: list[SourceFile] = []
    skipped: list[Skipped] = []
    _sort_in(Path(os.path.realpath(root.parent), root.name), root.name, files, skipped)
    return files, skipped


def _discover_folder(root: Path) -> tuple[list[SourceFile], list[Skipped]]:
    try:
        os.scandir(root).close()
    except OSError as error:
        raise CorpusError(f"{root} cannot be read", _cause(error), "check its permissions") from error
    files: list[SourceFile] = []
    skipped: list[Skipped] = []
    links: list[Path] = []
    for entry in _walk(root, skipped):
        path = Path(entry.path)
        if entry.is_symlink():
            links.append(path)
        elif _has_known_suffix(path):
            _sort_in(path, _relative(path, root), files, skipped)
    seen = {file.path for file in files}
    for link in sorted(links):
        target = Path(os.path.realpath(link))
        if not target.is_relative_to(root):
            skipped.append(Skipped(_relative(link, root), "a link that leads out of the folder"))
        elif _has_known_suffix(link) and target not in seen:
            seen.add(target)
            _sort_in(link, _relative(link, root), files, skipped)
    return sorted(files, key=lambda file: file.relative), sorted(skipped, key=lambda skip: skip.path)


def _walk(root: Path, skipped: list[Skipped]) -> Iterator[os.DirEntry[str]]:
    """Every file and link under a folder that is not hidden. What cannot be listed is added to ``skipped``."""
    folders = [root]
    while folders:
        folder = folders.pop()
        try:
            with os.scandir(folder) as entries:
                visible = [entry for entry in entries if not entry.name.startswith(".")]
        except OSError as error:
            skipped.append(Skipped(_relative(folder, root), read_error(error)))
            continue
        for entry in visible:
            if not _is_text(entry.name):
                skipped.append(Skipped(_relative(Path(entry.path), root), "its name is not valid text"))
            elif entry.is_dir(follow_symlinks=False):
                folders.append(Path(entry.path))
            else:
                yield entry


def _sort_in(path: Path, relative: str, files: list[SourceFile], skipped: list[Skipped]) -> None:
    """Add a file to the list where it belongs."""
    result = _inspect(path, relative)
    if isinstance(result, Skipped):
        skipped.append(result)
    else:
        files.append(result)


def _inspect(path: Path, relative: str) -> SourceFile | Skipped:
    """The file, or why it cannot hold articles. Only its directory entry is looked at."""
    if not _has_known_suffix(path):
        return Skipped(relative, f"not a kind of file that is read ({', '.join(sorted(SUFFIXES))})")
    try:
        status = path.stat()
    except OSError as error:
        return Skipped(relative, read_error(error))
    if not stat.S_ISREG(status.st_mode):
        return Skipped(relative, "not a regular file")
    if status.st_size == 0:
        return Skipped(relative, "empty")
    if reason := too_large(status.st_size, path):
        return Skipped(relative, reason)
    signature = f"{status.st_size}-{status.st_mtime_ns}-{status.st_ctime_ns}"
    return SourceFile(path, relative, status.st_size, signature, _inode(status))


def _has_known_suffix(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES


def _relative(path: Path, root: Path) -> str:
    return _printable(path.relative_to(root).as_posix())


def _is_text(name: str) -> bool:
    """Whether a file name is valid Unicode: the bytes of one that is not come as lone surrogates."""
    return name.isascii() or name == _printable(name)


def _printable(name: str) -> str:
    r"""The name with the bytes that are not valid text written as ``\xff``."""
    return os.fsencode(name).decode("utf-8", errors="backslashreplace")


def read_error(error: OSError) -> str:
    """The reason to skip a file that the system does not let us read.

    Example:
        >>> read_error(PermissionError(13, "Permission denied"))
        'cannot be read: permission denied'
    """
    return f"cannot be read: {_cause(error)}"


def _cause(error: OSError | ValueError) -> str:
    system_message = error.strerror if isinstance(error, OSError) else None
    return (system_message or str(error)).lower()


def read_file(file: SourceFile) -> bytes:
    """Read one file, but no more of it than just past the limit: it may have grown since it was discovered.

    What is too long is told by ``parse_bytes``, which names it as skipped. What has taken the place of the file since
    then is not read: a pipe would be waited for, and a link may lead out of the folder.

    Args:
        file: A file that ``discover`` found.

    Returns:
        Its bytes, at most one more than ``size_limit`` allows.

    Raises:
        OSError: It cannot be read, or is another one by now.

    Example:
        >>> import tempfile
        >>> from pathlib import Path
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     _ = Path(folder, "rain.txt").write_text("It rained.")
        ...     files, _ = discover(Path(folder))
        ...     read_file(files[0])
        b'It rained.'
    """
    with open(file.path, "rb", opener=_opened_at_once) as stream:
        status = os.fstat(stream.fileno())
        if not stat.S_ISREG(status.st_mode) or file.inode not in (None, _inode(status)):
            raise OSError(errno.ESTALE, "another file has taken its place")
        return stream.read(size_limit(file.path) + 1)


def _opened_at_once(path: str, flags: int) -> int:
    """Open a file without waiting for anybody at the other end of it."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _inode(status: os.stat_result) -> tuple[int, int]:
    return status.st_dev, status.st_ino
