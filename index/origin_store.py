"""What an index of several shards keeps of reprints: which articles of different shards are of one origin.

It lies in the directory of the first shard: shards of another number, made beside these, have one of their own.

It names the generations of the shards that were compared, and is not believed once a shard has another.
"""

import json
from collections.abc import Iterable, Mapping, Sequence

from index.database import Database
from index.layout import ORIGINS_FILE

_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS links (one TEXT NOT NULL, other TEXT NOT NULL, PRIMARY KEY (one, other)) WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS links_by_other ON links (other)",
    "CREATE TABLE IF NOT EXISTS origins (article TEXT PRIMARY KEY, origin TEXT NOT NULL) WITHOUT ROWID",
)


class OriginStore(Database):
    """Origins over all shards. Every call stands inside ``reading()`` or, to change something, ``writing()``.

    Articles are named by their ids.

    Example:
        >>> import tempfile
        >>> from contextlib import closing
        >>> from pathlib import Path
        >>> with tempfile.TemporaryDirectory() as folder, closing(OriginStore(Path(folder), create=True)) as store:
        ...     with store.writing():
        ...         store.make_tables()
        ...         store.set_origins({"b": "a", "a": "a"})
        ...         store.set_numbers("generations", [1, 1])
        ...     with store.reading():
        ...         store.origin("b"), store.origin("c"), store.numbers("generations")
        ('a', 'c', [1, 1])
    """

    _FILE = ORIGINS_FILE
    TABLES = ("meta", "links", "origins")

    def make_tables(self) -> None:
        """Make the tables that are not there, as a part of the transaction."""
        for statement in _SCHEMA:
            self._connection.execute(statement)
        self._watch()

    def numbers(self, key: str) -> list[int]:
        """Some numbers, one for each shard, that were set; none if they were not."""
        row = self._connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return [int(number) for number in json.loads(row[0])] if row else []

    def set_numbers(self, key: str, numbers: Sequence[int]) -> None:
        """Set some numbers, one for each shard."""
        self._connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, json.dumps(list(numbers))))

    def origin(self, article: str) -> str:
        """The smallest id of the articles that are of one origin with an article: its own, if there is no other."""
        row = self._connection.execute("SELECT origin FROM origins WHERE article = ?", (article,)).fetchone()
        return str(row[0]) if row else article

    def links(self) -> list[tuple[str, str]]:
        """Each two articles of different shards that share their text."""
        return list(self._connection.execute("SELECT one, other FROM links ORDER BY one, other"))

    def add_links(self, links: Iterable[tuple[str, str]]) -> None:
        """Add that two articles of different shards share their text."""
        self._connection.executemany("INSERT OR IGNORE INTO links VALUES (?, ?)", links)

    def remove_links(self, articles: Iterable[str]) -> None:
        """Remove the links of some articles."""
        self._connection.executemany(
            "DELETE FROM links WHERE one = :article OR other = :article", ({"article": article} for article in articles)
        )

    def set_origins(self, origins: Mapping[str, str]) -> None:
        """Set the origins of all articles that share their text with another one."""
        self._empty("origins")
        self._connection.executemany("INSERT INTO origins VALUES (?, ?)", list(origins.items()))

    def clear(self) -> None:
        """Remove all of it."""
        for table in self.TABLES:
            self._empty(table)
