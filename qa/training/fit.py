"""Fitting of the linear models that stand on top of a trained network, on questions that it was not trained on.

*Ranking* is a conditional logit over the sentences that were found for a question: the probability that the chosen
sentence is one that holds the answer (McFadden, "Conditional logit analysis of qualitative choice behavior", 1974).

*Calibration* is a logistic regression on the best sentence: is it right? Coefficients are held to the sign that they
must have.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit, logsumexp

from qa.evaluation.metrics import calibration_error, reliability
from qa.evaluation.outcomes import Outcome
from qa.evaluation.questions import GoldQuestion
from qa.features import Features
from qa.span_reader import CALIBRATION, RANKING, Weights, calibration_inputs

# The strength of the penalty on squared coefficients.
RANKING_PENALTY = 2e-3
CALIBRATION_PENALTY = 1e-2
# What speaks against an answer; what may speak either way; all else can only speak for one.
_AGAINST = frozenset(
    "rarest_thing_missing counted_missing number_missing date_missing person_missing place_missing is_question null"
    " no_span span_is_question span_of_wrong_kind span_uncapitalised shorter_name".split()
)
_FOLDS = 5
_GOLD = GoldQuestion("", "", ("answer",))
_EITHER = frozenset("is_short is_long margin_positive".split())


@dataclass(frozen=True, slots=True)
class Asked:
    """One question with the features of its sentences.

    Attributes:
        features: Shape ``(sentences, len(RANKING))``.
        right: Whether each sentence is right, shape ``(sentences,)``.

    Example:
        >>> Asked(np.zeros((1, len(RANKING))), np.array([True])).right.any()
        np.True_
    """

    features: Features
    right: NDArray[np.bool_]


def fit(questions: Sequence[Asked]) -> Weights:
    """Fit both models.

    Args:
        questions: Questions, of which some have no right sentence.

    Example:
        >>> chance = np.random.default_rng(1)
        >>> features = [chance.random((3, len(RANKING))) for _ in range(40)]
        >>> right = [table[:, 0] == table[:, 0].max() for table in features]
        >>> weights = fit([Asked(*each) for each in zip(features, right)])
        >>> bool(weights.ranking[0] == weights.ranking.max())
        True
    """
    ranking = _fit_ranking([asked for asked in questions if asked.right.any() and not asked.right.all()])
    best = [best_sentence(asked, ranking) for asked in questions if len(asked.right)]
    inputs = np.array([row for row, _ in best])
    calibration, intercept = _fit_calibration(inputs, np.array([right for _, right in best], bool))
    return Weights(ranking, calibration, intercept)


def best_sentence(asked: Asked, ranking: Features) -> tuple[Features, bool]:
    """What the calibration sees of the best sentence, shape ``(len(CALIBRATION),)``, and whether it is right."""
    best = int(np.argmax(asked.features @ ranking))
    return calibration_inputs(asked.features)[best], bool(asked.right[best])


def confidence(inputs: Features, weights: Weights) -> Features:
    """The probability that sentences are right, from what the calibration sees of them; shape ``(len(inputs),)``."""
    return np.asarray(expit(inputs @ weights.calibration + weights.intercept))


def calibration_error_of(questions: Sequence[Asked]) -> float:
    """The expected calibration error on questions that the fit did not see, by five-fold cross-validation.

    Example:
        >>> chance = np.random.default_rng(1)
        >>> features = [chance.random((3, len(RANKING))) for _ in range(40)]
        >>> right = [table[:, 0] == table[:, 0].max() for table in features]
        >>> 0 <= calibration_error_of([Asked(*each) for each in zip(features, right)]) <= 1
        True
    """
    outcomes = []
    for fold in range(_FOLDS):
        weights = fit([asked for place, asked in enumerate(questions) if place % _FOLDS != fold])
        for asked in questions[fold::_FOLDS]:
            inputs, is_right = best_sentence(asked, weights.ranking)
            outcomes.append(Outcome(_GOLD, int(is_right), answered=True, confidence=float(confidence(inputs, weights))))
    return calibration_error(reliability(outcomes)) or 0.0


def _fit_ranking(questions: Sequence[Asked]) -> Features:
    def loss(weights: Features) -> tuple[float, Features]:
        total, gradient = RANKING_PENALTY * weights @ weights, 2 * RANKING_PENALTY * weights
        for asked in questions:
            strengths = asked.features @ weights
            every, right = logsumexp(strengths), logsumexp(strengths[asked.right])
            total += (every - right) / len(questions)
            share = np.exp(strengths - every)
            share_right = np.where(asked.right, np.exp(np.minimum(strengths - right, 0)), 0)
            gradient = gradient + asked.features.T @ (share - share_right) / len(questions)
        return float(total), gradient

    fitted = minimize(loss, np.zeros(len(RANKING)), jac=True, method="L-BFGS-B", bounds=_signs(RANKING))
    return np.asarray(fitted.x)


def _fit_calibration(inputs: Features, labels: NDArray[np.bool_]) -> tuple[Features, float]:
    spread = inputs.std(axis=0) + 1e-9
    scaled = inputs / spread

    def loss(weights: Features) -> tuple[float, Features]:
        logits = scaled @ weights[:-1] + weights[-1]
        total = np.mean(np.logaddexp(0, logits) - labels * logits) + CALIBRATION_PENALTY * weights[:-1] @ weights[:-1]
        wrong = (expit(logits) - labels) / len(labels)
        slopes = scaled.T @ wrong + 2 * CALIBRATION_PENALTY * weights[:-1]
        return float(total), np.append(slopes, wrong.sum())

    bounds = [*_signs(CALIBRATION), (None, None)]
    fitted = minimize(loss, np.zeros(inputs.shape[1] + 1), jac=True, method="L-BFGS-B", bounds=bounds)
    return np.asarray(fitted.x[:-1] / spread), float(fitted.x[-1])


def _signs(names: Sequence[str]) -> list[tuple[float | None, float | None]]:
    return [(None, None) if name in _EITHER else ((None, 0.0) if name in _AGAINST else (0.0, None)) for name in names]
