"""The articles that are asked: where they are, and their index, built or brought up to date when it is opened."""

from collections.abc import Callable
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from index.contract import ArticleIndex
from index.database import not_indexed
from index.errors import (
    CorpusNotFoundError,
    IndexBusyError,
    IndexMismatchError,
    IndexNotFoundError,
    IndexStateError,
    IndexWriteError,
    PullquoteError,
    UsageError,
)
from index.fusion import FusionSettings
from index.layout import index_folders, made_with, read_layout
from index.locations import canonical, default_index_folder, is_folder
from index.opening import check_shards, open_index
from index.records import Progress, Skipped, UpdateReport
from index.store import Store

if TYPE_CHECKING:
    from index.ray_shards import RaySession

SAMPLES = Path(__file__).resolve().parent / "samples"
SAMPLE_NOTE = "These are the sample articles that come with pullquote; name your own with --articles DIR."


@dataclass(frozen=True, slots=True)
class CorpusInfo:
    """What a front end tells about the articles.

    Attributes:
        path: The folder or file of articles.
        articles: How many articles can be quoted.
        passages: How many passages they make.
        is_sample: Whether they are the bundled sample articles.
        skipped: Files and records that could not be read.
        notes: What the user should know, one sentence each.
    """

    path: str
    articles: int
    passages: int
    is_sample: bool
    skipped: tuple[Skipped, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Corpus:
    """Articles with their opened index."""

    info: CorpusInfo
    index: ArticleIndex


def locate(articles: str | Path | None, index: str | Path | None) -> tuple[Path, Path]:
    """The canonical path of the articles, and that of the directory of their index.

    Args:
        articles: A folder or a file; None stands for the bundled sample articles.
        index: The index directory; None stands for one in the user's cache, keyed by the path of the articles.

    Raises:
        CorpusNotFoundError: The path of the articles leads nowhere, such as the home of a user who does not exist.
        IndexNotFoundError: So does that of the index.
        UsageError: A path is empty.

    Example:
        >>> locate(None, "/somewhere")[1].name
        'somewhere'
    """
    source = SAMPLES if articles is None else _place(articles, CorpusNotFoundError)
    return source, default_index_folder(source) if index is None else _place(index, IndexNotFoundError)


def _place(path: str | Path, not_found: type[PullquoteError]) -> Path:
    if not str(path):
        raise UsageError("A path is empty", "nothing is named by it", "write . for the folder you are in")
    try:
        return canonical(Path(path))
    except (OSError, RuntimeError, ValueError) as error:
        # No such user, a working directory that was deleted, a NUL character.
        why = getattr(error, "strerror", None) or str(error)
        raise not_found(f"{path} cannot be found", why.rstrip(".").lower(), "check the path") from error


def open_corpus(
    articles: str | Path | None,
    index: str | Path | None,
    report: Callable[[Progress], None] | None = None,
    fusion: FusionSettings | None = None,
    wait: float = 10.0,
    ray: str | None = None,
) -> Corpus:
    """Bring the index of some articles up to date, and open it.

    Args:
        articles: A folder or a file; None stands for the bundled sample articles.
        index: The index directory; None stands for one in the user's cache.
        report: Called with the progress of long work.
        fusion: How dense and lexical search are weighed.
        wait: How many seconds to wait while another process updates the index.
        ray: Where each shard is updated and asked: ``"local"`` or the address of a Ray cluster; None stands for this
            process.

    Where the index cannot be brought up to date, because another process is doing it or because it cannot be written,
    its present state is opened, and a note says so. So it is where a shard is damaged.

    Raises:
        PullquoteError: The articles, the index, the model or Ray cannot be used.
    """
    source, folder = locate(articles, index)
    with ExitStack() as undone:
        session = _session(ray, folder) if ray is not None else None
        if session is not None:
            undone.callback(session.close)
        done, kept_from = _update(source, folder, session, report, wait)
        try:
            opened = opened_index(articles, index, fusion, session)
        except IndexNotFoundError:
            # It was to be built for the first time: there is no state before.
            if kept_from is not None:
                raise kept_from from None
            raise
        undone.callback(opened.close)
        counts = opened.counts()
        undone.pop_all()
    notes = [*([SAMPLE_NOTE] if articles is None else []), *(done.notes if done else ())]
    if isinstance(kept_from, IndexBusyError):
        notes.append("Another process is updating this index; answers come from its state before.")
    elif kept_from is not None:
        why = kept_from.why
        notes.append(f"The index could not be brought up to date ({why}); answers come from its last state.")
    skipped = done.skipped if done else ()
    return Corpus(CorpusInfo(str(source), *counts, articles is None, skipped, tuple(notes)), opened)


def _session(ray: str, folder: Path) -> "RaySession":
    from index.ray_shards import RaySession

    check_shards(folder)
    return RaySession(ray)


def _update(
    source: Path,
    folder: Path,
    session: "RaySession | None",
    report: Callable[[Progress], None] | None,
    wait: float,
) -> tuple[UpdateReport | None, IndexStateError | None]:
    """Bring an index up to date; returns what that did, or what kept it from being updated where it can be asked."""
    from index.sharding import update_shards

    try:
        return update_shards(source, folder, workers=session, report=report, wait=wait), None
    except (IndexBusyError, IndexWriteError) as error:
        return None, error
    except IndexStateError as error:
        if read_layout(folder) is None:
            raise
        # The other shards can be asked, and answers tell of the one that cannot.
        return None, error


def opened_index(
    articles: str | Path | None,
    index: str | Path | None,
    fusion: FusionSettings | None = None,
    session: "RaySession | None" = None,
) -> ArticleIndex:
    """Open the index of some articles as it is.

    Args:
        articles: A folder or a file; None stands for the bundled sample articles.
        index: The index directory; None stands for one in the user's cache.
        fusion: How dense and lexical search are weighed.
        session: A connection to Ray, for an index of several shards.

    Raises:
        IndexStateError: There is none, it is of other articles, or it cannot be opened.
        ModelError: Its embedding model cannot be used.
    """
    source, folder = locate(articles, index)
    known = made_with(folder)
    if not known:
        missing = not_indexed(folder)
        raise IndexNotFoundError(missing.what, missing.why, f"run: pullquote index {source}")
    made_of = known.get("articles", str(source))
    if made_of != str(source):
        raise other_articles(made_of)
    return open_index(folder, base_of(source, folder), fusion, session)


def other_articles(made_of: str) -> IndexMismatchError:
    """The error for an index that was made of other articles than those that were named.

    Example:
        >>> other_articles("/news").why
        'it was made of /news'
    """
    return IndexMismatchError(
        "The index is of other articles", f"it was made of {made_of}", "name those articles, or another index"
    )


def base_of(source: Path, folder: Path) -> Path:
    """The folder that stored paths are relative to: the articles themselves, or where the one file lies.

    Of articles that are gone by now, the index still tells which it was: the path of the one file is its name.

    Args:
        source: The canonical path of the articles.
        folder: The directory of their index, which is there.

    Raises:
        IndexStateError: The index cannot be read.
    """
    if is_folder(source):
        return source
    for part in index_folders(folder):
        # A shard that is damaged is told when it is searched.
        with suppress(IndexStateError), closing(Store(part, source)) as store, store.reading():
            if store.passages_of(source.name):
                return source.parent
    return source
