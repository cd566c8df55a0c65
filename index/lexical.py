"""Lexical search: BM25 with English stemming, in Tantivy, under the passages' own ids."""

import json
import os
import shutil
import struct
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from index.digests import digest_of
from index.durable import sync_tree, writing_into
from index.errors import MENDED_BY, IndexDamagedError
from index.generation import TANTIVY_LOCK
from index.statistics import TermStatistics, inverse_frequency
from index.terms import Terms

_ANALYZER = "news"
_FIELDS = ("body", "title")
_WRITER_MEMORY = 64_000_000
_UNDATED = 0
# How a file of Tantivy ends: with the length of its footer, and a number that is always the same.
_END = struct.Struct("<II")


class LexicalIndex:
    """A Tantivy index of passages, one document a passage.

    Example:
        >>> with TemporaryDirectory() as folder:
        ...     index = LexicalIndex.create(Path(folder, "lexical-1"), None)
        ...     index.update([], [(7, "Weather", "Rain fell.", None), (8, "Owls", "They hunt at night.", None)])
        ...     [number for number, score in index.search("When do owls hunt?", limit=5, title_boost=0.5)]
        [8]
    """

    def __init__(self, folder: Path, tantivy_index: Any) -> None:
        """Wrap an opened Tantivy index."""
        self._folder = folder
        self._tantivy = tantivy_index
        self.terms = Terms()
        self._tantivy.register_tokenizer(_ANALYZER, self.terms.analyzer)
        self._searcher = self._tantivy.searcher()

    @classmethod
    def create(cls, folder: Path, origin: Path | None) -> "LexicalIndex":
        """Make a new index in a folder: empty, or the same as another one.

        Tantivy never writes into a finished segment file, so the files of the other index are linked, not copied,
        and changes to the new one leave the other one whole.

        Args:
            folder: The folder to make. One that is there, left behind by a killed update, is removed first.
            origin: The folder of the other index.

        Raises:
            IndexWriteError: The system does not let it be written.
            IndexDamagedError: The other index cannot be read.
        """
        import tantivy

        with writing_into(folder.parent, ValueError):
            if folder.exists():
                shutil.rmtree(folder)
            folder.mkdir()
            if origin is None:
                return cls(folder, tantivy.Index(_schema(), path=str(folder)))
            for path in origin.iterdir():
                if not path.name.startswith(TANTIVY_LOCK):
                    _link(path, folder / path.name)
        return cls.load(folder)

    @classmethod
    def load(cls, folder: Path, count: int | None = None, written: Mapping[str, str] | None = None) -> "LexicalIndex":
        """Open an index.

        Args:
            folder: Its folder.
            count: How many passages it must hold; any number where it is None.
            written: The checksums of its files by path in the index directory. The one of the file that lists the
                others is compared: it tells this index from one of the same name that was made since.

        Raises:
            FileNotFoundError: The folder is not there.
            IndexDamagedError: It holds no Tantivy index, or other passages, or is not the one that was written.
        """
        import tantivy

        if not folder.is_dir():
            raise FileNotFoundError(folder)
        with _reading(folder), _lockable(folder) as place:
            if not all(map(_is_as_written, folder.glob("*.store"))):
                raise _unusable(folder, "is damaged")
            index = cls(folder, tantivy.Index.open(str(place)))
            listed = digest_of(folder / "meta.json")
        is_other = (written or {}).get(f"{folder.name}/meta.json", listed) != listed
        if is_other or (count is not None and len(index) != count):
            raise _unusable(folder, "does not belong to the other parts")
        return index

    def __len__(self) -> int:
        """How many passages there are."""
        return int(self._searcher.num_docs)

    def ids(self) -> list[int]:
        """The ids of all passages, in no order."""
        from tantivy import Query

        if not len(self):
            return []
        with _reading(self._folder):
            found = self._searcher.search(Query.all_query(), len(self), count=False).hits
            return self._ids(found)

    def term_weights(self, question: str) -> dict[str, float]:
        """The terms of a question's content words, each with its inverse document frequency as in BM25."""
        terms = self.terms.of_question(question)
        with _reading(self._folder):
            return {term: self.weight_of(self._searcher.doc_freq("body", term)) for term in terms}

    def statistics(self, terms: Iterable[str]) -> TermStatistics:
        """In how many passages some terms occur."""
        with _reading(self._folder):
            frequencies = {
                (field, term): int(self._searcher.doc_freq(field, term)) for term in set(terms) for field in _FIELDS
            }
        return TermStatistics(len(self), frequencies)

    def has(self, term: str) -> bool:
        """Whether a passage or a headline has a term."""
        with _reading(self._folder):
            return any(self._searcher.doc_freq(field, term) for field in _FIELDS)

    def matching(self, pattern: str, limit: int) -> list[int]:
        """The ids of some passages of which a whole term matches a regular expression, a number of them at most."""
        from tantivy import Query

        with _reading(self._folder):
            return self._ids(
                self._searcher.search(Query.regex_query(self._tantivy.schema, "body", pattern), limit).hits
            )

    def weight_of(self, frequency: int) -> float:
        """The inverse document frequency of a term that this many passages have."""
        return inverse_frequency(frequency, len(self))

    def update(self, removed: Iterable[int], added: Iterable[tuple[int, str, str, date | None]]) -> None:
        """Remove and add passages, and commit.

        Args:
            removed: Ids of passages.
            added: Id, headline, text and day of publication of passages.

        Raises:
            IndexWriteError: The system does not let the index be written.
        """
        with writing_into(self._folder.parent, ValueError):
            writer = self._tantivy.writer(_WRITER_MEMORY, 1)
            for number in removed:
                writer.delete_documents_by_term("id", number)
            for passage in added:
                writer.add_document(_document(*passage))
            writer.commit()
            writer.wait_merging_threads()
            _share(self._folder)
            sync_tree(self._folder)
        with _reading(self._folder):
            self._tantivy.reload()
            self._searcher = self._tantivy.searcher()

    def search(
        self,
        question: str,
        limit: int,
        title_boost: float,
        since: date | None = None,
        until: date | None = None,
        among: TermStatistics | None = None,
    ) -> list[tuple[int, float]]:
        """The passages with the highest BM25 score.

        Args:
            question: The question; any text.
            limit: How many passages, at most.
            title_boost: What a term in the headline counts, against 1 in the passage.
            since: The first day of publication that is searched.
            until: The last one.
            among: Where this index is a part of a collection: how often the terms occur in all of it, so that they
                weigh the same in each part. Else they are weighed by this index.

        Returns:
            Pairs of id and BM25 score, highest first.

        Raises:
            IndexDamagedError: A part of the index cannot be read.
        """
        from tantivy import FieldType, Occur, Query

        schema = self._tantivy.schema
        terms = Counter(self.terms.of_question(question))
        if not terms:
            return []
        own = self.statistics(terms) if among else None
        clauses = []
        for term, count in terms.items():
            for field, weight in zip(_FIELDS, (1.0, title_boost), strict=True):
                share = among.weight(field, term) / own.weight(field, term) if among and own else 1.0
                boosted = Query.boost_query(Query.term_query(schema, field, term), count * weight * share)
                clauses.append((Occur.Should, boosted))
        query = Query.boolean_query(clauses)
        if since is not None or until is not None:
            first = (since or date.min).toordinal()
            last = (until or date.max).toordinal()
            days = Query.const_score_query(Query.range_query(schema, "day", FieldType.Integer, first, last), 0.0)
            query = Query.boolean_query([(Occur.Must, query), (Occur.Must, days)])
        with _reading(self._folder):
            hits = self._searcher.search(query, limit).hits
            ids = self._ids(hits)
        return [(number, float(score)) for number, (score, _) in zip(ids, hits, strict=True)]

    def _ids(self, hits: Sequence[tuple[float, Any]]) -> list[int]:
        """The passages' own ids of what was found."""
        ids = self._searcher.fast_field_values("id", [place for _, place in hits])
        if None in ids:
            raise _unusable(self._folder, "is damaged")
        return [int(number) for number in ids]


def is_never_rewritten(name: str) -> bool:
    """Whether a file of a lexical index stays as it is once it was written: all but those that list the others.

    Example:
        >>> is_never_rewritten("lexical-3/0123.term"), is_never_rewritten("lexical-3/meta.json")
        (True, False)
    """
    return "/" in name and not name.endswith(".json")


def _schema() -> Any:
    from tantivy import SchemaBuilder

    builder = SchemaBuilder()
    builder.add_integer_field("id", stored=True, indexed=True, fast=True)
    builder.add_integer_field("day", indexed=True, fast=True)
    builder.add_text_field("title", tokenizer_name=_ANALYZER)
    builder.add_text_field("body", tokenizer_name=_ANALYZER)
    return builder.build()


def _document(number: int, title: str, body: str, published: date | None) -> Any:
    from tantivy import Document

    document = Document()
    document.add_integer("id", number)
    document.add_integer("day", published.toordinal() if published else _UNDATED)
    document.add_text("title", title)
    document.add_text("body", body)
    return document


@contextmanager
def _reading(folder: Path) -> Iterator[None]:
    """Turn what Tantivy raises over damaged files into an error that says what to do.

    It checks the frame of a file when it opens it; damage further inside makes it panic, which comes as an exception
    that is no ``Exception`` and cannot be imported.
    """
    try:
        yield
    except BaseException as error:
        if not isinstance(error, (ValueError, OSError)) and type(error).__name__ != "PanicException":
            raise
        raise _unusable(folder, "is damaged") from error


def _is_as_written(path: Path) -> bool:
    """Whether a file has the checksum that Tantivy wrote at its end, as far as that can be read.

    Looked at are the files of stored ids, which are small: damage to one can make Tantivy ask for more memory than
    there is, which ends the process. Other damage it notices by itself.
    """
    data = path.read_bytes()
    try:
        length, _ = _END.unpack(data[-_END.size :])
        footer = json.loads(data[-_END.size - length : -_END.size])
    except (ValueError, RecursionError, struct.error):
        return True
    return not isinstance(footer, dict) or footer.get("crc") == zlib.crc32(data[: -_END.size - length])


@contextmanager
def _lockable(folder: Path) -> Iterator[Path]:
    """The folder, or where it cannot be written a passing one that links to its files.

    Tantivy makes a lock file even to open an index for reading. Once open, it needs the folder no more.
    """
    if os.access(folder, os.W_OK, effective_ids=os.access in os.supports_effective_ids):
        yield folder
        return
    with TemporaryDirectory() as passing:
        for path in folder.absolute().iterdir():
            if not path.name.startswith(TANTIVY_LOCK):
                Path(passing, path.name).symlink_to(path)
        yield Path(passing)


def _share(folder: Path) -> None:
    """Let whoever may read the folder read its files. Tantivy gives some of them to their owner alone."""
    rights = folder.stat().st_mode & 0o666
    for path in folder.iterdir():
        if path.stat().st_mode & 0o666 == 0o600:
            path.chmod(rights)


def _unusable(folder: Path, why: str) -> IndexDamagedError:
    return IndexDamagedError("The lexical index cannot be used", f"{folder.name} {why}", MENDED_BY)


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:
        # Not every file system has hard links.
        shutil.copyfile(source, target)
