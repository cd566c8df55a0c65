"""The reader that needs no trained network: a linear model over the features of a sentence.

Two sets of coefficients, both fitted by ``benchmarks/fit_feature_reader.py``: one ranks the sentences of a question,
one turns a sentence's features into the probability that it answers.
"""

import json
from dataclasses import dataclass
from importlib.resources import files

import numpy as np

from index.library import Index, SearchResult
from qa.features import FEATURES, Features, extract, with_cosines
from qa.question import Question
from qa.reading import Reading, ScoredSentence

SHORTLIST = 16
WEIGHTS_FILE = "feature_weights.json"


@dataclass(frozen=True, slots=True)
class Weights:
    """The coefficients of the linear model.

    Attributes:
        ranking: Conditional logit over the sentences of one question, shape ``(len(FEATURES),)``.
        calibration: Logistic regression for one sentence, shape ``(len(FEATURES) + 1,)``; the last is for its strength.
        intercept: That of the logistic regression.

    Example:
        >>> weights = Weights(np.zeros(len(FEATURES)), np.zeros(len(FEATURES) + 1), intercept=0.0)
        >>> weights.ranking.shape == (len(FEATURES),)
        True
    """

    ranking: Features
    calibration: Features
    intercept: float


def load_weights() -> Weights:
    """Load the coefficients that come with the package.

    Raises:
        ValueError: They were fitted on other features.

    Example:
        >>> len(load_weights().ranking) == len(FEATURES)
        True
    """
    stored = json.loads(files("qa").joinpath(WEIGHTS_FILE).read_text("utf-8"))
    if tuple(stored["ranking"]) != FEATURES:
        raise ValueError(f"{WEIGHTS_FILE} was fitted on other features: run benchmarks/fit_feature_reader.py")
    return Weights(
        np.array(list(stored["ranking"].values())), np.array(list(stored["calibration"].values())), stored["intercept"]
    )


class FeatureReader:
    """Scores sentences by their features.

    Example:
        >>> reader = FeatureReader()
    """

    def __init__(self, weights: Weights | None = None) -> None:
        """Take coefficients; None stands for those that come with the package."""
        self._weights = weights or load_weights()

    def read(self, question: Question, result: SearchResult, index: Index) -> Reading:
        """Score the sentences of the passages that were found; see ``qa.reading.Reader``."""
        found, features = extract(question, result, index)
        if not found:
            return Reading((), 0.0)
        shortlist = np.argsort(-(features @ self._weights.ranking), kind="stable")[:SHORTLIST]
        found = [found[place] for place in shortlist]
        features = with_cosines(found, features[shortlist], result, index)
        strengths = features @ self._weights.ranking
        probabilities = self._probabilities(features, strengths)
        order = np.argsort(-strengths, kind="stable")
        sentences = tuple(
            ScoredSentence(
                article=found[place].article,
                sentence=found[place].sentence,
                span=found[place].spans[0] if found[place].spans else None,
                score=float(probabilities[place]),
            )
            for place in order
        )
        return Reading(sentences, sentences[0].score)

    def _probabilities(self, features: Features, strengths: Features) -> Features:
        inputs = np.column_stack([features, strengths])
        logits = np.clip(inputs @ self._weights.calibration + self._weights.intercept, -30, 30)
        return np.asarray(1 / (1 + np.exp(-logits)))
