"""What the trained reader says of each sentence: its best span, and features of it beside ``qa.features``."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.contract import ArticleIndex, SearchResult
from index.records import Article, Hit, Sentence
from qa.acronyms import as_written_in, names_for
from qa.candidates import Range
from qa.features import Candidate, Features
from qa.question import Kind, Question
from qa.span_kinds import is_of_wrong_kind
from qa.span_model import SpanModel
from qa.spans import NO_SPAN, SentenceSpans, null_probability, spans_of_sentences

SPAN_FEATURES = (
    "margin",  # log-odds of the best span against "not in this passage", in tens
    "margin_positive",  # the same, 0 where it is negative
    "mass",  # log-odds of all spans of the sentence together, in tens
    "null",  # the probability that its passage does not answer
    "no_span",  # the sentence was not read to its end
    "span_is_question",  # the best span only repeats the question
    "span_of_wrong_kind",  # it is no number, date or name though one is asked for
    "span_uncapitalised",  # it has no capital, though it is asked which one of several
    "shorter_name",  # it is part of a longer name that the reader found in another sentence
    "margin_of_others",  # the best margin in another article, in tens, where its span says the same
)

_SCALE = 10.0
_LIMIT = 15.0
# How much less a span is worth, in its logit, that only repeats the question, or is of the wrong kind.
_REPEATS, _WRONG_KIND = 3.0, 2.0
_CAPITAL = re.compile(r"[A-Z]")
_NAME = re.compile(r"[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3}")


@dataclass(frozen=True, slots=True)
class SpanReading:
    """The best span of a sentence.

    Attributes:
        span: Its range in the article's text, or None where the sentence has none.
        margin: Its log-odds against "not in this passage".
        mass: The log-odds of all spans of the sentence together.
        null: The probability that the passage does not answer.
        repeats: Whether the span only repeats the question.
        wrong_kind: Whether it is not of the kind that is asked for.

    Example:
        >>> SpanReading((11, 15), 2.5, 2.7, 0.1, repeats=False, wrong_kind=False).margin
        2.5
    """

    span: Range | None
    margin: float
    mass: float
    null: float
    repeats: bool
    wrong_kind: bool


def read_spans(
    found: Sequence[Candidate], question: Question, result: SearchResult, model: SpanModel, index: ArticleIndex
) -> list[SpanReading]:
    """Read the passages of a search result, and pick the best span of each sentence.

    A span that only repeats the question is no answer, and neither is one without a number where a number is asked
    for; so such spans are worth less than others. An acronym is asked for by its name where the passage has only that.

    Args:
        found: The candidate sentences of the result, as ``qa.features.extract`` gives them.
        question: The question.
        result: The search result.
        model: The trained network.
        index: The index, for its terms.

    Returns:
        One for each candidate.
    """
    texts = [_joined(result.articles[hit.passage.article], hit) for hit in result.hits]
    names = names_for(question.text, texts)
    pairs = [(as_written_in(text, question.text, names), text) for text in texts]
    readings: dict[tuple[str, Sentence], SpanReading] = {}
    for hit, (asked, _), logits in zip(result.hits, pairs, model.read(pairs), strict=True):
        known = set(index.terms(f"{question.text} {asked}"))
        article = result.articles[hit.passage.article]
        null = null_probability(logits)
        ranges = _ranges(hit.passage.sentences)
        for sentence, place, spans in zip(
            hit.passage.sentences, ranges, spans_of_sentences(logits, ranges), strict=True
        ):
            shift = sentence.start - place[0]
            reading = _best(question, known, article.text, shift, spans, null, index)
            before = readings.get((article.id, sentence))
            if before is None or reading.margin > before.margin:
                readings[article.id, sentence] = reading
    unread = SpanReading(None, NO_SPAN, NO_SPAN, 1.0, repeats=False, wrong_kind=False)
    return [readings.get((item.article.id, item.sentence), unread) for item in found]


def _joined(article: Article, hit: Hit) -> str:
    return " ".join(article.text[item.start : item.end] for item in hit.passage.sentences)


def _ranges(sentences: Sequence[Sentence]) -> list[Range]:
    """The ranges of sentences in their passage, where one space stands between two."""
    ranges = []
    start = 0
    for sentence in sentences:
        end = start + sentence.end - sentence.start
        ranges.append((start, end))
        start = end + 1
    return ranges


def _best(
    question: Question,
    known: set[str],
    text: str,
    shift: int,
    spans: SentenceSpans,
    null: float,
    index: ArticleIndex,
) -> SpanReading:
    """The span of a sentence that is worth most, with its range in the article."""
    best: SpanReading | None = None
    worth = -np.inf
    for (start, end), margin in zip(spans.ranges, spans.margins, strict=True):
        words = text[start + shift : end + shift]
        repeats = known.issuperset(index.terms(words))
        wrong_kind = is_of_wrong_kind(words, question)
        value = margin - _REPEATS * repeats - _WRONG_KIND * wrong_kind
        if value > worth:
            best = SpanReading((start + shift, end + shift), margin, spans.mass, null, repeats, wrong_kind)
            worth = value
    return best or SpanReading(None, NO_SPAN, spans.mass, null, repeats=False, wrong_kind=False)


def span_features(
    found: Sequence[Candidate], readings: Sequence[SpanReading], question: Question, index: ArticleIndex
) -> Features:
    """The features of what was read, shape ``(len(found), len(SPAN_FEATURES))``."""
    words = _span_words(found, readings)
    terms = [frozenset(index.terms(each)) for each in words]
    names = {word for word in words if _NAME.fullmatch(word)}
    rows = []
    for place, reading in enumerate(readings):
        others = [
            readings[other].margin
            for other in range(len(found))
            if terms[place]
            and terms[other]
            and found[other].article.id != found[place].article.id
            and (terms[place] <= terms[other] or terms[other] <= terms[place])
        ]
        margin = _scaled(reading.margin)
        rows.append(
            [
                margin,
                max(0.0, margin),
                _scaled(reading.mass),
                reading.null,
                float(reading.span is None),
                float(reading.repeats),
                float(reading.wrong_kind),
                float(question.kind is Kind.NAME and not _CAPITAL.search(words[place])),
                float(_is_part_of_a_name(words[place], names)),
                max(0.0, _scaled(max(others, default=0.0))),
            ]
        )
    return np.array(rows, np.float64).reshape(len(found), len(SPAN_FEATURES))


def _span_words(found: Sequence[Candidate], readings: Sequence[SpanReading]) -> list[str]:
    """The words of the best span of each candidate; ``""`` where there is none."""
    return [
        item.article.text[slice(*reading.span)] if reading.span else ""
        for item, reading in zip(found, readings, strict=True)
    ]


def _is_part_of_a_name(words: str, names: set[str]) -> bool:
    """Whether a name is the first or last part of a longer one."""
    return words in names and any(name.startswith(f"{words} ") or name.endswith(f" {words}") for name in names)


def _scaled(logit: float) -> float:
    return min(max(logit, -_LIMIT), _LIMIT) / _SCALE
