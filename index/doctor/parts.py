"""Whether the parts of one index directory are what was written, and fit each other."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from index.digests import digest_of
from index.doctor.findings import Finding, Part, fault, outdated, sound
from index.encoder import Encoder, Vectors, encoder_for
from index.encoding import sampled_sentences, text_to_encode
from index.errors import IndexDamagedError, ModelError
from index.exported import is_exported
from index.generation import is_search_index, lexical_folder, search_files, vectors_file
from index.lexical import LexicalIndex
from index.locations import model_folder
from index.models import find_model
from index.recall import exactly_nearest, recall_of
from index.store import FORMAT_VERSION, Store, generation_of
from index.vectors import VectorIndex
from index.versions import CHUNKER_VERSION, CLEANER_VERSION, COPIES_VERSION

_SAMPLE = 32
_DEPTH = 50
# Copies and words are made from the rest: a fault in them leaves what is quoted as it is.
_TABLES_OF_COPIES = {"sketches", "links", "origins"}
# A number in one byte, or another kind of CPU, changes a vector far less than this.
_SAME_VECTOR = 0.9
# What is measured on other sentences than it was tuned on may be that much lower.
_LESS_RECALL = 0.1


def database_findings(store: Store) -> list[Finding]:
    """Whether the database is what was written, inside ``reading()``.

    Raises:
        IndexDamagedError: SQLite cannot read it.
    """
    faults = store.faults()
    if set(faults) - _TABLES_OF_COPIES:
        named = ", ".join(faults)
        return [fault(Part.DATABASE, f"index.db is not what was written: {named}")]
    articles, passages = store.counts()
    findings = [sound(Part.DATABASE, f"{articles:,} articles, {passages:,} passages; all checksums of tables fit")]
    if faults:
        findings.append(fault(Part.COPIES, f"the tables {', '.join(faults)} are not what was written"))
    else:
        findings.append(sound(Part.COPIES, "all checksums fit"))
    if store.words_fit():
        findings.append(sound(Part.WORDS, "they are those of the texts"))
    else:
        findings.append(fault(Part.WORDS, "they are not those of the texts"))
    return findings


def rule_findings(meta: dict[str, str]) -> list[Finding]:
    """Whether an index was made by the present rules."""
    present = {
        "format": FORMAT_VERSION,
        "cleaner": CLEANER_VERSION,
        "chunker": CHUNKER_VERSION,
        "copies": COPIES_VERSION,
    }
    old = [
        f"{name} {meta.get(name, 'unknown')}, which is {version} by now"
        for name, version in present.items()
        if meta.get(name) != str(version)
    ]
    if old:
        return [outdated(Part.RULES, "; ".join(old))]
    return [sound(Part.RULES, ", ".join(f"{name} {version}" for name, version in present.items()))]


def model_findings(meta: dict[str, str]) -> tuple[list[Finding], Encoder | None]:
    """Whether the embedding model is the one that an index was made with, and the encoder where it can be used."""
    name, digest = meta["model"], meta["digest"]
    try:
        if find_model(name).digest != digest:
            return [fault(Part.MODEL, f"{name} on this machine is not the model that made the index")], None
        # A damaged export is told here, where other commands make it again.
        encoder = Encoder(model_folder(digest)) if is_exported(digest) else encoder_for(name, digest)
    except ModelError as error:
        return [fault(Part.MODEL, f"{error.what}: {error.why}", advice=error.fix)], None
    return [sound(Part.MODEL, f"{name}, weights {digest[:12]}…")], encoder


def vector_findings(store: Store, folder: Path, encoder: Encoder | None) -> Iterator[Finding]:
    """Whether the vectors are what was written and belong to the passages, and how many of the nearest are found."""
    meta = store.meta()
    path = vectors_file(folder, generation_of(meta))
    if (found := _file_fault(store, folder, [path], "vectors-")) is not None:
        yield fault(Part.VECTORS, found)
        return
    wanted = store.passage_ids()
    try:
        vectors = VectorIndex.load(path, len(wanted), encoder.dimension if encoder else None)
        differing = _differing(wanted, vectors.ids(), "vector")
        strange = _strangers(store, vectors, encoder) if encoder and not differing else 0
    except IndexDamagedError as error:
        yield fault(Part.VECTORS, error.why)
        return
    if differing or strange:
        yield fault(
            Part.VECTORS, differing or f"{strange} of {_SAMPLE} sampled passages have the vector of another text"
        )
        return
    yield sound(Part.VECTORS, f"{len(vectors):,}, one for each passage; the checksum fits")
    if encoder and wanted:
        yield _recall_finding(
            vectors, encoder.encode(sampled_sentences(store, _SAMPLE)), float(meta.get("recall", "1"))
        )


def lexical_findings(store: Store, folder: Path) -> Iterator[Finding]:
    """Whether the lexical index is what was written, and holds the passages."""
    generation = generation_of(store.meta())
    lexical = lexical_folder(folder, generation)
    files = [path for path in search_files(folder, generation) if path.parent == lexical]
    if (found := _file_fault(store, folder, files, "lexical-")) is not None:
        yield fault(Part.LEXICAL, found)
        return
    wanted = store.passage_ids()
    try:
        differing = _differing(wanted, LexicalIndex.load(lexical, len(wanted)).ids(), "document")
    except (FileNotFoundError, IndexDamagedError) as error:
        yield fault(Part.LEXICAL, error.why if isinstance(error, IndexDamagedError) else f"{lexical.name} is not there")
        return
    if differing:
        yield fault(Part.LEXICAL, differing)
    else:
        yield sound(Part.LEXICAL, f"{len(wanted):,} documents, one for each passage; {len(files)} checksums fit")


def leftover_findings(folder: Path, generation: int) -> list[Finding]:
    """Whether an index directory holds search indexes that no generation needs."""
    kept = {vectors_file(folder, generation).name, lexical_folder(folder, generation).name}
    found = sorted(path.name for path in folder.iterdir() if is_search_index(path.name) and path.name not in kept)
    return [outdated(Part.LEFTOVERS, ", ".join(found)) if found else sound(Part.LEFTOVERS, "none")]


def _file_fault(store: Store, folder: Path, files: Iterable[Path], prefix: str) -> str | None:
    """What is wrong with the files of a search index; None if they are those that were written."""
    written = {name: value for name, value in store.file_checksums().items() if name.startswith(prefix)}
    present = {path.relative_to(folder).as_posix(): path for path in files if path.exists()}
    if missing := sorted(written.keys() - present.keys()):
        return f"{missing[0]} is not there"
    for name, value in written.items():
        try:
            if digest_of(present[name]) != value:
                return f"{name} is not what was written: its checksum differs"
        except OSError as error:
            return f"{name} cannot be read: {(error.strerror or str(error)).lower()}"
    return None


def _differing(wanted: Iterable[int], found: Iterable[int], what: str) -> str:
    """How the ids of a search index differ from those of the passages; ``""`` if they do not."""
    passages, others = set(wanted), set(found)
    if passages == others:
        return ""
    return f"{len(passages - others)} passages have no {what}, {len(others - passages)} have one without a passage"


def _strangers(store: Store, vectors: VectorIndex, encoder: Encoder) -> int:
    """How many of some passages have another vector than that of their text."""
    passages = store.passages(store.spread_passages(_SAMPLE))
    articles = store.articles(sorted({passage.article for passage in passages.values()}))
    texts = [text_to_encode(articles[passage.article], passage) for passage in passages.values()]
    cosines = [
        vectors.cosines(vector, [number])[0] for number, vector in zip(passages, encoder.encode(texts), strict=True)
    ]
    return sum(cosine < _SAME_VECTOR for cosine in cosines)


def _recall_finding(vectors: VectorIndex, questions: Vectors, promised: float) -> Finding:
    nearest = exactly_nearest(questions, vectors.batches(), min(_DEPTH, len(vectors)))
    recall = float(np.round(recall_of(vectors, questions, nearest), 4))
    detail = (
        f"{recall:.3f} of what an exact search finds in the first {nearest.shape[1]}, on {len(questions)} sentences"
    )
    if recall < promised - _LESS_RECALL:
        return fault(Part.RECALL, f"{detail}; it was {promised:.3f}")
    return sound(Part.RECALL, detail)
