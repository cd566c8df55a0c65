"""Which articles are of one origin: an agency's text under several mastheads is one source, not several."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache, partial
from itertools import chain
from typing import TypeVar

from index.copies import Wording, differ_in_number, is_copy, wording_of
from index.sketches import kept_of_article, sketch
from index.store import Store

# Of the article with fewer sentences, this share stands in the other one too.
SHARE_OF_SENTENCES = 0.6

# Beyond this many, the sentences of an article are not compared: what is longer is a table or a log.
SENTENCES_COMPARED = 500

# How many articles that were read are kept at hand; each takes about a tenth of a megabyte.
ARTICLES_KEPT = 500

Wordings = Sequence[Wording]
Pairs = Iterable[tuple[int, int]]
Place = TypeVar("Place")


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
    wordings = lru_cache(ARTICLES_KEPT)(partial(wordings_of, store))
    for row in added:
        store.add_sketches(row, kept_of_article(sketch(wordings(row))))
    sketched = cache(store.sketched)
    for done, row in enumerate(added, start=1):
        store.add_links(row, linked(row, store.sharing_bands(row), sketched, wordings))
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
    # Sentences without a sketch are compared by their words.
    by_words: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for there, wording in enumerate(other):
        if there not in theirs:
            by_words[wording.words].append(there)
    alike = (
        (here, there)
        for here, wording in enumerate(one)
        if here not in ours
        for there in by_words.get(wording.words, ())
    )
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


def linked(
    place: Place,
    sharing: Iterable[tuple[int, Place, int]],
    sketched: Callable[[Place], int],
    wordings: Callable[[Place], Wordings],
) -> list[Place]:
    """The articles that share their text with one, out of those that may.

    Args:
        place: Where the one article is.
        sharing: The position of each of its sentences that shares a band of its sketch with a sentence of another
            article, where that one is, and the position of the sentence there.
        sketched: How many sentences of an article have a sketch.
        wordings: The sentences of an article.
    """
    by_article: dict[Place, list[tuple[int, int]]] = defaultdict(list)
    for here, other, there in sharing:
        by_article[other].append((here, there))
    count = sketched(place)
    found = []
    for other, pairs in by_article.items():
        fewest = SHARE_OF_SENTENCES * min(count, sketched(other))
        enough = len({here for here, _ in pairs}) >= fewest
        if enough and share_text(wordings(place), wordings(other), pairs, fewest):
            found.append(other)
    return found


def wordings_of(store: Store, row: int) -> Wordings:
    """The sentences of an article that are compared."""
    return [wording_of(sentence) for sentence in store.sentences(row)[:SENTENCES_COMPARED]]
