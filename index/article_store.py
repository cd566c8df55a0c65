"""What SQLite knows of whole articles: each with its text, all of them without, and what of a text can be quoted."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from index.copy_store import CopyStore
from index.errors import MENDED_BY, IndexDamagedError
from index.records import Article, CatalogueEntry, Sentence

ARTICLE_COLUMNS = "id, file, title, publisher, published, url, encoding, text"


class ArticleStore(CopyStore):
    """The part of the store that gives articles back. The paths of their files are relative to a folder.

    Example:
        >>> import tempfile
        >>> from contextlib import closing
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     with closing(ArticleStore(Path(folder), Path("/news"), create=True)) as store:
        ...         with store.writing():
        ...             store.make_tables()
        ...         with store.reading():
        ...             store.catalogue()
        []
    """

    def __init__(self, folder: Path, base: Path, *, create: bool = False) -> None:
        """Open the database of an index directory.

        Args:
            folder: The index directory.
            base: The folder that the stored paths are relative to.
            create: Whether to make the database if it is not there, and open it for an update.

        Raises:
            IndexNotFoundError: There is no database, and none is to be made.
            IndexDamagedError: The file is no SQLite database.
            IndexWriteError: It cannot be made.
        """
        super().__init__(folder, create=create)
        self._base = base

    def rows(self) -> list[int]:
        """The rows of all articles, in order."""
        return [row[0] for row in self._connection.execute("SELECT row FROM articles ORDER BY row")]

    def articles(self, rows: Iterable[int]) -> dict[int, Article]:
        """Articles by row, with their text."""
        found = {}
        for row in rows:
            record = self._connection.execute(
                f"SELECT {ARTICLE_COLUMNS} FROM articles WHERE row = ?", (row,)
            ).fetchone()
            if record is not None:
                found[row] = self._article(record)
        return found

    def all_articles(self) -> Iterator[Article]:
        """Every article, in the order of the files."""
        for record in self._connection.execute(f"SELECT {ARTICLE_COLUMNS} FROM articles ORDER BY file, row"):
            yield self._article(record)

    def catalogue(self) -> list[CatalogueEntry]:
        """Every article without its text, in the order of the files."""
        # The plus keeps SQLite from visiting the texts in the order of the files: it reads them as they lie, and sorts.
        rows = self._connection.execute(
            "SELECT id, file, title, publisher, published, length(text) FROM articles ORDER BY +file, row"
        )
        return [
            CatalogueEntry(identity, str(self._base / file), title, publisher, _day(published), length)
            for identity, file, title, publisher, published, length in rows
        ]

    def identity(self, row: int) -> str:
        """The id of the article in a row that is there."""
        return str(self._connection.execute("SELECT id FROM articles WHERE row = ?", (row,)).fetchone()[0])

    def has_article(self, identity: str) -> bool:
        """Whether there is an article with an id."""
        found = self._connection.execute("SELECT EXISTS (SELECT 1 FROM articles WHERE id = ?)", (identity,)).fetchone()
        return bool(found[0])

    def article(self, identity: str) -> Article | None:
        """The article with an id, or None."""
        query = f"SELECT {ARTICLE_COLUMNS} FROM articles WHERE id = ?"
        record = self._connection.execute(query, (identity,)).fetchone()
        return self._article(record) if record else None

    def articles_like(self, reference: str) -> list[Article]:
        """The articles whose id begins with a text, or whose path or file name is that text."""
        rows = self._connection.execute(
            f"SELECT {ARTICLE_COLUMNS} FROM articles WHERE substr(id, 1, length(:ref)) = :ref OR file = :ref"
            " OR file LIKE '%/' || :escaped ESCAPE '\\' ORDER BY file, row",
            {"ref": reference, "escaped": _literal(reference)},
        )
        return [self._article(record) for record in rows]

    def sentences_of(self, article: Article) -> list[Sentence]:
        """Where the sentences of an article are, in the order of the text; none if its text is another by now."""
        rows = self._connection.execute(
            "SELECT start, end FROM sentences JOIN articles ON articles.row = sentences.article"
            " WHERE id = ? AND text = ? ORDER BY position",
            (article.id, article.text),
        )
        return [Sentence(start, end) for start, end in rows]

    def _article(self, record: Sequence[str]) -> Article:
        identity, file, title, publisher, published, url, encoding, text = record
        return Article(identity, str(self._base / file), title, publisher, _day(published), url, text, encoding)


def _day(published: str | None) -> date | None:
    return stored_day(published) if published else None


def stored_day(text: str) -> date:
    """A day as the database keeps it.

    Raises:
        IndexDamagedError: It is none.

    Example:
        >>> stored_day("2022-01-06")
        datetime.date(2022, 1, 6)
    """
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError) as error:
        why = f"“{text}” is no day of publication"
        raise IndexDamagedError("The index cannot be read", why, MENDED_BY) from error


def _literal(text: str) -> str:
    """Text in which LIKE finds no wildcards."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
