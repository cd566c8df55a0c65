"""Building the index of a folder, or bringing it up to date: what ``pullquote index`` does."""

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from index.errors import UsageError
from index.layout import read_layout
from index.records import Progress, UpdateReport
from index.sharding import update_shards
from qa.corpus import locate


def build(
    articles: str | Path,
    index: str | Path | None = None,
    model: str | None = None,
    shards: int | None = None,
    ray: str | None = None,
    report: Callable[[Progress], None] | None = None,
) -> UpdateReport:
    """Build an index, or bring it up to date.

    Args:
        articles: A folder or a file.
        index: The index directory; None stands for one in the user's cache.
        model: The embedding model; None takes the one that the index was made with, or the default one.
        shards: How many shards; 1 is an ordinary index. None leaves it as it is divided now.
        ray: Where the shards are updated: ``"local"`` or the address of a Ray cluster; None stands for this process.
        report: Called with the progress of long work.

    Raises:
        PullquoteError: The articles, the index, the model or Ray cannot be used.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     _ = Path(folder, "rain.txt").write_text("Rain fell on Monday, and the fair was called off.")
        ...     build(folder, Path(folder, ".index"), shards=2).articles
        1
    """
    source, folder = locate(articles, index)
    with ExitStack() as ended:
        session = None
        if ray is not None:
            from index.ray_shards import RaySession

            layout = read_layout(folder)
            if (shards or (layout.shards if layout else 1)) == 1:
                raise UsageError("Ray is not needed", "one index is built by one process", "add --shards N")
            session = RaySession(ray)
            ended.callback(session.close)
        return update_shards(source, folder, shards=shards, workers=session, model=model, report=report)
