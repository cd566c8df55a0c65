"""The articles that are asked: where they are, and their index, built or brought up to date when it is opened."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from index.database import not_indexed
from index.errors import (
    CorpusNotFoundError,
    IndexBusyError,
    IndexMismatchError,
    IndexNotFoundError,
    IndexWriteError,
    PullquoteError,
    UsageError,
)
from index.fusion import FusionSettings
from index.library import Index
from index.locations import canonical, default_index_folder, is_folder
from index.records import Progress, Skipped
from index.store import Store

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
    index: Index


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
) -> Corpus:
    """Bring the index of some articles up to date, and open it.

    Args:
        articles: A folder or a file; None stands for the bundled sample articles.
        index: The index directory; None stands for one in the user's cache.
        report: Called with the progress of long work.
        fusion: How dense and lexical search are weighed.
        wait: How many seconds to wait while another process updates the index.

    Where the index cannot be brought up to date, because another process is doing it or because it cannot be written,
    its present state is opened, and a note says so.

    Raises:
        PullquoteError: The articles, the index or the model cannot be used.
    """
    from index.update import update_index

    source, folder = locate(articles, index)
    notes: list[str] = []
    skipped: tuple[Skipped, ...] = ()
    if articles is None:
        notes.append(SAMPLE_NOTE)
    try:
        skipped = update_index(source, folder, report=report, wait=wait).skipped
        opened = opened_index(articles, index, fusion)
    except (IndexBusyError, IndexWriteError) as error:
        if isinstance(error, IndexBusyError):
            notes.append("Another process is updating this index; answers come from its state before.")
        else:
            notes.append(f"The index could not be brought up to date ({error.why}); answers come from its last state.")
        try:
            opened = opened_index(articles, index, fusion)
        except IndexNotFoundError:
            # It was to be built for the first time: there is no state before.
            raise error from None
    counts = opened.counts()
    return Corpus(CorpusInfo(str(source), *counts, articles is None, skipped, tuple(notes)), opened)


def opened_index(articles: str | Path | None, index: str | Path | None, fusion: FusionSettings | None = None) -> Index:
    """Open the index of some articles as it is.

    Raises:
        IndexStateError: There is none, it is of other articles, or it cannot be opened.
        ModelError: Its embedding model cannot be used.
    """
    source, folder = locate(articles, index)
    made_of = _made_with(source, folder).get("articles", str(source))
    if made_of != str(source):
        raise IndexMismatchError(
            "The index is of other articles", f"it was made of {made_of}", "name those articles, or another index"
        )
    return Index(folder, base_of(source, folder), fusion)


def _made_with(source: Path, folder: Path) -> dict[str, str]:
    """The settings of an index that is there."""
    try:
        with closing(Store(folder, source)) as store, store.reading():
            meta = store.meta()
        if not meta:
            raise not_indexed(folder)
    except IndexNotFoundError as error:
        raise IndexNotFoundError(error.what, error.why, f"run: pullquote index {source}") from error
    return meta


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
    with closing(Store(folder, source)) as store, store.reading():
        return source.parent if store.passages_of(source.name) else source
