"""What makes quotes an answer: the sentence that a quote leans on, and a second quote where more is asked for."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from index.contract import ArticleIndex
from index.records import Article, Sentence
from index.repeats import same_words
from qa.answer import Evidence
from qa.candidates import candidates
from qa.question import Kind, Question
from qa.reading import ScoredSentence
from qa.reference import begins_with_definite, is_whole, refers_back

# A second quote is among the first three, and at least half as likely to answer as the first.
_BEST = 3
_SHARE_OF_FIRST = 0.5
# What lies between two sentences of a paragraph: a space, perhaps a dash.
_WIDEST_GAP = 3
_TOLD_BY_FORM = frozenset({Kind.NUMBER, Kind.DATE, Kind.PERSON, Kind.PLACE})


def assemble(
    question: Question,
    evidence: Sequence[Evidence],
    sentences: Iterable[ScoredSentence],
    index: ArticleIndex,
    threshold: float,
) -> tuple[tuple[Evidence, ...], tuple[int, ...]]:
    """Make an answer of evidence.

    A quote that cannot stand alone gets the sentence before it as its context. Another quote joins the first where the
    question asks for several things: for one of another kind, which the first does not tell, or for a list, to which it
    adds. When in doubt, none does.

    Args:
        question: The question.
        evidence: The evidence, best first.
        sentences: All sentences that were read, among which contexts are looked for.
        index: The index, for its terms.
        threshold: The probability that a second quote must have.

    Returns:
        The evidence with its contexts, and the numbers of what makes up the answer, in the order of reading.

    Example:
        >>> from qa.corpus import open_corpus
        >>> from qa.question import read_question
        >>> index = open_corpus(None, None).index
        >>> text = "Ida Brandt came late. She opened the bridge."
        >>> article = Article("0123456789abcdef", "/news/a.txt", "", "", None, "", text, "utf-8")
        >>> sentences = [ScoredSentence(article, Sentence(*place), None, 0.5) for place in ((22, 44), (0, 21))]
        >>> found = (Evidence(1, article, 22, 44, 22, 25, score=0.5),)
        >>> found, parts = assemble(read_question("Who opened the bridge?"), found, sentences, index, threshold=0.1)
        >>> index.close()
        >>> found[0].context, parts
        ('Ida Brandt came late.', (1,))
    """
    read: dict[str, set[Sentence]] = {}
    for scored in sentences:
        read.setdefault(scored.article.id, set()).add(scored.sentence)
    found = [_with_context(item, read.get(item.article.id, set()), question, index) for item in evidence]
    for place, other in enumerate(found[1:_BEST], start=1):
        first = found[0]
        good = other.score >= max(threshold, _SHARE_OF_FIRST * first.score)
        if good and not _same(other.quote, first.context) and _adds(question, first, other, index):
            if _same(other.context, first.quote):
                # It is read after the first, which it leans on.
                found[place] = replace(other, context_start=0, context_end=0)
            return tuple(found), (first.number, other.number)
    return tuple(found), (1,)


def _with_context(evidence: Evidence, read: set[Sentence], question: Question, index: ArticleIndex) -> Evidence:
    before = _before(evidence, read)
    if before is None:
        return evidence
    text = evidence.article.text[before.start : before.end]
    needed = refers_back(evidence.quote) or (
        begins_with_definite(evidence.quote) and _names_what_is_asked(text, evidence.quote, question, index)
    )
    return replace(evidence, context_start=before.start, context_end=before.end) if needed else evidence


def _before(evidence: Evidence, read: set[Sentence]) -> Sentence | None:
    """The sentence that stands immediately before a quote, unless it is a headline."""
    earlier = [sentence for sentence in read if sentence.end <= evidence.start]
    if not earlier:
        return None
    nearest = max(earlier, key=lambda sentence: sentence.end)
    return nearest if _adjoins(evidence.article, nearest, evidence.start) else None


def _adjoins(article: Article, sentence: Sentence, start: int) -> bool:
    text = article.text[sentence.start : sentence.end]
    gap = article.text[sentence.end : start]
    near = not gap.strip() or (len(gap) <= _WIDEST_GAP and not any(map(str.isalnum, gap)))
    return near and is_whole(text) and not _same(text, article.title)


def _names_what_is_asked(before: str, quote: str, question: Question, index: ArticleIndex) -> bool:
    """Whether a sentence has a name that is asked about, or without names a term, and a quote nothing of it."""
    asides = {term for word in question.asides for term in index.terms(word)}
    names = [set(index.terms(name)) for name in (*question.names, *question.numbers)]
    wanted = names or [{term} for term in index.term_weights(question.text) if term not in asides]
    told, lacking = set(index.terms(before)), set(index.terms(quote))
    return any(name and name <= told and not name & lacking for name in wanted)


def _adds(question: Question, first: Evidence, other: Evidence, index: ArticleIndex) -> bool:
    """Whether a quote tells something that a question asks for and the first quote does not tell."""
    if not first.span or not other.span:
        return False
    if question.further_kinds:
        kinds = {question.kind, *question.further_kinds} & _TOLD_BY_FORM
        return any(
            not _told(f"{first.context} {first.quote}", kind, question, index)
            and _told(other.span, kind, question, index)
            for kind in kinds
        )
    return question.several and _adds_to_list(question, first, other, index)


def _adds_to_list(question: Question, first: Evidence, other: Evidence, index: ArticleIndex) -> bool:
    """Whether a quote speaks of all that the first one speaks of, and names something else in answer to it."""
    asked = index.term_weights(question.text).keys()
    has = {*index.terms(first.context), *index.terms(first.quote)}
    spoken_of = asked & has
    names = _told(other.span, Kind.NAME, question, index)
    return (
        bool(spoken_of)
        and spoken_of <= {*index.terms(other.context), *index.terms(other.quote)}
        and len(_told(first.span, Kind.NAME, question, index)) == 1
        and any(has.isdisjoint(name) for name in names)
    )


def _told(text: str, kind: Kind, question: Question, index: ArticleIndex) -> list[set[str]]:
    """The terms of each piece of a text that is of a kind, without those that only repeat the question."""
    asked = set(index.terms(question.text))
    pieces = [set(index.terms(text[start:end])) for start, end in candidates(text, kind)]
    return [piece for piece in pieces if not piece <= asked]


def _same(text: str, other: str) -> bool:
    return bool(text) and same_words(text) == same_words(other)
