"""An answer as lines of text: the same lines for ``print(answer)``, a pipe and a colour terminal."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from typing import Literal

from index.records import Article
from qa.answer import Answer, Evidence, Value
from qa.printable import printable

Style = Literal["", "quote", "span", "dim"]
Segment = tuple[str, Style]
Line = list[Segment]

_ALSO_SHOWN = 3
_WHITE_SPACE = re.compile(r"\s+")
NOT_FOUND = "Not in these articles."
# A quote that begins with one gets no second.
QUOTATION_MARKS = ("“", '"', "‘", "'", "«")


def plain_answer(answer: Answer) -> str:
    """The answer as plain text without escape sequences."""
    return "\n".join("".join(text for text, _ in line) for line in answer_lines(answer))


def answer_lines(answer: Answer, *, explain: bool = False) -> Iterator[Line]:
    """The lines of an answer, each made of pieces of text with a style.

    White space inside quotes is folded here, and characters that a terminal would obey are replaced: what is exact is
    ``Evidence.quote``.

    Args:
        answer: The answer.
        explain: Whether to show the chain of scores of each sentence.
    """
    found = answer.status == "answered"
    confidence = f"confidence {answer.confidence:.2f}"
    if answer.resolved_question:
        yield [(asked_as(answer), "dim")]
    if found:
        for evidence in answer.quoted:
            yield [*_context_segments(evidence), *quote_segments(evidence), (f" [{evidence.number}]", "")]
        yield [(f"{confidence_words(answer.confidence)}, {confidence}", "dim")]
        if agreement := agreement_line(answer):
            yield [(agreement, "dim")]
        yield []
    else:
        yield [(NOT_FOUND, "quote")]
        if answer.missing:
            yield [(one_line(answer.missing), "")]
        yield [(confidence, "dim")]
    for evidence in answer.quoted:
        yield from _source_lines(evidence, explain)
    others = [evidence for evidence in answer.evidence if evidence not in answer.quoted]
    if others:
        yield []
        yield [("See also:" if found else "The nearest sentences, which do not answer:", "dim")]
    for evidence in others:
        yield [(f"[{evidence.number}] ", ""), *_context_segments(evidence), (one_line(evidence.quote), "")]
        for line in _source_lines(evidence, explain):
            # The number stands before the quote already.
            yield [("    ", ""), (line[0][0].removeprefix(f"[{evidence.number}] ").lstrip(), "dim")]
    for note in answer.notes:
        yield []
        yield [(one_line(note), "dim")]


def quote_segments(evidence: Evidence) -> Line:
    """A quote on one line, with the answering words marked."""
    text, first, last = evidence.article.text, evidence.span_start, evidence.span_end
    if first == last:
        return [(one_line(evidence.quote), "quote")]
    before, span, after = text[evidence.start : first], text[first:last], text[last : evidence.end]
    return [(folded(before).lstrip(), "quote"), (folded(span), "span"), (folded(after).rstrip(), "quote")]


def score_lines(evidence: Evidence) -> list[str]:
    """The chain of scores of a sentence: from the search for its passage to the probability that it answers.

    Example:
        >>> from qa.scores import Scores
        >>> article = Article("0123456789abcdef", "/news/a.txt", "", "", None, "", "Rain fell. Owls hid.", "utf-8")
        >>> scores = Scores(2, lexical=9.46, dense=0.7, fused=0.98, strength=2.5, span=3.2, null=0.1, coverage=0.8)
        >>> for line in score_lines(Evidence(1, article, 11, 20, 11, 15, score=0.81, scores=scores)):
        ...     print(line)
        passage 2: BM25 9.5, cosine 0.70, fused 0.98, coverage 0.80
        span log-odds +3.2, null 0.10, strength +2.5, probability 0.81
    """
    scores = evidence.scores
    if scores is None:
        return [f"probability {evidence.score:.2f}"]
    lexical, dense, fused = _shown(scores.lexical, ".1f"), _shown(scores.dense, ".2f"), _shown(scores.fused, ".2f")
    coverage, span, null = _shown(scores.coverage, ".2f"), _shown(scores.span, "+.1f"), _shown(scores.null, ".2f")
    return [
        f"passage {scores.passage_rank}: BM25 {lexical}, cosine {dense}, fused {fused}, coverage {coverage}",
        f"span log-odds {span}, null {null}, strength {scores.strength:+.1f}, probability {evidence.score:.2f}",
    ]


def _shown(score: float | None, form: str) -> str:
    """A score, or a dash where the step did not reach the sentence."""
    return "–" if score is None else format(score, form)


def source_line(article: Article) -> str:
    """Title, publisher and date of an article, as far as they are known."""
    parts = [article.label, article.publisher, day(article.published) if article.published else ""]
    return " · ".join(filter(None, map(one_line, parts)))


def times_line(evidence: Evidence) -> str:
    """The words of a quote that tell a time by the day of publication, with the days they mean, or ``""``.

    Example:
        >>> from qa.answer import TimeNote
        >>> article = Article("0123456789abcdef", "/news/a.txt", "", "", None, "", "Rain fell on Friday.", "utf-8")
        >>> note = TimeNote(10, 19, date(2022, 1, 7), date(2022, 1, 7))
        >>> times_line(Evidence(1, article, 0, 20, 10, 19, score=0.8, times=(note,)))
        'on Friday: 7 January 2022'
    """
    text = evidence.article.text
    notes = [
        f"{one_line(text[note.start : note.end])}: {days_in_words(note.first, note.last)}" for note in evidence.times
    ]
    return " · ".join(notes)


def asked_as(answer: Answer) -> str:
    """The question that was asked of the articles, where it is another than was typed, or ``""``.

    Example:
        >>> asked_as(Answer("and in Almaty?", "not_found", 0.0, (), resolved_question="How many died in Almaty?"))
        'Asked as: How many died in Almaty?'
    """
    return f"Asked as: {one_line(answer.resolved_question)}" if answer.resolved_question else ""


def agreement_line(answer: Answer) -> str:
    """Whether the sources of an answer say the same, and what they say, or ``""`` where that is not known.

    Example:
        >>> from qa.answer import Agreement
        >>> values = (Value("12", (1,), sources=1, published=None), Value("18", (3,), sources=1, published=None))
        >>> agreement_line(Answer("How many?", "answered", 0.8, (), agreement=Agreement("differ", values)))
        'Sources differ: 12 [1] · 18 [3]'
    """
    agreement = answer.agreement
    if agreement is None or not agreement.values:
        return ""
    if agreement.verdict == "agree":
        sources = sum(value.sources for value in agreement.values)
        return f"{sources} independent sources agree: {one_line(agreement.values[0].text)}" if sources > 1 else ""
    if agreement.verdict == "differ":
        return "Sources differ: " + " · ".join(_value(value) for value in agreement.values)
    earlier, latest = answer.timeline[:-1], answer.timeline[-1]
    values = [*(_value(value, _when(value)) for value in earlier), _value(latest, _when(latest), "latest")]
    return "Sources differ over time: " + " → ".join(values)


def _value(value: Value, *facts: str) -> str:
    """A value, what is known of it in brackets, and the evidence that tells it."""
    known = ", ".join(fact for fact in facts if fact)
    numbers = "".join(f" [{number}]" for number in value.evidence)
    return f"{one_line(value.text)} ({known}){numbers}" if known else f"{one_line(value.text)}{numbers}"


def _when(value: Value) -> str:
    return day(value.published) if value.published else ""


def day(when: date) -> str:
    """A date as it is read.

    Example:
        >>> day(date(2022, 1, 6))
        '6 January 2022'
    """
    return f"{when.day} {when:%B %Y}"


def days_in_words(first: date, last: date) -> str:
    """One day, or a range of them, as it is read; a whole month or year by its name.

    Example:
        >>> days_in_words(date(2022, 1, 3), date(2022, 1, 9)), days_in_words(date(2021, 1, 1), date(2021, 12, 31))
        ('3–9 January 2022', '2021')
    """
    if first == last:
        return day(first)
    if first.year != last.year:
        return f"{day(first)} – {day(last)}"
    whole = first.day == 1 and last.day == monthrange(last.year, last.month)[1]
    if whole and (first.month, last.month) == (1, 12):
        return f"{first.year}"
    if first.month != last.month:
        return f"{first.day} {first:%B} – {day(last)}"
    return f"{first:%B %Y}" if whole else f"{first.day}–{day(last)}"


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


def _context_segments(evidence: Evidence) -> Line:
    """The sentence that a quote leans on, if it does."""
    return [(f"{one_line(evidence.context)} ", "dim")] if evidence.context else []


def _source_lines(evidence: Evidence, explain: bool) -> Iterator[Line]:
    article = evidence.article
    yield [(f"[{evidence.number}] {source_line(article)}", "")]
    if times := times_line(evidence):
        yield [(f"    {times}", "dim")]
    yield [(f"    {path_line(article.path)}", "dim")]
    for place in evidence.also[:_ALSO_SHOWN]:
        yield [(f"    also in: {source_line(place.article)}", "dim")]
    if len(evidence.also) > _ALSO_SHOWN:
        yield [(f"    and in {len(evidence.also) - _ALSO_SHOWN} more articles, which --json lists", "dim")]
    for line in score_lines(evidence) if explain else ():
        yield [(f"    {line}", "dim")]
