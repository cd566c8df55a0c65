"""Scored sentences to evidence: a sentence and its copies in other articles are shown once, with all their sources."""

from collections.abc import Callable, Iterable, Sequence

from index.copies import Wording, is_copy, wording_of
from index.repeats import same_words
from qa.answer import Evidence, Occurrence
from qa.reading import ScoredSentence

Repeats = Callable[[Sequence[str]], Sequence[Iterable[Occurrence]]]


def no_repeats(quotes: Sequence[str]) -> Sequence[Iterable[Occurrence]]:
    """Look for no printings beyond the sentences that were scored.

    Example:
        >>> no_repeats(["It rained."])
        [()]
    """
    return [() for _ in quotes]


def gather(sentences: Iterable[ScoredSentence], limit: int, repeats: Repeats = no_repeats) -> tuple[Evidence, ...]:
    """Group sentences of the same words and copies of them, and number the groups.

    Args:
        sentences: Scored sentences, best first.
        limit: How many groups, at most.
        repeats: Finds further printings of each of some quotes.

    Returns:
        The evidence, best first; each is the best sentence of its group, with one place in each other article that
        has it, or a copy of it, as ``also``.

    Example:
        >>> gather([], 3)
        ()
    """
    groups: dict[str, list[ScoredSentence]] = {}
    wordings: dict[str, Wording] = {}
    for scored in sentences:
        text = _quote(scored)
        words, wording = same_words(text), wording_of(text)
        if words not in groups:
            words = next((best for best in groups if is_copy(wordings[best], wording)), words)
        groups.setdefault(words, []).append(scored)
        wordings.setdefault(words, wording)
    first = list(groups.values())[:limit]
    found = repeats([_quote(group[0]) for group in first])
    return tuple(
        _evidence(number, group, places)
        for number, (group, places) in enumerate(zip(first, found, strict=True), start=1)
    )


def _quote(scored: ScoredSentence) -> str:
    return scored.article.text[scored.sentence.start : scored.sentence.end]


def _evidence(number: int, group: list[ScoredSentence], places: Iterable[Occurrence]) -> Evidence:
    best = group[0]
    span = best.span or (best.sentence.start, best.sentence.start)
    others = [Occurrence(other.article, other.sentence.start, other.sentence.end) for other in group[1:]]
    by_article = {place.article.id: place for place in [*places, *reversed(others)]}
    by_article.pop(best.article.id, None)
    return Evidence(
        number=number,
        article=best.article,
        start=best.sentence.start,
        end=best.sentence.end,
        span_start=span[0],
        span_end=span[1],
        score=best.score,
        also=tuple(by_article.values()),
        scores=best.scores,
    )
