"""Whether an index is of the articles as they are now, and its quotes stand in them."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from index.discover import SourceFile, discover, read_file
from index.doctor.findings import Finding, Part, fault, outdated, sound
from index.errors import CorpusError
from index.generation import is_part_of_index
from index.intake import Taken, take_in
from index.shares import Share
from index.store import FileRow, Store

_SAMPLE = 50


def source_findings(store: Store, folder: Path, articles: Path, share: Share) -> list[Finding]:
    """Compare an index with its articles, inside ``reading()``: all files by their digests, the quotes of a sample.

    Args:
        store: The store of the index.
        folder: The index directory.
        articles: The canonical path of the articles.
        share: Which of the articles the index holds.
    """
    try:
        found, _ = discover(articles)
    except CorpusError as error:
        return [outdated(Part.FILES, f"the articles cannot be compared: {error.what}, {error.why}")]
    files = [file for file in found if share.reads(file.relative) and not is_part_of_index(folder, file.path)]
    known = store.files()
    outcomes: Counter[str] = Counter(gone=len(known.keys() - {file.relative for file in files}))
    same = []
    for file in files:
        outcome = _compared(file, known)
        outcomes[outcome] += 1
        if outcome == "same":
            same.append(file)
    return [_file_finding(outcomes), _quote_finding(store, same[:: max(1, len(same) // _SAMPLE)][:_SAMPLE], share)]


def _compared(file: SourceFile, known: Mapping[str, FileRow]) -> str:
    if file.relative not in known:
        return "new"
    try:
        digest = hashlib.sha256(read_file(file)).hexdigest()
    except OSError:
        return "changed"
    return "same" if digest == known[file.relative].digest else "changed"


def _file_finding(outcomes: Mapping[str, int]) -> Finding:
    drifted = [f"{outcomes[outcome]:,} {outcome}" for outcome in ("new", "changed", "gone") if outcomes[outcome]]
    if drifted:
        return outdated(Part.FILES, f"{', '.join(drifted)}; {outcomes['same']:,} as they were indexed")
    return sound(Part.FILES, f"{outcomes['same']:,} files are as they were indexed")


def _quote_finding(store: Store, files: list[SourceFile], share: Share) -> Finding:
    """Read files again, and compare with what is kept: each article, and the place of each sentence in it."""
    quotes = 0
    for file in files:
        for item in take_in(file, read_file(file), share):
            if isinstance(item, Taken):
                kept = store.article(item.article.id)
                if kept != item.article or store.sentences_of(item.article) != list(item.sentences):
                    return fault(Part.QUOTES, f"{file.relative} does not read as it was indexed")
                quotes += len(item.sentences)
    return sound(Part.QUOTES, f"{quotes:,} sentences of {len(files)} files stand where they are quoted from")
