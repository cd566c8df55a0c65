"""What became of each question, and the JSON documents in which it is kept."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from sys import float_info
from typing import Any

from index.errors import UsageError
from qa.answer import Answer
from qa.evaluation import matching
from qa.evaluation.files import read_text, writable
from qa.evaluation.questions import GoldQuestion
from qa.render import source_line


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one question.

    Attributes:
        gold: The question.
        rank: The rank of the first quoted sentence that is right, from 1; 0 where none of the first ten is.
        answered: Whether it was answered rather than refused.
        confidence: The confidence of the answer, 0 to 1.
        quote: The first quoted sentence, refused or not; ``""`` where there is none.
        span: The words marked in it, or ``""``.
        source: Title, publisher and date of its article.
        ms: How long it took, in milliseconds.
        scores: The chain of scores that led to the first sentence, or None where it is not known.

    Example:
        >>> gold = GoldQuestion("1", "Who hid?", ("Owls",))
        >>> outcome = Outcome(gold, rank=1, answered=True, confidence=0.8, quote="Owls hid.", span="Owls")
        >>> outcome.is_first_right, outcome.is_right, outcome.span_f1
        (True, True, 1.0)
    """

    gold: GoldQuestion
    rank: int
    answered: bool
    confidence: float
    quote: str = ""
    span: str = ""
    source: str = ""
    ms: float = 0.0
    scores: Mapping[str, float | None] | None = None

    @property
    def is_answerable(self) -> bool:
        """Whether the articles tell the answer."""
        return bool(self.gold.answers)

    @property
    def is_first_right(self) -> bool:
        """Whether the first sentence is right, refused or not; never where the articles do not tell."""
        return self.rank == 1

    @property
    def is_refusal_right(self) -> bool:
        """Whether it was answered if the articles tell the answer, and refused if they do not."""
        return self.answered == self.is_answerable

    @property
    def is_right(self) -> bool:
        """Whether it was answered with the right sentence, or rightly refused."""
        return self.is_refusal_right and (self.is_first_right or not self.is_answerable)

    @property
    def span_exact(self) -> bool:
        """Whether the marked words are those of an accepted answer."""
        return matching.span_exact(self.span, self.gold.answers)

    @property
    def span_f1(self) -> float:
        """The F1 of the marked words against the nearest accepted answer, 0 to 1."""
        return matching.span_f1(self.span, self.gold.answers)

    def to_dict(self) -> dict[str, Any]:
        """The outcome in plain JSON types."""
        return {
            "id": self.gold.id,
            "question": self.gold.question,
            "accepted": list(self.gold.answers),
            "rank": self.rank,
            "answered": self.answered,
            "confidence": self.confidence,
            "quote": self.quote,
            "span": self.span,
            "source": self.source,
            "ms": self.ms,
            "scores": None if self.scores is None else dict(self.scores),
        }


def judge(gold: GoldQuestion, answer: Answer, seconds: float) -> Outcome:
    """Compare an answer with what is accepted.

    Args:
        gold: The question.
        answer: Its answer, with ten sentences of evidence if there are so many.
        seconds: How long it took.

    Example:
        >>> judge(GoldQuestion("1", "Who hid?", ("Owls",)), Answer("Who hid?", "not_found", 0.01, ()), 0.02).rank
        0
    """
    right = [evidence.number for evidence in answer.evidence if matching.is_right(evidence.quote, gold.answers)]
    first = answer.evidence[0] if answer.evidence else None
    # Rounded here, so that measures are the same when they are taken from the document later.
    return Outcome(
        gold,
        rank=right[0] if right else 0,
        answered=answer.status == "answered",
        confidence=round(answer.confidence, 4),
        quote=first.quote if first else "",
        span=first.span if first else "",
        source=source_line(first.article) if first else "",
        ms=round(1000 * seconds, 4),
        scores=first.scores.to_dict() if first and first.scores else None,
    )


def read_outcomes(path: Path) -> list[Outcome]:
    """Read the outcomes of an earlier evaluation, from the document that ``pullquote eval --json`` printed.

    Raises:
        UsageError: The file cannot be read, or is no such document.

    Example:
        >>> import tempfile
        >>> outcome = Outcome(GoldQuestion("1", "Who hid?", ("Owls",)), rank=1, answered=True, confidence=0.8)
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = Path(folder, "earlier.json")
        ...     _ = path.write_text(json.dumps({"outcomes": [outcome.to_dict()]}))
        ...     read_outcomes(path) == [outcome]
        True
    """
    try:
        document = json.loads(read_text(path))
    except OSError as error:
        raise _not_read(f"{path}: {error}") from error
    except (ValueError, RecursionError) as error:
        raise _not_read(f"{path} is no JSON: {error}") from error
    match document:
        case {"outcomes": [*records]}:
            return [_outcome(record, number, path) for number, record in enumerate(records, start=1)]
        case _:
            raise _not_read(f"{path} holds no outcomes")


def _outcome(record: Any, number: int, path: Path) -> Outcome:
    match record:
        case {
            "id": str(identity),
            "question": str(question),
            "accepted": [*accepted],
            "rank": int(rank),
            "answered": bool(answered),
            "confidence": int(confidence) | float(confidence),
            "quote": str(quote),
            "span": str(span),
            "source": str(source),
            "ms": int(ms) | float(ms),
            "scores": (dict() | None) as scores,
        } if 0 <= confidence <= 1 and _are_numbers([ms, *(scores or {}).values()]):
            gold = GoldQuestion(writable(identity), writable(question), tuple(writable(str(item)) for item in accepted))
            quote, span, source = map(writable, (quote, span, source))
            return Outcome(gold, rank, answered, confidence, quote, span, source, ms, scores)
        case _:
            raise _not_read(f"outcome {number} of {path} is not as this version writes it")


def _are_numbers(values: Iterable[object]) -> bool:
    """Whether these are numbers, neither infinite nor NaN, or not known."""
    return all(value is None or (isinstance(value, int | float) and abs(value) <= float_info.max) for value in values)


def _not_read(why: str) -> UsageError:
    fix = "name a file that was written by: pullquote eval QUESTIONS --json"
    return UsageError("The earlier evaluation cannot be read", why, fix)
