"""What answers need of an index, whether it is one directory or spread over several."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from index.encoder import Vectors
from index.records import Article, CatalogueEntry, Hit, Sentence, Skipped


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The passages that fit a question, with the articles that they stand in.

    Attributes:
        question: The question's unit vector, shape ``(dimension,)``.
        hits: Best first.
        articles: The articles of the hits, by ``Passage.article``.
        notes: What the user should know of the search, one sentence each.

    Example:
        >>> import numpy as np
        >>> from index.records import Passage
        >>> article = Article("0123456789abcdef", "/news/a.txt", "", "", None, "", "Rain fell.", "utf-8")
        >>> hit = Hit(Passage(7, 1, (Sentence(0, 10),)), score=0.9, dense=0.8, lexical=3.5)
        >>> result = SearchResult(np.array([0.6, 0.8], np.float32), (hit,), {1: article})
        >>> result.articles[result.hits[0].passage.article].label
        'a.txt'
    """

    question: Vectors
    hits: tuple[Hit, ...]
    articles: dict[int, Article]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    """What an index holds.

    Attributes:
        model: The name of its embedding model.
        generation: How often it was written.
        files: Files that were read.
        articles: Articles that can be quoted.
        passages: Passages in the database.
        vectors: Passages in the dense index.
        lexical: Passages in the lexical index.
        skipped: Files and records that could not be read.
        search: How a question is compared with the vectors: ``"exact"``, or with which part of them.
        recall: The share of the passages that exact search finds that dense search finds too, as it was measured when
            the vectors were sorted.

    Example:
        >>> summary = Summary("all-MiniLM-L6-v2", 1, files=3, articles=3, passages=5, vectors=5, lexical=5, skipped=())
        >>> summary.passages == summary.vectors == summary.lexical
        True
    """

    model: str
    generation: int
    files: int
    articles: int
    passages: int
    vectors: int
    lexical: int
    skipped: tuple[Skipped, ...]
    search: str = "exact"
    recall: float = 1.0


class ArticleIndex(Protocol):
    """Articles that are open for questions: an ``index.library.Index`` or an ``index.sharded.ShardedIndex``.

    Every method raises an ``IndexStateError`` where the index cannot be read.

    Example:
        >>> def rarest(words: str, index: ArticleIndex) -> str:
        ...     weights = index.term_weights(words)
        ...     return max(weights, key=weights.__getitem__)
    """

    def close(self) -> None:
        """Let go of the index."""

    def counts(self) -> tuple[int, int]:
        """How many articles and passages there are."""

    def undated(self) -> int:
        """How many articles have no known day of publication."""

    def highest_term_weight(self) -> float:
        """The inverse document frequency of a term that no passage has."""

    def summary(self) -> Summary:
        """What the index holds, part by part."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Encode texts with the index's own model: unit vectors, shape ``(len(texts), dimension)``."""

    def terms(self, text: str) -> list[str]:
        """The terms that lexical search sees in a text: lower case, stemmed, in the order of the text."""

    def term_weights(self, question: str) -> dict[str, float]:
        """The terms of a question's content words, each with its inverse document frequency over the passages."""

    def mentions(self, words: str) -> bool:
        """Whether each of some words stands in an article, by its stem; also where that cannot be told."""

    def has(self, word: str) -> bool:
        """Whether each term of a word is a term of a passage or a headline; also where that cannot be told."""

    def spellings(self, name: str) -> list[str]:
        """How the passages spell a name of one word that none of them has as it is: the commonest spelling first."""

    def articles(self) -> list[Article]:
        """Every article, in the order of the files."""

    def catalogue(self) -> list[CatalogueEntry]:
        """Every article without its text, in the order of the files."""

    def article(self, identifier: str) -> Article | None:
        """The article with an id, or None where there is none any more."""

    def sentences(self, article: Article) -> list[Sentence]:
        """The sentences of an article, in the order of the text; none if it was changed in the index since."""

    def kept(self, article: Article) -> list[tuple[int, int]]:
        """The ranges of an article's text that can be quoted; none if it was changed in the index since."""

    def copies_of(self, sentences: Sequence[str]) -> list[list[tuple[Article, Sentence]]]:
        """For each of some sentences every printing and every copy of it, in the order of the files."""

    def origin(self, article: Article) -> str:
        """The smallest id of the articles that share most of their text with this one; its own if none does."""

    def articles_like(self, reference: str) -> list[Article]:
        """The articles whose id begins with a text, or whose path or file name is that text."""

    def search(self, question: str, limit: int, since: date | None = None, until: date | None = None) -> SearchResult:
        """Find the passages that fit a question best: at most ``limit``, published in a range of days."""
