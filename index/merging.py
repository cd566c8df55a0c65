"""From what dense and lexical search find, in one index or in each shard of one, to one ranking of passages."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from index.fusion import fuse
from index.records import Hit, Passage

Scores = Sequence[tuple[int, float]]


@dataclass(frozen=True, slots=True)
class Found:
    """What the two searches find, as pairs of passage id and score, best first.

    Attributes:
        dense: By cosine.
        lexical: By BM25.
        cosines: The cosines of the passages that lexical search alone found, by id.

    Example:
        >>> found = Found([(7, 0.9)], [(8, 4.0)], {8: 0.2})
        >>> found.cosines.keys() == dict(found.lexical).keys() - dict(found.dense).keys()
        True
    """

    dense: Scores
    lexical: Scores
    cosines: Mapping[int, float]


@dataclass(frozen=True, slots=True)
class Fetched:
    """A passage with the fingerprints of its sentences.

    Example:
        >>> from index.records import Sentence
        >>> Fetched(Passage(7, 1, (Sentence(0, 10),)), frozenset({42})).fingerprints
        frozenset({42})
    """

    passage: Passage
    fingerprints: frozenset[int]


def merged(parts: Sequence[Found], depth: int) -> Found:
    """What the searches would find in one index of which each part holds some passages.

    Args:
        parts: What they find in each part, at least ``depth`` passages each where there are so many.
        depth: How many passages are taken from each search.

    Example:
        >>> one, other = Found([(1, 0.5)], [(1, 3.0)], {}), Found([(2, 0.6)], [(4, 2.0)], {4: 0.1})
        >>> merged([one, other], depth=1)
        Found(dense=[(2, 0.6)], lexical=[(1, 3.0)], cosines={1: 0.5})
    """
    dense = _best([pair for part in parts for pair in part.dense], depth)
    lexical = _best([pair for part in parts for pair in part.lexical], depth)
    reached = dict(dense)
    known = {number: cosine for part in parts for number, cosine in (*part.dense, *part.cosines.items())}
    return Found(dense, lexical, {number: known[number] for number, _ in lexical if number not in reached})


def chosen(
    found: Found, limit: int, weight: float, fetch: Callable[[Sequence[int]], Mapping[int, Fetched]]
) -> tuple[Hit, ...]:
    """The best passages by both searches together, without those that repeat what better ones say.

    Args:
        found: What the searches found.
        limit: How many passages, at most.
        weight: The weight of the dense score, 0 to 1.
        fetch: Gets passages by their ids; those that are gone by now may be left out.

    Example:
        >>> passages = {number: Fetched(Passage(number, number, ()), frozenset({number % 2})) for number in (1, 2, 3)}
        >>> found = Found([(1, 0.9), (3, 0.8), (2, 0.5)], [], {})
        >>> hits = chosen(found, 2, 1.0, lambda numbers: {number: passages[number] for number in numbers})
        >>> [hit.passage.id for hit in hits]
        [1, 2]
    """
    dense, lexical = {**dict(found.dense), **found.cosines}, dict(found.lexical)
    ranked = fuse(dense, lexical, weight)
    hits: list[Hit] = []
    seen: set[int] = set()
    place = 0
    while len(hits) < limit and place < len(ranked):
        batch = ranked[place : place + limit - len(hits)]
        place += len(batch)
        fetched = fetch([number for number, _ in batch])
        for number, score in batch:
            # Ten reprints of one agency text would leave no room for what other articles say.
            if number in fetched and not fetched[number].fingerprints <= seen:
                seen |= fetched[number].fingerprints
                hits.append(Hit(fetched[number].passage, score, dense.get(number), lexical.get(number)))
    return tuple(hits)


def _best(pairs: list[tuple[int, float]], depth: int) -> list[tuple[int, float]]:
    return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))[:depth]
