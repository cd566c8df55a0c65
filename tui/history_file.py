"""The SQLite file of the history: how it is opened, made, and set aside when it is damaged.

Every change is one transaction, with SQLite's rollback journal: after a kill the file holds all of a change or nothing
of it. A write-ahead log would hold on to what was deleted.
"""

import sqlite3
from pathlib import Path

from index.errors import HistoryError
from index.locations import make_private_folder
from tui.paths import set_aside

SECONDS_TO_WAIT = 5.0

# What brings a file from one version to the next: the first step makes version 1 of an empty file.
_STEPS = (
    (
        # The words of both tables are what a search looks through, without capitals.
        """CREATE TABLE conversations (
            id INTEGER PRIMARY KEY AUTOINCREMENT, corpus TEXT NOT NULL, title TEXT NOT NULL, words TEXT NOT NULL
        )""",
        """CREATE TABLE turns (
            id INTEGER PRIMARY KEY AUTOINCREMENT, conversation INTEGER NOT NULL, number INTEGER NOT NULL,
            asked TEXT NOT NULL, seconds REAL NOT NULL, question TEXT NOT NULL, words TEXT NOT NULL,
            document TEXT NOT NULL, UNIQUE (conversation, number)
        )""",
    ),
)
VERSION = len(_STEPS)

_PROBES = (
    "SELECT id, corpus, title, words FROM conversations LIMIT 1",
    "SELECT id, conversation, number, asked, seconds, question, words, document FROM turns LIMIT 1",
)
# SQLITE_ERROR is what it says of a file of this version that lacks a table.
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR}
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_LOCKED = "another program keeps it locked"


class _DamagedError(Exception):
    """The file is no database, or not one of this version."""


class _NewerError(Exception):
    """The file was written by a later version of pullquote."""


def open_history(path: Path | None) -> tuple[sqlite3.Connection, Path | None, tuple[str, ...]]:
    """Open the history, or make it.

    A damaged file is set aside and a new one begun. Where a file cannot be used it is left alone, and memory is used.

    Args:
        path: The file, or None to keep the history in memory.

    Returns:
        The connection, which any thread may use, one at a time; the file that it writes, or None for memory; and notes
        for the user on what is not as usual.

    Example:
        >>> connection, file, notes = open_history(None)
        >>> connection.execute("SELECT count(*) FROM turns").fetchone(), file, notes
        ((0,), None, ())
        >>> connection.close()
    """
    if path is None:
        return _prepared(":memory:"), None, ()
    try:
        connection, notes = _open_or_replace(path)
    except _NewerError:
        why = "it was written by a newer version of pullquote"
    except sqlite3.Error as error:
        why = reason(error)
    except TimeoutError:
        why = _LOCKED
    except OSError as error:
        why = (error.strerror or str(error)).lower()
    else:
        return connection, path, notes
    return _prepared(":memory:"), None, (f"This chat is not kept, and the history in {path} is left alone: {why}.",)


def told(error: sqlite3.Error) -> HistoryError:
    """The error that tells a person why the history cannot be used.

    Example:
        >>> str(told(sqlite3.ProgrammingError("Cannot operate on a closed database.")))
        'The history cannot be used: cannot operate on a closed database. To fix it, start the chat again.'
    """
    fix = "make room on the disk and its folder writable"
    if _kind(error) in _BUSY:
        fix = "wait until that one is done"
    elif _kind(error) in _DAMAGED:
        fix = "start the chat again"
    return HistoryError("The history cannot be used", reason(error), fix)


def reason(error: sqlite3.Error) -> str:
    """Why SQLite failed, in a few words.

    Example:
        >>> reason(sqlite3.DatabaseError("Database disk image is malformed"))
        'database disk image is malformed'
    """
    if _kind(error) in _BUSY:
        return _LOCKED
    text = str(error).rstrip(".")
    return text[:1].lower() + text[1:]


def _kind(error: sqlite3.Error) -> int:
    """What failed. The lower byte tells it, the upper ones tell where; errors of Python's own have no code."""
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF


def _open_or_replace(path: Path) -> tuple[sqlite3.Connection, tuple[str, ...]]:
    try:
        return _opened(path), ()
    except _DamagedError:
        pass
    # It takes a while to import, and few histories are ever damaged.
    from filelock import FileLock

    with FileLock(f"{path}.lock", timeout=SECONDS_TO_WAIT, mode=0o600):
        try:
            # Another chat that began at the same time may have set the file aside already.
            return _opened(path), ()
        except _DamagedError:
            # A journal that stays behind is deleted by SQLite, not applied, since the new file is empty.
            aside = set_aside(path)
        return _opened(path), (f"The history was damaged. It was set aside as {aside}, and a new one was begun.",)


def _opened(path: Path) -> sqlite3.Connection:
    make_private_folder(path.parent)
    # SQLite would let others read it. Its journal gets the rights of the file.
    path.touch(mode=0o600)
    try:
        return _prepared(path)
    except sqlite3.Error as error:
        if _kind(error) in _DAMAGED:
            raise _DamagedError from error
        raise


def _prepared(path: Path | str) -> sqlite3.Connection:
    """A connection to a database that is sound, of this version, and can be written."""
    connection = sqlite3.connect(path, SECONDS_TO_WAIT, isolation_level=None, check_same_thread=False)
    try:
        # A row may be damaged where the database is not: one such row must not keep the others from being read.
        connection.text_factory = lambda data: data.decode("utf-8", "replace")
        connection.execute("PRAGMA secure_delete=ON").fetchall()
        connection.execute("BEGIN IMMEDIATE")
        _bring_up_to_date(connection)
        connection.execute("COMMIT")
    except BaseException:
        connection.close()
        raise
    return connection


def _bring_up_to_date(connection: sqlite3.Connection) -> None:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > VERSION:
        raise _NewerError
    (state,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if state != "ok":
        raise _DamagedError
    for step in _STEPS[version:]:
        for statement in step:
            connection.execute(statement)
    for probe in _PROBES:
        connection.execute(probe).fetchall()
    # Written even if it stands there already: this shows whether the file can be written.
    connection.execute(f"PRAGMA user_version={VERSION}")
