"""One question, complete in itself, to its answer: search, read, gather the evidence, compare the sources."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from index.contract import ArticleIndex
from qa.agreement.spans import with_right_number
from qa.agreement.verdict import agree
from qa.answer import Agreement, Answer, Evidence, Occurrence
from qa.assembly import assemble
from qa.evidence import gather
from qa.missing import missing
from qa.question import Kind, Question
from qa.reading import Reader
from qa.spelling import as_articles_spell
from qa.times.notes import resolved_date, with_times

PASSAGES_READ = 7
# So many quotes are compared, however few are shown.
_COMPARED = 10


class Answerer:
    """Answers questions from one index.

    Example:
        >>> from qa.corpus import open_corpus
        >>> from qa.question import read_question
        >>> from qa.span_reader import SpanReader
        >>> answerer = Answerer(open_corpus(None, None).index, SpanReader(), threshold=0.2)
        >>> answerer.answer(read_question("How many troops did the CSTO send?"), top=3).status
        'answered'
    """

    def __init__(self, index: ArticleIndex, reader: Reader, threshold: float) -> None:
        """Take what answers.

        Args:
            index: The index.
            reader: What scores sentences.
            threshold: The confidence below which an answer is refused, 0 to 1.
        """
        self._index = index
        self._reader = reader
        self._threshold = threshold

    def answer(self, question: Question, top: int, since: date | None = None, until: date | None = None) -> Answer:
        """Answer a question by quoting the articles.

        Args:
            question: The question.
            top: How many sentences of evidence are returned, besides those that the text or the agreement cites.
            since: The first day of publication that counts; undated articles are then left out.
            until: The last one.
        """
        asked, notes = as_articles_spell(question, self._index)
        resolved = asked.text if notes else ""
        result = self._index.search(asked.text, PASSAGES_READ, since, until)
        notes = (*notes, *result.notes)
        reading = self._reader.read(asked, result, self._index)

        def copies(quotes: Sequence[str]) -> list[list[Occurrence]]:
            return [
                [
                    Occurrence(article, sentence.start, sentence.end)
                    for article, sentence in places
                    if _is_between(article.published, since, until)
                ]
                for places in self._index.copies_of(quotes)
            ]

        gathered = gather(reading.sentences, max(1, top, _COMPARED), copies)
        assembled, parts = assemble(asked, gathered, reading.sentences, self._index, self._threshold)
        evidence = tuple(with_right_number(asked, with_times(one)) for one in assembled)
        if since or until:
            notes = (*notes, *self._left_out(bool(result.hits or result.notes)))
        answer = Answer(
            question.text,
            "not_found",
            reading.confidence,
            evidence[: max(1, top)],
            notes,
            parts,
            resolved_question=resolved,
        )
        if not evidence or reading.confidence < self._threshold:
            return replace(answer, missing=missing(asked, answer.evidence, self._index))
        shown, agreement = _cited(evidence, max(top, *parts), agree(asked, evidence, self._index.origin))
        notes = (*notes, *_day_meant(asked, evidence[0]))
        return replace(answer, status="answered", evidence=shown, notes=notes, agreement=agreement)

    def _left_out(self, found: bool) -> tuple[str, ...]:
        """What a range of days leaves out."""
        if not found:
            return ("No article with a known date of publication lies in this range of dates.",)
        undated = self._index.undated()
        articles = (
            "1 article without a known date was" if undated == 1 else f"{undated} articles without a known date were"
        )
        return (f"{articles} left out.",) if undated else ()


def _cited(
    evidence: tuple[Evidence, ...], top: int, agreement: Agreement | None
) -> tuple[tuple[Evidence, ...], Agreement | None]:
    """The first evidence with what the agreement cites beyond it, numbered anew, and the agreement by these numbers."""
    if agreement is None:
        return evidence[:top], None
    kept = [one for one in evidence if one.number <= top or one.number in agreement.cited]
    numbers = {one.number: number for number, one in enumerate(kept, start=1)}
    values = (
        replace(value, evidence=tuple(numbers[number] for number in value.evidence)) for value in agreement.values
    )
    shown = tuple(replace(one, number=numbers[one.number]) for one in kept)
    return shown, replace(agreement, values=tuple(values))


def _day_meant(question: Question, evidence: Evidence) -> tuple[str, ...]:
    """For a question that asks when: the day that the answering words mean."""
    day = resolved_date(evidence) if question.kind is Kind.DATE else ""
    return (f"“{evidence.span}” means {day}.",) if day else ()


def _is_between(day: date | None, since: date | None, until: date | None) -> bool:
    if since is None and until is None:
        return True
    return day is not None and (since or date.min) <= day <= (until or date.max)
