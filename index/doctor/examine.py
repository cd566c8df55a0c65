"""The examination of an index directory, with all its shards."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from index.database import DATABASE, not_indexed
from index.doctor.findings import Finding, Part, State, fault, of_shard, outdated, sound
from index.doctor.parts import (
    database_findings,
    leftover_findings,
    lexical_findings,
    model_findings,
    rule_findings,
    vector_findings,
)
from index.doctor.sources import source_findings
from index.errors import IndexDamagedError, IndexMismatchError, IndexNotFoundError, IndexStateError
from index.generation import is_search_index
from index.layout import (
    ORIGINS_FILE,
    Layout,
    index_folders,
    leftovers,
    made_with,
    read_layout,
    shard_folder,
    shards_there,
)
from index.origin_store import OriginStore
from index.shares import WHOLE, Share
from index.store import FORMAT_VERSION, Store, check_format, generation_of

# How often an index is examined anew that is updated meanwhile.
_TRIES = 3


def examine(folder: Path, articles: Path) -> list[Finding]:
    """Examine an index: whether it is what was written, whether its parts fit each other, and its articles.

    Args:
        folder: The index directory.
        articles: The canonical path of the articles.

    Raises:
        IndexNotFoundError: Nothing was indexed there.
        IndexBusyError: Another process keeps it locked.

    Example:
        >>> import tempfile
        >>> from index.update import update_index
        >>> with tempfile.TemporaryDirectory() as place:
        ...     news = Path(place, "news")
        ...     news.mkdir()
        ...     _ = Path(news, "rain.txt").write_text("Rain fell on Monday, and the fair was called off.")
        ...     _ = update_index(news, Path(place, "index"))
        ...     {finding.state.value for finding in examine(Path(place, "index"), news)}
        {'ok'}
    """
    for _ in range(_TRIES):
        before = _generations(folder)
        findings = _examined(folder, articles)
        if _generations(folder) == before:
            break
        # An update has ended meanwhile, and what was missed belongs to the generation before.
    return findings


def _examined(folder: Path, articles: Path) -> list[Finding]:
    try:
        layout = read_layout(folder)
    except (IndexDamagedError, IndexMismatchError) as error:
        return [fault(Part.LAYOUT, error.why)]
    if layout is not None:
        return _shard_findings(folder, articles, layout)
    if not (folder / DATABASE).exists() and shards_there(folder):
        return [fault(Part.LAYOUT, "it is not there, but shards are")]
    _refuse_others(folder)
    return list(_findings(folder, articles, WHOLE))


def _generations(folder: Path) -> list[int]:
    """The generation of each shard, or of the one index."""
    try:
        return [_generation(each) for each in index_folders(folder)]
    except IndexStateError:
        return []


def _refuse_others(folder: Path) -> None:
    """Refuse a folder in which nothing was indexed: mending would take away what is not ours."""
    names = {path.name for path in folder.glob("*")}
    if any(is_search_index(name) for name in names):
        return
    if DATABASE not in names:
        raise not_indexed(folder)
    try:
        known = made_with(folder)
    except IndexDamagedError as error:
        # It may be anybody's file: no part of an index lies beside it.
        raise IndexDamagedError(error.what, error.why, f"move {folder / DATABASE} away, and index again") from error
    if not known:
        raise not_indexed(folder)


def _shard_findings(folder: Path, articles: Path, layout: Layout) -> list[Finding]:
    if layout.articles != str(articles):
        return [fault(Part.LAYOUT, f"it is of other articles: {layout.articles}")]
    findings = [sound(Part.LAYOUT, f"{layout.shards} shards")]
    shards = [shard_folder(folder, number, layout.shards) for number in range(layout.shards)]
    for number, shard in enumerate(shards):
        findings.extend(of_shard(number, _findings(shard, articles, Share(number, layout.shards))))
    # Shards that cannot be read cannot be compared, and what is of an earlier format has no checksums.
    unlike = {(Part.DATABASE, State.FAULT), (Part.RULES, State.OUTDATED)}
    if unlike.isdisjoint((finding.part, finding.state) for finding in findings):
        findings.append(_origin_finding(shards))
    if left := leftovers(folder, layout.shards):
        findings.append(outdated(Part.LEFTOVERS, ", ".join(path.name for path in left)))
    return findings


def _findings(folder: Path, articles: Path, share: Share) -> Iterator[Finding]:
    """The findings of one index directory without shards."""
    base = articles if articles.is_dir() else articles.parent
    try:
        with closing(Store(folder, base)) as store, store.reading():
            yield from _inside(store, folder, articles, share)
    except IndexNotFoundError:
        yield fault(Part.DATABASE, f"{DATABASE} is not there")
    except IndexDamagedError as error:
        yield fault(Part.DATABASE, error.why)


def _inside(store: Store, folder: Path, articles: Path, share: Share) -> Iterator[Finding]:
    meta = store.meta()
    if "generation" not in meta:
        yield outdated(Part.DATABASE, "no update of it was ever finished")
        return
    try:
        check_format(meta, to_upgrade=True)
    except IndexMismatchError as error:
        yield fault(Part.RULES, error.why, advice="if it is of a later version, update pullquote")
        return
    if meta.get("format") == str(FORMAT_VERSION):
        database = database_findings(store)
        yield from database
        if database[0].state is State.FAULT:
            return
        if meta["articles"] != str(articles):
            yield fault(Part.DATABASE, f"it is of other articles: {meta['articles']}")
            return
        if meta["share"] != str(share):
            yield fault(Part.DATABASE, f"it is another shard: it holds the share {meta['share']}, not {share}")
            return
        models, encoder = model_findings(meta)
        yield from models
        yield from vector_findings(store, folder, encoder)
        yield from lexical_findings(store, folder)
    # What is of an earlier format has no checksums: an update adds them.
    yield from rule_findings(meta)
    yield from leftover_findings(folder, generation_of(meta))
    yield from source_findings(store, folder, articles, share)


def _origin_finding(shards: list[Path]) -> Finding:
    """Whether what is known of reprints across shards is what was written, and of the shards as they are."""
    try:
        with closing(OriginStore(shards[0])) as origins, origins.reading():
            faults = origins.faults()
            compared = [] if faults else origins.numbers("generations")
    except IndexNotFoundError:
        return fault(Part.ORIGINS, f"{ORIGINS_FILE} is not there")
    except IndexDamagedError as error:
        return fault(Part.ORIGINS, error.why)
    if faults:
        return fault(Part.ORIGINS, f"{ORIGINS_FILE} is not what was written: {', '.join(faults)}")
    if compared != [_generation(shard) for shard in shards]:
        return outdated(Part.ORIGINS, "a shard has changed since they were compared")
    return sound(Part.ORIGINS, f"{len(shards)} shards were compared; all checksums fit")


def _generation(shard: Path) -> int:
    try:
        with closing(Store(shard, shard)) as store, store.reading():
            return generation_of(store.meta())
    except IndexStateError:
        return -1
