"""What narrows a figure down: "$12 for children" and "$20 for adults" are no contradiction."""

import re
from collections.abc import Iterator

from index.terms import is_function_word
from qa.agreement.happenings import stem

_PHRASE = re.compile(
    r"\b(by|for)\s+((?:(?!(?:by|for|and|or|in|on|at|who|that|which)\b)[\w'’-]+[ ]?){1,4})", re.IGNORECASE
)
_WORD = re.compile(r"[^\W_]+")
# "By then", "by far", "for example", and how long something took, narrow nothing down.
_OTHERWISE = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday yesterday today tomorrow now then far midday noon"
    " midnight night morning evening afternoon example instance least second seconds minute minutes hour hours day days"
    " week weeks month months year years decade decades time times long".split()
)


def narrow_apart(one: str, two: str) -> bool:
    """Whether two quotes say by whom, or for whom, and name nobody alike.

    Example:
        >>> narrow_apart("Nine were killed by the police.", "Twelve were killed by gunmen.")
        True
        >>> narrow_apart("By Friday nine were killed by the police.", "By Monday twelve were killed.")
        False
    """
    here, there = dict(_phrases(one)), dict(_phrases(two))
    return any(here[word].isdisjoint(there[word]) for word in here.keys() & there.keys())


def _phrases(quote: str) -> Iterator[tuple[str, frozenset[str]]]:
    """The stems behind "by" and "for", by that word."""
    found: dict[str, set[str]] = {}
    for match in _PHRASE.finditer(quote):
        words = [word.lower() for word in _WORD.findall(match[2])]
        if any(word[0].isdigit() or word in _OTHERWISE for word in words):
            continue
        found.setdefault(match[1].lower(), set()).update(stem(word) for word in words if not is_function_word(word))
    yield from ((word, frozenset(stems)) for word, stems in found.items() if stems)
