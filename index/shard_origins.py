"""Which articles of different shards are of one origin: an agency's text is one source wherever its reprints lie.

Each shard finds the reprints among its own articles. What is left is to compare the articles of each shard with those
of the others, by the sketches that the shards keep.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from functools import cache, lru_cache
from pathlib import Path

from index.origin_store import OriginStore
from index.origins import ARTICLES_KEPT, Wordings, group_by_origin, linked, wordings_of
from index.store import Store, generation_of
from index.versions import COPIES_VERSION

# A shard by its number, and the row of an article in it.
Place = tuple[int, int]


def update_shard_origins(base: Path, shards: Sequence[Path], report: Callable[[int, int], None]) -> None:
    """Compare the new articles of each shard with those of the others, and group all articles by origin.

    The result is that of one index over all articles. It is one transaction, and nothing is done where nothing changed.

    Args:
        base: The folder that the stored paths are relative to.
        shards: The directories of the shards, in order. What is found is kept in the first.
        report: Called with how many articles were compared, and how many there are to compare.

    Raises:
        IndexStateError: A shard cannot be read, or the result cannot be written.
    """
    with ExitStack() as stack:
        stores = [stack.enter_context(closing(Store(shard, base))) for shard in shards]
        for store in stores:
            stack.enter_context(store.reading())
        origins = stack.enter_context(closing(OriginStore(shards[0], create=True)))
        stack.enter_context(origins.writing())
        origins.make_tables()
        generations = [generation_of(store.meta()) for store in stores]
        if origins.numbers("copies") != [COPIES_VERSION] or len(origins.numbers("compared")) != len(stores):
            origins.clear()
        if origins.numbers("generations") == generations:
            return
        _compare(stores, origins, report)
        origins.set_origins(group_by_origin([*origins.links(), *(link for store in stores for link in store.links())]))
        origins.set_numbers("copies", [COPIES_VERSION])
        origins.set_numbers("generations", generations)


def _compare(stores: Sequence[Store], origins: OriginStore, report: Callable[[int, int], None]) -> None:
    """Bring the links between shards up to date."""
    compared = origins.numbers("compared") or [0] * len(stores)
    # The rows of a shard are never used again: those above the highest one that was compared are new.
    rows = [store.rows() for store in stores]
    new = [(shard, row) for shard, own in enumerate(rows) for row in own if row > compared[shard]]
    names = {place: stores[place[0]].identity(place[1]) for place in new}
    origins.remove_links([*names.values(), *_gone(stores, origins)])

    @lru_cache(ARTICLES_KEPT)
    def wordings(place: Place) -> Wordings:
        return wordings_of(stores[place[0]], place[1])

    @cache
    def sketched(place: Place) -> int:
        return stores[place[0]].sketched(place[1])

    for done, place in enumerate(new, start=1):
        others = linked(place, _sharing_bands(stores, place, compared), sketched, wordings)
        name = names[place]
        origins.add_links(
            (name, other) if name < other else (other, name)
            for other in (stores[shard].identity(row) for shard, row in others)
        )
        report(done, len(new))
    origins.set_numbers("compared", [max([last, *own[-1:]]) for last, own in zip(compared, rows, strict=True)])


def _sharing_bands(stores: Sequence[Store], place: Place, compared: Sequence[int]) -> Iterator[tuple[int, Place, int]]:
    """Each sentence of a new article with each one of another shard that shares a band with it.

    Of two new articles, the one in the later shard looks for the other.
    """
    number, row = place
    for position, bands in stores[number].sketches_of(row).items():
        for other, store in enumerate(stores):
            last = math.inf if other < number else compared[other]
            if other != number and last:
                for article, there in sorted(store.with_bands(bands)):
                    if article <= last:
                        yield position, (other, article), there


def _gone(stores: Sequence[Store], origins: OriginStore) -> list[str]:
    """The articles with links that are in no shard any more."""
    names = {name for link in origins.links() for name in link}
    return [name for name in names if not any(store.has_article(name) for store in stores)]
