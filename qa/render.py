"""An answer as lines of text: the same lines for ``print(answer)``, a pipe and a colour terminal."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Literal

from index.records import Article
from qa.answer import Answer, Evidence
from qa.printable import printable

Style = Literal["", "quote", "span", "dim"]
Segment = tuple[str, Style]
Line = list[Segment]

_ALSO_SHOWN = 3
_WHITE_SPACE = re.compile(r"\s+")
NOT_FOUND = "Not in these articles."


def plain_answer(answer: Answer) -> str:
    """The answer as plain text without escape sequences."""
    return "\n".join("".join(text for text, _ in line) for line in answer_lines(answer))


def answer_lines(answer: Answer) -> Iterator[Line]:
    """The lines of an answer, each made of pieces of text with a style.

    White space inside quotes is folded here, and characters that a terminal would obey are replaced: what is exact is
    ``Evidence.quote``.
    """
    found = answer.status == "answered"
    confidence = f"confidence {answer.confidence:.2f}"
    if found:
        yield [*quote_segments(answer.evidence[0]), (" [1]", "")]
        yield [(f"{confidence_words(answer.confidence)}, {confidence}", "dim")]
        yield []
        yield from _source_lines(answer.evidence[0])
    else:
        yield [(NOT_FOUND, "quote")]
        yield [(confidence, "dim")]
    others = answer.evidence[1:] if found else answer.evidence
    if others:
        yield []
        yield [("See also:" if found else "The nearest sentences, which do not answer:", "dim")]
    for evidence in others:
        yield [(f"[{evidence.number}] ", ""), (one_line(evidence.quote), "")]
        for line in _source_lines(evidence):
            # The number stands before the quote already.
            yield [("    ", ""), (line[0][0].removeprefix(f"[{evidence.number}] ").strip(), "dim")]
    for note in answer.notes:
        yield []
        yield [(note, "dim")]


def quote_segments(evidence: Evidence) -> Line:
    """A quote on one line, with the answering words marked."""
    text, first, last = evidence.article.text, evidence.span_start, evidence.span_end
    if first == last:
        return [(one_line(evidence.quote), "quote")]
    before, span, after = text[evidence.start : first], text[first:last], text[last : evidence.end]
    return [(folded(before).lstrip(), "quote"), (folded(span), "span"), (folded(after).rstrip(), "quote")]


def source_line(article: Article) -> str:
    """Title, publisher and date of an article, as far as they are known."""
    parts = [article.label, article.publisher, day(article.published) if article.published else ""]
    return " · ".join(one_line(part) for part in parts if part)


def day(when: date) -> str:
    """A date as it is read.

    Example:
        >>> day(date(2022, 1, 6))
        '6 January 2022'
    """
    return f"{when.day} {when:%B %Y}"


def confidence_words(confidence: float) -> str:
    """A probability in words.

    Example:
        >>> confidence_words(0.9), confidence_words(0.2)
        ('very likely', 'doubtful')
    """
    for least, words in ((0.8, "very likely"), (0.6, "likely"), (0.4, "uncertain")):
        if confidence >= least:
            return words
    return "doubtful"


def one_line(text: str) -> str:
    """Text on one line, safe to show."""
    return folded(text).strip()


def path_line(path: str) -> str:
    """A path on one line, safe to show; its spaces stay as they are.

    Example:
        >>> path_line("two  spaces.txt")
        'two  spaces.txt'
    """
    return printable(path).replace("\n", "␊").replace("\t", "␉")


def folded(text: str) -> str:
    r"""Text safe to show, with every run of white space as one space, also at its ends.

    Example:
        >>> folded(" about\n2,500")
        ' about 2,500'
    """
    return printable(_WHITE_SPACE.sub(" ", text))


def _source_lines(evidence: Evidence) -> Iterator[Line]:
    article = evidence.article
    yield [(f"[{evidence.number}] {source_line(article)}", "")]
    yield [(f"    {path_line(article.path)}", "dim")]
    for place in evidence.also[:_ALSO_SHOWN]:
        yield [(f"    also in: {source_line(place.article)}", "dim")]
    if len(evidence.also) > _ALSO_SHOWN:
        yield [(f"    and in {len(evidence.also) - _ALSO_SHOWN} more articles, which --json lists", "dim")]
