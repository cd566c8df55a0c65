"""How much of what an exact search finds an approximate one finds too, and how many lists it looks into for that."""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from index.encoder import Vectors
from index.spool import VectorSpool
from index.vector_settings import VectorSettings
from index.vectors import Ids, VectorIndex

# What is left between equal cosines when sums are made in another order.
_EQUALLY_NEAR = 1e-6

Batches = Iterator[tuple[Ids, Vectors]]


def updated(
    old: VectorIndex,
    removed: Sequence[int],
    added: VectorSpool,
    questions: Callable[[], Vectors],
    settings: VectorSettings,
) -> tuple[VectorIndex, float | None]:
    """Bring vectors up to date, and sort them into lists, or into more lists, where they have become many.

    Args:
        old: The index as it was; it may be changed.
        removed: Ids to remove.
        added: What to add.
        questions: Gives vectors like those of questions, to measure recall with; called only where that is done.
        settings: When to sort, and how well.

    Returns:
        The index, and the share of what exact search finds that it finds: 1.0 for an exact one, None where it was not
        measured again.
    """
    old.remove(removed)
    count = len(old) + len(added)
    lists = settings.lists(count)
    # Lists that are four times as long as they were meant to be are made anew.
    if lists <= 2 * old.lists:
        _fill(old, added.batches())
        return old, (None if old.lists else 1.0)

    def everything() -> Batches:
        return chain(old.batches(), added.batches())

    index = VectorIndex.approximate(_sample(everything(), count, lists * settings.sample), lists)
    _fill(index, everything())
    return index, tuned(index, questions(), everything(), settings)


def tuned(index: VectorIndex, questions: Vectors, everything: Batches, settings: VectorSettings) -> float:
    """Let an index look into as few lists as are enough, to an eighth of them; returns its recall."""
    nearest = exactly_nearest(questions, everything, min(settings.depth, len(index)))

    def recall_in(probes: int) -> float:
        index.probe(probes)
        return recall_of(index, questions, nearest)

    # Beyond half of the lists, what is missed is lost to the one byte that a number is kept in.
    most = max(1, index.lists // 2)
    few, enough = 0, 1
    recall = recall_in(enough)
    while recall < settings.recall and enough < most:
        few, enough = enough, min(2 * enough, most)
        recall = recall_in(enough)
    while recall >= settings.recall and enough - few > max(1, enough // 8):
        middle = (few + enough) // 2
        if (found := recall_in(middle)) >= settings.recall:
            enough, recall = middle, found
        else:
            few = middle
    index.probe(enough)
    return recall


def recall_of(index: VectorIndex, questions: Vectors, nearest: NDArray[np.int64]) -> float:
    """The share of the nearest passages of some questions that an index finds.

    Of passages that are equally near, such as reprints, any will do.

    Args:
        index: The index.
        questions: Their vectors, shape ``(questions, dimension)``.
        nearest: The ids of the nearest passages of each, shape ``(questions, depth)``.
    """
    depth = nearest.shape[1]
    hits = 0
    for question, expected in zip(questions, nearest, strict=True):
        wanted = set(expected.tolist())
        (furthest,) = index.cosines(question, expected[-1:].tolist())
        found = index.search(question, depth)
        hits += sum(number in wanted or abs(cosine - furthest) < _EQUALLY_NEAR for number, cosine in found)
    return hits / nearest.size


def exactly_nearest(questions: Vectors, everything: Batches, depth: int) -> NDArray[np.int64]:
    """The ids of the passages that are nearest to each question, by comparing with all, shape ``(questions, depth)``.

    Example:
        >>> vectors = np.eye(3, dtype=np.float32)
        >>> exactly_nearest(vectors[1:], iter([(np.array([7, 8, 9]), vectors)]), depth=1).tolist()
        [[8], [9]]
    """
    scores = np.empty((len(questions), 0), np.float32)
    numbers = np.empty((len(questions), 0), np.int64)
    for ids, vectors in everything:
        scores = np.hstack([scores, questions @ vectors.T])
        numbers = np.hstack([numbers, np.broadcast_to(ids, (len(questions), len(ids)))])
        best = np.argpartition(-scores, min(depth, scores.shape[1]) - 1, axis=1)[:, :depth]
        scores, numbers = np.take_along_axis(scores, best, 1), np.take_along_axis(numbers, best, 1)
    return np.take_along_axis(numbers, np.argsort(-scores, axis=1), 1)


def _sample(everything: Batches, count: int, wanted: int) -> Vectors:
    """About as many vectors as are wanted, from all over."""
    step = max(1, count // wanted)
    parts = []
    seen = 0
    for ids, vectors in everything:
        parts.append(vectors[-seen % step :: step].copy())
        seen += len(ids)
    return np.concatenate(parts)


def _fill(index: VectorIndex, batches: Batches) -> None:
    for ids, vectors in batches:
        index.add(ids, vectors)
