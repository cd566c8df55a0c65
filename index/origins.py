"""Which articles are of one origin: an agency's text under several mastheads is one source, not several."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial
from itertools import chain

from index.copies import Wording, differ_in_number, is_copy, wording_of
from index.sketches import sketch
from index.store import Store

# Of the article with fewer sentences, this share stands in the other one too.
SHARE_OF_SENTENCES = 0.6

# Beyond this many, the sentences of an article are not compared: what is longer is a table or a log.
SENTENCES_COMPARED = 500

# How many articles that were read are kept at hand; each takes about a tenth of a megabyte.
_ARTICLES_KEPT = 500

Wordings = Sequence[Wording]
Pairs = Iterable[tuple[int, int]]


def update_origins(store: Store, added: Sequence[int], report: Callable[[int, int], None]) -> None:
    """Compare the articles that were added with all others, and group all articles by origin.

    Which articles are linked depends on their two texts alone, and the groups on the links alone: an index that was
    brought up to date ends as one that is made anew.

    Args:
        store: The store, inside a transaction.
        added: The rows of the new articles, which have no sketches yet.
        report: Called with how many articles were compared, and how many there are to compare.
    """
    # An agency's text that stands in many papers is compared with each of them.
    wordings = lru_cache(_ARTICLES_KEPT)(partial(_wordings, store))
    for row in added:
        sketches = enumerate(sketch(wordings(row)))
        store.add_sketches(row, {position: bands for position, bands in sketches if bands is not None})
    for done, row in enumerate(added, start=1):
        store.add_links(row, _linked(store, row, wordings))
        report(done, len(added))
    store.set_origins(group_by_origin(store.links()))


def share_text(one: Wordings, other: Wordings, pairs: Pairs, fewest: float) -> bool:
    """Whether two articles share their text and differ in no number.

    Args:
        one: The sentences of an article.
        other: Those of the other one.
        pairs: The positions of sentences in both that may be copies of each other.
        fewest: How many of these sentences must be copies, in either.

    Example:
        >>> one = [wording_of("The flood shut 12 schools in the old town of Oslen."), wording_of("Rain fell.")]
        >>> later = [wording_of("The flood shut 13 schools in the old town of Oslen."), wording_of("Rain fell.")]
        >>> share_text(one, one, [(0, 0)], fewest=1), share_text(one, later, [(0, 0)], fewest=1)
        (True, False)
    """
    pairs = list(pairs)
    copied = [(here, there) for here, there in pairs if is_copy(one[here], other[there])]
    ours, theirs = {here for here, _ in copied}, {there for _, there in copied}
    if min(len(ours), len(theirs)) < fewest:
        return False
    ours |= _also_in(other, one)
    theirs |= _also_in(one, other)
    # Sentences that are too short to have a sketch are compared by their words.
    by_words: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for there, wording in enumerate(other):
        by_words[wording.words].append(there)
    alike = ((here, there) for here, wording in enumerate(one) for there in by_words.get(wording.words, ()))
    return not any(
        here not in ours and there not in theirs and differ_in_number(one[here], other[there])
        for here, there in chain(pairs, alike)
    )


def _also_in(other: Wordings, one: Wordings) -> set[int]:
    """The sentences of one article that stand in the other one as they are."""
    known = {(wording.words, wording.numbers) for wording in other}
    return {place for place, wording in enumerate(one) if (wording.words, wording.numbers) in known}


def group_by_origin(links: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Group articles in which each shares its text with each other.

    Args:
        links: The ids of each two articles that share their text, in any order.

    Returns:
        For each article the smallest id of its group.

    Example:
        >>> sorted(group_by_origin([("c", "a"), ("b", "a"), ("b", "c"), ("d", "c")]).items())
        [('a', 'a'), ('b', 'a'), ('c', 'a'), ('d', 'd')]
    """
    linked: dict[str, set[str]] = defaultdict(set)
    for one, other in links:
        linked[one].add(other)
        linked[other].add(one)
    origins: dict[str, str] = {}
    members: dict[str, set[str]] = {}
    for article in sorted(linked):
        near = sorted({origins[other] for other in linked[article] if other in origins})
        home = next((origin for origin in near if members[origin] <= linked[article]), article)
        origins[article] = home
        members.setdefault(home, set()).add(article)
    return origins


def _linked(store: Store, row: int, wordings: Callable[[int], Wordings]) -> list[int]:
    """The earlier rows whose articles share their text with one."""
    by_article: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for here, other, there in store.sharing_bands(row):
        by_article[other].append((here, there))
    count = store.sketched(row)
    linked = []
    for other, pairs in by_article.items():
        fewest = SHARE_OF_SENTENCES * min(count, store.sketched(other))
        enough = len({here for here, _ in pairs}) >= fewest
        if enough and share_text(wordings(row), wordings(other), pairs, fewest):
            linked.append(other)
    return linked


def _wordings(store: Store, row: int) -> Wordings:
    return [wording_of(sentence) for sentence in store.sentences(row)[:SENTENCES_COMPARED]]
