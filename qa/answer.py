"""What ``ask()`` returns: an answer is quoted sentences with their places, and nothing else."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from index.records import Article
from qa.scores import Scores

Status = Literal["answered", "not_found"]
Verdict = Literal["agree", "differ", "differ_over_time"]


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Another place where the same sentence stands.

    Attributes:
        article: The article that holds it.
        start: Where it begins in ``article.text``.
        end: Where it ends, exclusive.

    Example:
        >>> article = Article("0123456789abcdef", "/news/a.txt", "", "", None, "", "Rain fell. Owls hid.", "utf-8")
        >>> Occurrence(article, 11, 20).quote
        'Owls hid.'
    """

    article: Article
    start: int
    end: int

    @property
    def quote(self) -> str:
        """The sentence as it stands there."""
        return self.article.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class TimeNote:
    """Words of a quote that tell a time by the day its article was published ("on Friday"), and the days they mean.

    Attributes:
        start: Where the words begin in ``article.text``.
        end: Where they end, exclusive.
        first: The first day that is meant.
        last: The last one; the same where one day is meant.

    Example:
        >>> TimeNote(3, 12, date(2022, 1, 7), date(2022, 1, 7)).days
        '2022-01-07'
    """

    start: int
    end: int
    first: date
    last: date

    @property
    def days(self) -> str:
        """The days in ISO format, as ``2022-01-07`` or ``2022-01-03/2022-01-09``."""
        return self.first.isoformat() if self.first == self.last else f"{self.first}/{self.last}"


@dataclass(frozen=True, slots=True)
class Value:
    """One of the things that articles say in answer to a question.

    Attributes:
        text: The words of the quote that tell it, word for word.
        evidence: The numbers of the evidence that tells it, best first.
        sources: How many independent sources tell it: reprints of one text count once.
        published: The latest day of publication of an article that tells it, or None.

    Example:
        >>> Value("about 2,500", (1, 3), sources=2, published=date(2022, 1, 6)).sources
        2
    """

    text: str
    evidence: tuple[int, ...]
    sources: int
    published: date | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """Whether the sources of an answer say the same.

    Attributes:
        verdict: ``"agree"``, ``"differ"``, or ``"differ_over_time"`` where later articles tell another figure.
        values: What is told; that of the first quote first.

    Example:
        >>> Agreement("agree", (Value("about 2,500", (1, 3), 2, None),)).verdict
        'agree'
    """

    verdict: Verdict
    values: tuple[Value, ...]

    @property
    def cited(self) -> frozenset[int]:
        """The numbers of the evidence that the values refer to."""
        return frozenset(number for value in self.values for number in value.evidence)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One quoted sentence with its article, its place and its score.

    Attributes:
        number: The citation: ``1`` is cited as ``[1]``.
        article: The article it stands in.
        start: Where it begins in ``article.text``.
        end: Where it ends, exclusive.
        span_start: Where the answering words begin in ``article.text``.
        span_end: Where they end, exclusive; equal to ``span_start`` when no words were picked.
        score: The probability that this sentence answers the question, 0 to 1.
        also: Other places where the same sentence stands.
        scores: The chain of scores that led to it, or None where it is not known.
        context_start: Where the sentence before it begins in ``article.text``, if the quote leans on that sentence.
        context_end: Where that ends, exclusive; equal to ``context_start`` when the quote stands alone.
        times: The days that words such as "on Friday" in the quote mean, where its article has a date.

    Example:
        >>> article = Article("0123456789abcdef", "/news/a.txt", "", "", None, "", "Rain fell. Owls hid.", "utf-8")
        >>> evidence = Evidence(1, article, start=11, end=20, span_start=11, span_end=15, score=0.8)
        >>> evidence.quote, evidence.span
        ('Owls hid.', 'Owls')
    """

    number: int
    article: Article
    start: int
    end: int
    span_start: int
    span_end: int
    score: float
    also: tuple[Occurrence, ...] = ()
    scores: Scores | None = None
    context_start: int = 0
    context_end: int = 0
    times: tuple[TimeNote, ...] = ()

    @property
    def quote(self) -> str:
        """The sentence, word for word."""
        return self.article.text[self.start : self.end]

    @property
    def context(self) -> str:
        """The sentence before the quote, word for word, if the quote leans on it, or ``""``."""
        return self.article.text[self.context_start : self.context_end]

    @property
    def span(self) -> str:
        """The words inside the quote that answer, or ``""``."""
        return self.article.text[self.span_start : self.span_end]


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question.

    Attributes:
        question: The question as it was asked.
        status: ``"answered"``, or ``"not_found"`` when the articles do not tell.
        confidence: The probability that the first sentence answers the question, 0 to 1.
        evidence: The sentences, best first; when not found, the nearest ones.
        notes: What the reader should know about this answer, one sentence each.
        parts: The numbers of the evidence that makes up the text, in order.
        missing: When not found: one sentence on what the articles lack of the question, or ``""``.
        resolved_question: The question that was asked of the articles, with what it takes from the conversation put in;
            ``""`` where it was asked as it stands.
        agreement: Whether the sources say the same, or None where that cannot be told.

    Example:
        >>> article = Article("0123456789abcdef", "/news/a.txt", "", "", None, "", "Rain fell. Owls hid.", "utf-8")
        >>> answer = Answer("Who hid?", "answered", 0.8, (Evidence(1, article, 11, 20, 11, 15, 0.8),))
        >>> answer.text, answer.to_dict()["evidence"][0]["span"]
        ('Owls hid.', 'Owls')
    """

    question: str
    status: Status
    confidence: float
    evidence: tuple[Evidence, ...]
    notes: tuple[str, ...] = ()
    parts: tuple[int, ...] = (1,)
    missing: str = ""
    resolved_question: str = ""
    agreement: Agreement | None = None

    @property
    def timeline(self) -> tuple[Value, ...]:
        """The values of a figure that changes over time, by their day of publication, the latest last; else none."""
        if self.agreement is None or self.agreement.verdict != "differ_over_time":
            return ()
        return tuple(sorted(self.agreement.values, key=lambda value: value.published or date.min))

    @property
    def quoted(self) -> tuple[Evidence, ...]:
        """The evidence that makes up the text, in order; none when not found."""
        return tuple(self.evidence[number - 1] for number in self.parts) if self.status == "answered" else ()

    @property
    def text(self) -> str:
        """The quoted sentence or sentences, each after the one it leans on; ``""`` when not found."""
        return " ".join(text for evidence in self.quoted for text in (evidence.context, evidence.quote) if text)

    def to_dict(self) -> dict[str, Any]:
        """The answer in plain JSON types: the document that ``--json`` prints."""
        return {
            "question": self.question,
            "resolved_question": self.resolved_question,
            "status": self.status,
            "text": self.text,
            "confidence": round(self.confidence, 4),
            "parts": [evidence.number for evidence in self.quoted],
            "missing": self.missing,
            "notes": list(self.notes),
            "agreement": _agreement_dict(self.agreement) if self.agreement else None,
            "evidence": [_evidence_dict(evidence) for evidence in self.evidence],
        }

    def __str__(self) -> str:
        """The quote, its citation and the list of sources, as plain text."""
        from qa.render import plain_answer

        return plain_answer(self)


def _evidence_dict(evidence: Evidence) -> dict[str, Any]:
    return {
        "number": evidence.number,
        "quote": evidence.quote,
        "start": evidence.start,
        "end": evidence.end,
        "span": evidence.span,
        "span_start": evidence.span_start,
        "span_end": evidence.span_end,
        "context": evidence.context,
        "context_start": evidence.context_start,
        "context_end": evidence.context_end,
        "times": [{"start": note.start, "end": note.end, "days": note.days} for note in evidence.times],
        "score": round(evidence.score, 4),
        "article": article_dict(evidence.article),
        "also": [
            {"start": place.start, "end": place.end, "article": article_dict(place.article)} for place in evidence.also
        ],
        "scores": evidence.scores.to_dict() if evidence.scores else None,
    }


def _agreement_dict(agreement: Agreement) -> dict[str, Any]:
    return {
        "verdict": agreement.verdict,
        "values": [
            {
                "text": value.text,
                "evidence": list(value.evidence),
                "sources": value.sources,
                "published": value.published.isoformat() if value.published else None,
            }
            for value in agreement.values
        ],
    }


def article_dict(article: Article) -> dict[str, Any]:
    """What is known of an article besides its text, in plain JSON types.

    Example:
        >>> article = Article("0123456789abcdef", "/news/a.txt", "Rain", "", None, "", "Rain fell.", "utf-8")
        >>> article_dict(article)["title"], article_dict(article)["published"]
        ('Rain', None)
    """
    return {
        "id": article.id,
        "path": article.path,
        "title": article.title,
        "publisher": article.publisher,
        "published": article.published.isoformat() if article.published else None,
        "url": article.url,
        "encoding": article.encoding,
    }
