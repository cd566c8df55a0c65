"""Bring an index up to date with a folder of articles: only new, changed and removed files cost work.

One update is one SQLite transaction. What FAISS and Tantivy hold is written beside the old generation, and the commit
that names the new generation is the last step: a kill at any moment before it leaves the old index as it was.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np

from index.cleaning import CLEANER_VERSION, clean
from index.discover import SourceFile, discover
from index.encoder import encoder_for
from index.errors import IndexMismatchError, NothingReadableError
from index.generation import lexical_folder, remove_all_but, vectors_file, write_lock
from index.lexical import LexicalIndex
from index.models import DEFAULT_MODEL, find_model
from index.parse import parse_bytes
from index.passages import embedded_text, passage_body, window
from index.records import Article, Progress, Skipped, UpdateReport
from index.sentences import CHUNKER_VERSION, split_sentences
from index.store import FORMAT_VERSION, FileRow, Store, check_format
from index.vectors import VectorIndex

Report = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class _NewPassage:
    """A passage on its way into the two search indexes."""

    id: int
    title: str
    body: str
    published: date | None


def update_index(
    articles: Path, folder: Path, *, model: str | None = None, report: Report | None = None, wait: float = 10.0
) -> UpdateReport:
    """Build an index, or bring it up to date.

    Args:
        articles: A folder, or one file.
        folder: The index directory; made if it is not there.
        model: The embedding model. None takes the one that the index was made with, or the default one; another one
            than the index's encodes everything again.
        report: Called with the progress of long work.
        wait: How many seconds to wait while another process updates the same index.

    Raises:
        CorpusNotFoundError: There is nothing at ``articles``.
        NothingReadableError: No article can be read there. The index stays as it was.
        IndexBusyError: Another process is updating the index.
        IndexMismatchError: The index is of other articles, of another format, or its model was replaced.
        ModelError: The embedding model cannot be used.
    """
    articles = articles.expanduser().absolute()
    files, unusable = discover(articles)
    folder.mkdir(parents=True, exist_ok=True)
    with write_lock(folder, wait):
        store = Store.create(folder, articles if articles.is_dir() else articles.parent)
        try:
            settings = _settings(store.meta(), articles, model)
            with store.writing():
                update = _Update(store, folder, settings, report or _silent)
                result = update.run(files, unusable)
            remove_all_but(folder, int(store.meta()["generation"]))
        finally:
            store.close()
    return result


def _settings(meta: dict[str, str], articles: Path, model: str | None) -> dict[str, str]:
    """What the index must have been made with, for its parts to be of use."""
    check_format(meta)
    if meta.get("articles", str(articles)) != str(articles):
        raise IndexMismatchError(
            "The index is of other articles", f"it was made of {meta['articles']}", "name another index directory"
        )
    found = find_model(model or meta.get("model", DEFAULT_MODEL))
    if model is None and meta.get("digest", found.digest) != found.digest:
        raise IndexMismatchError(
            "The index was made with other weights",
            f"{found.name} on this machine is not the model that made it",
            f"run: pullquote index {articles} --model {found.name}",
        )
    return {
        "format": str(FORMAT_VERSION),
        "articles": str(articles),
        "model": found.name,
        "digest": found.digest,
        "cleaner": str(CLEANER_VERSION),
        "chunker": str(CHUNKER_VERSION),
    }


class _Update:
    """One update inside its transaction."""

    def __init__(self, store: Store, folder: Path, settings: dict[str, str], report: Report) -> None:
        meta = store.meta()
        self._store = store
        self._folder = folder
        self._settings = settings
        self._report = report
        self._generation = int(meta.get("generation", "0"))
        self._removed: list[int] = []
        self._added: list[_NewPassage] = []
        if not self._is_usable(meta):
            self._removed = store.passages_of()
            store.clear()
        self._known = store.files()

    def run(self, files: list[SourceFile], unusable: list[Skipped]) -> UpdateReport:
        """Do the work, short of the commit."""
        present = {file.relative for file in files}
        gone = [path for path in self._known if path not in present]
        for path in gone:
            self._remove(path)
        counts = {"added": 0, "changed": 0, "unchanged": 0}
        skipped = list(unusable)
        for done, file in enumerate(files):
            outcome, reasons = self._take(file)
            counts[outcome] += 1
            skipped.extend(reasons)
            self._report(Progress("Reading articles", done + 1, len(files)))
        articles, passages = self._store.counts()
        if articles == 0:
            raise _nothing_readable(self._settings["articles"], skipped)
        if self._added or self._removed or self._generation == 0:
            self._write_search_indexes()
        return UpdateReport(
            **counts, removed=len(gone), articles=articles, passages=passages, encoded=len(self._added), skipped=tuple(skipped)
        )

    def _is_usable(self, meta: dict[str, str]) -> bool:
        """Whether what is stored was made as it would be made now, and is there."""
        made_alike = all(meta.get(key) == value for key, value in self._settings.items())
        vectors, lexical = vectors_file(self._folder, self._generation), lexical_folder(self._folder, self._generation)
        return made_alike and vectors.is_file() and lexical.is_dir()

    def _take(self, file: SourceFile) -> tuple[str, tuple[Skipped, ...]]:
        """Take in one file; tells whether it was ``added``, ``changed`` or ``unchanged``, and what was skipped in it."""
        known = self._known.get(file.relative)
        if known is not None and known.signature == file.signature:
            return "unchanged", known.skipped
        try:
            data = file.path.read_bytes()
        except OSError as error:
            return "unchanged", (Skipped(file.relative, f"cannot be read: {error.strerror}"),)
        digest = hashlib.sha256(data).hexdigest()
        if known is not None and known.digest == digest:
            self._store.set_file(file.relative, replace(known, signature=file.signature))
            return "unchanged", known.skipped
        self._remove(file.relative)
        skipped = []
        for item in parse_bytes(file, data):
            reason = item if isinstance(item, Skipped) else self._add(file.relative, item)
            if reason is not None:
                skipped.append(reason)
        self._store.set_file(file.relative, FileRow(file.signature, digest, tuple(skipped)))
        return ("changed" if known else "added"), tuple(skipped)

    def _add(self, file: str, article: Article) -> Skipped | None:
        cleaned = clean(article.text, article.title)
        sentences = split_sentences(article.text, cleaned.spans)
        if not sentences:
            return Skipped(file, "no sentences in it")
        article = replace(
            article,
            title=cleaned.title,
            publisher=article.publisher or cleaned.publisher,
            published=article.published or cleaned.published,
        )
        for passage in self._store.add_article(file, article, sentences, window(sentences)):
            body = passage_body(article.text, passage.sentences)
            self._added.append(_NewPassage(passage.id, article.title, body, article.published))
        return None

    def _remove(self, path: str) -> None:
        self._removed.extend(self._store.passages_of(path))
        self._store.remove_file(path)

    def _write_search_indexes(self) -> None:
        """Write the files of the next generation beside the present ones, and name it."""
        encoder = encoder_for(self._settings["model"], self._settings["digest"])
        old_vectors = vectors_file(self._folder, self._generation)
        old_lexical = lexical_folder(self._folder, self._generation)
        reuse = self._generation > 0 and self._is_usable(self._store.meta())
        total = len(self._added)
        embedded = encoder.encode(
            [embedded_text(passage.title, passage.body) for passage in self._added],
            lambda done: self._report(Progress("Encoding passages", done, total)),
        )
        self._report(Progress("Writing the index", 0, 0))
        following = self._generation + 1
        vectors = VectorIndex.load(old_vectors) if reuse else VectorIndex.empty(encoder.dimension)
        vectors.remove(self._removed)
        vectors.add(np.array([passage.id for passage in self._added], np.int64), embedded)
        vectors.save(vectors_file(self._folder, following))
        lexical = LexicalIndex.create(lexical_folder(self._folder, following), old_lexical if reuse else None)
        lexical.update(self._removed, ((p.id, p.title, p.body, p.published) for p in self._added))
        self._store.set_meta({**self._settings, "generation": str(following)})


def _nothing_readable(articles: str, skipped: list[Skipped]) -> NothingReadableError:
    first = f"; the first: {skipped[0].path}: {skipped[0].reason}" if skipped else ""
    why = f"{len(skipped)} files were skipped{first}" if skipped else "no .txt, .md, .html, .json or .jsonl file is in it"
    return NothingReadableError(f"No article can be read in {articles}", why, "name a folder that holds articles")


def _silent(progress: Progress) -> None:
    """Report to nobody."""
