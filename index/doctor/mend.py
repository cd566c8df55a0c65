"""Mending by the smallest rebuild: what is damaged is taken away, and an update makes again what is missing."""

import shutil
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from index.database import DATABASE
from index.doctor.examine import examine
from index.doctor.findings import Finding, Part, State
from index.durable import writing_into
from index.errors import IndexMismatchError, IndexStateError, ModelError
from index.generation import DAMAGED, lexical_folder, vectors_file, write_lock
from index.layout import (
    ORIGINS_FILE,
    Layout,
    files_of,
    index_folders,
    made_with,
    read_layout,
    remove_layout,
    shard_folder,
    shards_there,
    write_layout,
)
from index.locations import model_folder
from index.models import find_model
from index.records import Progress, UpdateReport
from index.sharding import check_readable, update_shards
from index.store import Store, check_format, generation_of


@dataclass(frozen=True, slots=True)
class Mending:
    """What became of an index.

    Attributes:
        found: What was found before it was mended.
        update: What the update did that made again what was missing; None if all was as it should be.

    Example:
        >>> Mending([], None).update is None
        True
    """

    found: list[Finding]
    update: UpdateReport | None


def mend(folder: Path, articles: Path, report: Callable[[Progress], None] | None = None, wait: float = 10.0) -> Mending:
    """Examine an index while no update changes it, and mend what is not as it should be.

    Where its tables can be read, all of them are made again in one transaction, which leaves the index as it was if it
    fails. A database that cannot be read is set aside, and put back if no other can be made.

    Args:
        folder: The index directory.
        articles: The canonical path of the articles, which are read again where their texts in the index are damaged.
        report: Called with the progress of long work.
        wait: How many seconds to wait while another process updates the index.

    Raises:
        IndexNotFoundError: Nothing was indexed there.
        CorpusError: The articles are not there to be read again.
        IndexBusyError: Another process is updating the index.
        IndexMismatchError: Its shards are of other articles.
        IndexWriteError: The system does not let it be written.
        ModelError: The embedding model itself cannot be used.

    Example:
        >>> import tempfile
        >>> from index.update import update_index
        >>> with tempfile.TemporaryDirectory() as place:
        ...     news, index = Path(place, "news"), Path(place, "index")
        ...     news.mkdir()
        ...     _ = Path(news, "rain.txt").write_text("Rain fell on Monday, and the fair was called off.")
        ...     _ = update_index(news, index)
        ...     vectors_file(index, 1).unlink()
        ...     mending = mend(index, news)
        ...     [finding.label for finding in mending.found if finding.state is State.FAULT]
        ['vectors']
    """
    check_readable(articles, folder)
    model = None
    aside = []
    with write_lock(folder, wait), writing_into(folder):
        findings = examine(folder, articles)
        if any(finding.part is Part.LAYOUT and finding.state is State.FAULT for finding in findings):
            _write_layout_again(folder, articles)
            findings += examine(folder, articles)
        if all(finding.state is State.SOUND for finding in findings):
            return Mending(findings, None)
        for finding in findings:
            if finding.state is State.FAULT and finding.part is not Part.LAYOUT:
                place = _place_of(finding, folder)
                model = _take_away(finding, place, articles) or model
                if not (place / DATABASE).exists():
                    aside.append(place)
    try:
        update = update_shards(articles, folder, model=model, report=report, wait=wait)
    except BaseException:
        for place in aside:
            _put_back(place)
        raise
    return Mending(findings, update)


def _place_of(finding: Finding, folder: Path) -> Path:
    """The index directory that a finding is about."""
    layout = read_layout(folder)
    if layout is None or finding.shard is None:
        return index_folders(folder)[0]
    return shard_folder(folder, finding.shard, layout.shards)


def _take_away(finding: Finding, place: Path, articles: Path) -> str | None:
    """Take away what is damaged; returns the model to make the index with, where it would not tell itself."""
    match finding.part:
        case Part.DATABASE | Part.RULES if not _is_legible(place, articles):
            return _set_aside(place)
        case Part.DATABASE | Part.RULES | Part.QUOTES:
            _tell(place, {"cleaner": ""})
        case Part.COPIES:
            _tell(place, {"copies": ""}, Store.clear_copies)
        case Part.WORDS:
            _tell(place, {}, Store.count_words_anew)
        case Part.ORIGINS:
            for name in files_of(ORIGINS_FILE):
                (place / name).unlink(missing_ok=True)
        case Part.VECTORS | Part.RECALL:
            vectors_file(place, generation_of(_meta(place))).unlink(missing_ok=True)
        case Part.LEXICAL:
            shutil.rmtree(lexical_folder(place, generation_of(_meta(place))), ignore_errors=True)
        case Part.MODEL:
            return _take_model_away(_meta(place))
    return None


def _meta(place: Path) -> dict[str, str]:
    with closing(Store(place, place)) as store, store.reading():
        return store.meta()


def _is_legible(place: Path, articles: Path) -> bool:
    """Whether the tables of a database can be read, and tell truly what it was made with."""
    try:
        with closing(Store(place, place)) as store, store.reading():
            meta = store.meta()
            check_format(meta, to_upgrade=True)
            return meta.get("articles") == str(articles) and set(store.faults()) <= set(Store.TABLES) - {"meta"}
    except IndexStateError:
        return False


def _tell(place: Path, settings: dict[str, str], change: Callable[[Store], object] | None = None) -> None:
    """Change a database, so that an update makes again what is made by these settings; until then all stays."""
    with closing(Store.create(place, place)) as store, store.writing():
        store.make_tables()
        if change is not None:
            change(store)
        store.set_meta(settings)


def _set_aside(place: Path) -> str | None:
    """Move a database away; returns the model that it names, where that is there."""
    model = None
    with suppress(IndexStateError, ModelError, KeyError):
        model = find_model(_meta(place)["model"]).name
    for name in files_of(DATABASE):
        with suppress(FileNotFoundError):
            (place / name).replace(place / f"{name}{DAMAGED}")
    return model


def _put_back(place: Path) -> None:
    """Move a database back that was set aside, unless another one has been made."""
    with suppress(IndexStateError):
        if "generation" in _meta(place):
            return
    for name in files_of(DATABASE):
        (place / name).unlink(missing_ok=True)
        with suppress(OSError):
            (place / f"{name}{DAMAGED}").replace(place / name)


def _take_model_away(meta: dict[str, str]) -> str | None:
    """Remove a damaged export, or tell the model to encode with where its weights are others by now."""
    if find_model(meta["model"]).digest != meta["digest"]:
        return meta["model"]
    shutil.rmtree(model_folder(meta["digest"]), ignore_errors=True)
    return None


def _write_layout_again(folder: Path, articles: Path) -> None:
    """Name the shards that are there, by what the first tells that can be read; without any, there is one index.

    Raises:
        IndexMismatchError: They are of other articles.
    """
    shards = shards_there(folder)
    for number in range(shards):
        try:
            known = made_with(shard_folder(folder, number, shards))
        except IndexStateError:
            continue
        if known and known["articles"] != str(articles):
            raise IndexMismatchError(
                "The index is of other articles", f"it was made of {known['articles']}", "name those articles"
            )
        if known:
            write_layout(folder, Layout(shards, str(articles), known["model"]))
            return
    remove_layout(folder)
