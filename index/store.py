"""The truth of an index, in SQLite: files, articles, sentences, passages, and which generation counts."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from index.article_store import ARTICLE_COLUMNS, ArticleStore, stored_day
from index.checksums import remove_checksums, set_checksums, stored_checksums
from index.copies import is_copy, wording_of
from index.errors import MENDED_BY, IndexDamagedError, IndexMismatchError
from index.records import Article, Passage, Sentence, Skipped
from index.repeats import fingerprint
from index.sketches import Sketch
from index.word_store import WordStore

FORMAT_VERSION = 4
# An update makes an index of these formats one of the present format, without encoding anything.
_UPGRADED_FORMATS = {"1", "2", "3"}


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file as it was when it was indexed.

    Attributes:
        signature: Size and times: equal means that the file need not be read.
        digest: SHA-256 of its bytes: equal means that it need not be parsed.
        skipped: What could not be read in it.

    Example:
        >>> FileRow("10-1-1", "0" * 64, (Skipped("dump.jsonl:17", "no text in it"),)).skipped[0].reason
        'no text in it'
    """

    signature: str
    digest: str
    skipped: tuple[Skipped, ...]


class Store(ArticleStore, WordStore):
    """What an index knows. Every call stands inside ``reading()`` or, to change something, ``writing()``.

    Example:
        >>> import tempfile
        >>> from contextlib import closing
        >>> article = Article("0123456789abcdef", "/news/a.txt", "", "", None, "", "Rain fell.", "utf-8")
        >>> with tempfile.TemporaryDirectory() as folder, closing(Store.create(Path(folder), Path("/news"))) as store:
        ...     with store.writing():
        ...         store.make_tables()
        ...         _ = store.add_article("a.txt", article, [Sentence(0, 10)], [range(1)])
        ...     with store.reading():
        ...         store.counts()
        (1, 1)
    """

    # The words are taken from the texts, which tell whether they are right.
    TABLES = ("meta", "files", "articles", "sentences", "passages", "sketches", "links", "origins")

    @classmethod
    def create(cls, folder: Path, base: Path) -> "Store":
        """Open the database of an index directory for an update; it is made if it is not there."""
        return cls(folder, base, create=True)

    # Reading

    def meta(self) -> dict[str, str]:
        """Every setting the index was made with, and its generation; nothing before the first update was committed."""
        if self._connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone() is None:
            return {}
        return dict(self._connection.execute("SELECT key, value FROM meta"))

    def files(self) -> dict[str, FileRow]:
        """The indexed files, by relative path."""
        rows = self._connection.execute("SELECT path, signature, digest, skipped FROM files")
        return {
            path: FileRow(signature, digest, tuple(Skipped(*pair) for pair in json.loads(skipped)))
            for path, signature, digest, skipped in rows
        }

    def counts(self) -> tuple[int, int]:
        """How many articles and passages there are."""
        articles: int = self._connection.execute("SELECT count(*) FROM articles").fetchone()[0]
        passages: int = self._connection.execute("SELECT count(*) FROM passages").fetchone()[0]
        return articles, passages

    def undated(self) -> int:
        """How many articles have no known day of publication."""
        found: int = self._connection.execute("SELECT count(*) FROM articles WHERE published IS NULL").fetchone()[0]
        return found

    def passages(self, ids: Sequence[int]) -> dict[int, Passage]:
        """Passages by id; unknown ids are left out."""
        found = {}
        for number in ids:
            row = self._connection.execute(
                "SELECT article, first, last FROM passages WHERE id = ?", (number,)
            ).fetchone()
            if row is not None:
                sentences = self._connection.execute(
                    "SELECT start, end FROM sentences"
                    " WHERE article = ? AND position >= ? AND position < ? ORDER BY position",
                    row,
                )
                found[number] = Passage(number, row[0], tuple(Sentence(*pair) for pair in sentences))
        return found

    def fingerprints(self, number: int) -> set[int]:
        """The fingerprints of a passage's sentences."""
        rows = self._connection.execute(
            "SELECT fingerprint FROM sentences JOIN passages ON passages.article = sentences.article"
            " WHERE passages.id = ? AND position >= first AND position < last",
            (number,),
        )
        return {row[0] for row in rows}

    def sentences(self, row: int) -> list[str]:
        """The sentences of an article, in the order of the text."""
        (text,) = self._connection.execute("SELECT text FROM articles WHERE row = ?", (row,)).fetchone()
        places = self._connection.execute(
            "SELECT start, end FROM sentences WHERE article = ? ORDER BY position", (row,)
        )
        return [text[start:end] for start, end in places]

    def copies(self, sentence: str, bands: Sketch | None = None) -> list[tuple[Article, Sentence]]:
        """Every printing of a sentence and every copy of it in other articles, in the order of the files.

        Args:
            sentence: The sentence.
            bands: Its sketch, where the sentence itself may stand in another index; else copies are found by way of
                its printings in this one.
        """
        found = self._printings("fingerprint = ?", (fingerprint(sentence),))
        if found or bands:
            wording = wording_of(sentence)
            # Its printings mostly have one sketch: what shares a band with it is looked up once.
            having: dict[Sketch, set[int]] = defaultdict(set)
            for row, position in found:
                if own := self.sketch_at(row, position):
                    having[own].add(row)
            possible = {place for own, rows in having.items() for place in self.with_bands(own) if rows != {place[0]}}
            if bands:
                possible |= self.with_bands(bands)
            for place in possible - found.keys():
                ((article, copy),) = self._printings("article = ? AND position = ?", place).values()
                if is_copy(wording, wording_of(article.text[copy.start : copy.end])):
                    found[place] = (article, copy)
        return [found[place] for place in sorted(found, key=lambda place: (found[place][0].path, place))]

    def passages_after(self, number: int) -> Iterator[tuple[Article, Passage]]:
        """Every passage with a higher id, with its article, in the order of the ids."""
        article, of_row = None, None
        query = "SELECT id, article FROM passages WHERE id > ? ORDER BY id"
        for identity, row in self._connection.execute(query, (number,)):
            if article is None or row != of_row:
                article, of_row = self.articles([row])[row], row
            yield article, self.passages([identity])[identity]

    def last_passage(self) -> int:
        """The highest id of a passage; 0 if there is none. New passages get higher ones."""
        last: int = self._connection.execute("SELECT coalesce(max(id), 0) FROM passages").fetchone()[0]
        return last

    def spread_passages(self, count: int) -> list[int]:
        """The ids of some passages from all over, at most so many."""
        query = "SELECT min(id) FROM passages WHERE id >= ?"
        first, last = self._connection.execute(
            "SELECT coalesce(min(id), 0), coalesce(max(id), 0) FROM passages"
        ).fetchone()
        places = (first + (last - first + 1) * part // count for part in range(count))
        found = {self._connection.execute(query, (place,)).fetchone()[0] for place in places}
        return sorted(found - {None})

    def days_of_passages(self) -> Iterator[tuple[date, int, int]]:
        """For each dated article its day, and the first and the last id of its passages, which are all between."""
        days = dict(self._connection.execute("SELECT row, published FROM articles WHERE published IS NOT NULL"))
        for row, first, last in self._connection.execute("SELECT article, min(id), max(id) FROM passages GROUP BY 1"):
            if row in days:
                yield stored_day(days[row]), first, last

    def passages_of(self, file: str) -> list[int]:
        """Ids of the passages of every article in a file."""
        rows = self._connection.execute(
            "SELECT passages.id FROM passages JOIN articles ON articles.row = passages.article WHERE articles.file = ?",
            (file,),
        )
        return [row[0] for row in rows]

    def file_checksums(self) -> dict[str, str]:
        """The checksums of the files of the search indexes, by their paths in the index directory."""
        stored = stored_checksums(self._connection)
        return {name: value for name, value in stored.items() if name not in self.TABLES}

    def passage_ids(self) -> list[int]:
        """The ids of all passages, in order."""
        return [row[0] for row in self._connection.execute("SELECT id FROM passages ORDER BY id")]

    def windows_of(self, identity: str) -> list[range]:
        """The passages of the article with an id, as ranges of positions of its sentences, in order."""
        rows = self._connection.execute(
            "SELECT first, last FROM passages JOIN articles ON articles.row = passages.article WHERE articles.id = ?"
            " ORDER BY first",
            (identity,),
        )
        return [range(first, last) for first, last in rows]

    # Writing

    def make_tables(self) -> None:
        """Make the tables that are not there, as a part of the transaction, and keep their checksums."""
        super().make_tables()
        self._watch()

    def set_file_checksums(self, checksums: Mapping[str, str]) -> None:
        """Set the checksums of the files of the search indexes, by path; those of other files are forgotten."""
        remove_checksums(self._connection, self.file_checksums())
        set_checksums(self._connection, checksums)

    def set_meta(self, values: Mapping[str, str]) -> None:
        """Set some settings."""
        self._connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", list(values.items()))

    def set_file(self, path: str, row: FileRow) -> None:
        """Set what is known of a file."""
        skipped = json.dumps([(item.path, item.reason) for item in row.skipped])
        values = (path, row.signature, row.digest, skipped)
        self._connection.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)", values)

    def add_article(
        self, file: str, article: Article, sentences: Sequence[Sentence], windows: Sequence[range]
    ) -> list[Passage]:
        """Add an article with its sentences and passages; returns the passages under their new ids."""
        published = article.published.isoformat() if article.published else None
        row = self._connection.execute(
            f"INSERT INTO articles ({ARTICLE_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                article.id,
                file,
                article.title,
                article.publisher,
                published,
                article.url,
                article.encoding,
                article.text,
            ),
        ).lastrowid
        assert row is not None
        self.add_words(article.text)
        self._connection.executemany(
            "INSERT INTO sentences VALUES (?, ?, ?, ?, ?)",
            [
                (row, position, sentence.start, sentence.end, fingerprint(article.text[sentence.start : sentence.end]))
                for position, sentence in enumerate(sentences)
            ],
        )
        passages = []
        for positions in windows:
            number = self._connection.execute(
                "INSERT INTO passages (article, first, last) VALUES (?, ?, ?)", (row, positions.start, positions.stop)
            ).lastrowid
            assert number is not None
            passages.append(Passage(number, row, tuple(sentences[positions.start : positions.stop])))
        return passages

    def remove_file(self, path: str) -> None:
        """Remove a file with its articles, sentences and passages. Origins stay until they are set again."""
        self.remove_copies_of_file(path)
        self.remove_words_of_file(path)
        of_file = "(SELECT row FROM articles WHERE file = ?)"
        self._connection.execute(f"DELETE FROM passages WHERE article IN {of_file}", (path,))
        self._connection.execute(f"DELETE FROM sentences WHERE article IN {of_file}", (path,))
        self._connection.execute("DELETE FROM articles WHERE file = ?", (path,))
        self._connection.execute("DELETE FROM files WHERE path = ?", (path,))

    def clear(self) -> None:
        """Remove every file, article, sentence and passage."""
        for table in ("files", "articles", "sentences", "passages"):
            self._empty(table)
        self.clear_copies()
        self.clear_words()

    def _printings(self, where: str, values: Sequence[int]) -> dict[tuple[int, int], tuple[Article, Sentence]]:
        """Some sentences with their articles, by row and position; each article is there once, with all its text."""
        query = f"SELECT article, position, start, end FROM sentences WHERE {where}"
        rows = self._connection.execute(query, values).fetchall()
        articles = self.articles(sorted({row for row, *_ in rows}))
        return {(row, position): (articles[row], Sentence(start, end)) for row, position, start, end in rows}


def generation_of(meta: Mapping[str, str]) -> int:
    """The generation that the database names; 0 before the first update was committed.

    Raises:
        IndexDamagedError: It is no number.

    Example:
        >>> generation_of({"generation": "3"}), generation_of({})
        (3, 0)
    """
    found = meta.get("generation", "0")
    if not found.isdecimal():
        raise IndexDamagedError("The index cannot be read", f"its generation is “{found}”, no number", MENDED_BY)
    return int(found)


def check_format(meta: Mapping[str, str], *, to_upgrade: bool = False) -> None:
    """Refuse an index of another format.

    Args:
        meta: Its settings.
        to_upgrade: Whether one that an update makes one of the present format will do.

    Raises:
        IndexMismatchError: It was written by a version of pullquote whose format differs.

    Example:
        >>> check_format({"format": "0"})  # doctest: +ELLIPSIS
        Traceback (most recent call last):
        index.errors.IndexMismatchError: The index cannot be used: its format is 0, ...
    """
    found = meta.get("format", str(FORMAT_VERSION))
    if found == str(FORMAT_VERSION) or (to_upgrade and found in _UPGRADED_FORMATS):
        return
    old = found in _UPGRADED_FORMATS
    raise IndexMismatchError(
        "The index cannot be used",
        f"its format is {found}, and this version of pullquote reads {FORMAT_VERSION}",
        "index the articles again" if old else MENDED_BY,
    )
