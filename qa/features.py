"""What the words of a question and of a sentence tell about it as an answer: one row of numbers a sentence.

Every feature lies between 0 and 1 or is a cosine, so that the coefficients that weigh them can be read.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from index.contract import ArticleIndex, SearchResult
from index.records import Article, Hit, Sentence
from qa.acronyms import ACRONYM, spelled_out
from qa.candidates import Range, candidates
from qa.question import Kind, Question

FEATURES = (
    "cosine_passage",  # of the question and the best passage that holds the sentence
    "fused_passage",  # fused retrieval score of that passage
    "coverage_sentence",  # share of the question's terms, by inverse document frequency, in the sentence
    "coverage_around",  # in the sentence and its neighbours
    "coverage_passage",  # in the passage and the headline
    "pairs_sentence",  # share of neighbouring question terms that stand close together in the sentence
    "names_sentence",  # share of the question's names and numbers in the sentence
    "names_passage",  # in the passage and the headline
    "things_sentence",  # share of the question's terms that are no verbs, in the sentence
    "things_passage",  # in the passage and the headline
    "rarest_thing_missing",  # weight of the rarest such term that the passage lacks, over the highest weight possible
    "counted_missing",  # a thing is counted, and the passage does not speak of it
    "focus_sentence",  # the thing counted or chosen stands in the sentence
    "focus_at_candidate",  # and close behind words of the right kind
    "candidate_near_terms",  # how near words of the right kind stand to the question's terms
    "number_missing",  # a number is asked for, and the sentence has none
    "date_missing",  # a date, and it has none
    "person_missing",  # a person, and it has no name
    "place_missing",  # a place, and it has no name
    "reason_given",  # a reason is asked for, and the sentence has a word that gives one
    "list_given",  # several things are asked for, and the sentence lists three names or more
    "is_question",  # the sentence is a question itself
    "is_short",  # it has fewer than six words
    "is_long",  # it has more than forty words
)

_REASON = re.compile(
    r"\b(?:because|due to|owing to|after|over|in response|response to|sparked|prompted|caused|triggered|led to|amid"
    r"|result(?:ed|s)?|blam\w+|so that|in order to|reason)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+")
_LIST = re.compile(
    r"[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)*(?:,\s+(?:the\s+)?[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)*)+,?\s+and\s+(?:the\s+)?[A-Z]"
)
_NEAR = 4


Features = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer.

    Attributes:
        article: The article it stands in.
        sentence: Its range there.
        hit: The best passage that holds it.

    Example:
        >>> from index.records import Passage
        >>> article = Article("0123456789abcdef", "/news/a.txt", "", "", None, "", "Rain fell. Owls hid.", "utf-8")
        >>> hit = Hit(Passage(7, 1, (Sentence(0, 10), Sentence(11, 20))), score=1.0, dense=0.8, lexical=None)
        >>> Candidate(article, Sentence(11, 20), hit).hit.dense
        0.8
    """

    article: Article
    sentence: Sentence
    hit: Hit


@dataclass(frozen=True, slots=True)
class _Terms:
    """A question as the features see it."""

    weights: dict[str, float]
    things: dict[str, float]
    order: tuple[str, ...]
    names: frozenset[str]
    acronyms: dict[str, str]
    focus: str
    highest: float


def _coverage(weights: dict[str, float], terms: set[str]) -> float:
    """The share of a question's terms, by weight, that are among some terms."""
    total = sum(weights.values())
    return sum(weight for term, weight in weights.items() if term in terms) / total if total else 1.0


def extract(question: Question, result: SearchResult, index: ArticleIndex) -> tuple[list[Candidate], Features]:
    """Find the candidate sentences of a search result, and their features.

    Returns:
        The candidates, each sentence once, and their features, shape ``(len(candidates), len(FEATURES))``.

    Example:
        >>> from qa.corpus import open_corpus
        >>> from qa.question import read_question
        >>> index = open_corpus(None, None).index
        >>> question = read_question("How many troops did the CSTO send?")
        >>> found, features = extract(question, index.search(question.text, limit=3), index)
        >>> index.close()
        >>> features.shape == (len(found), len(FEATURES))
        True
    """
    asked = _asked(question, index)
    passages = {
        hit.passage.id: _passage_terms(result.articles[hit.passage.article], hit, asked, index) for hit in result.hits
    }
    found = []
    rows = []
    for (row, sentence), hit in _sentences(result).items():
        article = result.articles[row]
        text = article.text[sentence.start : sentence.end]
        places = _places(text, asked, index)
        spans = _spans(question, asked, text, places, index)
        found.append(Candidate(article, sentence, hit))
        passage = passages[hit.passage.id]
        rows.append(_features(question, asked, article, sentence, hit, passage, places, spans, index))
    return found, np.array(rows).reshape(len(found), len(FEATURES))


def _sentences(result: SearchResult) -> dict[tuple[int, Sentence], Hit]:
    """Each sentence of the hits once, with the best hit that holds it."""
    best: dict[tuple[int, Sentence], Hit] = {}
    for hit in result.hits:
        for sentence in hit.passage.sentences:
            best.setdefault((hit.passage.article, sentence), hit)
    return best


def _asked(question: Question, index: ArticleIndex) -> _Terms:
    weights = index.term_weights(question.text)
    names = frozenset(term for name in (*question.names, *question.numbers) for term in index.terms(name))
    focus = index.terms(question.focus.split()[0]) if question.focus else []
    asides = {term for word in question.asides for term in index.terms(word)}
    return _Terms(
        weights=weights,
        things={term: weight for term, weight in weights.items() if term not in asides},
        order=tuple(term for term in index.terms(question.text) if term in weights),
        names=names,
        acronyms={name: term for name in question.names if ACRONYM.fullmatch(name) for term in index.terms(name)},
        focus=focus[0] if focus else "",
        highest=index.highest_term_weight(),
    )


def _terms(text: str, asked: _Terms, index: ArticleIndex) -> set[str]:
    """The terms of a text, with the question's acronyms where the text spells them out."""
    terms = set(index.terms(text))
    if asked.acronyms:
        names = spelled_out(text)
        terms.update(term for acronym, term in asked.acronyms.items() if acronym in names)
    return terms


def _passage_terms(article: Article, hit: Hit, asked: _Terms, index: ArticleIndex) -> set[str]:
    """The terms of a passage and its headline."""
    sentences = (article.text[item.start : item.end] for item in hit.passage.sentences)
    return _terms(" ".join([article.title, *sentences]), asked, index)


def _features(
    question: Question,
    asked: _Terms,
    article: Article,
    sentence: Sentence,
    hit: Hit,
    passage: set[str],
    places: Sequence[int],
    spans: Sequence[Range],
    index: ArticleIndex,
) -> list[float]:
    text = article.text[sentence.start : sentence.end]
    words = index.terms(text)
    here = _terms(text, asked, index)
    sentences = hit.passage.sentences
    position = sentences.index(sentence)
    neighbours = sentences[max(0, position - 1) : position + 2]
    around = _terms(" ".join(article.text[item.start : item.end] for item in neighbours), asked, index)
    missing = max((weight for term, weight in asked.things.items() if term not in passage), default=0.0)
    return [
        hit.dense or 0.0,
        hit.score,
        _coverage(asked.weights, here),
        _coverage(asked.weights, around | here),
        _coverage(asked.weights, passage),
        _pairs(asked.order, words),
        _share(asked.names, here),
        _share(asked.names, passage),
        _coverage(asked.things, here),
        _coverage(asked.things, passage),
        missing / asked.highest,
        float(question.counts and asked.focus not in passage),
        float(bool(asked.focus) and asked.focus in here),
        float(any(_focus_follows(asked.focus, text[end:], index) for _, end in spans)),
        _nearness(text, spans, places),
        *(float(question.kind is kind and not spans) for kind in (Kind.NUMBER, Kind.DATE, Kind.PERSON, Kind.PLACE)),
        float(question.kind is Kind.REASON and bool(_REASON.search(text))),
        float(question.several and bool(_LIST.search(text))),
        float(text.rstrip("”\"'’)").endswith("?")),
        float(len(words) < 6),
        float(len(words) > 40),
    ]


def _spans(question: Question, asked: _Terms, text: str, places: Sequence[int], index: ArticleIndex) -> list[Range]:
    """Words of the right kind that are not words of the question, those nearest to its terms first."""
    spans = []
    for start, end in candidates(text, question.kind):
        terms = set(index.terms(text[start:end]))
        if terms and not terms <= asked.weights.keys() | asked.names:
            spans.append((start, end))
    return sorted(
        spans,
        key=lambda span: (
            -float(_focus_follows(asked.focus, text[span[1] :], index)),
            -_nearness(text, [span], places),
        ),
    )


def _focus_follows(focus: str, rest: str, index: ArticleIndex) -> bool:
    return bool(focus) and focus in index.terms(" ".join(_WORD.findall(rest[:80])[:3]))


def _places(text: str, asked: _Terms, index: ArticleIndex) -> list[int]:
    """Where the terms of the question stand in a sentence."""
    return [
        match.start()
        for match in _WORD.finditer(text)
        if not asked.weights.keys().isdisjoint(index.terms(match.group()))
    ]


def _nearness(text: str, spans: Sequence[Range], places: Sequence[int]) -> float:
    """1 where a question term stands next to a span, falling with the words between, 0 where there is neither."""
    gaps = [
        len(_WORD.findall(text[min(end, place) : max(start, place)]))
        for start, end in spans
        for place in places
        if not start <= place < end
    ]
    return 1.0 / (1.0 + min(gaps) / _NEAR) if gaps else 0.0


def _pairs(order: Sequence[str], words: Sequence[str]) -> float:
    """The share of neighbouring question terms that stand within a few words of each other."""
    pairs = list(pairwise(order))
    if not pairs:
        return 0.0
    places: dict[str, list[int]] = {}
    for place, word in enumerate(words):
        places.setdefault(word, []).append(place)
    close = sum(
        any(abs(one - other) <= _NEAR for one in places.get(first, ()) for other in places.get(second, ()))
        for first, second in pairs
    )
    return close / len(pairs)


def _share(names: frozenset[str], terms: set[str]) -> float:
    return len(names & terms) / len(names) if names else 1.0
