"""Opening an index directory for questions, whether it is one index or several shards."""

from pathlib import Path
from typing import TYPE_CHECKING

from index.contract import ArticleIndex
from index.errors import UsageError
from index.fusion import FusionSettings
from index.layout import read_layout, shard_folder
from index.library import Index

if TYPE_CHECKING:
    from index.ray_shards import RaySession


def check_shards(folder: Path) -> None:
    """Refuse an index without shards, for which Ray can do nothing.

    Raises:
        UsageError: It has none.
        IndexStateError: It cannot be used.

    Example:
        >>> check_shards(Path("/nowhere"))
        Traceback (most recent call last):
        index.errors.UsageError: Ray is not needed: the index has no shards. To fix it, \
make some with pullquote index DIR --shards N.
    """
    if read_layout(folder) is None:
        raise UsageError(
            "Ray is not needed", "the index has no shards", "make some with pullquote index DIR --shards N"
        )


def open_index(
    folder: Path, base: Path, fusion: FusionSettings | None = None, session: "RaySession | None" = None
) -> ArticleIndex:
    """Open an index as it is.

    Args:
        folder: The index directory.
        base: The folder that holds the articles, which the stored paths are relative to.
        fusion: How dense and lexical search are weighed.
        session: A connection to Ray, where each shard is then held by an actor; it is closed with the index. Without
            one, shards are opened in this process.

    Raises:
        IndexStateError: Nothing was indexed there, or it cannot be opened.
        ModelError: Its embedding model cannot be used.
        UsageError: There is a connection to Ray, but there are no shards.

    Example:
        >>> open_index(Path("/nowhere"), Path("/news"))
        Traceback (most recent call last):
        index.errors.IndexNotFoundError: There is no index: nothing was indexed in /nowhere. To fix it, \
run: pullquote index DIR.
    """
    layout = read_layout(folder)
    if layout is None:
        if session is not None:
            check_shards(folder)
        return Index(folder, base, fusion)
    # Imported here: an index without shards is opened faster.
    from index.shard import Place, ThreadHandle
    from index.sharded import ShardedIndex

    weights = fusion or FusionSettings()
    places = [Place(shard_folder(folder, number, layout.shards), base, weights) for number in range(layout.shards)]
    if session is None:
        return ShardedIndex(folder, map(ThreadHandle, places), weights)
    return ShardedIndex(folder, session.handles(places), weights, session.close)
