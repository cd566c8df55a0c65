"""How an index directory is laid out: as one index, or as several shards, each an index directory of its own.

::

    shards.json        how many shards there are, of which articles, with which model
    shard-0-of-4/      an ordinary index directory over a share of the articles; the first also holds origins.db:
                       which articles of different shards are of one origin
    ...

The directory of a shard tells their number, so that a change of the number leaves the present shards whole until
``shards.json``, which is replaced last, names the new ones.
"""

import json
import shutil
from contextlib import closing, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from index.database import DATABASE
from index.durable import replacing, sync_folder, writing_into
from index.errors import MENDED_BY, IndexDamagedError, IndexMismatchError, IndexNotFoundError, IndexStateError
from index.generation import LOCK_FILE, SHARD_FOLDER, SHARDS_FILE, is_search_index
from index.store import Store

FORMAT_VERSION = 1
MOST_SHARDS = 1024
ORIGINS_FILE = "origins.db"


@dataclass(frozen=True, slots=True)
class Layout:
    """What ``shards.json`` tells.

    Attributes:
        shards: How many shards there are.
        articles: The canonical path of the articles.
        model: The name of the embedding model that all shards are to be made with.

    Example:
        >>> Layout(4, "/news", "all-MiniLM-L6-v2").shards
        4
    """

    shards: int
    articles: str
    model: str


def shard_folder(folder: Path, number: int, of: int) -> Path:
    """The index directory of a shard.

    Example:
        >>> shard_folder(Path("/news/.index"), 0, 4).name
        'shard-0-of-4'
    """
    return folder / f"shard-{number}-of-{of}"


def index_folders(folder: Path) -> list[Path]:
    """The directories of the shards of an index, or the one directory of an index without.

    Raises:
        IndexStateError: ``shards.json`` cannot be used.

    Example:
        >>> [path.name for path in index_folders(Path("/index"))]
        ['index']
    """
    layout = read_layout(folder)
    if layout is None:
        return [folder]
    return [shard_folder(folder, number, layout.shards) for number in range(layout.shards)]


def read_layout(folder: Path) -> Layout | None:
    """How an index directory is divided; None where it is one index, or nothing at all.

    Raises:
        IndexDamagedError: ``shards.json`` cannot be read.
        IndexMismatchError: It was written by a version of pullquote whose format differs.

    Example:
        >>> read_layout(Path("/nowhere")) is None
        True
    """
    path = folder / SHARDS_FILE
    try:
        fields = json.loads(path.read_text("utf-8"))
        version = fields.pop("format")
        layout = Layout(int(fields["shards"]), str(fields["articles"]), str(fields["model"]))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except PermissionError as error:
        raise IndexStateError(
            "The index cannot be read", f"{path}: permission denied", "check its permissions"
        ) from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise IndexDamagedError("The index cannot be read", f"{SHARDS_FILE} is damaged", MENDED_BY) from error
    if version != FORMAT_VERSION or not 1 <= layout.shards <= MOST_SHARDS:
        raise IndexMismatchError(
            "The index cannot be used",
            f"the format of its {SHARDS_FILE} is {version}, and this version of pullquote reads {FORMAT_VERSION}",
            MENDED_BY,
        )
    return layout


def write_layout(folder: Path, layout: Layout) -> None:
    """Name the shards of an index directory, so that a power cut leaves the old names or the new ones.

    Raises:
        IndexWriteError: The system does not let it be written.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     write_layout(Path(folder), Layout(4, "/news", "all-MiniLM-L6-v2"))
        ...     read_layout(Path(folder)).shards
        4
    """
    with writing_into(folder), replacing(folder / SHARDS_FILE) as file:
        file.write(json.dumps({"format": FORMAT_VERSION, **asdict(layout)}).encode())


def remove_layout(folder: Path) -> None:
    """Make an index directory that also holds an ordinary index be that index.

    Raises:
        IndexWriteError: The system does not let it be written.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     write_layout(Path(folder), Layout(4, "/news", "all-MiniLM-L6-v2"))
        ...     remove_layout(Path(folder))
        ...     read_layout(Path(folder)) is None
        True
    """
    with writing_into(folder):
        (folder / SHARDS_FILE).unlink(missing_ok=True)
        sync_folder(folder)


def remove_leftovers(folder: Path, shards: int) -> None:
    """Remove what an index directory of so many shards does not need; 1 stands for an ordinary index.

    What cannot be removed now stays for the next time.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     for of in (2, 3):
        ...         shard_folder(Path(folder), 0, of).mkdir()
        ...     remove_leftovers(Path(folder), 3)
        ...     [path.name for path in Path(folder).iterdir()]
        ['shard-0-of-3']
    """
    for path in leftovers(folder, shards):
        if _is_shard(path):
            _remove_shard(path)
        elif path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with suppress(OSError):
                path.unlink()


def _remove_shard(folder: Path) -> None:
    """Remove a shard, and its folder unless something else is in it."""
    for path in list(folder.iterdir()):
        if path.is_dir() and is_search_index(path.name):
            shutil.rmtree(path, ignore_errors=True)
        elif path.name in _FILES_OF_SHARD or is_search_index(path.name):
            with suppress(OSError):
                path.unlink()
    with suppress(OSError):
        folder.rmdir()


def shards_there(folder: Path) -> int:
    """Of how many shards an index directory holds some; 0 if it holds none, or some of several numbers.

    Example:
        >>> shards_there(Path("/nowhere"))
        0
    """
    names = [path.name for path in folder.glob("shard-*-of-*") if _is_shard(path) and (path / DATABASE).exists()]
    numbers = {int(name.rpartition("-")[2]) for name in names}
    return numbers.pop() if len(numbers) == 1 else 0


def leftovers(folder: Path, shards: int) -> list[Path]:
    """What an index directory of so many shards does not need, of what pullquote makes; 1 stands for an ordinary index.

    Example:
        >>> leftovers(Path("/nowhere"), 1)
        []
    """
    kept = {shard_folder(folder, number, shards).name for number in range(shards)} if shards > 1 else set()
    unneeded = {f"{SHARDS_FILE}.tmp", *(files_of(DATABASE) if shards > 1 else ())}
    return [
        path
        for path in sorted(folder.glob("*"))
        if path.name not in kept
        and (path.name in unneeded or _is_shard(path) or (shards > 1 and is_search_index(path.name)))
    ]


def _is_shard(path: Path) -> bool:
    """Whether a folder is a shard, was about to be one, or is what is left of one that a kill kept from being removed.

    A folder of the user may have such a name too.
    """
    if not SHARD_FOLDER.fullmatch(path.name) or not path.is_dir():
        return False
    names = {part.name for part in path.iterdir()}
    return not names or not names.isdisjoint(_FILES_OF_SHARD) or any(map(is_search_index, names))


def files_of(database: str) -> tuple[str, ...]:
    """The files that SQLite makes for a database.

    Example:
        >>> files_of("index.db")
        ('index.db', 'index.db-wal', 'index.db-shm')
    """
    return database, f"{database}-wal", f"{database}-shm"


def made_with(folder: Path) -> dict[str, str]:
    """The settings of an index directory, of one index or of shards: ``articles`` and ``model``; none if it is empty.

    Raises:
        IndexStateError: It cannot be read.

    Example:
        >>> made_with(Path("/nowhere"))
        {}
    """
    layout = read_layout(folder)
    if layout is not None:
        return {"articles": layout.articles, "model": layout.model}
    try:
        with closing(Store(folder, folder)) as store, store.reading():
            meta = store.meta()
    except IndexNotFoundError:
        return {}
    return {key: meta[key] for key in ("articles", "model") if key in meta}


_FILES_OF_SHARD = {LOCK_FILE, *files_of(DATABASE), *files_of(ORIGINS_FILE)}
