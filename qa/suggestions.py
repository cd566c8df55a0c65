"""Questions to begin with: made of the articles' own sentences, and kept only if they are answered by them."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean

from index.contract import ArticleIndex
from index.records import CatalogueEntry
from qa.answer import Answer
from qa.askable import Askable, Form, askables
from qa.question import read_question

MOST_SUGGESTED = 3
CONFIDENCE_NEEDED = 0.5
# A step looks through a few articles from all over, of each what stands first, and tries the best questions so far.
_ARTICLES_A_STEP = 16
_SENTENCES_A_STEP = 320
_TRIED_A_STEP = 2
_MOST_STEPS = 8
_FORMS = list(Form)
# A name that another sentence gives is as right; another number may be of something else.
_NAME_FORMS = frozenset({Form.WHO_DID, Form.WHO_HOLDS, Form.STANDS_FOR})


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A question, how rare its names are, the article it was made from, and where the sentence begins there."""

    askable: Askable
    rarity: float
    article: str
    start: int


def suggestions(index: ArticleIndex, answers: Callable[[str], Answer]) -> Iterator[str]:
    """A few questions that the articles answer, of different articles and of different forms where that can be.

    Each is found when it is asked for, which takes a few answers; the same articles always give the same ones. There
    are none where no sentence lends itself to a question.

    Args:
        index: The index of the articles.
        answers: Answers a question, apart from any conversation.

    Raises:
        PullquoteError: The index cannot be read.

    Example:
        >>> from qa.answering import Answerer
        >>> from qa.corpus import open_corpus
        >>> from qa.span_reader import SpanReader
        >>> index = open_corpus(None, None).index
        >>> answerer = Answerer(index, SpanReader(), threshold=0.2)
        >>> next(suggestions(index, lambda question: answerer.answer(read_question(question), top=1)))
        'How many people have been detained in Almaty?'
        >>> index.close()
    """
    waiting: list[_Candidate] = []
    tried: Counter[Form] = Counter()
    found: list[_Candidate] = []

    def place(candidate: _Candidate) -> tuple[bool, bool, int, int, float]:
        """Articles and forms that gave none yet come first, forms of which few were tried, what is named often."""
        form = candidate.askable.form
        is_used = any(one.article == candidate.article for one in found)
        is_again = any(one.askable.form is form for one in found)
        return is_used, is_again, tried[form], _FORMS.index(form), candidate.rarity

    for entries in _spread(index.catalogue()):
        waiting += _candidates(entries, index)
        for _ in range(min(_TRIED_A_STEP, len(waiting))):
            best = min(waiting, key=place)
            question = best.askable.question
            tried[best.askable.form] += 1
            waiting = [one for one in waiting if one.askable.question != question]
            if not _is_answered(best, answers(question)):
                continue
            yield question
            found.append(best)
            if len(found) == MOST_SUGGESTED:
                return
            # A sentence gives one question.
            waiting = [one for one in waiting if (one.article, one.start) != (best.article, best.start)]


def _spread(catalogue: Sequence[CatalogueEntry]) -> Iterator[Sequence[CatalogueEntry]]:
    """The articles to look through in each step, each time from all over; there may be none left for the last ones."""
    chosen = catalogue[:: max(1, -(-len(catalogue) // (_ARTICLES_A_STEP * _MOST_STEPS)))]
    steps = -(-len(chosen) // _ARTICLES_A_STEP)
    yield from (chosen[step::steps] if step < steps else () for step in range(_MOST_STEPS))


def _candidates(entries: Sequence[CatalogueEntry], index: ArticleIndex) -> Iterator[_Candidate]:
    """The questions that can be made of what stands first in some articles."""
    each = _SENTENCES_A_STEP // max(1, len(entries))
    for entry in entries:
        if article := index.article(entry.id):
            for sentence in index.sentences(article)[:each]:
                for askable in askables(article.text[sentence.start : sentence.end], article.text):
                    yield _Candidate(askable, _rarity(askable.question, index), article.id, sentence.start)


def _rarity(question: str, index: ArticleIndex) -> float:
    """How rare the names of a question are in the articles; one without names is the rarest."""
    weights = index.term_weights(" ".join(read_question(question).names))
    return fmean(weights.values()) if weights else index.highest_term_weight()


def _is_answered(candidate: _Candidate, answer: Answer) -> bool:
    """Whether a question is answered as it was meant.

    The sentence that it was made from, or a copy of it, has to be quoted, unless another gives the same name.
    """
    if not answer.quoted or answer.confidence < CONFIDENCE_NEEDED or answer.resolved_question:
        return False
    evidence = answer.quoted[0]
    meant, told = candidate.askable.answer.lower().split(), evidence.span.lower().split()
    if candidate.askable.form in _NAME_FORMS:
        return set(meant) <= set(told)
    places = {(evidence.article.id, evidence.start), *((copy.article.id, copy.start) for copy in evidence.also)}
    return (candidate.article, candidate.start) in places and not set(meant).isdisjoint(told)
