"""Fit the coefficients of the feature reader, and write them to ``qa/feature_weights.json``.

    python benchmarks/fit_feature_reader.py spans.jsonl.gz WORK_FOLDER

``spans.jsonl.gz`` holds one JSON object a line: source, question, context, answer. Its contexts become a corpus, which
is indexed and asked as any other. No question of an evaluation set is used.

*Ranking* is a conditional logit over the sentences that were found for a question: the probability that the chosen
sentence is one that holds the answer (McFadden, "Conditional logit analysis of qualitative choice behavior", 1974).

*Calibration* is a logistic regression on the best sentence: is it right? Its questions without an answer are the same
questions with one word that names a thing exchanged for one of another question, so that they look alike in all but
what they ask about. Coefficients are held to the sign that they must have.
"""

import argparse
import gzip
import json
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit, logsumexp

from index.lexical import content_words
from index.library import Index
from index.update import update_index
from qa.chat import PASSAGES_READ
from qa.evaluation import is_right
from qa.feature_reader import WEIGHTS_FILE
from qa.features import FEATURES, extract, with_cosines
from qa.question import read_question

SOURCES = ("squadshifts-new_wiki", "squad-part", "qed")
CONTEXTS_A_SOURCE = 1_600
SEED = 11
RANKING_PENALTY = 1e-3
CALIBRATION_PENALTY = 1e-2
# What speaks against an answer, and what cannot speak against one.
NEGATIVE = {
    "rarest_thing_missing",
    "counted_missing",
    "number_missing",
    "date_missing",
    "person_missing",
    "place_missing",
    "is_question",
}

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question with the features of its sentences, and which of them are right."""

    features: Matrix
    right: NDArray[np.bool_]


def main() -> None:
    """Read the data, fit, and write the coefficients."""
    parser = argparse.ArgumentParser(description="Fit the coefficients of the feature reader.")
    parser.add_argument("spans", type=Path, help="spans.jsonl.gz")
    parser.add_argument("work", type=Path, help="a folder for the corpus and its index")
    parser.add_argument(
        "--questions", type=int, default=1_100, help="how many questions; each is also asked with a word exchanged"
    )
    options = parser.parse_args()
    chance = random.Random(SEED)
    rows = write_corpus(options.spans, options.work / "corpus", chance)
    update_index(options.work / "corpus", options.work / "index")
    index = Index(options.work / "index", options.work / "corpus")
    chosen = chance.sample(rows, options.questions)
    real = [ask(row["question"], row["answer"], index) for row in chosen]
    ranking = fit_ranking([asked for asked in real if asked.right.any() and not asked.right.all()])
    exchanged = [ask(question, None, index) for question in exchange_words([row["question"] for row in chosen], chance)]
    inputs, labels = best_sentences(real + exchanged, ranking)
    calibration, intercept = fit_calibration(inputs, labels)
    predicted = expit(inputs @ calibration + intercept)
    document = {
        "ranking": dict(zip(FEATURES, ranking.round(4).tolist(), strict=True)),
        "calibration": dict(zip((*FEATURES, "strength"), calibration.round(4).tolist(), strict=True)),
        "intercept": round(intercept, 4),
        "threshold": best_threshold(real, exchanged, ranking, calibration, intercept),
        "questions": len(real),
        "exchanged": len(exchanged),
        "top-1": round(float(np.mean([first_is_right(asked, ranking) for asked in real])), 4),
        "expected calibration error": round(calibration_error(predicted, labels), 4),
    }
    path = Path(__file__).resolve().parent.parent / "qa" / WEIGHTS_FILE
    path.write_text(json.dumps(document, indent=1) + "\n", "utf-8")
    print(json.dumps(document, indent=1))


def write_corpus(spans: Path, folder: Path, chance: random.Random) -> list[dict[str, str]]:
    """Write the contexts as a corpus; returns the rows whose context is in it."""
    by_source: dict[str, dict[str, list[dict[str, str]]]] = {source: {} for source in SOURCES}
    with gzip.open(spans, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["source"] in by_source:
                by_source[row["source"]].setdefault(row["context"], []).append(row)
    rows: list[dict[str, str]] = []
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "contexts.jsonl").open("w", encoding="utf-8") as file:
        for contexts in by_source.values():
            for context in chance.sample(sorted(contexts), min(CONTEXTS_A_SOURCE, len(contexts))):
                file.write(json.dumps({"text": context}) + "\n")
                rows.extend(contexts[context][:2])
    return rows


def ask(question: str, answer: str | None, index: Index) -> Asked:
    """Find the sentences for a question, and their features."""
    result = index.search(question, PASSAGES_READ)
    found, features = extract(read_question(question), result, index)
    features = with_cosines(found, features, result, index)
    right = [
        answer is not None and is_right(item.article.text[item.sentence.start : item.sentence.end], [answer])
        for item in found
    ]
    return Asked(features, np.array(right, bool))


def exchange_words(questions: Sequence[str], chance: random.Random) -> list[str]:
    """Each question with one word that names a thing exchanged for one of another question."""
    pools: dict[bool, list[str]] = {True: [], False: []}
    for question in questions:
        for word in things(question):
            pools[is_name(word)].append(word)
    exchanged = []
    for question in questions:
        words = things(question)
        if words:
            word = chance.choice(words)
            other = chance.choice(pools[is_name(word)])
            if other.lower() != word.lower():
                exchanged.append(re.sub(rf"\b{re.escape(word)}\b", other, question, count=1))
    return exchanged


def things(question: str) -> list[str]:
    """The words of a question that name what it is about: no verbs, and not what it asks to choose."""
    asked = read_question(question)
    content = set(content_words(question))
    words = re.findall(r"[^\W_]{3,}", question)
    return [word for word in words if word.lower() in content and word.lower() not in asked.asides]


def is_name(word: str) -> bool:
    """Whether a word is written as names and numbers are."""
    return word[0].isupper() or word[0].isdigit()


def fit_ranking(questions: Sequence[Asked]) -> Matrix:
    """The coefficients of the conditional logit."""

    def loss(weights: Matrix) -> tuple[float, Matrix]:
        total, gradient = RANKING_PENALTY * weights @ weights, 2 * RANKING_PENALTY * weights
        for asked in questions:
            strengths = asked.features @ weights
            every, right = logsumexp(strengths), logsumexp(strengths[asked.right])
            total += (every - right) / len(questions)
            share = np.exp(strengths - every)
            share_right = np.where(asked.right, np.exp(np.minimum(strengths - right, 0)), 0)
            gradient = gradient + asked.features.T @ (share - share_right) / len(questions)
        return float(total), gradient

    fitted = minimize(loss, np.zeros(len(FEATURES)), jac=True, method="L-BFGS-B", bounds=_signs(FEATURES))
    return np.asarray(fitted.x)


def best_sentences(questions: Sequence[Asked], ranking: Matrix) -> tuple[Matrix, NDArray[np.bool_]]:
    """For each question the features and the strength of its best sentence, and whether that one is right."""
    inputs, labels = [], []
    for asked in questions:
        if len(asked.right):
            strengths = asked.features @ ranking
            best = int(np.argmax(strengths))
            inputs.append([*asked.features[best], strengths[best]])
            labels.append(asked.right[best])
    return np.array(inputs), np.array(labels)


def fit_calibration(inputs: Matrix, labels: NDArray[np.bool_]) -> tuple[Matrix, float]:
    """The coefficients and the intercept of the logistic regression."""
    spread = inputs.std(axis=0) + 1e-9
    scaled = inputs / spread

    def loss(weights: Matrix) -> tuple[float, Matrix]:
        logits = scaled @ weights[:-1] + weights[-1]
        total = np.mean(np.logaddexp(0, logits) - labels * logits) + CALIBRATION_PENALTY * weights[:-1] @ weights[:-1]
        wrong = (expit(logits) - labels) / len(labels)
        slopes = scaled.T @ wrong + 2 * CALIBRATION_PENALTY * weights[:-1]
        return float(total), np.append(slopes, wrong.sum())

    bounds = [*_signs((*FEATURES, "strength")), (None, None)]
    fitted = minimize(loss, np.zeros(inputs.shape[1] + 1), jac=True, method="L-BFGS-B", bounds=bounds)
    return np.asarray(fitted.x[:-1] / spread), float(fitted.x[-1])


def first_is_right(asked: Asked, ranking: Matrix) -> bool:
    """Whether the best sentence is right."""
    return len(asked.right) > 0 and bool(asked.right[int(np.argmax(asked.features @ ranking))])


def best_threshold(
    real: Sequence[Asked], exchanged: Sequence[Asked], ranking: Matrix, calibration: Matrix, intercept: float
) -> float:
    """The threshold with the highest mean of (answered and right) and (refused when exchanged)."""
    inputs, right = best_sentences(real, ranking)
    confidence = expit(inputs @ calibration + intercept)
    others = expit(best_sentences(exchanged, ranking)[0] @ calibration + intercept)
    grid = np.linspace(0.02, 0.9, 89)
    balanced = [np.mean((confidence >= least) & right) + np.mean(others < least) for least in grid]
    return round(float(grid[int(np.argmax(balanced))]), 2)


def calibration_error(predicted: Matrix, labels: NDArray[np.bool_], bins: int = 10) -> float:
    """Expected calibration error over bins of equal width (Naeini et al., 2015)."""
    places = np.minimum((predicted * bins).astype(int), bins - 1)
    gaps = [
        abs(predicted[places == place].mean() - labels[places == place].mean()) * (places == place).mean()
        for place in set(places)
    ]
    return float(sum(gaps))


def _signs(names: Sequence[str]) -> list[tuple[float | None, float | None]]:
    free = {"is_short", "is_long"}
    return [(None, None) if name in free else ((None, 0.0) if name in NEGATIVE else (0.0, None)) for name in names]


if __name__ == "__main__":
    main()
