"""From the logits of tokens to the best spans of each sentence."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa.span_model import TokenLogits

LONGEST_SPAN = 30
SPANS_KEPT = 5
NO_SPAN = -20.0


@dataclass(frozen=True, slots=True)
class SentenceSpans:
    """The best spans of one sentence, each an event of its own.

    Attributes:
        ranges: Their ranges in the passage, in characters, best first.
        margins: The log-odds of each against "not in this passage": sum of the logits of its first and last token,
            less that of the null span (Devlin et al., "BERT", 2019, section 4.3).
        mass: The log-odds of all spans of the sentence together.

    Example:
        >>> SentenceSpans(((11, 15),), (2.5,), mass=2.7).margins[0]
        2.5
    """

    ranges: tuple[tuple[int, int], ...]
    margins: tuple[float, ...]
    mass: float


def spans_of_sentences(logits: TokenLogits, sentences: Sequence[tuple[int, int]]) -> list[SentenceSpans]:
    """The best spans of each sentence of a passage.

    A span lies within one sentence, and has at most ``LONGEST_SPAN`` tokens.

    Args:
        logits: What the network says of the passage's tokens.
        sentences: The ranges of the sentences in the passage, in characters.

    Returns:
        One for each sentence; a sentence that was cut off has no span, and a mass of ``NO_SPAN``.

    Example:
        >>> offsets = np.array([[0, 4], [5, 8], [8, 9]])
        >>> logits = TokenLogits(offsets, np.array([3.0, 0, 0], np.float32), np.array([2.0, 1, 0], np.float32))
        >>> spans_of_sentences(logits, [(0, 9)])[0].ranges[0]
        (0, 4)
    """
    return [_spans(logits, start, end) for start, end in sentences]


def null_probability(logits: TokenLogits) -> float:
    """The probability that a passage does not answer, over all spans of its tokens.

    Example:
        >>> nothing = TokenLogits(np.array([[0, 4]]), np.array([-4.0], np.float32), np.array([-4.0], np.float32))
        >>> null_probability(nothing) > 0.99
        True
    """
    if not len(logits.offsets):
        return 1.0
    mass = _log_sum(_grid(logits.starts, logits.ends))
    return float(1 / (1 + np.exp(np.clip(mass, -30, 30))))


def _spans(logits: TokenLogits, start: int, end: int) -> SentenceSpans:
    begins, ends = logits.offsets[:, 0], logits.offsets[:, 1]
    within = np.flatnonzero((begins >= start) & (ends <= end) & (ends > begins))
    if not len(within):
        return SentenceSpans((), (), NO_SPAN)
    grid = _grid(logits.starts[within], logits.ends[within])
    flat = grid.ravel()
    best = np.argsort(-flat, kind="stable")[:SPANS_KEPT]
    firsts, lasts = np.unravel_index(best[np.isfinite(flat[best])], grid.shape)
    return SentenceSpans(
        ranges=tuple((int(begins[within[i]]), int(ends[within[j]])) for i, j in zip(firsts, lasts, strict=True)),
        margins=tuple(float(grid[i, j]) for i, j in zip(firsts, lasts, strict=True)),
        mass=max(NO_SPAN, _log_sum(grid)),
    )


def _grid(starts: NDArray[np.float32], ends: NDArray[np.float32]) -> NDArray[np.float64]:
    """The log-odds of every span, shape ``(tokens, tokens)``; minus infinity where it is none."""
    grid = starts[:, None].astype(np.float64) + ends[None, :]
    order = np.arange(len(starts))
    length = order[None, :] - order[:, None]
    grid[(length < 0) | (length >= LONGEST_SPAN)] = -np.inf
    return grid


def _log_sum(grid: NDArray[np.float64]) -> float:
    highest = grid.max()
    return float(highest + np.log(np.exp(grid - highest).sum()))
