"""Looking at an index without asking it: what is in it, whether its parts fit each other, one of its articles."""

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from index.contract import ArticleIndex, Summary
from index.discover import TEXT_SUFFIXES, discover
from index.errors import ArticleNotFoundError, CorpusError
from index.locations import canonical
from index.records import Article, Skipped
from index.sharded import ShardedIndex
from qa.corpus import base_of, locate, opened_index


@dataclass(frozen=True, slots=True)
class Finding:
    """The outcome of one check.

    Attributes:
        what: What was checked.
        passed: Whether it is as it should be.
        detail: What was found; for a fault, also what to do.
    """

    what: str
    passed: bool
    detail: str


def describe(articles: str | Path | None, index: str | Path | None) -> dict[str, Any]:
    """What is indexed, and where, as a flat table.

    Raises:
        IndexStateError: There is no index, or it cannot be opened.
    """
    source, folder = locate(articles, index)
    opened = opened_index(articles, index)
    try:
        summary = opened.summary()
        return {
            "articles": str(source),
            "index": str(folder),
            "model": summary.model,
            "generation": summary.generation,
            "files": summary.files,
            "articles indexed": summary.articles,
            "passages": summary.passages,
            "vector search": summary.search,
            "recall@50 of its sentences": summary.recall,
            "size in bytes": sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()),
            **_shards(opened),
            "skipped": [f"{item.path}: {item.reason}" for item in (*_never_read(source), *summary.skipped)],
        }
    finally:
        opened.close()


def examine(articles: str | Path | None, index: str | Path | None) -> list[Finding]:
    """Check that the parts of an index fit each other and the files that it was made of.

    Raises:
        IndexStateError: There is no index, or it cannot be opened at all.
    """
    opened = opened_index(articles, index)
    try:
        return [*_part_findings(opened), _offset_finding(opened)]
    finally:
        opened.close()


def find_article(reference: str, articles: str | Path | None, index: str | Path | None) -> Article:
    """The article that an id, the beginning of one, a file name or a path names.

    Raises:
        ArticleNotFoundError: None is named so, or several are.
        PullquoteError: The articles or the index cannot be used.
    """
    opened = opened_index(articles, index)
    try:
        found = _articles_called(reference, opened, base_of(*locate(articles, index)))
    finally:
        opened.close()
    if len(found) == 1:
        return found[0]
    if not found:
        raise ArticleNotFoundError(
            f"There is no article “{reference}”",
            "no id begins with it, and no file is called so",
            "take the id or path from an answer's --json",
        )
    raise ArticleNotFoundError(
        f"“{reference}” names {len(found)} articles",
        "several ids begin with it, or one file holds several articles",
        "name one by id: " + ", ".join(f"{article.id} ({article.label})" for article in found[:5]),
    )


def article_document(article: Article) -> dict[str, Any]:
    """An article in plain JSON types, with its text."""
    from qa.answer import article_dict

    return {**article_dict(article), "text": article.text}


def _never_read(source: Path) -> list[Skipped]:
    """The files that cannot even be opened as articles, empty or too large ones; the index holds nothing of them."""
    try:
        return discover(source)[1]
    except CorpusError:
        return []


def _articles_called(reference: str, opened: ArticleIndex, base: Path) -> list[Article]:
    """The articles of that id or file; a path may be relative to the articles or to the working directory."""
    found: list[Article] = []
    for path in _places(reference.encode("utf-8", "replace").decode("utf-8"), base):
        if path != base and path.is_relative_to(base):
            called = opened.articles_like(path.relative_to(base).as_posix())
            if exact := [article for article in called if article.path == str(path)]:
                return exact
            found = found or called
    return found


def _places(reference: str, base: Path) -> Iterator[Path]:
    """The places that a reference may mean: inside the articles, from the working directory, and where links lead."""
    # A reference need not be a path: it may hold a NUL character, or begin like the home of a user who does not exist.
    for start in (base / reference, Path(reference)):
        with suppress(OSError, RuntimeError, ValueError):
            place = canonical(start)
            yield place
            yield Path(os.path.realpath(place))


def _shards(opened: ArticleIndex) -> dict[str, list[str]]:
    """The lines of a table that tell of each shard; none for an index without."""
    if not isinstance(opened, ShardedIndex):
        return {}
    parts = opened.parts()
    told = {
        number: f"{part.articles} articles, {part.passages} passages, generation {part.generation}"
        for number, part in parts.found.items()
    }
    told |= {number: f"cannot be used ({error.why})" for number, error in parts.failed.items()}
    return {"shards": [f"shard {number + 1} of {len(opened)}: {told[number]}" for number in sorted(told)]}


def _part_findings(opened: ArticleIndex) -> Iterator[Finding]:
    """Whether the parts of an index fit each other, shard by shard where there are several."""
    if not isinstance(opened, ShardedIndex):
        yield from _count_findings(opened.summary())
        return
    parts = opened.parts()
    for number in range(len(opened)):
        label = f"shard {number + 1} of {len(opened)}"
        if number in parts.failed:
            error = parts.failed[number]
            yield Finding(label, False, f"{error.what}: {error.why}; {error.fix}")
        else:
            findings = _count_findings(parts.found[number])
            yield from (replace(finding, what=f"{label}, {finding.what}") for finding in findings)


def _count_findings(summary: Summary) -> list[Finding]:
    rebuild = "delete the index folder and index again"
    findings = []
    for part, count in (("vectors", summary.vectors), ("lexical index", summary.lexical)):
        fits = count == summary.passages
        detail = f"{count} of {summary.passages} passages" + ("" if fits else f"; {rebuild}")
        findings.append(Finding(part, fits, detail))
    return findings


def _offset_finding(opened: ArticleIndex) -> Finding:
    """Whether text files still read as they did: what is quoted is then what stands in the file."""
    changed = []
    checked = 0
    for article in opened.articles():
        path = Path(article.path)
        if path.suffix.lower() in TEXT_SUFFIXES:
            checked += 1
            try:
                same = path.read_bytes().decode(article.encoding) == article.text
            except (OSError, UnicodeDecodeError):
                same = False
            if not same:
                changed.append(path.name)
    detail = f"{checked} text files read as they were indexed"
    if changed:
        detail = f"{len(changed)} of {checked} differ from the index, {changed[0]} first; run: pullquote index DIR"
    return Finding("files", not changed, detail)
