"""How often terms occur in a collection of passages: what BM25 weighs them by."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TermStatistics:
    """In how many passages of a collection some terms occur.

    Attributes:
        passages: How many passages there are.
        frequencies: By field (``"body"``, ``"title"``) and term, how many of them have the term there.

    Example:
        >>> statistics = TermStatistics(10, {("body", "owl"): 1, ("title", "owl"): 0})
        >>> round(statistics.weight("body", "owl"), 2)
        1.99
    """

    passages: int
    frequencies: Mapping[tuple[str, str], int]

    def weight(self, field: str, term: str) -> float:
        """The inverse document frequency of a term in a field, as in BM25."""
        return inverse_frequency(self.frequencies.get((field, term), 0), self.passages)


def inverse_frequency(frequency: int, total: int) -> float:
    """The inverse document frequency of a term that this many of all passages have, as in BM25.

    Example:
        >>> inverse_frequency(1, 100) > inverse_frequency(50, 100) > 0
        True
    """
    # BM25 counts the passages that were removed until Tantivy merges them away.
    frequency = min(frequency, total)
    return math.log(1 + (total - frequency + 0.5) / (frequency + 0.5))


def together(parts: Iterable[TermStatistics]) -> TermStatistics:
    """The statistics of several collections as one.

    Example:
        >>> together([TermStatistics(10, {("body", "owl"): 1}), TermStatistics(20, {("body", "owl"): 3})])
        TermStatistics(passages=30, frequencies={('body', 'owl'): 4})
    """
    passages, frequencies = 0, Counter[tuple[str, str]]()
    for part in parts:
        passages += part.passages
        frequencies.update(part.frequencies)
    return TermStatistics(passages, dict(frequencies))
