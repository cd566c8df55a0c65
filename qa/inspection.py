"""Looking at an index without asking it: what is in it, whether its parts fit each other, one of its articles."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from index.contract import ArticleIndex
from index.discover import discover
from index.doctor.examine import examine
from index.doctor.findings import Finding
from index.doctor.mend import mend
from index.errors import (
    ArticleNotFoundError,
    CorpusError,
    CorpusNotFoundError,
    IndexDamagedError,
    IndexMismatchError,
    IndexNotFoundError,
)
from index.layout import made_with
from index.locations import canonical
from index.records import Article, Progress, Skipped
from index.sharded import ShardedIndex
from qa.corpus import base_of, locate, opened_index, other_articles

Report = Callable[[Progress], None]


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


def shard_lines(table: Mapping[str, Any]) -> list[str]:
    """What ``describe`` tells of each shard, as lines.

    Example:
        >>> shard_lines({"shards": [{"shard": 1, "articles": 2, "passages": 5, "generation": 1, "fault": None}]})
        ['shard 1: 2 articles, 5 passages, generation 1']
    """
    return [
        f"shard {shard['shard']}: "
        + (
            f"it cannot be used. {shard['fault']}"
            if shard["fault"]
            else f"{shard['articles']} articles, {shard['passages']} passages, generation {shard['generation']}"
        )
        for shard in table.get("shards", [])
    ]


def examined(articles: str | Path | None, index: str | Path | None) -> list[Finding]:
    """Examine an index, part by part.

    Raises:
        IndexStateError: There is none, it is of other articles, or another process keeps it locked.
    """
    source, folder = _examinable(articles, index)
    try:
        return examine(folder, source)
    except IndexNotFoundError:
        if not source.exists():
            raise CorpusNotFoundError(f"{source} cannot be found", "nothing is there", "check the path") from None
        raise


def mended(
    articles: str | Path | None, index: str | Path | None, report: Report | None = None
) -> tuple[list[Finding], list[Finding] | None]:
    """Examine an index, mend it, and examine it once more.

    Returns:
        What was found before, and after; None for the latter where there was nothing to mend.

    Raises:
        PullquoteError: It cannot be mended.
    """
    source, folder = _examinable(articles, index)
    mending = mend(folder, source, report)
    return mending.found, None if mending.update is None else examine(folder, source)


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


def _shards(opened: ArticleIndex) -> dict[str, list[dict[str, Any]]]:
    """What each shard holds, or why it cannot be used; none for an index without."""
    if not isinstance(opened, ShardedIndex):
        return {}
    parts = opened.parts()
    told: dict[int, dict[str, Any]] = {
        number: {"articles": part.articles, "passages": part.passages, "generation": part.generation, "fault": None}
        for number, part in parts.found.items()
    }
    told |= {number: {"fault": f"{error.what}: {error.why}"} for number, error in parts.failed.items()}
    return {"shards": [{"shard": number + 1, **told[number]} for number in sorted(told)]}


def _examinable(articles: str | Path | None, index: str | Path | None) -> tuple[Path, Path]:
    """The articles and the index directory; an index that was named and is of other articles is refused.

    Raises:
        IndexMismatchError: Mending would make it an index of these articles.
    """
    source, folder = locate(articles, index)
    made_of = str(source)
    if index is not None:
        with suppress(IndexDamagedError, IndexMismatchError):
            made_of = made_with(folder).get("articles", made_of)
    if made_of != str(source):
        raise other_articles(made_of)
    return source, folder
