"""The measures of an evaluation: pure functions over the outcomes of its questions. Each share is 0 to 1."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import fmean

from qa.evaluation.outcomes import Outcome

Measures = dict[str, float | None]

_BINS = 10
_POINTS = 101


@dataclass(frozen=True, slots=True)
class Bin:
    """The questions whose confidence lies in one range: a bar of the reliability diagram.

    Attributes:
        first: Where the range begins.
        last: Where it ends.
        count: How many questions there are, at least one.
        confidence: The mean of their confidences.
        right: The share of them whose first sentence is right.

    Example:
        >>> round(Bin(0.8, 0.9, count=20, confidence=0.85, right=0.7).gap, 2)
        0.15
    """

    first: float
    last: float
    count: int
    confidence: float
    right: float

    @property
    def gap(self) -> float:
        """How far confidence and truth lie apart."""
        return abs(self.confidence - self.right)


@dataclass(frozen=True, slots=True)
class Point:
    """A point of the risk-coverage curve.

    Attributes:
        coverage: The share of the questions that are answered if one answers from some confidence upwards.
        risk: The share of those whose first sentence is wrong.

    Example:
        >>> Point(coverage=0.5, risk=0.1).risk
        0.1
    """

    coverage: float
    risk: float


def measures(outcomes: Sequence[Outcome]) -> Measures:
    """Every measure that is one number, in the order in which they are told.

    Those of the right sentence and of its span are shares of the questions that have an answer, refused or not. A
    measure is None where there is no question of its kind.

    Example:
        >>> from qa.evaluation.questions import GoldQuestion
        >>> gold = GoldQuestion("1", "Who hid?", ("Owls",))
        >>> found = measures([Outcome(gold, 1, True, 0.8, span="owls"), Outcome(gold, 2, True, 0.3, span="rain")])
        >>> found["top-1"], found["MRR"], found["span EM"], found["refusal F1"]
        (0.5, 0.75, 0.5, None)
    """
    answerable = [outcome for outcome in outcomes if outcome.is_answerable]
    others = [outcome for outcome in outcomes if not outcome.is_answerable]
    answered_right = _mean([outcome.is_right for outcome in answerable])
    refused = _mean([outcome.is_right for outcome in others])
    return {
        "top-1": _mean([outcome.is_first_right for outcome in answerable]),
        "top-3": _mean([1 <= outcome.rank <= 3 for outcome in answerable]),
        "MRR": _mean([1 / outcome.rank if outcome.rank else 0.0 for outcome in answerable]),
        "span EM": _mean([outcome.span_exact for outcome in answerable]),
        "span F1": _mean([outcome.span_f1 for outcome in answerable]),
        "answered and right": answered_right,
        "refused when not in the articles": refused,
        "balanced": _mean([share for share in (answered_right, refused) if share is not None]),
        **_refusal(outcomes),
        "ECE": calibration_error(reliability(outcomes)),
        "AURC": area_under_risk(outcomes),
        "p50 ms": _percentile([outcome.ms for outcome in outcomes], 0.5),
        "p95 ms": _percentile([outcome.ms for outcome in outcomes], 0.95),
    }


def rounded(found: Measures) -> Measures:
    """Measures with four digits, as they are written.

    Example:
        >>> rounded({"top-1": 2 / 3, "balanced": None})
        {'top-1': 0.6667, 'balanced': None}
    """
    return {name: None if value is None else round(value, 4) for name, value in found.items()}


def reliability(outcomes: Sequence[Outcome]) -> list[Bin]:
    """The bars of the reliability diagram: ten ranges of confidence of equal width, without those that are empty.

    What is compared with the confidence is whether the first sentence is right. For a question that the articles do not
    answer it never is.

    Example:
        >>> from qa.evaluation.questions import GoldQuestion
        >>> gold = GoldQuestion("1", "Who hid?", ("Owls",))
        >>> reliability([Outcome(gold, 1, True, 0.82), Outcome(gold, 2, True, 0.86)])
        [Bin(first=0.8, last=0.9, count=2, confidence=0.84, right=0.5)]
    """
    by_bin: dict[int, list[Outcome]] = {}
    for outcome in outcomes:
        by_bin.setdefault(min(int(outcome.confidence * _BINS), _BINS - 1), []).append(outcome)
    return [
        Bin(
            first=number / _BINS,
            last=(number + 1) / _BINS,
            count=len(inside),
            confidence=fmean(outcome.confidence for outcome in inside),
            right=fmean(outcome.is_first_right for outcome in inside),
        )
        for number, inside in sorted(by_bin.items())
    ]


def calibration_error(bins: Sequence[Bin]) -> float | None:
    """The expected calibration error: the mean gap between confidence and truth, weighed by the size of the bins.

    It is that of Naeini, Cooper and Hauskrecht, "Obtaining Well Calibrated Probabilities Using Bayesian Binning"
    (AAAI 2015).

    Example:
        >>> round(calibration_error([Bin(0.8, 0.9, 3, 0.8, 0.7), Bin(0.9, 1.0, 1, 0.9, 1.0)]), 2)
        0.1
    """
    total = sum(each.count for each in bins)
    return sum(each.count * each.gap for each in bins) / total if total else None


def risk_coverage(outcomes: Sequence[Outcome]) -> list[Point]:
    """The risk-coverage curve: how many are wrong if only the more confident answers are given.

    Questions of equal confidence can only be answered or refused together, and so make one point.

    Returns:
        Points in the order of coverage, the last with coverage 1; of many, 101 that are spread evenly.

    Example:
        >>> from qa.evaluation.questions import GoldQuestion
        >>> gold = GoldQuestion("1", "Who hid?", ("Owls",))
        >>> risk_coverage([Outcome(gold, 2, True, 0.3), Outcome(gold, 1, True, 0.8)])
        [Point(coverage=0.5, risk=0.0), Point(coverage=1.0, risk=0.5)]
    """
    points = [point for _, point in _curve(outcomes)]
    if len(points) <= _POINTS:
        return points
    return [points[round(step * (len(points) - 1) / (_POINTS - 1))] for step in range(_POINTS)]


def area_under_risk(outcomes: Sequence[Outcome]) -> float | None:
    """The area under the risk-coverage curve, AURC: less is better.

    It is the mean, over the questions, of the risk at the coverage that just takes them in (Geifman, Uziel and
    El-Yaniv, "Bias-Reduced Uncertainty Estimation for Deep Neural Classifiers", ICLR 2019).

    Example:
        >>> from qa.evaluation.questions import GoldQuestion
        >>> gold = GoldQuestion("1", "Who hid?", ("Owls",))
        >>> area_under_risk([Outcome(gold, 2, True, 0.3), Outcome(gold, 1, True, 0.8)])
        0.25
    """
    return sum(count * point.risk for count, point in _curve(outcomes)) / len(outcomes) if outcomes else None


def _curve(outcomes: Sequence[Outcome]) -> Iterator[tuple[int, Point]]:
    """Every point of the risk-coverage curve, with the number of questions that it takes in anew."""
    covered = wrong = 0
    ordered = sorted(outcomes, key=lambda outcome: -outcome.confidence)
    for _, group in groupby(ordered, key=lambda outcome: outcome.confidence):
        equal = list(group)
        covered += len(equal)
        wrong += sum(not outcome.is_first_right for outcome in equal)
        yield len(equal), Point(covered / len(outcomes), wrong / covered)


def _refusal(outcomes: Sequence[Outcome]) -> Measures:
    """Precision, recall and F1 of the refusals; one is right where the articles do not tell."""
    refused = [outcome for outcome in outcomes if not outcome.answered]
    to_refuse = [outcome for outcome in outcomes if not outcome.is_answerable]
    right = sum(outcome.is_refusal_right for outcome in refused)
    return {
        "refusal precision": right / len(refused) if refused else None,
        "refusal recall": right / len(to_refuse) if to_refuse else None,
        "refusal F1": 2 * right / (len(refused) + len(to_refuse)) if to_refuse else None,
    }


def _mean(values: Sequence[float]) -> float | None:
    return fmean(values) if values else None


def _percentile(values: Sequence[float], share: float) -> float | None:
    """The least of the values that this share of them does not exceed."""
    return sorted(values)[math.ceil(share * len(values)) - 1] if values else None
