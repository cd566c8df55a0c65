"""When a sentence is a copy of another one: agency text is reprinted with a few words put in, or cut shorter.

The rule is strict, since a copy is shown as a further place of the same quote. The words of the shorter sentence must
all stand in the longer one, in the same order, and what the longer one has besides must be able to change nothing: no
number, no name, no "not" or "may" or "about". Spelling, dateline and words such as "the" and "also" do not count.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from index.agencies import after_dateline
from index.repeats import LINK, WORD

# What stands for any number, so that sentences can be told that differ in their numbers alone.
NUMBER = "#"

# A sentence of fewer words than this has no copies other than those of the same words.
FEWEST_WORDS = 6

# Of the longer sentence's words, this share may stand within it that the shorter one lacks.
_SHARE_PUT_IN = 1 / 10
# A sentence cut short at a comma or a dash keeps at least this share of its words, and this number.
_SHARE_KEPT = 1 / 2
_FEWEST_KEPT = 8

# Sentences that share this much of their words tell of the same thing.
_SHARE_OF_SAME_WORDS = 1 / 2

_PAUSE = re.compile(r"[,;:–—…)”\"]|\s-\s")
_BARE_PLACE = re.compile(r"[A-Z][A-Z.' ]{3,40}(?:, (?:[A-Z][\w.]* ?){1,3})? ?[-–—]+ ")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")

_DROPPED = frozenset("a an the that which who has had have also and of on at in meanwhile however".split())

_DIGITS = {
    word: str(value)
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
        " seventeen eighteen nineteen twenty".split()
    )
}
_NUMBER_WORDS = frozenset(
    "thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands million millions billion"
    " billions trillion trillions dozen dozens score scores half halves quarter quarters third thirds fourth fifth"
    " sixth seventh eighth ninth tenth first second once twice thrice double triple single pair couple".split()
)
_SAME = {
    "percent": "%",
    "says": "said",
    "added": "said",
    "stated": "said",
    "jan": "january",
    "feb": "february",
    "apr": "april",
    "aug": "august",
    "sept": "september",
    "oct": "october",
    "nov": "november",
    "dec": "december",
    "organisation": "organization",
    "organisations": "organizations",
    "defence": "defense",
    "programme": "program",
    "programmes": "programs",
    "centre": "center",
    "labour": "labor",
    "neighbouring": "neighboring",
    "travelled": "traveled",
    "travelling": "traveling",
    "cancelled": "canceled",
}

# Words that change what is said where they are put in, or left out.
_WEIGHTY = frozenset(
    "not no never none nor neither nothing nobody nowhere without cannot t if unless whether until though"
    " although despite except may might could would should will shall must can alleged reported claim claims"
    " claimed suspected possible potential apparent accused deny denies denied denying refuse refuses refused"
    " reject rejected fail fails failed expected plan plans planned want wants wanted hope hopes hoped threatened"
    " tried attempt attempted attempts tentative almost about around least most more less fewer than over under up"
    " down above below some just many much few several all every any both each other another former ex late acting"
    " false fake wrong non anti is are was were be been being am by today yesterday tomorrow tonight last next"
    " previous percent deputy vice wife husband widow son daughter father mother brother sister".split()
)
_LIGHT_ADVERBS = frozenset("previously recently".split())


@dataclass(frozen=True, slots=True)
class Wording:
    """A sentence as its copies are told by.

    Attributes:
        words: Its words in one spelling, without those that do not count; ``"#"`` stands for each number.
        numbers: The numbers, in order.
        free: For each word, whether a copy may lack it.
        pauses: For each word, whether a comma, a dash or the like stands before it.

    Example:
        >>> wording = wording_of("The Centre sold twelve boats, also on Friday.")
        >>> wording.words, wording.numbers
        (('center', 'sold', '#', 'boats', 'friday'), ('12',))
        >>> wording.free
        (False, True, False, True, False)
    """

    words: tuple[str, ...]
    numbers: tuple[str, ...]
    free: tuple[bool, ...]
    pauses: tuple[bool, ...]


def wording_of(sentence: str) -> Wording:
    """Read a sentence: which of its words count, and how.

    Example:
        >>> wording_of("OSLEN (AP) — Rain fell.").words == wording_of("Rain fell.").words
        True
    """
    text = unicodedata.normalize("NFC", LINK.sub(" ", sentence))
    start = after_dateline(text)
    place = _BARE_PLACE.match(text)
    words, numbers, free, pauses = [], [], [], []
    end, pause = start, False
    for match in WORD.finditer(text, start):
        pause = pause or bool(_PAUSE.search(text, end, match.start()))
        end = match.end()
        word = match[0].casefold()
        if word in _DROPPED:
            continue
        word = _SAME.get(word, word)
        number = _number(word)
        if number:
            numbers.append(number)
        words.append(NUMBER if number else word)
        in_place = place is not None and end <= place.end()
        free.append(not number and (in_place or match[0][0].islower()) and not _weighs(word))
        pauses.append(pause)
        pause = False
    return Wording(tuple(words), tuple(numbers), tuple(free), tuple(pauses))


def is_copy(one: Wording, other: Wording) -> bool:
    """Whether one sentence is a copy of the other. They never differ in a number or a name.

    Example:
        >>> first = wording_of("OSLEN (AP) — The flood shut 12 schools in the old town of Oslen, Ida Brandt said.")
        >>> second = wording_of("The flood shut twelve schools in the town of Oslen, Ida Brandt said.")
        >>> is_copy(first, second)
        True
        >>> is_copy(first, wording_of("The flood shut 13 schools in the old town of Oslen, Ida Brandt said."))
        False
    """
    if one.numbers != other.numbers:
        return False
    if one.words == other.words:
        return bool(one.words)
    shorter, longer = sorted((one, other), key=lambda wording: len(wording.words))
    if len(shorter.words) < FEWEST_WORDS or len(shorter.words) == len(longer.words):
        return False
    lacking = _lacking(shorter.words, longer.words)
    if lacking is None or not all(longer.free[place] for place in lacking):
        return False
    return len(lacking) <= _SHARE_PUT_IN * len(longer.words) or _is_cut(len(shorter.words), lacking[0], longer)


def differ_in_number(one: Wording, other: Wording) -> bool:
    """Whether two sentences of much the same words tell different numbers. One that only tells fewer does not differ.

    Example:
        >>> twelve = wording_of("The flood shut 12 schools in the old town of Oslen.")
        >>> differ_in_number(twelve, wording_of("In the old town, the flood has now shut 13 schools."))
        True
        >>> differ_in_number(twelve, wording_of("The flood shut schools in the old town of Oslen."))
        False
    """
    ours, theirs = Counter(one.numbers), Counter(other.numbers)
    if ours <= theirs or theirs <= ours:
        return one.numbers != other.numbers and one.words == other.words
    shared, either = set(one.words) & set(other.words), set(one.words) | set(other.words)
    return len(shared) >= _SHARE_OF_SAME_WORDS * len(either)


def _lacking(shorter: Sequence[str], longer: Sequence[str]) -> list[int] | None:
    """The places of the words in the longer one that the shorter one lacks; None if that is no part of it."""
    lacking = []
    matched = 0
    for place, word in enumerate(longer):
        if matched < len(shorter) and shorter[matched] == word:
            matched += 1
        else:
            lacking.append(place)
    return lacking if matched == len(shorter) else None


def _is_cut(kept: int, first: int, longer: Wording) -> bool:
    """Whether a sentence was cut where its words pause, and enough of it was kept."""
    enough = kept >= max(_FEWEST_KEPT, _SHARE_KEPT * len(longer.words))
    return enough and first == kept and longer.pauses[first]


def _weighs(word: str) -> bool:
    """Whether a word changes what is said. Most adverbs may, such as "allegedly" and "nearly"."""
    return word in _WEIGHTY or not word.isalpha() or (word.endswith("ly") and word not in _LIGHT_ADVERBS)


def _number(word: str) -> str:
    """A number as it is compared: ``"12"`` for "twelve", ``"2500"`` for "2,500"; ``""`` if the word is none."""
    if any(character.isnumeric() for character in word):
        return _THOUSANDS.sub("", word)
    if word in _NUMBER_WORDS or not word[0].isalpha():
        return word
    return _DIGITS.get(word, "")
