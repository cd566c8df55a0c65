"""Mending by the smallest rebuild: what is damaged is taken away, and an update makes again what is missing."""

import shutil
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

from index.database import DATABASE
from index.doctor.findings import Finding, Part, State
from index.durable import writing_into
from index.errors import IndexStateError
from index.generation import lexical_folder, vectors_file, write_lock
from index.layout import (
    ORIGINS_FILE,
    Layout,
    complete_shards,
    files_of,
    index_folders,
    made_with,
    read_layout,
    remove_layout,
    shard_folder,
    write_layout,
)
from index.locations import model_folder
from index.models import find_model
from index.records import Progress, UpdateReport
from index.sharding import check_readable, update_shards
from index.store import Store, generation_of


def mend(
    folder: Path,
    articles: Path,
    findings: Iterable[Finding],
    report: Callable[[Progress], None] | None = None,
    wait: float = 10.0,
) -> UpdateReport:
    """Mend what an examination has found.

    A kill in between leaves an index without the damaged part, which the next update makes again.

    Args:
        folder: The index directory.
        articles: The canonical path of the articles, which are read again where their texts in the index are damaged.
        findings: What ``examine`` has found.
        report: Called with the progress of long work.
        wait: How many seconds to wait while another process updates the index.

    Raises:
        CorpusError: The articles are not there to be read again. The index stays as it was.
        IndexBusyError: Another process is updating the index.
        IndexWriteError: The system does not let it be written.
        ModelError: The embedding model itself cannot be used.

    Example:
        >>> import tempfile
        >>> from index.doctor.examine import examine
        >>> from index.update import update_index
        >>> with tempfile.TemporaryDirectory() as place:
        ...     news, index = Path(place, "news"), Path(place, "index")
        ...     news.mkdir()
        ...     _ = Path(news, "rain.txt").write_text("Rain fell on Monday, and the fair was called off.")
        ...     _ = update_index(news, index)
        ...     vectors_file(index, 1).unlink()
        ...     found = [finding for finding in examine(index, news) if finding.state is State.FAULT]
        ...     _ = mend(index, news, found)
        ...     [finding.label for finding in found], {finding.state.value for finding in examine(index, news)}
        (['vectors'], {'ok'})
    """
    check_readable(articles, folder)
    faults = [finding for finding in findings if finding.state is State.FAULT]
    with write_lock(folder, wait), writing_into(folder):
        if any(finding.part is Part.LAYOUT for finding in faults):
            _write_layout_again(folder, articles)
        model = None
        for finding in faults:
            model = _take_away(finding, folder, articles) or model
    return update_shards(articles, folder, model=model, report=report, wait=wait)


def _take_away(finding: Finding, folder: Path, articles: Path) -> str | None:
    """Remove what is damaged; returns the model that all is to be encoded with again, where that is another one."""
    layout = None if finding.shard is None else read_layout(folder)
    place = shard_folder(folder, finding.shard, layout.shards) if layout and finding.shard is not None else folder
    match finding.part:
        case Part.DATABASE | Part.RULES:
            _remove_files(place, DATABASE)
        case Part.ORIGINS:
            _remove_files(index_folders(folder)[0], ORIGINS_FILE)
        case Part.VECTORS | Part.RECALL:
            vectors_file(place, _generation(place)).unlink(missing_ok=True)
        case Part.LEXICAL:
            shutil.rmtree(lexical_folder(place, _generation(place)), ignore_errors=True)
        case Part.QUOTES | Part.COPIES | Part.WORDS:
            _forget(finding.part, place, articles)
        case Part.MODEL:
            return _take_model_away(place)
    return None


def _remove_files(folder: Path, database: str) -> None:
    for name in files_of(database):
        (folder / name).unlink(missing_ok=True)


def _generation(place: Path) -> int:
    with closing(Store(place, place)) as store, store.reading():
        return generation_of(store.meta())


def _forget(part: Part, place: Path, articles: Path) -> None:
    """Let an update make again what is made of the texts, or all of it; until then all stays as it is."""
    with closing(Store.create(place, articles)) as store, store.writing():
        store.make_tables()
        if part is Part.WORDS:
            store.count_words_anew()
        elif part is Part.COPIES:
            store.clear_copies()
            store.set_meta({"copies": ""})
        else:
            store.set_meta({"cleaner": ""})


def _take_model_away(place: Path) -> str | None:
    """Remove a damaged export, or tell the model to encode with where its weights are others by now."""
    with closing(Store(place, place)) as store, store.reading():
        meta = store.meta()
    if find_model(meta["model"]).digest != meta["digest"]:
        return meta["model"]
    shutil.rmtree(model_folder(meta["digest"]), ignore_errors=True)
    return None


def _write_layout_again(folder: Path, articles: Path) -> None:
    """Name the shards that are there; where they are not whole, there is one index, or none yet."""
    shards = complete_shards(folder)
    if not shards:
        remove_layout(folder)
        return
    try:
        model = made_with(shard_folder(folder, 0, shards))["model"]
    except (IndexStateError, KeyError):
        remove_layout(folder)
        return
    write_layout(folder, Layout(shards, str(articles), model))
