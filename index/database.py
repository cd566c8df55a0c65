"""The SQLite file of an index: how it is opened, read in one snapshot, and written in one transaction."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from index.checksums import TableChecksums, stored_checksums, table_checksum
from index.durable import cannot_write
from index.errors import (
    MENDED_BY,
    IndexBusyError,
    IndexDamagedError,
    IndexMismatchError,
    IndexNotFoundError,
    IndexStateError,
)

DATABASE = "index.db"

_SECONDS_TO_WAIT = 30
# An update writes to places all over the file. With little memory, each is read and written many times.
_CACHE_KILOBYTES = 64_000

_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    """CREATE TABLE IF NOT EXISTS files (
        path TEXT PRIMARY KEY, signature TEXT NOT NULL, digest TEXT NOT NULL, skipped TEXT NOT NULL
    ) WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS articles (
        row INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, file TEXT NOT NULL, title TEXT NOT NULL,
        publisher TEXT NOT NULL, published TEXT, url TEXT NOT NULL, encoding TEXT NOT NULL, text TEXT NOT NULL
    )""",
    "CREATE INDEX IF NOT EXISTS articles_by_file ON articles (file)",
    "CREATE INDEX IF NOT EXISTS articles_by_day ON articles (published)",
    """CREATE TABLE IF NOT EXISTS sentences (
        article INTEGER NOT NULL, position INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
        fingerprint INTEGER NOT NULL, PRIMARY KEY (article, position)
    ) WITHOUT ROWID""",
    "CREATE INDEX IF NOT EXISTS sentences_by_fingerprint ON sentences (fingerprint)",
    """CREATE TABLE IF NOT EXISTS passages (
        id INTEGER PRIMARY KEY AUTOINCREMENT, article INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL
    )""",
    "CREATE INDEX IF NOT EXISTS passages_by_article ON passages (article)",
)

# What SQLite says where an exception, such as Ctrl-C, has ended a function that a trigger calls.
_ENDED_A_TRIGGER = "user-defined function raised exception"

_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
# What SQLite says of a folder in which it cannot make the files that tell writers of readers: also on a full disk.
_NOT_SHARED = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}
_NOT_WRITABLE = {
    sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_PERM, sqlite3.SQLITE_READONLY
}  # fmt: skip


class Database:
    """A connection to the database of one index directory. It may be used by one thread at a time.

    SQLite's write-ahead log lets any number of readers go on while one process writes. It needs a folder that can be
    written, even by readers. Where it cannot be, and no log is there, the file holds the last committed state alone: it
    is read as one that does not change, and opened anew for each snapshot.
    """

    _FILE = DATABASE
    # The tables whose rows have a checksum.
    TABLES: tuple[str, ...] = ()

    def __init__(self, folder: Path, *, create: bool = False) -> None:
        """Open the database.

        Args:
            folder: The index directory.
            create: Whether to make the database if it is not there, and open it for an update.

        Raises:
            IndexNotFoundError: There is no database, and none is to be made.
            IndexDamagedError: The file is no SQLite database.
            IndexMismatchError: It is a database of something else.
            IndexWriteError: It cannot be made.
        """
        self._path = folder.absolute() / self._FILE
        self._is_frozen = False
        self._checksums: TableChecksums | None = None
        if not create and not self._path.exists():
            raise not_indexed(folder)
        with self._errors_told():
            self._connection = self._connect("mode=rwc" if create else "mode=rw")
            with self._closed_on_error():
                self._refuse_others()
                if create:
                    self._connection.execute("PRAGMA journal_mode=WAL")
                    self._connection.execute("PRAGMA synchronous=FULL")
                    self._connection.execute(f"PRAGMA cache_size={-_CACHE_KILOBYTES}")
                else:
                    self._open_for_reading()

    def close(self) -> None:
        """Close the database."""
        self._connection.close()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """One snapshot for all that is read inside.

        Raises:
            IndexStateError: The database cannot be read.
        """
        with self._errors_told():
            if self._is_frozen:
                self._open_for_reading()
            self._connection.execute("BEGIN")
            try:
                yield
            finally:
                self._end("COMMIT")

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction: all of it is committed, or none if an exception or a kill ends it.

        Raises:
            IndexStateError: The database cannot be read or written.
        """
        with self._errors_told():
            self._checksums = self._checksums or TableChecksums(self._connection)
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                self._checksums.begin()
                yield
                self._checksums.save()
                self._connection.execute("COMMIT")
            except BaseException as error:
                self._end("ROLLBACK")
                if isinstance(error, sqlite3.OperationalError) and _ENDED_A_TRIGGER in str(error):
                    raise (self._checksums.interruption or KeyboardInterrupt()) from error
                raise

    def make_tables(self) -> None:
        """Make the tables that are not there, as a part of the transaction: a database has all of them or none."""
        for statement in _SCHEMA:
            self._connection.execute(statement)

    def faults(self) -> list[str]:
        """What SQLite finds wrong with the file, and the names of the tables whose rows are not those written."""
        found = [str(line) for (line,) in self._connection.execute("PRAGMA integrity_check(1)") if line != "ok"]
        stored = stored_checksums(self._connection)
        return found or [table for table in self.TABLES if stored.get(table) != table_checksum(self._connection, table)]

    def _watch(self) -> None:
        """Keep the checksums of the tables, which are there, from now on in this transaction and in later ones."""
        assert self._checksums is not None, "tables are made inside writing()"
        self._checksums.watch(self.TABLES)

    def _empty(self, table: str) -> None:
        """Remove every row of a table."""
        self._connection.execute(f"DELETE FROM {table}")
        if self._checksums is not None and table in self.TABLES:
            self._checksums.emptied(table)

    def _connect(self, options: str) -> sqlite3.Connection:
        address = f"{self._path.as_uri()}?{options}"
        return sqlite3.connect(
            address, uri=True, isolation_level=None, check_same_thread=False, timeout=_SECONDS_TO_WAIT
        )

    def _refuse_others(self) -> None:
        """Leave alone what is a database of something else: an update would write into it."""
        with suppress(sqlite3.Error):
            names = {name for (name,) in self._connection.execute("SELECT name FROM sqlite_master")}
            if names and not {"meta", "links"} <= names and not {"meta", "files", "passages"} <= names:
                raise IndexMismatchError(
                    "The index cannot be used",
                    f"{self._path} was not made by pullquote",
                    "name another index directory",
                )

    def _open_for_reading(self) -> None:
        """Read something, and open the database as a file that does not change where that cannot be done otherwise."""
        if self._is_frozen:
            self._reconnect("mode=rw")
        try:
            self._connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            self._is_frozen = False
        except sqlite3.OperationalError as error:
            log = self._path.with_name(f"{self._path.name}-wal")
            if error.sqlite_errorcode & 0xFF not in _NOT_SHARED or (log.exists() and log.stat().st_size):
                raise
            self._reconnect("mode=ro&immutable=1")
            self._is_frozen = True

    def _reconnect(self, options: str) -> None:
        self._connection.close()
        self._connection = self._connect(options)

    def _end(self, statement: str) -> None:
        """End the transaction, unless SQLite has ended it itself because of an error."""
        if self._connection.in_transaction:
            self._connection.execute(statement)

    @contextmanager
    def _errors_told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise told(self._path, error) from error

    @contextmanager
    def _closed_on_error(self) -> Iterator[None]:
        try:
            yield
        except BaseException:
            self._connection.close()
            raise


def not_indexed(folder: Path) -> IndexNotFoundError:
    """The error for a directory in which nothing was indexed.

    Example:
        >>> not_indexed(Path("/news-index")).why
        'nothing was indexed in /news-index'
    """
    return IndexNotFoundError("There is no index", f"nothing was indexed in {folder}", "run: pullquote index DIR")


def told(path: Path, error: sqlite3.Error) -> IndexStateError:
    """The error that tells a person why SQLite failed: the database is in use, cannot be written, or is damaged.

    Example:
        >>> told(Path("/news-index/index.db"), sqlite3.DatabaseError("file is not a database")).why
        'index.db: file is not a database'
    """
    # The lower byte is the kind of failure, the upper ones say where it struck. Errors of Python's own have no code.
    kind = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
    if kind in _NOT_WRITABLE:
        return cannot_write(path.parent, error)
    if kind in _BUSY:
        return IndexBusyError(
            "The index cannot be used now", "another process keeps it locked", "wait until that one is done"
        )
    return IndexDamagedError("The index cannot be read", f"{path.name}: {error}", MENDED_BY)
