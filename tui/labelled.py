"""An answer and its articles as lines that begin with what they are, to be read out by a voice.

Signs such as arrows and dots, which a voice reads out or leaves out as it likes, are words here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

from index.errors import PullquoteError
from qa.render import NOT_FOUND, confidence_words, day, one_line, path_line

if TYPE_CHECKING:
    from datetime import date

    from index.records import Article
    from qa.answer import Answer, Evidence, Value
    from qa.corpus import CorpusInfo

_NAMED = 3
# How many characters of an article are read out before a quote and after it.
_AROUND = 600


class Listed(Protocol):
    """What an article and its entry in a list have in common."""

    @property
    def label(self) -> str:
        """The title, or the file's name."""

    @property
    def publisher(self) -> str:
        """Who published it, or ``""``."""

    @property
    def published(self) -> date | None:
        """The day of publication, or None."""


def source(article: Listed) -> str:
    """Title, publisher and date of an article, as far as they are known.

    Example:
        >>> from datetime import date
        >>> from index.records import CatalogueEntry
        >>> source(CatalogueEntry("0123456789abcdef", "/news/a.txt", "Rain", "The Wire", date(2022, 1, 6), 10))
        'Rain, The Wire, 6 January 2022'
    """
    published = day(article.published) if article.published else ""
    return ", ".join(one_line(part) for part in (article.label, article.publisher, published) if part)


def opened(info: CorpusInfo) -> Iterator[str]:
    """What there is to ask, and what could not be read."""
    yield f"Articles: {info.articles:,} in {'the samples' if info.is_sample else path_line(info.path)}."
    for note in info.notes:
        yield f"Note: {one_line(note)}"
    for file in info.skipped[:_NAMED]:
        yield f"Skipped: {path_line(file.path)}, {one_line(file.reason)}"
    if len(info.skipped) > _NAMED:
        yield f"Skipped: {len(info.skipped) - _NAMED:,} more; pullquote status names them all"


def told(given: Answer) -> Sequence[Evidence]:
    """The sentences that are read out with an answer: the quoted ones, else the nearest one."""
    return given.quoted or given.evidence[:1]


def answer(given: Answer) -> Iterator[str]:
    """The lines of an answer; its further sentences are left for later."""
    if given.resolved_question:
        yield f"Asked as: {one_line(given.resolved_question)}"
    if given.status == "answered":
        for evidence in given.quoted:
            yield from _quote("Answer" if len(given.quoted) == 1 else f"Answer from source {evidence.number}", evidence)
    else:
        # No quote may read as the refusal does.
        yield f"No answer: {NOT_FOUND}"
        if given.missing:
            yield f"Missing: {one_line(given.missing)}"
    yield f"Confidence: {confidence_words(given.confidence)}, {given.confidence:.2f}"
    yield from _agreement(given)
    if given.status == "answered":
        for evidence in given.quoted:
            yield from _source(evidence)
    else:
        yield from sentences(told(given), "Nearest")
    for note in given.notes:
        yield f"Note: {one_line(note)}"


def sentences(evidence: Iterable[Evidence], label: str = "Sentence") -> Iterator[str]:
    """Further sentences with their sources.

    Args:
        evidence: The sentences.
        label: What to call one.
    """
    for one in evidence:
        yield f"{label} {one.number}: {_spoken(one)}"
        yield from _source(one)


def excerpt(evidence: Evidence, kept: Sequence[tuple[int, int]]) -> Iterator[str]:
    """A quote with what stands before and after it.

    Args:
        evidence: The quote.
        kept: The ranges of its article that can be quoted, in order.
    """
    article = evidence.article
    before = [(start, min(end, evidence.start)) for start, end in kept if start < evidence.start]
    after = [(max(start, evidence.end), end) for start, end in kept if end > evidence.end]
    yield f"Source {evidence.number}: {source(article)}"
    yield f"File: {path_line(article.path)}"
    yield from [f"Before: {text}" for text in _backward(article.text, before) if text][::-1]
    yield "Quote begins."
    yield one_line(evidence.quote)
    yield "Quote ends."
    yield from [f"After: {text}" for text in _forward(article.text, after) if text]


def failure(error: PullquoteError) -> Iterator[str]:
    r"""What went wrong, why, and what to do, a line each.

    Example:
        >>> print(*failure(PullquoteError("The index cannot be opened", "it is empty", "build it")), sep="\n")
        Error: The index cannot be opened.
        Why: it is empty.
        What to do: build it.
    """
    yield f"Error: {one_line(error.what)}."
    yield f"Why: {one_line(error.why)}."
    yield f"What to do: {one_line(error.fix)}."


def _quote(label: str, evidence: Evidence) -> Iterator[str]:
    yield f"{label}: {_spoken(evidence)}"
    if evidence.span:
        yield f"Answering words: {one_line(evidence.span)}"


def _spoken(evidence: Evidence) -> str:
    """The quote after the sentence that it leans on."""
    return " ".join(one_line(text) for text in (evidence.context, evidence.quote) if text)


def _source(evidence: Evidence) -> Iterator[str]:
    yield f"Source {evidence.number}: {source(evidence.article)}"
    for note in evidence.times:
        days = day(note.first) if note.first == note.last else f"{day(note.first)} to {day(note.last)}"
        yield f"Time meant: {one_line(evidence.article.text[note.start : note.end])}, {days}"
    others: dict[str, Article] = {place.article.id: place.article for place in evidence.also}
    for article in list(others.values())[:_NAMED]:
        yield f"Also in: {source(article)}"
    if len(others) > _NAMED:
        yield f"Also in: {len(others) - _NAMED:,} more articles"


def _agreement(given: Answer) -> Iterator[str]:
    agreement = given.agreement
    if agreement is None or not agreement.values:
        return
    if agreement.verdict == "agree":
        sources = sum(value.sources for value in agreement.values)
        if sources > 1:
            yield f"Sources agree: {one_line(agreement.values[0].text)}, in {sources} independent sources"
    elif agreement.verdict == "differ":
        yield "Sources differ: " + "; ".join(_value(value) for value in agreement.values)
    else:
        *earlier, latest = (_value(value, dated=True) for value in given.timeline)
        yield "Sources differ over time: " + "; ".join([*earlier, f"latest {latest}"])


def _value(value: Value, *, dated: bool = False) -> str:
    """A value, the day it was published, and the sources that tell it."""
    when = f" on {day(value.published)}" if dated and value.published else ""
    numbers = " and ".join(map(str, value.evidence))
    return f"{one_line(value.text)}{when}, source {numbers}" if numbers else f"{one_line(value.text)}{when}"


def _backward(text: str, ranges: Sequence[tuple[int, int]]) -> Iterator[str]:
    """The last ranges of some, the last first, as far as they go into what is read out at once."""
    left = _AROUND
    for start, end in reversed(ranges):
        if left > 0:
            cut = end - start > left
            words = one_line(text[max(start, end - left) : end])
            yield f"... {words.partition(' ')[2]}" if cut else words
        left -= end - start


def _forward(text: str, ranges: Sequence[tuple[int, int]]) -> Iterator[str]:
    """The first ranges of some, as far as they go into what is read out at once."""
    left = _AROUND
    for start, end in ranges:
        if left > 0:
            cut = end - start > left
            words = one_line(text[start : min(end, start + left)])
            yield f"{words.rpartition(' ')[0]} ..." if cut else words
        left -= end - start
