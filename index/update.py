"""Bring an index up to date with a folder of articles: only new, changed and removed files cost work.

One update is one SQLite transaction. What FAISS and Tantivy hold is written beside the old generation, and the commit
that names the new generation is the last step: a kill at any moment before it leaves the old index as it was.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from index.discover import SourceFile, discover, read_error, read_file
from index.durable import writing_into
from index.encoder import encoder_for
from index.errors import NothingReadableError
from index.generation import is_part_of_index, lexical_folder, remove_all_but, vectors_file, write_lock
from index.intake_process import IntakeProcess, Unreadable
from index.locations import canonical, make_private_folder
from index.origins import update_origins
from index.passages import window
from index.records import Article, Progress, Sentence, Skipped, UpdateReport
from index.settings import settings_of, what_is_made_again
from index.shares import WHOLE, Share, read_share
from index.store import FORMAT_VERSION, FileRow, Store, generation_of
from index.vector_settings import VectorSettings
from index.versions import COPIES_VERSION

Report = Callable[[Progress], None]


def update_index(
    articles: Path,
    folder: Path,
    *,
    model: str | None = None,
    report: Report | None = None,
    wait: float = 10.0,
    share: Share | None = None,
    vectors: VectorSettings | None = None,
) -> UpdateReport:
    """Build an index, or bring it up to date.

    Args:
        articles: A folder, or one file.
        folder: The index directory; made if it is not there.
        model: The embedding model. None takes the one that the index was made with, or the default one; another one
            than the index's encodes everything again.
        report: Called with the progress of long work.
        wait: How many seconds to wait while another process updates the same index.
        share: Which of the articles the index is to hold; None takes the share that it was made with, or all. That of
            one shard among several may be empty.
        vectors: When vectors are searched approximately, and how well; None takes what was measured to be best.

    Raises:
        CorpusNotFoundError: There is nothing at ``articles``.
        NothingReadableError: No article can be read there. The index stays as it was.
        IndexBusyError: Another process is updating the index.
        IndexMismatchError: The index is of other articles, of another format, or its model was replaced.
        IndexDamagedError: A part of it cannot be read.
        IndexWriteError: The system does not let it be written.
        ModelError: The embedding model cannot be used.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     _ = Path(folder, "rain.txt").write_text("Rain fell on Monday, and the fair was called off.")
        ...     first = update_index(Path(folder), Path(folder, ".index"))
        ...     second = update_index(Path(folder), Path(folder, ".index"))
        >>> first.added, first.encoded, second.unchanged, second.encoded
        (1, 1, 1, 0)
    """
    articles = canonical(articles)
    if not folder.is_dir():
        # Articles that are not there must not leave an empty index behind.
        discover(articles)
        with writing_into(folder):
            make_private_folder(folder)
    folder = canonical(folder)
    with write_lock(folder, wait):
        return update_locked(articles, folder, model=model, report=report, share=share, vectors=vectors)


def update_locked(
    articles: Path,
    folder: Path,
    *,
    model: str | None = None,
    report: Report | None = None,
    share: Share | None = None,
    vectors: VectorSettings | None = None,
) -> UpdateReport:
    """Do what ``update_index`` does, for who holds the write lock of the index directory.

    Args:
        articles: A folder, or one file: its canonical path.
        folder: The index directory, which is there: its canonical path.
        model: As for ``update_index``, and so is the rest.
        report: Called with the progress of long work.
        share: Which of the articles the index is to hold.
        vectors: When vectors are searched approximately, and how well.

    Raises:
        PullquoteError: As by ``update_index``.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as place:
        ...     folder = canonical(Path(place))
        ...     _ = Path(folder, "rain.txt").write_text("Rain fell on Monday, and the fair was called off.")
        ...     with write_lock(folder, timeout=1):
        ...         update_locked(folder, folder).added
        1
    """
    # What is there is looked at now, since another update may have ended while this one waited for the lock.
    files, unusable = discover(articles)
    base = articles if articles.is_dir() else articles.parent
    with closing(Store.create(folder, base)) as store:
        with store.writing():
            settings = settings_of(store.meta(), articles, model, share)
            store.make_tables()
            with closing(IntakeProcess()) as intake:
                update = _Update(store, folder, settings, intake, report or _silent, vectors or VectorSettings())
                result = update.run([file for file in files if not is_part_of_index(folder, file.path)], unusable)
        remove_all_but(folder, update.generation)
    return result


class _Update:
    """One update inside its transaction.

    Attributes:
        generation: The generation that the database names: the old one until the new one is written.
    """

    def __init__(
        self,
        store: Store,
        folder: Path,
        settings: dict[str, str],
        intake: IntakeProcess,
        report: Report,
        vectors: VectorSettings,
    ) -> None:
        # What was written before there were shards holds all articles.
        meta = {"share": str(WHOLE), **store.meta()}
        self._store = store
        self._folder = folder
        self._settings = settings
        self._share = read_share(settings["share"])
        self._intake = intake
        self._report = report
        self._vectors = vectors
        self.generation = generation_of(meta)
        self._removed: list[int] = []
        self._new_articles: list[int] = []
        self._starts_anew = any(meta.get(key) != value for key, value in settings.items())
        # What is not there is made from what is.
        self._lost_vectors = not vectors_file(folder, self.generation).is_file()
        self._lost_lexical = not lexical_folder(folder, self.generation).is_dir()
        self._compares_anew = self._starts_anew or meta.get("copies") != str(COPIES_VERSION)
        if self._starts_anew:
            store.clear()
        self._format = meta.get("format")
        self._notes = (
            what_is_made_again(meta, settings, vectors=self._lost_vectors, lexical=self._lost_lexical)
            if self.generation
            else ()
        )
        self._known = store.files()
        _, self._passages_before = store.counts()
        self._last_before = store.last_passage()

    def run(self, files: list[SourceFile], unusable: list[Skipped]) -> UpdateReport:
        """Do the work, short of the commit."""
        files = [file for file in files if self._share.reads(file.relative)]
        present = {file.relative for file in files}
        gone = [path for path in self._known if path not in present]
        for path in gone:
            self._remove(path)
        # Each file is counted in one shard, and so is what cannot be read.
        outcomes = Counter(removed=sum(map(self._share.holds, gone)))
        skipped = [item for item in unusable if self._share.holds(item.path)]
        for done, file in enumerate(files):
            outcome, reasons = self._take(file)
            outcomes[outcome] += self._share.holds(file.relative)
            skipped.extend(reasons)
            self._report(Progress("Reading articles", done + 1, len(files)))
        articles, passages = self._store.counts()
        if articles == 0 and self._share == WHOLE:
            raise nothing_readable(self._settings["articles"], skipped)
        if self._new_articles or self._removed or self._compares_anew:
            self._find_copies()
        if self._format != str(FORMAT_VERSION):
            self._upgrade()
        encoded = 0
        if self._new_articles or self._removed or self._starts_anew or self._lost_vectors or self._lost_lexical:
            encoded = self._write_search_indexes(passages)
        return UpdateReport(
            added=outcomes["added"],
            changed=outcomes["changed"],
            removed=outcomes["removed"],
            unchanged=outcomes["unchanged"],
            articles=articles,
            passages=passages,
            encoded=encoded,
            skipped=tuple(skipped),
            notes=self._notes,
        )

    def _take(self, file: SourceFile) -> tuple[str, tuple[Skipped, ...]]:
        """Take in one file.

        Returns:
            What became of it: ``added``, ``changed``, ``unchanged``, ``removed`` or ``unreadable``;
            and what was skipped.
        """
        known = self._known.get(file.relative)
        if known is not None and known.signature == file.signature:
            return "unchanged", known.skipped
        try:
            data = read_file(file)
        except OSError as error:
            # Nothing is remembered of it, so that the next update tries again.
            self._remove(file.relative)
            skipped = [Skipped(file.relative, read_error(error))] if self._share.holds(file.relative) else []
            return ("removed" if known else "unreadable"), tuple(skipped)
        digest = hashlib.sha256(data).hexdigest()
        if known is not None and known.digest == digest:
            self._store.set_file(file.relative, replace(known, signature=file.signature))
            return "unchanged", known.skipped
        self._remove(file.relative)
        try:
            skipped = self._take_in(file, data)
        except Unreadable as error:
            skipped = [Skipped(file.relative, error.reason)] if self._share.holds(file.relative) else []
            # It is tried again when somebody touches it, or the next time where it may have been a matter of chance.
            file, digest = (file if error.for_good else replace(file, signature="")), ""
        self._store.set_file(file.relative, FileRow(file.signature, digest, tuple(skipped)))
        return ("changed" if known else "added"), tuple(skipped)

    def _take_in(self, file: SourceFile, data: bytes) -> list[Skipped]:
        """Add the articles of a file; returns what could not be read in it.

        Raises:
            Unreadable: It is too much to be read; none of its articles are added.
        """
        skipped = []
        before = len(self._new_articles)
        try:
            for item in self._intake.take(file, data, self._share):
                if isinstance(item, Skipped):
                    skipped.append(item)
                else:
                    self._add(file.relative, item.article, item.sentences)
        except Unreadable:
            # A part of a dump would pass for all of it.
            self._store.remove_file(file.relative)
            del self._new_articles[before:]
            raise
        return skipped

    def _add(self, file: str, article: Article, sentences: Sequence[Sentence]) -> None:
        passages = self._store.add_article(file, article, sentences, window(sentences))
        self._new_articles.append(passages[0].article)

    def _remove(self, path: str) -> None:
        self._removed.extend(self._store.passages_of(path))
        self._store.remove_file(path)

    def _find_copies(self) -> None:
        """Find which articles share their text, of the new ones or, where they were compared otherwise, of all."""
        if self._compares_anew:
            self._store.clear_copies()
        rows = self._store.rows() if self._compares_anew else self._new_articles
        update_origins(self._store, rows, lambda done, total: self._report(Progress("Finding copies", done, total)))
        self._store.set_meta({"copies": str(COPIES_VERSION)})

    def _upgrade(self) -> None:
        """Add to an index of an earlier format what it lacks; a new one lacks nothing."""
        # Imported here: where nothing has changed, none of it is needed.
        from index.writing import file_checksums

        if not self._starts_anew:
            self._store.count_words_anew()
            self._store.set_file_checksums(file_checksums(self._folder, self.generation, {}))
        self._store.set_meta({"format": str(FORMAT_VERSION)})

    def _write_search_indexes(self, passages: int) -> int:
        """Write the files of the next generation, and name it; returns how many texts were encoded."""
        # Imported here: where nothing has changed, none of it is needed.
        from index.writing import Change, write_search_indexes

        self._report(Progress("Loading the embedding model", 0, 0))
        encoder = encoder_for(self._settings["model"], self._settings["digest"])
        change = Change(
            self.generation,
            self._starts_anew or self._lost_vectors,
            self._starts_anew or self._lost_lexical,
            self._passages_before,
            self._last_before,
            self._removed,
            passages,
        )
        written = write_search_indexes(self._store, self._folder, encoder, change, self._report, self._vectors)
        self._store.set_meta({**self._settings, **written.meta})
        self.generation += 1
        return written.encoded


def nothing_readable(articles: str, skipped: Sequence[Skipped]) -> NothingReadableError:
    """The error for articles of which none can be read.

    Example:
        >>> nothing_readable("/news", [Skipped("a.txt", "empty")]).why
        'all that is there was skipped (1); the first: a.txt: empty'
    """
    first = f"; the first: {skipped[0].path}: {skipped[0].reason}" if skipped else ""
    none = "no .txt, .md, .html, .json or .jsonl file is in it"
    why = f"all that is there was skipped ({len(skipped)}){first}" if skipped else none
    return NothingReadableError(f"No article can be read in {articles}", why, "name a folder that holds articles")


def _silent(progress: Progress) -> None:
    """Report to nobody."""
