"""One question, complete in itself, to its answer: search, read, gather the evidence, compare the sources."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from index.library import Index
from qa.agreement.verdict import agree
from qa.answer import Answer, Evidence, Occurrence
from qa.assembly import assemble
from qa.evidence import gather
from qa.missing import missing
from qa.question import Kind, Question
from qa.reading import Reader
from qa.spelling import as_articles_spell
from qa.times.notes import resolved_date, with_times

PASSAGES_READ = 7


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

    def __init__(self, index: Index, reader: Reader, threshold: float) -> None:
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
            top: How many sentences of evidence are returned, at most.
            since: The first day of publication that counts; undated articles are then left out.
            until: The last one.
        """
        asked, notes = as_articles_spell(question, self._index)
        result = self._index.search(asked.text, PASSAGES_READ, since, until)
        reading = self._reader.read(asked, result, self._index)

        def copies(quote: str) -> Iterator[Occurrence]:
            for article, sentence in self._index.copies(quote):
                if _is_between(article.published, since, until):
                    yield Occurrence(article, sentence.start, sentence.end)

        gathered = gather(reading.sentences, max(1, top), copies)
        assembled, parts = assemble(asked, gathered, reading.sentences, self._index, self._threshold)
        evidence = tuple(map(with_times, assembled))
        if (since or until) and not result.hits:
            notes = (*notes, "No article with a known date of publication lies in this range of dates.")
        answer = Answer(question.text, "not_found", reading.confidence, evidence, notes, parts)
        if evidence and reading.confidence >= self._threshold:
            return replace(
                answer,
                status="answered",
                notes=(*notes, *_day_meant(asked, evidence[0])),
                agreement=agree(asked, evidence, self._index.origin),
            )
        return replace(answer, missing=missing(asked, evidence, self._index))


def _day_meant(question: Question, evidence: Evidence) -> tuple[str, ...]:
    """For a question that asks when: the day that the answering words mean."""
    day = resolved_date(evidence) if question.kind is Kind.DATE else ""
    return (f"“{evidence.span}” means {day}.",) if day else ()


def _is_between(day: date | None, since: date | None, until: date | None) -> bool:
    if since is None and until is None:
        return True
    return day is not None and (since or date.min) <= day <= (until or date.max)
