"""Fusion of the dense and the lexical ranking into one."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FusionSettings:
    """How the two searches are weighed, with defaults that were measured (docs/decisions).

    Attributes:
        depth: How many passages are taken from each search.
        dense: The weight of the dense score; that of the lexical score is ``1 - dense``. 0 is BM25 alone, 1 dense
            alone.
        title_boost: What a term in the headline counts in BM25, against 1 in the passage.

    Example:
        >>> FusionSettings(dense=0.0)  # BM25 alone
        FusionSettings(depth=50, dense=0.0, title_boost=0.5)
    """

    depth: int = 50
    dense: float = 0.6
    title_boost: float = 0.5


def fuse(dense: dict[int, float], lexical: dict[int, float], weight: float) -> list[tuple[int, float]]:
    """Fuse by a convex combination of the scores, each divided by the best of its kind.

    A passage that one search did not reach counts with 0 there. The combination is that of Bruch, Gai and Ingber, "An
    Analysis of Fusion Functions for Hybrid Retrieval" (ACM TOIS 2023), with the theoretical minimum 0 of both scores.

    Args:
        dense: Cosine by passage id.
        lexical: BM25 score by passage id.
        weight: The weight of the dense score, 0 to 1.

    Returns:
        Pairs of id and fused score, highest first; equal scores in the order of their ids.

    Example:
        >>> fuse({1: 0.5, 2: 0.4}, {2: 8.0}, 0.5)
        [(2, 0.9), (1, 0.5)]
    """
    best_dense = max(dense.values(), default=0.0) or 1.0
    best_lexical = max(lexical.values(), default=0.0) or 1.0
    fused = {
        number: weight * (max(dense.get(number, 0.0), 0.0) / best_dense)
        + (1 - weight) * (lexical.get(number, 0.0) / best_lexical)
        for number in dense.keys() | lexical.keys()
    }
    return sorted(fused.items(), key=lambda pair: (-pair[1], pair[0]))
