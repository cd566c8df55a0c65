"""Writing the search indexes of the next generation beside those of the present one."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from index.digests import digest_of
from index.durable import writing_into
from index.encoder import Encoder
from index.encoding import encode_passages, sampled_sentences
from index.generation import lexical_folder, search_files, vectors_file
from index.lexical import LexicalIndex, is_never_rewritten
from index.passages import passage_body
from index.recall import updated
from index.records import Progress
from index.spool import VectorSpool, vector_spool
from index.store import Store
from index.vector_settings import VectorSettings
from index.vectors import VectorIndex

# BM25 counts the passages that were removed until Tantivy merges them away. Beyond this share of all passages the
# lexical index is written anew, which costs less than the encoding that so many changes have cost.
_REMOVED_SHARE = 0.1


@dataclass(frozen=True, slots=True)
class Change:
    """How the passages of an index have changed since its search indexes were written.

    Attributes:
        generation: The present generation.
        vectors_anew: Whether none of its vectors are of use, and all passages are to be encoded.
        lexical_anew: Whether nothing of its lexical index is of use.
        before: How many passages it has.
        last: The highest of their ids; those of new passages are higher.
        removed: Their ids that are gone.
        passages: How many passages there are to be.

    Example:
        >>> Change(1, False, False, before=5, last=5, removed=[2], passages=6).encoded
        2
    """

    generation: int
    vectors_anew: bool
    lexical_anew: bool
    before: int
    last: int
    removed: Sequence[int]
    passages: int

    @property
    def encoded(self) -> int:
        """How many passages are to be encoded."""
        return self.passages if self.vectors_anew else self.passages - self.before + len(self.removed)


@dataclass(frozen=True, slots=True)
class Written:
    """What was written.

    Attributes:
        encoded: How many texts were encoded.
        meta: What is to be remembered with the index.

    Example:
        >>> Written(encoded=2, meta={"generation": "1"}).meta["generation"]
        '1'
    """

    encoded: int
    meta: dict[str, str]


def write_search_indexes(
    store: Store,
    folder: Path,
    encoder: Encoder,
    change: Change,
    report: Callable[[Progress], None],
    settings: VectorSettings,
) -> Written:
    """Write the files of the next generation; the present ones stay as they are.

    Args:
        store: The store, inside the transaction that changed the passages.
        folder: The index directory.
        encoder: The encoder.
        change: How the passages changed.
        report: Called with the progress.
        settings: How vectors are searched.

    Raises:
        IndexDamagedError: A part of the present generation cannot be read.
        IndexWriteError: The system does not let them be written.
    """
    with vector_spool(folder, encoder.dimension) as spool:
        encoded = encode_passages(
            store,
            0 if change.vectors_anew else change.last,
            encoder,
            spool,
            lambda done: report(Progress("Encoding passages", done, change.encoded)),
        )
        report(Progress("Writing the index", 0, 0))
        recall = _write_vectors(store, folder, encoder, change, spool, settings)
    removed = _write_lexical(store, folder, change)
    store.set_file_checksums(file_checksums(folder, change.generation + 1, store.file_checksums()))
    generation = {"generation": str(change.generation + 1), "removed": str(removed)}
    return Written(encoded, generation if recall is None else {**generation, "recall": f"{recall:.4f}"})


def documents(store: Store, after: int) -> Iterator[tuple[int, str, str, date | None]]:
    """All passages above an id, as the lexical index takes them."""
    for article, passage in store.passages_after(after):
        yield passage.id, article.title, passage_body(article.text, passage.sentences), article.published


def file_checksums(folder: Path, generation: int, known: Mapping[str, str]) -> dict[str, str]:
    """The checksums of the files of a generation.

    What an earlier generation shares with it, a segment file of the lexical index, is not read again: it must still be
    what it was when it was written.

    Args:
        folder: The index directory.
        generation: The generation.
        known: The checksums of an earlier generation.

    Returns:
        SHA-256 in hex, by path in the index directory, with ``/`` between the parts.

    Raises:
        IndexWriteError: A file that was just written cannot be read.
    """
    shared = {name.rpartition("/")[2]: value for name, value in known.items() if is_never_rewritten(name)}
    with writing_into(folder):
        return {
            path.relative_to(folder).as_posix(): shared.get(path.name) or digest_of(path)
            for path in search_files(folder, generation)
        }


def _write_vectors(
    store: Store, folder: Path, encoder: Encoder, change: Change, added: VectorSpool, settings: VectorSettings
) -> float | None:
    """Write the vectors; returns their recall, where it was measured."""
    if change.vectors_anew:
        old = VectorIndex.empty(encoder.dimension)
    else:
        old = VectorIndex.load(
            vectors_file(folder, change.generation), change.before, encoder.dimension, to_change=True
        )
    vectors, recall = updated(
        old, change.removed, added, lambda: encoder.encode(sampled_sentences(store, settings.questions)), settings
    )
    vectors.save(vectors_file(folder, change.generation + 1))
    return recall


def _write_lexical(store: Store, folder: Path, change: Change) -> int:
    """Write the lexical index; returns how many passages were removed from it since it was written as a whole."""
    target = lexical_folder(folder, change.generation + 1)
    removed = int(store.meta().get("removed", "0")) + len(change.removed)
    if change.lexical_anew or removed > _REMOVED_SHARE * change.passages:
        LexicalIndex.create(target, None).update([], documents(store, 0))
        return 0
    origin = lexical_folder(folder, change.generation)
    LexicalIndex.create(target, origin).update(change.removed, documents(store, change.last))
    return removed
