"""Scored sentences to evidence: the same sentence of several articles is shown once, with all its sources."""

import re
import unicodedata
from collections.abc import Iterable

from qa.answer import Evidence, Occurrence
from qa.reading import ScoredSentence

_LINK = re.compile(r"https?://\S+|pic\.twitter\.com/\S+")
# A word, or a number with the marks that belong to it: "1,200", "10.5", "7:30", "-5", "$5", "5%".
_WORD = re.compile(r"(?<!\S)[-−–](?=\d)|[^\W_]+(?:[.,:/](?=\d)[^\W_]+)*|[%‰°+±$€£¥₸₽₹]")


def gather(sentences: Iterable[ScoredSentence], limit: int) -> tuple[Evidence, ...]:
    """Group sentences that say the same words, and number the groups.

    Args:
        sentences: Scored sentences, best first.
        limit: How many groups, at most.

    Returns:
        The evidence, best first; each is the best sentence of its group, with the others as ``also``.
    """
    groups: dict[str, list[ScoredSentence]] = {}
    for scored in sentences:
        text = scored.article.text[scored.sentence.start : scored.sentence.end]
        # What has no words at all, such as a bare link, is the same only to the letter.
        groups.setdefault(same_words(text) or text, []).append(scored)
    return tuple(_evidence(number, group) for number, group in enumerate(list(groups.values())[:limit], start=1))


def same_words(sentence: str) -> str:
    """What two printings of one sentence have in common: its words and numbers, without case, punctuation and links.

    The signs and units that make a number another one are kept.

    Example:
        >>> same_words("“It is over,” he said.") == same_words('"It is over," he said')
        True
        >>> same_words("It rose by 1.5%.") == same_words("It rose by 15.")
        False
    """
    plain = unicodedata.normalize("NFC", _LINK.sub(" ", sentence)).casefold()
    return " ".join(_WORD.findall(plain))


def _evidence(number: int, group: list[ScoredSentence]) -> Evidence:
    best = group[0]
    span = best.span or (best.sentence.start, best.sentence.start)
    return Evidence(
        number=number,
        article=best.article,
        start=best.sentence.start,
        end=best.sentence.end,
        span_start=span[0],
        span_end=span[1],
        score=best.score,
        also=tuple(Occurrence(other.article, other.sentence.start, other.sentence.end) for other in group[1:]),
    )
