"""Bring an index directory up to date, as one index or as several shards.

A shard is updated as any index is: all of it or nothing, and once more if its worker died. ``shards.json`` is replaced
when all shards are whole, so that a kill at any moment leaves the index as it was divided before.
"""

from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from index.database import DATABASE
from index.discover import discover
from index.durable import sync_folder, writing_into
from index.errors import IndexMismatchError, IndexStateError, PullquoteError
from index.generation import is_part_of_index, write_lock
from index.layout import (
    ORIGINS_FILE,
    Layout,
    made_with,
    read_layout,
    remove_layout,
    remove_leftovers,
    shard_folder,
    write_layout,
)
from index.locations import canonical, make_private_folder
from index.models import DEFAULT_MODEL
from index.records import Progress, UpdateReport
from index.shares import Share
from index.store import Store
from index.update import nothing_readable, update_index, update_locked

Report = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Job:
    """The update of one shard.

    Attributes:
        articles: A folder, or one file.
        folder: The index directory of the shard.
        share: Which of the articles it holds.
        model: The embedding model; None takes the one that the shard was made with.
        wait: How many seconds to wait while another process updates the shard.

    Example:
        >>> Job(Path("/news"), Path("/index/shard-0-of-2"), Share(0, 2), None, wait=10).label
        'Shard 1 of 2'
    """

    articles: Path
    folder: Path
    share: Share
    model: str | None
    wait: float

    @property
    def label(self) -> str:
        """The shard, for a person."""
        return f"Shard {self.share.number + 1} of {self.share.of}"

    def run(self, report: Report | None = None) -> UpdateReport:
        """Do it.

        Raises:
            PullquoteError: The articles, the index or the model cannot be used.
        """
        return update_index(
            self.articles, self.folder, model=self.model, report=report, wait=self.wait, share=self.share
        )


class Workers(Protocol):
    """Who updates shards: this process, or many.

    Example:
        >>> def do(jobs: Sequence[Job], workers: Workers) -> int:
        ...     return sum(done.encoded for done in workers.run(jobs, print) if isinstance(done, UpdateReport))
    """

    def run(self, jobs: Sequence[Job], report: Report) -> list[UpdateReport | PullquoteError]:
        """Update each shard; one that fails keeps no other from being updated."""


class OneAfterTheOther:
    """Updates shards in this process.

    Example:
        >>> OneAfterTheOther().run([], print)
        []
    """

    def run(self, jobs: Sequence[Job], report: Report) -> list[UpdateReport | PullquoteError]:
        """Update each shard; one that fails keeps no other from being updated."""
        return [_outcome(job, report) for job in jobs]


def update_shards(
    articles: Path,
    folder: Path,
    *,
    shards: int | None = None,
    workers: Workers | None = None,
    model: str | None = None,
    report: Report | None = None,
    wait: float = 10.0,
) -> UpdateReport:
    """Build an index, or bring it up to date, in as many shards as are wanted.

    Args:
        articles: A folder, or one file.
        folder: The index directory; made if it is not there.
        shards: How many shards; 1 is an ordinary index. None leaves it as it is divided now.
        workers: Who updates the shards; this process, where it is None.
        model: The embedding model. None takes the one that the index was made with, or the default one.
        report: Called with the progress of long work.
        wait: How many seconds to wait while another process updates the same index.

    Raises:
        PullquoteError: As by ``update_index``; the first that kept a shard from being updated. The others are then up
            to date, and a new number of shards is not yet taken.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     for name, text in (("rain", "Rain fell on Monday."), ("owls", "Two owls have nested in the tower.")):
        ...         _ = Path(folder, f"{name}.txt").write_text(text)
        ...     done = update_shards(Path(folder), Path(folder, ".index"), shards=2)
        ...     done.articles, read_layout(Path(folder, ".index")).shards
        (2, 2)
    """
    articles = canonical(articles)
    if not folder.is_dir():
        # Articles that are not there must not leave an empty index behind.
        check_readable(articles, folder)
        with writing_into(folder):
            make_private_folder(folder)
    folder = canonical(folder)
    show = report or _silent
    with write_lock(folder, wait):
        # How it is divided is read now, since another process may have divided it while this one waited.
        layout = read_layout(folder)
        number = shards or (layout.shards if layout else 1)
        if number > 1:
            return _update_all(articles, folder, number, workers or OneAfterTheOther(), model, show, wait)
        done = update_locked(articles, folder, model=model or (layout.model if layout else None), report=show)
        if layout:
            remove_layout(folder)
        # Also shards that a kill kept from being removed, or from being named.
        remove_leftovers(folder, 1)
        return done


def _update_all(
    articles: Path, folder: Path, number: int, workers: Workers, model: str | None, report: Report, wait: float
) -> UpdateReport:
    # Imported here: bringing an index without shards up to date does not wait for it.
    from index.shard_origins import update_shard_origins

    check_readable(articles, folder)
    known = made_with(folder)
    if known.get("articles", str(articles)) != str(articles):
        raise IndexMismatchError(
            "The index is of other articles", f"it was made of {known['articles']}", "name another index directory"
        )
    wanted = model or known.get("model", DEFAULT_MODEL)
    base = articles if articles.is_dir() else articles.parent
    folders = [shard_folder(folder, each, number) for each in range(number)]
    with writing_into(folder):
        if not all((each / DATABASE).exists() for each in folders):
            # What was compared with a shard that is gone says nothing of the one that takes its place.
            (folders[0] / ORIGINS_FILE).unlink(missing_ok=True)
        for each in folders:
            # Whoever may read the index may read its shards.
            each.mkdir(exist_ok=True)
        sync_folder(folder)
    jobs = [
        Job(articles, each, Share(place, number), model or (None if _model_of(each, base) == wanted else wanted), wait)
        for place, each in enumerate(folders)
    ]
    done = together(workers.run(jobs, report))
    if not done.articles:
        raise nothing_readable(str(articles), done.skipped)
    update_shard_origins(
        base, folders, lambda part, total: report(Progress("Finding copies across shards", part, total))
    )
    layout = Layout(number, str(articles), wanted)
    if read_layout(folder) != layout:
        write_layout(folder, layout)
    remove_leftovers(folder, number)
    return done


def together(outcomes: Sequence[UpdateReport | PullquoteError]) -> UpdateReport:
    """What the updates of all shards did together.

    Raises:
        PullquoteError: The first that kept a shard from being updated.

    Example:
        >>> one = UpdateReport(1, 0, 0, unchanged=2, articles=3, passages=5, encoded=2, skipped=())
        >>> together([one, one]).passages
        10
    """
    reports = []
    for outcome in outcomes:
        if isinstance(outcome, PullquoteError):
            raise outcome
        reports.append(outcome)
    return UpdateReport(
        added=sum(each.added for each in reports),
        changed=sum(each.changed for each in reports),
        removed=sum(each.removed for each in reports),
        unchanged=sum(each.unchanged for each in reports),
        articles=sum(each.articles for each in reports),
        passages=sum(each.passages for each in reports),
        encoded=sum(each.encoded for each in reports),
        skipped=tuple(sorted((item for each in reports for item in each.skipped), key=lambda item: item.path)),
        notes=tuple(dict.fromkeys(text for each in reports for text in each.notes)),
    )


def _outcome(job: Job, report: Report) -> UpdateReport | PullquoteError:
    def of_shard(progress: Progress) -> None:
        stage = progress.stage[:1].lower() + progress.stage[1:]
        report(Progress(f"{job.label}: {stage}", progress.done, progress.total))

    try:
        return job.run(of_shard)
    except PullquoteError as error:
        return error


def check_readable(articles: Path, folder: Path) -> None:
    """Refuse articles that are gone: each shard by itself would take them for a share without articles.

    Args:
        articles: A folder, or one file.
        folder: The index directory, whose own files do not count.

    Raises:
        CorpusError: There is nothing to read.

    Example:
        >>> check_readable(Path("/nowhere"), Path("/index"))
        Traceback (most recent call last):
        index.errors.CorpusNotFoundError: /nowhere cannot be read: no such file or directory. To fix it, check the name.
    """
    files, skipped = discover(articles)
    if all(is_part_of_index(folder, file.path) for file in files):
        raise nothing_readable(str(articles), skipped)


def _model_of(folder: Path, base: Path) -> str | None:
    """The model that a shard was made with; None if there is none, or a damaged one, which its update then tells."""
    with suppress(IndexStateError), closing(Store(folder, base)) as store, store.reading():
        return store.meta().get("model")
    return None


def _silent(progress: Progress) -> None:
    """Report to nobody."""
