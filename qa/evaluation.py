"""Measuring answers: questions with known answers against a folder of articles."""

import json
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, median
from typing import Any

from index.errors import QuestionError, UsageError
from index.fusion import FusionSettings
from index.records import Progress
from qa.answer import Answer
from qa.chat import Chat
from qa.question import read_question

_DEPTH = 10
_QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"'})


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question with its accepted answers.

    Attributes:
        id: The name of the question.
        question: The question.
        answers: Strings of which the quoted sentence must hold one; none where the articles do not tell.

    Example:
        >>> GoldQuestion("1", "How many troops were sent?", ("2,500", "2500")).answers
        ('2,500', '2500')
    """

    id: str
    question: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one question.

    Attributes:
        gold: The question.
        rank: The rank of the first quoted sentence that is right, from 1; 0 where none of the first ten is.
        answered: Whether it was answered rather than refused.
        confidence: The confidence of the answer.
        quote: The first quoted sentence.
        seconds: How long it took.

    Example:
        >>> gold = GoldQuestion("1", "Who hid?", ("Owls",))
        >>> outcome = Outcome(gold, rank=1, answered=True, confidence=0.8, quote="Owls hid.", seconds=0.01)
        >>> is_right(outcome.quote, outcome.gold.answers)
        True
    """

    gold: GoldQuestion
    rank: int
    answered: bool
    confidence: float
    quote: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Scores:
    """The measures of one evaluation; each share is 0 to 1.

    Attributes:
        outcomes: One for each question, in their order.

    Example:
        >>> gold = GoldQuestion("1", "Who hid?", ("Owls",))
        >>> right = Outcome(gold, rank=1, answered=True, confidence=0.8, quote="Owls hid.", seconds=0.01)
        >>> scores = Scores((right, Outcome(gold, 2, True, 0.3, "Rain fell.", 0.01)))
        >>> scores.to_dict()["top-1"], scores.to_dict()["MRR"]
        (0.5, 0.75)
    """

    outcomes: tuple[Outcome, ...]

    def to_dict(self) -> dict[str, Any]:
        """The measures and the outcome of every question, in plain JSON types."""
        answerable = [outcome for outcome in self.outcomes if outcome.gold.answers]
        others = [outcome for outcome in self.outcomes if not outcome.gold.answers]
        answered_right = _share([outcome.answered and outcome.rank == 1 for outcome in answerable])
        refused = _share([not outcome.answered for outcome in others])
        return {
            "questions": len(self.outcomes),
            "answerable": len(answerable),
            "top-1": _share([outcome.rank == 1 for outcome in answerable]),
            "top-3": _share([1 <= outcome.rank <= 3 for outcome in answerable]),
            "MRR": _mean([1 / outcome.rank if outcome.rank else 0.0 for outcome in answerable]),
            "answered and right": answered_right,
            "refused when not in the articles": refused,
            "balanced": _mean([value for value in (answered_right, refused) if value is not None]),
            "median ms": round(1000 * median(outcome.seconds for outcome in self.outcomes), 1),
            "outcomes": [_outcome_dict(outcome) for outcome in self.outcomes],
        }


def evaluate(
    questions: Sequence[GoldQuestion],
    articles: str | Path | None,
    index: str | Path | None = None,
    dense_weight: float | None = None,
    report: Callable[[Progress], None] | None = None,
) -> Scores:
    """Ask every question, and compare the quotes with the accepted answers.

    The rank of the right sentence is that among all evidence, refused or not.

    Args:
        questions: At least one question.
        articles: A folder or a file; None stands for the bundled sample articles.
        index: The index directory; None stands for one in the user's cache.
        dense_weight: The weight of dense search in the fusion; None stands for the default.
        report: Called with the progress.

    Raises:
        PullquoteError: The articles, the index or the model cannot be used.

    Example:
        >>> import tempfile
        >>> gold = GoldQuestion("1", "When did rain fall?", ("Monday",))
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     _ = Path(folder, "rain.txt").write_text("Rain fell on Monday, and the fair was called off.")
        ...     scores = evaluate([gold], folder, Path(folder, ".index"))
        >>> scores.to_dict()["top-1"]
        1.0
    """
    fusion = None if dense_weight is None else FusionSettings(dense=dense_weight)
    chat = Chat(articles, index, fusion=fusion)
    chat.open(report)
    outcomes = []
    try:
        for done, gold in enumerate(questions):
            started = time.perf_counter()
            answer = chat.ask(gold.question, top=_DEPTH)
            outcomes.append(_outcome(gold, answer, time.perf_counter() - started))
            if report is not None:
                report(Progress("Asking", done + 1, len(questions)))
    finally:
        chat.close()
    return Scores(tuple(outcomes))


def read_questions(path: Path) -> list[GoldQuestion]:
    """Read a file of questions, one JSON object a line: ``{"id", "question", "answers"}``.

    The id may be left out; the number of the line then stands for it.

    Raises:
        UsageError: The file cannot be read, a line is no question, or there is none.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = Path(folder, "questions.jsonl")
        ...     _ = path.write_text('{"question": "Who hid?", "answers": ["Owls"]}')
        ...     read_questions(path)
        [GoldQuestion(id='1', question='Who hid?', answers=('Owls',))]
    """
    try:
        # Not splitlines(): JSON strings may hold other line separators than the newline.
        lines = path.read_text("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError("The questions cannot be read", f"{path}: {error}", "name a file of JSON lines") from error
    questions = [_read_line(line, path, number) for number, line in enumerate(lines, start=1) if line.strip()]
    if not questions:
        raise UsageError("There is nothing to ask", f"{path} is empty", "name a file of JSON lines")
    return questions


def is_right(quote: str, answers: Sequence[str]) -> bool:
    """Whether a quote holds an accepted answer: case, white space and the shape of quotation marks do not count.

    A number must stand there as a whole.

    Example:
        >>> is_right("It has ‘about 2,500’ members", ["About 2,500"]), is_right("It has 12,500 members", ["2,500"])
        (True, False)
    """
    text = _folded(quote)
    return any(re.search(_whole_numbers(answer), text) is not None for answer in map(_folded, answers) if answer)


def _whole_numbers(answer: str) -> str:
    """The pattern of an answer that does not begin or end within a longer number."""
    before = r"(?<!\d)(?<!\d[.,])" if answer[0].isdigit() else ""
    after = r"(?![.,]?\d)" if answer[-1].isdigit() else ""
    return f"{before}{re.escape(answer)}{after}"


def _folded(text: str) -> str:
    return re.sub(r"\s+", " ", text.translate(_QUOTES)).casefold().strip()


def _read_line(line: str, path: Path, number: int) -> GoldQuestion:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise _no_question(path, number, f"it is no JSON: {error}") from error
    match record:
        case {"question": str(question), "answers": list(answers)}:
            accepted = tuple(str(answer) for answer in answers)
        case _:
            raise _no_question(path, number, "it has no text as its question, or no list of answers")
    if not all(map(str.strip, accepted)):
        # Every sentence holds an empty answer.
        raise _no_question(path, number, "one of its answers is empty")
    try:
        read_question(question)
    except QuestionError as error:
        raise _no_question(path, number, error.why) from error
    return GoldQuestion(str(record.get("id", number)), question, accepted)


def _no_question(path: Path, number: int, why: str) -> UsageError:
    fix = 'write each as {"id": "1", "question": "…", "answers": ["…"]}'
    return UsageError("The questions cannot be read", f"line {number} of {path} is no question: {why}", fix)


def _outcome(gold: GoldQuestion, answer: Answer, seconds: float) -> Outcome:
    right = [evidence.number for evidence in answer.evidence if is_right(evidence.quote, gold.answers)]
    quote = answer.evidence[0].quote if answer.evidence else ""
    return Outcome(gold, right[0] if right else 0, answer.status == "answered", answer.confidence, quote, seconds)


def _outcome_dict(outcome: Outcome) -> dict[str, Any]:
    return {
        "id": outcome.gold.id,
        "question": outcome.gold.question,
        "accepted": list(outcome.gold.answers),
        "rank": outcome.rank,
        "answered": outcome.answered,
        "confidence": round(outcome.confidence, 4),
        "quote": outcome.quote,
    }


def _share(values: Sequence[bool]) -> float | None:
    return _mean([float(value) for value in values])


def _mean(values: Sequence[float]) -> float | None:
    return round(fmean(values), 4) if values else None
