"""What happened to those whom a number counts: "353 injured" and "the violence left 353 people hurt" tell the same."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from index.terms import analyzer

_COMMON = {
    "die": "dead died die dies dying death deaths killed kill kills killing fatalities fatality toll perished perish"
    " drowned drown drowning slain",
    "hurt": "injured injure injures injuring injury injuries wounded wound wounds wounding hurt hurts hurting",
    "arrest": "arrested arrest arrests arresting detained detain detains detaining detention custody",
    "miss": "missing unaccounted",
    "rescue": "rescued rescue rescues rescuing saved",
    "free": "freed free releases released releasing",
    "flee": "evacuated evacuate evacuating evacuation fled flee fleeing displaced homeless",
    "treat": "hospitalised hospitalized treated",
    "infect": "infected infections infection",
    "destroy": "destroyed destroy destroys destroying destruction",
    "damage": "damaged damage damages damaging",
    "burn": "burned burnt burn burns burning",
}
_COMMON_BY_WORD = {word: event for event, words in _COMMON.items() for word in words.split()}
# What befalls people, so that a number without a noun ("353 injured") counts them.
BEFALLS_PEOPLE = frozenset("die hurt arrest miss rescue free flee treat infect".split())
# Forms that stand before those to whom it is done: "killing 12 people", "a death toll of 12".
_ACTIVE = re.compile(
    r"\w+(?:ed|ing|s)|burnt|burn|damage|destroy|hurt|kill|arrest|detain|injure|wound|free|rescue|death|toll"
)
_WORD = re.compile(r"[^\W\d_]+")
# Verbs of questions that say little of what happened.
_LIGHT = frozenset(
    "be been being find found take took taken make made get got give given say said tell told report reported have had"
    " has do did done happen happened become leave left put set come came go went belong called known cause caused"
    " confirmed believed thought expected announced used involved".split()
)


def is_common(event: str) -> bool:
    """Whether an event is one that is looked for in every sentence, whatever the question.

    Example:
        >>> is_common("die"), is_common("vote")
        (True, False)
    """
    return event in _COMMON


def tells_event(word: str) -> bool:
    """Whether a word, in lower case, tells one of the common events.

    Example:
        >>> tells_event("wounded"), tells_event("voted")
        (True, False)
    """
    return word in _COMMON_BY_WORD


def asked_event(question: str, verbs: frozenset[str]) -> str:
    """What a question asks to have happened.

    Args:
        question: The question.
        verbs: The words of it that are likely verbs, in lower case.

    Returns:
        The name of a common event, or else the stem of its last verb, or ``""``.

    Example:
        >>> asked_event("How many people were wounded?", frozenset(("wounded",)))
        'hurt'
    """
    words = [word.lower() for word in _WORD.findall(question)]
    common = [_COMMON_BY_WORD[word] for word in words if word in _COMMON_BY_WORD]
    other = [stem(word) for word in words if word in verbs and word not in _LIGHT]
    return (common or other or [""])[-1]


def event_at(text: str, start: int, end: int, bounds: tuple[int, int], wanted: str = "") -> tuple[str, int]:
    """What happened to those whom a number counts.

    Args:
        text: The sentence.
        start: Where the number begins.
        end: Where it ends, exclusive.
        bounds: Where the number before it ends, and where the one behind it begins.
        wanted: The stem of a verb to look for besides the common events.

    Returns:
        The event, or ``""``, and where the word that tells it ends.

    Example:
        >>> event_at("Nine were hurt.", 0, 4, (0, 15))
        ('hurt', 14)
    """
    before, after = bounds
    following = list(_events(text, end, after, wanted))
    # Of "killed 12 people and injured 353" the second verb belongs to the second number.
    if following and after < len(text) and not text[following[-1][1] : after].strip():
        following.pop()
    preceding = list(_events(text, before, start, wanted))
    if preceding and _ACTIVE.fullmatch(preceding[-1][2]):
        event, place, _ = preceding[-1]
        between = text[place:start]
        if not between.strip() or not (following or re.search(r"[,;]|\band\b", between)):
            return event, place
    return following[0][:2] if following else ("", end)


def _events(text: str, start: int, end: int, wanted: str) -> Iterator[tuple[str, int, str]]:
    """The events that are told between two places, each with the end of its word and that word in lower case."""
    for match in _WORD.finditer(text, start, end):
        word = match.group().lower()
        event = _COMMON_BY_WORD.get(word) or (wanted if wanted and stem(word) == wanted else "")
        if event:
            yield event, match.end(), word


@lru_cache(maxsize=4_096)
def stem(word: str) -> str:
    """The stem of a word, in lower case.

    Example:
        >>> stem("Detained")
        'detain'
    """
    return "".join(_analyzer().analyze(word))


@lru_cache(maxsize=1)
def _analyzer() -> Any:
    return analyzer()
