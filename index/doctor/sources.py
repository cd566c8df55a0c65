"""Whether an index is of the articles as they are now, and its quotes stand in them."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

from index.discover import SourceFile, discover, read_file
from index.doctor.findings import Finding, Part, fault, outdated, sound
from index.errors import CorpusError
from index.generation import is_part_of_index
from index.intake_process import IntakeProcess, Unreadable
from index.passages import window
from index.records import Taken
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
        return [outdated(Part.FILES, f"they cannot be compared: {error.what}, {error.why}", advice=error.fix)]
    files = [file for file in found if share.reads(file.relative) and not is_part_of_index(folder, file.path)]
    known = store.files()
    same, drifted = [], defaultdict(list)
    for file in files:
        outcome = _compared(file, known)
        if outcome == "same":
            same.append(file)
        elif outcome != "unreadable":
            drifted[outcome].append(file.relative)
    drifted["gone"] = sorted(known.keys() - {file.relative for file in files})
    sample = same[:: max(1, len(same) // _SAMPLE)][:_SAMPLE]
    return [_file_finding(len(same), drifted), _quote_finding(store, sample, share)]


def _compared(file: SourceFile, known: Mapping[str, FileRow]) -> str:
    try:
        digest = hashlib.sha256(read_file(file)).hexdigest()
    except OSError:
        # An update could not read it either.
        return "changed" if file.relative in known else "unreadable"
    if file.relative not in known:
        return "new"
    # Of what could not be taken in there is no digest, and the next update tries again.
    return "same" if known[file.relative].digest in ("", digest) else "changed"


def _file_finding(same: int, drifted: Mapping[str, Sequence[str]]) -> Finding:
    told = [f"{len(names):,} {outcome} ({names[0]} first)" for outcome, names in drifted.items() if names]
    if told:
        return outdated(Part.FILES, f"{', '.join(told)}, {same:,} as they were indexed")
    return sound(Part.FILES, f"{same:,} files are as they were indexed")


def _quote_finding(store: Store, files: list[SourceFile], share: Share) -> Finding:
    """Read files again, and compare with what is kept."""
    quotes = 0
    with closing(IntakeProcess()) as intake:
        for file in files:
            taken = _taken(intake, file, share)
            if not all(_is_kept(store, item) for item in taken):
                return fault(Part.QUOTES, f"{file.relative} does not read as it was indexed")
            quotes += sum(len(item.sentences) for item in taken)
    return sound(Part.QUOTES, f"{quotes:,} sentences of {len(files)} files stand where they are quoted from")


def _taken(intake: IntakeProcess, file: SourceFile, share: Share) -> list[Taken]:
    """The articles in a file; none where it cannot be read."""
    try:
        return [item for item in intake.take(file, read_file(file), share) if isinstance(item, Taken)]
    except (OSError, Unreadable):
        return []


def _is_kept(store: Store, taken: Taken) -> bool:
    """Whether an article is kept as it is, with the place of each sentence, all of them in passages."""
    article, sentences = taken.article, taken.sentences
    return (
        store.article(article.id) == article
        and store.sentences_of(article) == list(sentences)
        and store.windows_of(article.id) == window(sentences)
    )
