"""Where pullquote keeps what it makes: indexes and exported models, in the user's cache directory."""

import hashlib
import os
import re
from pathlib import Path

import platformdirs

from index.durable import sync_folder


def cache_folder() -> Path:
    """The folder for all that can be made again, ``~/.cache/pullquote`` on Linux."""
    return Path(platformdirs.user_cache_path("pullquote", appauthor=False))


def make_private_folder(folder: Path) -> None:
    """Make a folder for the user alone, and those above it, durably; one that is there keeps its rights.

    What is written into it needs no rights of its own then: nobody else comes as far. Who wants to share an index makes
    its folder before, with other rights.

    Raises:
        OSError: It cannot be made.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as place:
        ...     make_private_folder(Path(place, "pullquote", "indexes"))
        ...     oct(Path(place, "pullquote").stat().st_mode & 0o777)
        '0o700'
    """
    for each in (*reversed(folder.parents), folder):
        if not each.is_dir():
            each.mkdir(mode=0o700, exist_ok=True)
            sync_folder(each.parent)


def canonical(path: Path) -> Path:
    """The one path by which a folder or file is known: absolute and without links, except for a file's own name.

    The suffix of a single file tells what it is, so that a link to it keeps its name.

    Example:
        >>> canonical(Path("/news/../news/today")).as_posix()
        '/news/today'
    """
    absolute = path.expanduser().absolute()
    if is_folder(absolute):
        return Path(os.path.realpath(absolute))
    return Path(os.path.realpath(absolute.parent), absolute.name)


def is_folder(path: Path) -> bool:
    """Whether a folder is there; what the system does not let us look at is none.

    Example:
        >>> is_folder(Path("/")), is_folder(Path("x" * 10_000))
        (True, False)
    """
    try:
        return path.is_dir()
    except OSError:
        return False


def default_index_folder(articles: Path) -> Path:
    """The index directory of a folder of articles, keyed by its absolute path.

    Example:
        >>> default_index_folder(Path("/news")).name
        'news-f46b16ed5a4e'
    """
    place = canonical(articles)
    key = hashlib.sha256(str(place).encode("utf-8", "surrogateescape")).hexdigest()[:12]
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", place.name)[:40] or "articles"
    return cache_folder() / "indexes" / f"{name}-{key}"


def model_folder(digest: str) -> Path:
    """Where the ONNX export of the model with this digest lies."""
    return cache_folder() / "models" / digest[:16]
