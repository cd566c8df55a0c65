"""What SQLite knows of copies: sketches of sentences, articles that share their text, and the origin of each."""

from collections.abc import Iterable, Iterator, Mapping

from index.database import Database
from index.sketches import BANDS, Sketch

_BAND_COLUMNS = [f"band{band}" for band in range(BANDS)]
_SCHEMA = (
    f"""CREATE TABLE IF NOT EXISTS sketches (
        article INTEGER NOT NULL, position INTEGER NOT NULL,
        {", ".join(f"{column} INTEGER NOT NULL" for column in _BAND_COLUMNS)}, PRIMARY KEY (article, position)
    ) WITHOUT ROWID""",
    *(f"CREATE INDEX IF NOT EXISTS sketches_by_{column} ON sketches ({column})" for column in _BAND_COLUMNS),
    """CREATE TABLE IF NOT EXISTS links (
        article INTEGER NOT NULL, other INTEGER NOT NULL, PRIMARY KEY (article, other)
    ) WITHOUT ROWID""",
    "CREATE INDEX IF NOT EXISTS links_by_other ON links (other)",
    "CREATE TABLE IF NOT EXISTS origins (article INTEGER PRIMARY KEY, origin TEXT NOT NULL)",
)
_SHARING_A_BAND = " UNION ".join(
    "SELECT mine.position, other.article, other.position FROM sketches AS mine"
    f" JOIN sketches AS other ON other.{column} = mine.{column} WHERE mine.article = :article AND {{which}}"
    for column in _BAND_COLUMNS
)
_OF_EARLIER_ARTICLES = _SHARING_A_BAND.format(which="other.article < :article")
_OF_ONE_SENTENCE = _SHARING_A_BAND.format(which="other.article <> :article AND mine.position = :position")
_OF_ANY_SENTENCE = " UNION ".join(
    f"SELECT article, position FROM sketches WHERE {column} = ?" for column in _BAND_COLUMNS
)


class CopyStore(Database):
    """The part of the store that tells which sentences may be copies, and which articles are of one origin.

    Articles are named by their rows, sentences by their positions.

    Example:
        >>> import tempfile
        >>> from contextlib import closing
        >>> from pathlib import Path
        >>> with tempfile.TemporaryDirectory() as folder, closing(CopyStore(Path(folder), create=True)) as store:
        ...     with store.writing():
        ...         store.make_tables()
        ...         store.add_sketches(1, {0: (1,) * BANDS})
        ...         store.add_sketches(2, {5: (1,) * BANDS})
        ...         list(store.sharing_bands(2))
        [(5, 1, 0)]
    """

    def make_tables(self) -> None:
        """Make the tables that are not there, as a part of the transaction."""
        super().make_tables()
        for statement in _SCHEMA:
            self._connection.execute(statement)

    def sketched(self, article: int) -> int:
        """How many sentences of an article have a sketch."""
        query = "SELECT count(*) FROM sketches WHERE article = ?"
        return int(self._connection.execute(query, (article,)).fetchone()[0])

    def sharing_bands(self, article: int) -> Iterator[tuple[int, int, int]]:
        """Each sentence of an article with each one of an earlier row that shares a band with it.

        Returns:
            The position of the sentence, the other article, and the position there; sorted.
        """
        return iter(sorted(self._connection.execute(_OF_EARLIER_ARTICLES, {"article": article})))

    def possible_copies(self, article: int, position: int) -> set[tuple[int, int]]:
        """The sentences of other articles that share a band with one, as article and position."""
        rows = self._connection.execute(_OF_ONE_SENTENCE, {"article": article, "position": position})
        return {(other, there) for _, other, there in rows}

    def with_bands(self, bands: Sketch) -> set[tuple[int, int]]:
        """The sentences that share a band with any sketch, as article and position."""
        return {(article, position) for article, position in self._connection.execute(_OF_ANY_SENTENCE, bands)}

    def sketches_of(self, article: int) -> dict[int, Sketch]:
        """The sketches of an article's sentences, by position."""
        query = f"SELECT position, {', '.join(_BAND_COLUMNS)} FROM sketches WHERE article = ?"
        return {position: tuple(bands) for position, *bands in self._connection.execute(query, (article,))}

    def links(self) -> list[tuple[str, str]]:
        """The ids of each two articles that share their text."""
        return list(
            self._connection.execute(
                "SELECT one.id, other.id FROM links JOIN articles AS one ON one.row = links.article"
                " JOIN articles AS other ON other.row = links.other"
            )
        )

    def origin(self, identity: str) -> str:
        """The smallest id of the articles that are of one origin with an article: its own, if there is no other."""
        row = self._connection.execute(
            "SELECT origin FROM origins JOIN articles ON articles.row = origins.article WHERE id = ?", (identity,)
        ).fetchone()
        return str(row[0]) if row else identity

    def add_sketches(self, article: int, sketches: Mapping[int, Sketch]) -> None:
        """Add the sketches of an article's sentences, by position."""
        self._connection.executemany(
            f"INSERT INTO sketches VALUES (?, ?{', ?' * BANDS})",
            [(article, position, *sketch) for position, sketch in sketches.items()],
        )

    def add_links(self, article: int, others: Iterable[int]) -> None:
        """Add that an article shares its text with some others."""
        self._connection.executemany("INSERT INTO links VALUES (?, ?)", [(article, other) for other in others])

    def set_origins(self, origins: Mapping[str, str]) -> None:
        """Set the origins of all articles that share their text with another one, by id."""
        self._empty("origins")
        self._connection.executemany(
            "INSERT INTO origins SELECT row, ? FROM articles WHERE id = ?",
            [(origin, identity) for identity, origin in origins.items()],
        )

    def remove_copies_of_file(self, path: str) -> None:
        """Remove the sketches and links of every article in a file."""
        of_file = "(SELECT row FROM articles WHERE file = :path)"
        self._connection.execute(f"DELETE FROM sketches WHERE article IN {of_file}", {"path": path})
        self._connection.execute(f"DELETE FROM links WHERE article IN {of_file} OR other IN {of_file}", {"path": path})

    def clear_copies(self) -> None:
        """Remove every sketch, link and origin."""
        for table in ("sketches", "links", "origins"):
            self._empty(table)
