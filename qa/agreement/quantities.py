"""Quantities in a sentence: a number, what it counts, and what happened to that: "353", "police", "hurt"."""

import re
from dataclasses import dataclass
from itertools import takewhile
from typing import Literal

from index.terms import is_function_word
from qa.agreement.happenings import BEFALLS_PEOPLE, event_at, stem, tells_event
from qa.agreement.numerals import Number, numbers_in

Relation = Literal["same", "different", "unclear"]

PEOPLE = "people"
_UNITS = {
    "$": "dollars dollar usd",
    "€": "euros euro eur",
    "£": "pounds pound gbp",
    "¥": "yen yuan",
    "%": "percent percentage",
    "km": "km kilometres kilometre kilometers kilometer",
    "m": "m metres metre meters meter",
    "mile": "miles mile mi",
    "foot": "feet foot ft",
    "year": "years year",
    "month": "months month",
    "week": "weeks week",
    "day": "days day",
    "hour": "hours hour",
    "minute": "minutes minute",
    "tonne": "tonnes tonne tons ton",
    "kg": "kg kilograms kilogrammes kilos",
    "hectare": "hectares hectare ha",
    "acre": "acres acre",
    "degree": "degrees degree",
}
UNITS = frozenset(_UNITS)
_GROUPS = {
    PEOPLE: "people person persons victims victim casualties individuals lives life",
    "police": "police policemen policeman policewomen officers officer",
    "soldier": "soldiers soldier troops servicemen military",
    "protester": "protesters protester protestors demonstrators demonstrator rioters",
    "child": "children child kids",
    "woman": "women woman",
    "civilian": "civilians civilian",
}
_NAME_OF_NOUN = {word: name for names in (_UNITS, _GROUPS) for name, words in names.items() for word in words.split()}
# Groups that stand against others in the news: "353 people" and "353 police officers" are not two words for the same.
# Of a few it can be said all the same: two people died, and both were soldiers.
_SIDES = frozenset(_GROUPS) - {PEOPLE}
_FEW = 20
_SAYS_LITTLE = frozenset(
    "other local new young innocent ordinary separate different whole full entire alleged suspected".split()
)
# Words that end a noun: verbs that are not seen by their ending, adverbs of time, adjectives that stand behind.
_NO_NOUN = frozenset(
    "alive became began came drew fell flew found gave got grew held kept knew lay left lost made met paid put ran rose"
    " said sank saw say says sent shut sat sold spent stood strong struck swam told took went won wore overnight abroad"
    " now today yesterday tomorrow tonight monday tuesday wednesday thursday friday saturday sunday ago later earlier"
    " also still already yet alone long tall high wide deep old far according including total worth away each".split()
)
_TOKEN = re.compile(r"per cent|[^\W\d_]+(?:['’][^\W\d_]+)*|%|\S", re.IGNORECASE)
_MARKS = frozenset("-–'‘’\"“”")
_OF = re.compile(r"\s*['’\"”]?\s*of\s+(?:(?:the|its|his|her|their|our|these|those|all)\s+)?", re.IGNORECASE)

_MORE_BEFORE = re.compile(r"\b(?:another|further|additional|extra|a second)\s+$", re.IGNORECASE)
_MORE_BEHIND = re.compile(r"\s+(?:more|further|additional|new)\b", re.IGNORECASE)
_OLD = re.compile(
    r"\b(?:up from|down from|compared (?:with|to)|instead of|rather than|not|out of|earlier|previous(?:ly)?"
    r"|initial(?:ly)?|the first)\b[^.;]*$",
    re.IGNORECASE,
)
_MAYBE = re.compile(
    r"\b(?:could|may|might|fear(?:s|ed)?|expect(?:s|ed)?|risk(?:s|ed)?|hope[sd]?|planned)\b", re.IGNORECASE
)
_NEAR = 90


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with what it counts.

    Attributes:
        start: Where its words begin.
        end: Where they end, exclusive.
        number: The number.
        noun: What it counts: a stem, or one name for several words ("police" for officers); ``""`` if unknown.
        modifiers: The stems that tell which of them: of "foreign tourists" the first.
        event: What happened to them ("die"), or ``""``.
        is_named: Whether its own words name what it counts: those of "and 41 injured" do not.
        is_other: Whether it counts others than those that are named: "Karn and two other towns".
        is_whole: Whether it may be the whole figure as of now: neither "another 12" nor "up from 12" is.
        is_sure: Whether it is told as it is: not so "up to 40 could be lost".

    Example:
        >>> (quantity,) = quantities_in("At least 353 police officers were injured.")
        >>> quantity.number.amount, quantity.noun, quantity.event
        (353.0, 'police', 'hurt')
    """

    start: int
    end: int
    number: Number
    noun: str
    modifiers: frozenset[str]
    event: str
    is_named: bool
    is_other: bool
    is_whole: bool
    is_sure: bool


def noun_of(words: str) -> str:
    """The noun that a few words begin with, as ``Quantity`` names it, or ``""``.

    Example:
        >>> noun_of("police officers"), noun_of("school boats left")
        ('police', 'boat')
    """
    found = re.findall(r"[^\W\d_]+", words.lower())
    nouns = list(takewhile(lambda word: not tells_event(word) and not _ends_nouns(word), found))
    return _named(nouns)[0]


def quantities_in(text: str, event: str = "") -> list[Quantity]:
    """The quantities of a sentence.

    Args:
        text: The sentence.
        event: The stem of a verb to look for besides the common events.

    Example:
        >>> [(q.number.amount, q.noun, q.event) for q in quantities_in("Nine guards were killed and 41 injured.")]
        [(9.0, 'guard', 'die'), (41.0, 'guard', 'hurt')]
    """
    numbers = list(numbers_in(text))
    ends = [0, *(number.end for number in numbers)]
    starts = [*(number.start for number in numbers[1:]), len(text)]
    quantities: list[Quantity] = []
    for number, before, after in zip(numbers, ends, starts, strict=False):
        happened, told = event_at(text, number.start, number.end, (before, after), event)
        nouns, end = ([number.currency], number.end) if number.currency else _nouns(text, number.end, after)
        noun, modifiers = _named(nouns)
        is_named = bool(noun)
        if not noun and happened:
            # "Nine guards were killed and 41 injured": 41 guards.
            last = quantities[-1].noun if quantities else ""
            noun = last if last and last not in UNITS else PEOPLE if happened in BEFALLS_PEOPLE else ""
            # Such words as "41 hurt", but no clause: "two of whom were hanged".
            end = told if len(text[number.end : told].split()) == 1 else end
        quantities.append(_quantity(text, number, end, (noun, modifiers, happened), is_named))
    return quantities


def compare(one: Quantity, two: Quantity) -> Relation:
    """Whether two quantities tell the same figure, another one for the same thing, or cannot be compared.

    Example:
        >>> (nine,), (ten,) = quantities_in("Nine guards died."), quantities_in("Ten guards have died.")
        >>> compare(nine, ten)
        'different'
    """
    if one.is_other != two.is_other or (one.event and two.event and one.event != two.event):
        return "unclear"
    same, nouns = one.number.says_same(two.number), {one.noun, two.noun}
    if one.noun == two.noun != "" and one.modifiers == two.modifiers:
        return "same" if same else "different" if one.number.rules_out(two.number) else "unclear"
    if PEOPLE in nouns and nouns & _SIDES:
        is_telling = one.number.is_exact and two.number.is_exact and one.number.amount >= _FEW
        return "different" if same and is_telling else "unclear"
    return "same" if same and (len(nouns) == 1 or nouns & {"", PEOPLE}) else "unclear"


def _quantity(text: str, number: Number, end: int, told: tuple[str, frozenset[str], str], is_named: bool) -> Quantity:
    before, behind = text[max(0, number.start - _NEAR) : number.start], text[number.end : number.end + _NEAR]
    noun, modifiers, event = told
    return Quantity(
        start=number.start,
        end=end,
        number=number,
        noun=noun,
        modifiers=modifiers,
        event=event,
        is_named=is_named,
        is_other=bool(re.search(r"\bother\b", text[number.end : end])),
        is_whole=not (_MORE_BEFORE.search(before) or _MORE_BEHIND.match(behind) or _OLD.search(before)),
        is_sure=not (_MAYBE.search(before) or _MAYBE.search(behind)),
    )


def _nouns(text: str, start: int, limit: int) -> tuple[list[str], int]:
    """The words behind a number that name what it counts, in lower case, and where they end."""
    nouns: list[str] = []
    of = _OF.match(text, start, limit)
    end = start
    for match in _TOKEN.finditer(text, of.end() if of else start, limit):
        word = match.group().lower().replace("per cent", "percent")
        # "353 injured people" and "12 armed men", but "12 people injured".
        is_passed_over = word in _MARKS or (not nouns and (tells_event(word) or word.endswith(("ed", "ing"))))
        if is_passed_over:
            continue
        if not (word[0].isalpha() or word == "%") or tells_event(word) or _ends_nouns(word):
            break
        nouns.append(word)
        end = match.end()
        if word in UNITS or _NAME_OF_NOUN.get(word) in UNITS:
            break
    return nouns, end


def _ends_nouns(word: str) -> bool:
    if word == "other":
        return False
    return is_function_word(word) or word in _NO_NOUN or word.endswith(("ed", "ly", "ing"))


def _named(nouns: list[str]) -> tuple[str, frozenset[str]]:
    """The name of the last of some nouns, and the stems of those before it that tell which are meant."""
    if not nouns or nouns[-1] in UNITS:
        return (nouns[-1] if nouns else ""), frozenset()
    if "police" in nouns or "enforcement" in nouns:
        return "police", frozenset()
    head = _NAME_OF_NOUN.get(nouns[-1]) or stem(nouns[-1])
    return head, frozenset(stem(word) for word in nouns[:-1] if word not in _SAYS_LITTLE)
