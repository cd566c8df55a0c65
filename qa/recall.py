"""A past answer, made again of the document that was kept of it."""

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, get_args

from index.copies import is_copy, wording_of
from index.records import Article
from index.repeats import same_words
from qa.answer import Agreement, Answer, Evidence, Occurrence, Status, TimeNote, Value, Verdict
from qa.document import Document, Words, misfit
from qa.scores import Scores

Find = Callable[[str], Article | None]


def recalled(document: Mapping[str, Any], find: Find) -> Answer:
    """Make an answer of what ``Answer.to_dict()`` gave earlier.

    A quote that still stands where it stood refers to its article of today. Otherwise it stands in an article that has
    nothing but the quote and the sentence it leans on, as they were then, and a note tells so. Further places of a
    quote stay only where they still hold it.

    Args:
        document: The document.
        find: Gives the article with an id, or None where there is none any more.

    Raises:
        HistoryError: The document is no answer.

    Example:
        >>> article = Article("0123456789abcdef", "/news/a.txt", "", "", None, "", "Rain fell. Owls hid.", "utf-8")
        >>> answer = Answer("Who hid?", "answered", 0.8, (Evidence(1, article, 11, 20, 11, 15, 0.8),))
        >>> recalled(answer.to_dict(), {article.id: article}.get) == answer
        True
        >>> later = recalled(answer.to_dict(), lambda identifier: None)
        >>> later.text, later.notes
        ('Owls hid.', ('The article of [1] is not among the articles any more; the quote is as it was then.',))
    """
    find = functools.cache(find)
    whole = Document(document)
    evidence = tuple(_evidence(part, number, find) for number, part in enumerate(whole.parts("evidence"), start=1))
    status: Status = whole.one_of("status", get_args(Status))
    quoted = whole.citations("parts", len(evidence))
    if (status == "answered") != bool(quoted):
        raise misfit("parts")
    return Answer(
        question=whole.text("question"),
        status=status,
        confidence=whole.share("confidence"),
        evidence=evidence,
        notes=(*whole.texts("notes"), *_changes(evidence, find)),
        parts=quoted,
        missing=whole.text("missing"),
        resolved_question=whole.text("resolved_question"),
        agreement=None if whole.is_none("agreement") else _agreement(whole.part("agreement"), len(evidence)),
    )


def _evidence(part: Document, number: int, find: Find) -> Evidence:
    """A quote in its article of today if it still stands there, or else in an article of its own."""
    if part.whole("number") != number:
        raise misfit("number")
    quote = part.words("quote", "start", "end")
    context = part.words("context", "context_start", "context_end")
    span = part.words("span", "span_start", "span_end")
    times = tuple(_time(time) for time in part.parts("times"))
    _check_inside(quote, span, times)
    article = find(part.part("article").text("id"))
    moved = 0
    if article is None or not (quote.stand_in(article) and context.stand_in(article)):
        before = f"{context.text} " if context.text else ""
        article = _article(part.part("article"), before + quote.text)
        context = Words(0, len(context.text), context.text)
        moved = len(before) - quote.start
    return Evidence(
        number=number,
        article=article,
        start=quote.start + moved,
        end=quote.end + moved,
        span_start=span.start + moved,
        span_end=span.end + moved,
        score=part.share("score"),
        also=tuple(_places(part.parts("also"), quote.text, find)),
        scores=None if part.is_none("scores") else _scores(part.part("scores")),
        context_start=context.start,
        context_end=context.end,
        times=tuple(replace(time, start=time.start + moved, end=time.end + moved) for time in times),
    )


def _check_inside(quote: Words, span: Words, times: Sequence[TimeNote]) -> None:
    """Raise HistoryError where a range leaves its quote, or the answering words are not what the quote has there."""
    first = span.start - quote.start
    if not quote.start <= span.start <= span.end <= quote.end or not quote.text.startswith(span.text, first):
        raise misfit("span")
    if not all(quote.start <= time.start <= time.end <= quote.end for time in times):
        raise misfit("times")


def _places(parts: Sequence[Document], quote: str, find: Find) -> Iterator[Occurrence]:
    """The further places that still hold a quote, or a copy of it."""
    for part in parts:
        start, end = part.whole("start"), part.whole("end")
        article = find(part.part("article").text("id"))
        if article is not None and end <= len(article.text):
            place = Occurrence(article, start, end)
            if same_words(place.quote) == same_words(quote) or is_copy(wording_of(place.quote), wording_of(quote)):
                yield place


def _changes(evidence: Sequence[Evidence], find: Find) -> Iterator[str]:
    """What became of the articles that do not hold their quotes any more."""
    changed, gone = [], []
    for one in evidence:
        article = find(one.article.id)
        if article is None:
            gone.append(f"[{one.number}]")
        elif article is not one.article:
            changed.append(f"[{one.number}]")
    if changed:
        has = "article of {} has" if len(changed) == 1 else "articles of {} have"
        yield f"The {has.format(_listed(changed))} changed since; {_as_then(changed)}."
    if gone:
        is_not = "article of {} is" if len(gone) == 1 else "articles of {} are"
        yield f"The {is_not.format(_listed(gone))} not among the articles any more; {_as_then(gone)}."


def _as_then(numbers: Sequence[str]) -> str:
    return "the quote is as it was then" if len(numbers) == 1 else "the quotes are as they were then"


def _listed(numbers: Sequence[str]) -> str:
    *first, last = numbers
    return f"{', '.join(first)} and {last}" if first else last


def _article(part: Document, text: str) -> Article:
    return Article(
        id=part.text("id"),
        path=part.text("path"),
        title=part.text("title"),
        publisher=part.text("publisher"),
        published=part.day_or_none("published"),
        url=part.text("url"),
        text=text,
        encoding=part.text("encoding"),
    )


def _time(part: Document) -> TimeNote:
    return TimeNote(part.whole("start"), part.whole("end"), *part.days("days"))


def _agreement(part: Document, count: int) -> Agreement:
    verdict: Verdict = part.one_of("verdict", get_args(Verdict))
    values = (
        Value(
            text=value.text("text"),
            evidence=value.citations("evidence", count),
            sources=value.whole("sources"),
            published=value.day_or_none("published"),
        )
        for value in part.parts("values")
    )
    return Agreement(verdict, tuple(values))


def _scores(part: Document) -> Scores:
    return Scores(
        passage_rank=part.whole("passage_rank"),
        lexical=part.number_or_none("lexical"),
        dense=part.number_or_none("dense"),
        fused=part.number("fused"),
        strength=part.number("strength"),
        span=part.number_or_none("span"),
        null=part.number_or_none("null"),
        coverage=part.number_or_none("coverage"),
    )
