"""Checksums of tables, so that what a disk changed by itself is found. Those of files are kept beside them.

The checksum of a table is the sum of the hashes of its rows, modulo 2^64, in any order: AdHash (Bellare and Micciancio,
"A New Paradigm for Collision-Free Hashing", 1997). A row that is added or removed changes it without a look at the
others. It tells damage, not malice: whoever can write the index can write its checksums.
"""

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

TABLE = "checksums"

_MODULUS = 1 << 64
_SCHEMA = f"CREATE TABLE IF NOT EXISTS {TABLE} (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID"
_EVENTS = (("INSERT", ((1, "NEW"),)), ("DELETE", ((-1, "OLD"),)), ("UPDATE", ((-1, "OLD"), (1, "NEW"))))


class TableChecksums:
    """Keeps the checksums of some tables in step with their rows, through triggers of one connection.

    Attributes:
        interruption: What ended a trigger, such as Ctrl-C: SQLite tells it as an error of its own.

    Example:
        >>> connection = sqlite3.connect(":memory:", isolation_level=None)
        >>> _ = connection.execute("CREATE TABLE files (path TEXT PRIMARY KEY)")
        >>> checksums = TableChecksums(connection)
        >>> checksums.watch(["files"])
        >>> _ = connection.execute("INSERT INTO files VALUES ('a.txt'), ('b.txt')")
        >>> checksums.save()
        >>> stored_checksums(connection)["files"] == table_checksum(connection, "files")
        True
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Make ready to watch tables.

        Args:
            connection: The one connection that changes them.
        """
        self._connection = connection
        self._changes: Counter[str] = Counter()
        # Tables whose changes are counted from nothing, not from what was stored.
        self._counted: set[str] = set()
        self.interruption: BaseException | None = None
        connection.create_function("count_row", -1, self._count, deterministic=False)
        # Without it, a row that is replaced goes without a trigger.
        connection.execute("PRAGMA recursive_triggers = ON")

    def watch(self, tables: Iterable[str]) -> None:
        """Follow the changes of tables that are there, from now on; where there is no checksum yet, all are counted."""
        self._connection.execute(_SCHEMA)
        stored = stored_checksums(self._connection)
        for table in tables:
            columns = _columns(self._connection, table)
            # One that is missing among others is damage, and must not be covered up.
            if not stored:
                self._count_from(table, int(table_checksum(self._connection, table), 16))
            for event, counted in _EVENTS:
                calls = "".join(
                    f"SELECT count_row('{table}', {sign}, {', '.join(f'{row}.{column}' for column in columns)});"
                    for sign, row in counted
                )
                self._connection.execute(
                    f"CREATE TEMP TRIGGER IF NOT EXISTS {event.lower()}_{table} AFTER {event} ON main.{table}"
                    f" BEGIN {calls} END"
                )

    def begin(self) -> None:
        """Begin with a transaction: what an earlier one left uncounted was rolled back."""
        self.interruption = None
        self._changes.clear()
        self._counted.clear()

    def emptied(self, table: str) -> None:
        """Count a table from nothing, now that it holds no row: what stood in it may not have been what was counted."""
        self._count_from(table, 0)

    def save(self) -> None:
        """Write the checksums of what has changed, as a part of the transaction.

        Raises:
            sqlite3.Error: They cannot be written, or those that were are damaged.
        """
        stored = stored_checksums(self._connection)
        try:
            sums = {
                table: f"{(change + (0 if table in self._counted else int(stored[table], 16))) % _MODULUS:016x}"
                for table, change in self._changes.items()
                if table in self._counted or table in stored
            }
        except ValueError as error:
            raise sqlite3.DatabaseError("a checksum is no number") from error
        if sums:
            set_checksums(self._connection, sums)

    def _count_from(self, table: str, checksum: int) -> None:
        self._changes[table] = checksum
        self._counted.add(table)

    def _count(self, table: str, sign: int, *row: object) -> None:
        try:
            self._changes[table] += sign * _row_hash(row)
        except BaseException as error:
            self.interruption = error
            raise


def stored_checksums(connection: sqlite3.Connection) -> dict[str, str]:
    """The checksums that were stored, of tables and files, in hex by name; none where nothing ever was."""
    if not _columns(connection, TABLE):
        return {}
    return dict(connection.execute(f"SELECT name, value FROM {TABLE}"))


def set_checksums(connection: sqlite3.Connection, checksums: Mapping[str, str]) -> None:
    """Store some checksums, in hex by name."""
    connection.executemany(f"INSERT OR REPLACE INTO {TABLE} VALUES (?, ?)", list(checksums.items()))


def remove_checksums(connection: sqlite3.Connection, names: Iterable[str]) -> None:
    """Remove some checksums."""
    connection.executemany(f"DELETE FROM {TABLE} WHERE name = ?", [(name,) for name in names])


def table_checksum(connection: sqlite3.Connection, table: str) -> str:
    """The checksum of a table as it is: 16 hex digits."""
    columns = ", ".join(_columns(connection, table))
    rows: Iterator[Sequence[object]] = connection.execute(f"SELECT {columns} FROM {table}")
    return f"{sum(map(_row_hash, rows)) % _MODULUS:016x}"


def _row_hash(row: Sequence[object]) -> int:
    # This way of writing numbers, text and None tells them and their borders apart, in every version of Python.
    data = ascii(tuple(row)).encode()
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "big")


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    return [column for (column,) in connection.execute("SELECT name FROM pragma_table_info(?)", (table,))]
