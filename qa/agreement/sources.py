"""How many of the quotes that tell the same are independent of each other."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from index.terms import content_words, is_function_word
from qa.agreement.numerals import numbers_in

# Quotes of so many words that have so many of them in common were hardly written twice.
_FEWEST, _IN_COMMON = 5, 0.7
_BIG = r"[A-Z][\w'’&.-]*\w"
_WHO_SAID = re.compile(
    rf"\b[Aa]ccording to (?:the )?(?P<named>{_BIG}(?: {_BIG})*)"
    rf"|(?P<speaker>{_BIG}(?: {_BIG})*),? (?:said|says|reported|reports|told|announced)\b"
)
_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())


@dataclass(frozen=True, slots=True)
class Telling:
    """A quote that tells a value.

    Attributes:
        quote: Its words.
        value: The words that tell the value.
        origins: The origins of the articles that have it.
        can_be_cited: Whether it tells what somebody is cited for: the name of the speaker is no such thing.
    """

    quote: str
    value: str
    origins: frozenset[str]
    can_be_cited: bool = True


def count_sources(tellings: Sequence[Telling]) -> int:
    """How many independent sources there are.

    Quotes from articles of one origin are one source, and so are quotes of nearly the same words, and those that
    cite the same name.

    Example:
        >>> one = Telling("Nine guards were hurt in the fire at the old mill.", "Nine", frozenset({"a"}))
        >>> two = Telling("Nine guards were hurt in the fire at the mill, he said.", "Nine", frozenset({"b"}))
        >>> count_sources([one, two]), count_sources([one, Telling("It hurt nine.", "nine", frozenset({"c"}))])
        (1, 2)
    """
    sources: list[list[Telling]] = []
    for new in tellings:
        same = [source for source in sources if any(_are_one(new, other) for other in source)]
        sources = [source for source in sources if source not in same] + [[new, *(t for s in same for t in s)]]
    return len(sources)


def _are_one(one: Telling, two: Telling) -> bool:
    if one.origins & two.origins or _are_nearly_alike(_words(one), _words(two)):
        return True
    return one.can_be_cited and two.can_be_cited and bool(_cited(one.quote) & _cited(two.quote))


def _are_nearly_alike(one: Collection[str], two: Collection[str]) -> bool:
    shorter, longer = sorted((one, two), key=len)
    return len(shorter) >= _FEWEST and len({*shorter} & {*longer}) >= _IN_COMMON * len(shorter)


def _words(telling: Telling) -> frozenset[str]:
    """The words of a quote that mean something, without its value and figures, which independent sources share too."""
    quote = telling.quote.replace(telling.value, " ").replace("per cent", "%")
    for number in reversed(list(numbers_in(quote))):
        quote = f"{quote[: number.start]} {quote[number.end :]}"
    return frozenset(word for word in content_words(quote) if not is_function_word(word))


def _cited(quote: str) -> frozenset[str]:
    """The names that a quote cites, in lower case. A word that begins the quote may be no name."""
    named = ((match["named"] or match["speaker"], match.start()) for match in _WHO_SAID.finditer(quote))
    return frozenset(
        name.lower() for name, start in named if name.lower() not in _DAYS and (start or " " in name or name.isupper())
    )
