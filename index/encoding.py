"""New passages to vectors: read back from the database a portion at a time, each text encoded once."""

import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from itertools import islice

import numpy as np

from index.encoder import Encoder, Vectors
from index.passages import embedded_text, passage_body
from index.records import Article, Passage
from index.spool import VectorSpool
from index.store import Store

# Long enough that the cores which wait for the last texts of a portion do not matter, short enough for any memory.
_PORTION = 1_024
_DIGEST_BYTES = 16


def encode_passages(
    store: Store, after: int, encoder: Encoder, spool: VectorSpool, report: Callable[[int], None]
) -> int:
    """Put the vectors of all passages above an id into a spool, in the order of their ids.

    Memory does not grow with the passages: what was encoded already is looked up by its digest in a table on disk.

    Args:
        store: The store, inside a transaction.
        after: The id.
        encoder: The encoder.
        spool: An empty spool.
        report: Called with the number of passages done.

    Returns:
        How many texts were encoded. Passages of the same words are one text.

    Raises:
        IndexWriteError: The system does not let the vectors be written.
    """
    encoded = 0
    passages = store.passages_after(after)
    with closing(_Places()) as places:
        while portion := list(islice(passages, _PORTION)):
            encoded += _encode_portion(portion, encoder, spool, places, report)
    return encoded


def text_to_encode(article: Article, passage: Passage) -> str:
    """The text whose vector is that of a passage.

    Example:
        >>> from index.records import Sentence
        >>> article = Article("0123456789abcdef", "/news/a.txt", "Storm", "", None, "", "Rain fell.", "utf-8")
        >>> text_to_encode(article, Passage(7, 1, (Sentence(0, 10),)))
        'Storm. Rain fell.'
    """
    return embedded_text(article.title, passage_body(article.text, passage.sentences))


def sampled_sentences(store: Store, count: int) -> list[str]:
    """Sentences from all over the articles, to stand for questions: the middle one of some passages."""
    passages = store.passages(store.spread_passages(count))
    articles = store.articles(sorted({passage.article for passage in passages.values()}))
    return [
        passage_body(articles[passage.article].text, [passage.sentences[len(passage.sentences) // 2]])
        for passage in passages.values()
    ]


class _Places:
    """Where in the spool the vector of a text is: a table that is kept on disk once it is large."""

    def __init__(self) -> None:
        self._connection = sqlite3.connect("", isolation_level=None)
        self._connection.execute("CREATE TABLE places (digest BLOB PRIMARY KEY, place INTEGER NOT NULL) WITHOUT ROWID")

    def close(self) -> None:
        self._connection.close()

    def of(self, digest: bytes) -> int | None:
        """The place that was added for a text, or None."""
        row = self._connection.execute("SELECT place FROM places WHERE digest = ?", (digest,)).fetchone()
        return None if row is None else int(row[0])

    def add(self, digest: bytes, place: int) -> None:
        self._connection.execute("INSERT INTO places VALUES (?, ?)", (digest, place))


def _encode_portion(
    portion: Sequence[tuple[Article, Passage]],
    encoder: Encoder,
    spool: VectorSpool,
    places: _Places,
    report: Callable[[int], None],
) -> int:
    begin = len(spool)
    texts = []
    # For each passage, the place in the spool of a passage with the same text: its own place, where it is the first.
    origins = []
    for place, (article, passage) in enumerate(portion, start=begin):
        text = text_to_encode(article, passage)
        digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_DIGEST_BYTES).digest()
        known = places.of(digest)
        if known is None:
            texts.append(text)
            places.add(digest, place)
        origins.append(place if known is None else known)
    encoded = iter(encoder.encode(texts, lambda done: report(begin + done)))
    spool.append([passage.id for _, passage in portion], _placed(origins, begin, encoded, spool))
    report(len(spool))
    return len(texts)


def _placed(origins: Sequence[int], begin: int, encoded: Iterator[Vectors], spool: VectorSpool) -> Vectors:
    """The vectors of a portion that begins at a place, with those of passages that came before it."""
    vectors: list[Vectors] = []
    for place, origin in enumerate(origins, start=begin):
        if origin == place:
            vectors.append(next(encoded))
        else:
            vectors.append(vectors[origin - begin] if origin >= begin else spool.vector(origin))
    return np.stack(vectors)
