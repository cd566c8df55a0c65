"""The reader: a trained network reads the best passages, and a linear model weighs what it says with the search's view.

Two sets of coefficients come with a network, both fitted on questions that it was not trained on: one ranks the
sentences of a question, one turns the features of a sentence into the probability that it answers.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.contract import ArticleIndex, SearchResult
from index.digests import check_digests
from index.errors import ModelDamagedError
from qa.features import FEATURES, Candidate, Features, extract
from qa.question import Question
from qa.reading import Reading, ScoredSentence
from qa.scores import Scores
from qa.span_features import SPAN_FEATURES, SpanReading, read_spans, span_features
from qa.span_model import BUNDLED, SpanModel, read_settings

WEIGHTS_FILE = "weights.json"
RANKING = (*FEATURES, *SPAN_FEATURES)
# What the probability is told from: how sure the network is, how near the passage is to the question, and whether the
# answer is of the kind that is asked for. The words that question and sentence share help to rank, but a question made
# to mislead shares as many, and a right answer in other words has few.
CALIBRATION = (
    "mass",
    "cosine_passage",
    "counted_missing",
    "number_missing",
    "date_missing",
    "person_missing",
    "place_missing",
    "is_question",
    "span_of_wrong_kind",
)
_CALIBRATING = [RANKING.index(name) for name in CALIBRATION]


@dataclass(frozen=True, slots=True)
class Weights:
    """The coefficients of the linear models.

    Attributes:
        ranking: Conditional logit over the sentences of one question, shape ``(len(RANKING),)``.
        calibration: Logistic regression for one sentence, shape ``(len(CALIBRATION),)``.
        intercept: That of the logistic regression.

    Example:
        >>> weights = Weights(np.zeros(len(RANKING)), np.zeros(len(CALIBRATION)), intercept=0.0)
        >>> weights.ranking.shape == (len(RANKING),)
        True
    """

    ranking: Features
    calibration: Features
    intercept: float


def load_weights(folder: Path = BUNDLED) -> Weights:
    """Load the coefficients that belong to a network.

    Raises:
        ModelDamagedError: They are missing, not those that were recorded, or fitted without a feature that is there.

    Example:
        >>> len(load_weights().ranking) == len(RANKING)
        True
    """
    try:
        check_digests(folder, read_settings(folder)["digests"], WEIGHTS_FILE)
        stored = json.loads((folder / WEIGHTS_FILE).read_text("utf-8"))
        return Weights(
            _coefficients(stored["ranking"], RANKING),
            _coefficients(stored["calibration"], CALIBRATION),
            float(stored["intercept"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelDamagedError(
            "The reader's coefficients cannot be used",
            f"{folder / WEIGHTS_FILE}: {type(error).__name__}: {error}",
            "install pullquote again, or train the reader again",
        ) from error


def _coefficients(stored: dict[str, float], names: Sequence[str]) -> Features:
    """The coefficients of features, in their order.

    Raises:
        ValueError: They are those of other features, as a reader has that was trained by another version.
    """
    if others := set(stored) ^ set(names):
        raise ValueError(f"they are not fitted on the same features: {', '.join(sorted(others))}")
    return np.array([stored[name] for name in names], np.float64)


class SpanReader:
    """Scores sentences by the spans that a trained network finds in them, and by how well they fit the question.

    Example:
        >>> reader = SpanReader()
    """

    def __init__(self, folder: Path = BUNDLED, weights: Weights | None = None) -> None:
        """Load a network.

        Args:
            folder: The folder of its files; by default that of the network that comes with the package.
            weights: The coefficients; None stands for those in the folder.

        Raises:
            ModelDamagedError: The files cannot be used.
        """
        self._model = SpanModel(folder)
        self._weights = weights or load_weights(folder)

    def read(self, question: Question, result: SearchResult, index: ArticleIndex) -> Reading:
        """Score the sentences of the passages that were found; see ``qa.reading.Reader``."""
        found, readings, features = read_features(question, result, index, self._model)
        if not found:
            return Reading((), 0.0)
        strengths = features @ self._weights.ranking
        logits = np.clip(calibration_inputs(features) @ self._weights.calibration + self._weights.intercept, -30, 30)
        probabilities = 1 / (1 + np.exp(-logits))
        ranks = {hit.passage.id: rank for rank, hit in enumerate(result.hits, start=1)}
        sentences = tuple(
            ScoredSentence(
                article=found[place].article,
                sentence=found[place].sentence,
                span=readings[place].span,
                score=float(probabilities[place]),
                scores=_chain(found[place], readings[place], features[place], strengths[place], ranks),
            )
            for place in np.argsort(-strengths, kind="stable")
        )
        return Reading(sentences, sentences[0].score)


def read_features(
    question: Question, result: SearchResult, index: ArticleIndex, model: SpanModel
) -> tuple[list[Candidate], list[SpanReading], Features]:
    """Read a search result: its sentences, the best span of each, and their features.

    Returns:
        The candidates, what was read in each, and their features, shape ``(len(candidates), len(RANKING))``.
    """
    found, features = extract(question, result, index)
    readings = read_spans(found, question, result, model, index)
    return found, readings, np.hstack([features, span_features(found, readings, question, index)])


def calibration_inputs(features: Features) -> Features:
    """What the probability of each sentence is told from.

    Args:
        features: Shape ``(sentences, len(RANKING))``.

    Returns:
        The inputs of the logistic regression, shape ``(sentences, len(CALIBRATION))``.

    Example:
        >>> calibration_inputs(np.zeros((2, len(RANKING)))).shape == (2, len(CALIBRATION))
        True
    """
    return features[:, _CALIBRATING]


def _chain(
    candidate: Candidate, reading: SpanReading, features: Features, strength: float, ranks: dict[int, int]
) -> Scores:
    hit = candidate.hit
    return Scores(
        passage_rank=ranks[hit.passage.id],
        lexical=hit.lexical,
        dense=hit.dense,
        fused=hit.score,
        strength=float(strength),
        span=None if reading.span is None else reading.margin,
        null=None if reading.span is None else reading.null,
        coverage=float(features[RANKING.index("coverage_around")]),
    )
