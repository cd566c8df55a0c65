"""Asking every question, and the document that tells what came of it."""

import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from index.fusion import FusionSettings
from index.records import Progress
from qa.answer import Answer
from qa.chat import REFUSAL_THRESHOLD, Chat
from qa.evaluation.metrics import measures, reliability, risk_coverage, rounded
from qa.evaluation.outcomes import Outcome, judge
from qa.evaluation.questions import GoldQuestion

DEFAULT_READER = "bundled"
"""The name of the reader that ``Chat`` takes where none is named."""

DEPTH = 10
"""How many sentences of evidence are looked at for the right one."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the answers were made with.

    Attributes:
        articles: The folder or file of articles.
        threshold: The confidence below which an answer is refused.
        reader: The name of what scored the sentences.
        dense_weight: The weight of dense search in the fusion.

    Example:
        >>> Settings("/news", threshold=0.06, reader="bundled", dense_weight=0.6).dense_weight
        0.6
    """

    articles: str
    threshold: float
    reader: str
    dense_weight: float


@dataclass(frozen=True, slots=True)
class Result:
    """One evaluation.

    Attributes:
        outcomes: One for each question, in their order.
        settings: What the answers were made with.

    Example:
        >>> gold = GoldQuestion("1", "Who hid?", ("Owls",))
        >>> outcomes = (Outcome(gold, 1, True, 0.8), Outcome(gold, 2, True, 0.3))
        >>> document = Result(outcomes, Settings("/news", 0.06, "bundled", 0.6)).to_dict()
        >>> document["questions"], document["top-1"], document["reliability"][0]
        (2, 0.5, {'from': 0.3, 'to': 0.4, 'count': 1, 'confidence': 0.3, 'right': 0.0})
    """

    outcomes: tuple[Outcome, ...]
    settings: Settings

    def to_dict(self) -> dict[str, Any]:
        """The measures, the settings and the outcome of every question, in plain JSON types."""
        return {
            "questions": len(self.outcomes),
            "answerable": sum(outcome.is_answerable for outcome in self.outcomes),
            **rounded(measures(self.outcomes)),
            "reliability": [
                {
                    "from": each.first,
                    "to": each.last,
                    "count": each.count,
                    "confidence": round(each.confidence, 4),
                    "right": round(each.right, 4),
                }
                for each in reliability(self.outcomes)
            ],
            "risk-coverage": [
                {"coverage": round(point.coverage, 4), "risk": round(point.risk, 4)}
                for point in risk_coverage(self.outcomes)
            ],
            "settings": asdict(self.settings),
            "outcomes": [outcome.to_dict() for outcome in self.outcomes],
        }


def evaluate(
    questions: Sequence[GoldQuestion],
    articles: str | Path | None,
    index: str | Path | None = None,
    dense_weight: float | None = None,
    report: Callable[[Progress], None] | None = None,
    reader: str | None = None,
) -> Result:
    """Ask every question, and compare the quotes with the accepted answers.

    The rank of the right sentence is that among all evidence, refused or not.

    Args:
        questions: At least one question.
        articles: A folder or a file; None stands for the bundled sample articles.
        index: The index directory; None stands for one in the user's cache.
        dense_weight: The weight of dense search in the fusion; None stands for the default.
        report: Called with the progress.
        reader: The folder of a reader that was trained; None stands for the bundled one.

    Raises:
        PullquoteError: The articles, the index or the model cannot be used.

    Example:
        >>> import tempfile
        >>> gold = GoldQuestion("1", "When did rain fall?", ("Monday",))
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     _ = Path(folder, "rain.txt").write_text("Rain fell on Monday, and the fair was called off.")
        ...     result = evaluate([gold], folder, Path(folder, ".index"))
        >>> result.to_dict()["top-1"]
        1.0
    """
    fusion = FusionSettings() if dense_weight is None else FusionSettings(dense=dense_weight)
    chat = Chat(articles, index, fusion=fusion, reader=reader, remembered=0)
    try:
        info = chat.open(report)
        outcomes = ask_all(questions, lambda question: chat.ask(question, top=DEPTH), report)
    finally:
        chat.close()
    return Result(outcomes, Settings(info.path, REFUSAL_THRESHOLD, reader or DEFAULT_READER, fusion.dense))


def ask_all(
    questions: Sequence[GoldQuestion],
    ask: Callable[[str], Answer],
    report: Callable[[Progress], None] | None = None,
) -> tuple[Outcome, ...]:
    """Ask every question of whatever can answer.

    Args:
        questions: The questions.
        ask: Answers a question, with ten sentences of evidence if it has so many.
        report: Called with the progress.

    Example:
        >>> gold = GoldQuestion("1", "Who hid?", ("Owls",))
        >>> ask_all([gold], lambda question: Answer(question, "not_found", 0.01, ()))[0].answered
        False
    """
    outcomes = []
    for done, gold in enumerate(questions, start=1):
        started = time.perf_counter()
        answer = ask(gold.question)
        outcomes.append(judge(gold, answer, time.perf_counter() - started))
        if report is not None:
            report(Progress("Asking", done, len(questions)))
    return tuple(outcomes)
