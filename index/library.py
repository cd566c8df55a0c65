"""An index that is open for questions."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from index.encoder import Vectors, encoder_for
from index.errors import IndexDamagedError
from index.fusion import FusionSettings, fuse
from index.generation import lexical_folder, vectors_file
from index.lexical import LexicalIndex
from index.records import Article, Hit
from index.store import Store, check_format, not_indexed
from index.vectors import VectorIndex

_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The passages that fit a question, with the articles that they stand in.

    Attributes:
        question: The question's unit vector, shape ``(dimension,)``.
        hits: Best first.
        articles: The articles of the hits, by ``Passage.article``.
    """

    question: Vectors
    hits: tuple[Hit, ...]
    articles: dict[int, Article]


class Index:
    """A read-only view of an index directory that follows its updates.

    All that one call returns comes from one generation of the index. Calls from several threads wait for each other.
    """

    def __init__(self, folder: Path, base: Path, fusion: FusionSettings | None = None) -> None:
        """Open an index.

        Args:
            folder: The index directory.
            base: The folder that holds the articles, which the stored paths are relative to.
            fusion: How dense and lexical search are weighed.

        Raises:
            IndexNotFoundError: Nothing was indexed there.
            IndexDamagedError: A part is missing or damaged.
            IndexMismatchError: It is of another format.
            ModelError: Its embedding model cannot be used.
        """
        self._folder = folder
        self._fusion = fusion or FusionSettings()
        self._lock = threading.RLock()
        self._store = Store(folder, base)
        self._generation = -1
        try:
            meta = self._store.meta()
            if "generation" not in meta:
                raise not_indexed(folder)
            check_format(meta)
            self._encoder = encoder_for(meta["model"], meta["digest"])
            with self._snapshot():
                pass
        except BaseException:
            self._store.close()
            raise

    def close(self) -> None:
        """Close the database."""
        self._store.close()

    def counts(self) -> tuple[int, int]:
        """How many articles and passages there are."""
        with self._lock:
            return self._store.counts()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Encode texts with the index's own model: unit vectors, shape ``(len(texts), dimension)``."""
        with self._lock:
            return self._encoder.encode(texts)

    def terms(self, text: str) -> list[str]:
        """The terms that lexical search sees in a text: lower case, stemmed, in the order of the text."""
        return self._lexical.terms(text)

    def term_weights(self, question: str) -> dict[str, float]:
        """The terms of a question's content words, each with its inverse document frequency over the passages."""
        with self._lock:
            return self._lexical.term_weights(question)

    def articles(self) -> list[Article]:
        """Every article, in the order of the files."""
        with self._lock, self._store.reading():
            return list(self._store.all_articles())

    def articles_like(self, reference: str) -> list[Article]:
        """The articles whose id begins with a text, or whose path or file name is that text."""
        with self._lock, self._store.reading():
            return self._store.articles_like(reference)

    def search(self, question: str, limit: int, since: date | None = None, until: date | None = None) -> SearchResult:
        """Find the passages that fit a question best.

        Args:
            question: The question.
            limit: How many passages, at most.
            since: The first day of publication that is searched; undated articles are then left out.
            until: The last one.

        Raises:
            IndexDamagedError: A part of the index is missing or damaged.
        """
        vector = self.encode([question])[0]
        with self._lock, self._snapshot():
            hits = self._search(question, vector, limit, since, until)
            rows = {hit.passage.article for hit in hits}
            return SearchResult(vector, hits, self._store.articles(sorted(rows)))

    def _search(
        self, question: str, vector: Vectors, limit: int, since: date | None, until: date | None
    ) -> tuple[Hit, ...]:
        settings = self._fusion
        among = None if since is None and until is None else self._store.passages_between(since, until)
        if among == []:
            return ()
        lexical = dict(self._lexical.search(question, settings.depth, settings.title_boost, since, until))
        dense = dict(self._vectors.search(vector, settings.depth, among))
        unreached = [number for number in lexical if number not in dense]
        dense.update(zip(unreached, self._vectors.cosines(vector, unreached), strict=True))
        ranked = fuse(dense, lexical, settings.dense)[:limit]
        passages = self._store.passages([number for number, _ in ranked])
        return tuple(
            Hit(passages[number], score, dense.get(number), lexical.get(number)) for number, score in ranked if number in passages
        )

    @contextmanager
    def _snapshot(self) -> Iterator[None]:
        """One state of the database, with the search indexes of the generation that it names."""
        for _ in range(_ATTEMPTS):
            with self._store.reading():
                try:
                    self._follow()
                except FileNotFoundError as error:
                    # An update ended between the snapshot and the opening of its files: the next snapshot names others.
                    missing = error
                    continue
                yield
                return
        raise IndexDamagedError("The index cannot be used", f"{missing} is not there", "index the articles again")

    def _follow(self) -> None:
        """Open the generation that the database names, if it is not the one that is open."""
        generation = int(self._store.meta().get("generation", "0"))
        if generation != self._generation:
            vectors = VectorIndex.load(vectors_file(self._folder, generation))
            lexical = LexicalIndex.load(lexical_folder(self._folder, generation))
            self._vectors, self._lexical, self._generation = vectors, lexical, generation
