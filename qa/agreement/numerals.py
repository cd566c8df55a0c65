"""Numbers as news writes them: "353", "twelve", "about 2,500", "more than 1.2 million", "dozens", "10 to 15"."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.terms import is_function_word

_SMALL = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
        " seventeen eighteen nineteen".split()
    )
}
_TENS = {
    word: 10 * value
    for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
_SCALES = {
    "dozen": 12,
    "hundred": 100,
    "thousand": 1_000,
    "million": 1_000_000,
    "billion": 1_000_000_000,
    "trillion": 1_000_000_000_000,
    "m": 1_000_000,
    "mn": 1_000_000,
    "bn": 1_000_000_000,
    "tn": 1_000_000_000_000,
}
# What a vague word says, and what it does not rule out.
_VAGUE = {
    "a couple": (2, 3, 2, 4),
    "a few": (2, 6, 2, 10),
    "several": (3, 10, 2, 20),
    "dozens": (20, 150, 10, 450),
    "scores": (30, 150, 15, 450),
    "several dozen": (24, 120, 15, 200),
    "several hundred": (200, 999, 100, 2_000),
    "several thousand": (2_000, 9_999, 1_000, 20_000),
    "hundreds": (150, 1_999, 60, 6_000),
    "thousands": (1_500, 19_999, 600, 60_000),
    "tens of thousands": (15_000, 150_000, 6_000, 450_000),
    "hundreds of thousands": (150_000, 1_500_000, 60_000, 5_000_000),
    "millions": (1_500_000, 100_000_000, 600_000, math.inf),
}
_ABOUT = "about|around|roughly|approximately|some|an estimated|estimated|close to|or so|or thereabouts"
_NEARLY = "nearly|almost|just under"
_LEAST = (
    "more than|over|at least|no fewer than|no less than|not less than|upwards? of|exceeding|well over|above"
    "|a minimum of|or more"
)
_MOST = "up to|as many as|as much as|no more than|not more than|fewer than|less than|under|below|at most|a maximum of"
_HEDGE = rf"(?:(?P<hedge>{_LEAST}|{_MOST}|{_NEARLY}|{_ABOUT})\s+(?:a total of\s+)?)?"

_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_WORD = rf"(?:{'|'.join([*_SMALL, *_TENS])})"
_SCALE = "(?:dozen|hundred|thousand|million|billion|trillion)"
_WORDS = (
    rf"(?:(?:half\s+)?an?(?=\s+{_SCALE})|{_WORD}\b)(?:-{_WORD}|\s+{_SCALE}(?:\s+(?:and\s+)?{_WORD}(?:-{_WORD})?)?)*"
    r"(?!\w|-(?:thirds?|quarters?|fifths?))"
)
_ONE = rf"(?:{_DIGITS}(?:\s?(?:thousand|million|billion|trillion|bn|tn)\b|(?:m|mn)\b)?|{_WORDS})"
_VAGUE_WORD = "|".join(sorted(_VAGUE, key=len, reverse=True))
_NUMBER = re.compile(
    rf"(?<![\w.,/:$€£¥-])(?P<words>(?:{_HEDGE}(?P<currency>(?:US)?[$€£¥])?\s?"
    rf"(?:between\s+(?P<from>{_ONE})\s+and\s+(?P<till>{_ONE})|(?P<low>{_ONE})(?:\s+to\s+|(?<=\d)\s?[-–]\s?)(?P<high>{_ONE})"
    rf"|(?P<one>{_ONE})|(?P<vague>(?:{_VAGUE_WORD})\b)))(?:\s+(?P<after>or more|or so)\b)?)"
    r"(?!\d|[.,:/–-]\d|(?:st|nd|rd|th|s)\b)",
    re.IGNORECASE,
)
_FROM = re.compile(r"\bfrom\s+(?:[$€£¥])?$", re.IGNORECASE)
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_IN_DATE_BEFORE = re.compile(rf"\b{_MONTH}\s+(?:\d{{1,2}},?\s+)?$", re.IGNORECASE)
_IN_DATE_AFTER = re.compile(rf"(?:\s+of)?\s+{_MONTH}(?![a-z])|\s*(?:a\.?m\b|p\.?m\b|o['’]clock)", re.IGNORECASE)
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_BEFORE_YEAR = re.compile(r"\b(?:in|since|by|of|from|until|before|after|during|late|early|year)\s+$", re.IGNORECASE)
_NOT_A_COUNT = re.compile(r"\b(?:no|number|every|any|some|each|this|that|the|another)\s+$", re.IGNORECASE)

_TOLERANCE = 0.05
_NEAR, _FAR = 0.10, 0.15
_ABOVE = 1.25
# What is larger, or told to more places, counts nothing: it is a key, or made to break what reads it.
_LARGEST = 1e18
_MOST_PLACES = 18


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text.

    Attributes:
        start: Where its words begin, with what softens it ("about").
        end: Where they end, exclusive.
        amount: The number that is written, or the middle of a range; of a vague word, the least it says.
        low: The least that it says: "about 2,500" says 2,250 to 2,750.
        high: The most that it says.
        least: The least that it does not rule out: "at least 12" rules out 11, but not 500.
        most: The most that it does not rule out.
        currency: The sign before it, or ``""``.

    Example:
        >>> (number,) = numbers_in("about 2,500 troops")
        >>> number.amount, number.low, number.high
        (2500.0, 2250.0, 2750.0)
    """

    start: int
    end: int
    amount: float
    low: float
    high: float
    least: float
    most: float
    currency: str = ""

    @property
    def is_exact(self) -> bool:
        """Whether it is one number and no round one, so that two such numbers are the same by no accident."""
        return self.low == self.high

    @property
    def is_open(self) -> bool:
        """Whether it says no more than about how many, or at least how many, so that more can turn out."""
        return self.most >= 2 * self.amount

    def says_same(self, other: "Number") -> bool:
        """Whether both can be said of one amount: "more than 1,000" and "1,034".

        Example:
            >>> numbers = list(numbers_in("more than 1,000, 1,034 or 5,000"))
            >>> numbers[0].says_same(numbers[1]), numbers[0].says_same(numbers[2])
            (True, False)
        """
        return self.low <= other.high and other.low <= self.high

    def rules_out(self, other: "Number") -> bool:
        """Whether no amount fits both.

        Example:
            >>> numbers = list(numbers_in("dozens, 30 or 2"))
            >>> numbers[0].rules_out(numbers[1]), numbers[0].rules_out(numbers[2])
            (False, True)
        """
        return self.most < other.least or other.most < self.least


def numbers_in(text: str) -> Iterator[Number]:
    """The numbers of a text that can count something: no dates, years, times of day, ordinals or scores.

    Example:
        >>> [number.amount for number in numbers_in("On 6 May 2021 twelve men and 1.5 million hens met 2-1 at 10:15.")]
        [12.0, 1500000.0]
    """
    for match in _NUMBER.finditer(text):
        if _is_in_date(text, match) or _is_year(text, match) or _is_pronoun(text, match):
            continue
        number = _read(match, is_change=bool(_FROM.search(text, 0, match.start())))
        if number is not None:
            yield number


def _read(match: re.Match[str], is_change: bool) -> Number | None:
    hedge = (match["hedge"] or match["after"] or "").lower()
    start, end = match.span("words")
    currency = (match["currency"] or "").removeprefix("US")
    if match["vague"]:
        low, high, least, most = _VAGUE[" ".join(match["vague"].lower().split())]
        return Number(start, end, low, low, high, least, most, currency)
    if match["one"]:
        amount = _amount(match["one"])
        if amount > _LARGEST:
            return None
        return Number(start, end, amount, *_reach(amount, hedge, match["one"]), currency)
    first, last = _amount(match["from"] or match["low"]), _amount(match["till"] or match["high"])
    if max(first, last) > _LARGEST:
        return None
    if is_change:
        # "from 12 to 18" tells that it is 18 now.
        return Number(match.start("high"), end, last, last, last, last, last, currency) if match["high"] else None
    # "2-1" is a score; "1.2 to 1.5 million" counts in millions both times.
    first = first * (_scale(match["till"] or match["high"]) if first < last / 1_000 else 1)
    return Number(start, end, (first + last) / 2, first, last, first, last, currency) if first < last else None


def _reach(amount: float, hedge: str, words: str) -> tuple[float, float, float, float]:
    """What an amount says (low, high), and what it does not rule out (least, most)."""
    if hedge and re.fullmatch(_LEAST, hedge):
        return amount, amount * _ABOVE, amount, math.inf
    if hedge and re.fullmatch(_MOST, hedge):
        return amount / _ABOVE, amount, 0, amount
    if hedge and re.fullmatch(_NEARLY, hedge):
        return amount * (1 - _NEAR), amount, amount * (1 - _FAR), amount * (1 + _TOLERANCE)
    if hedge or "dozen" in words.lower():
        near, far = max(amount * _NEAR, 1), max(amount * _FAR, 2)
        return amount - near, amount + near, amount - far, amount + far
    slack = _rounding(amount, words)
    return amount - slack, amount + slack, amount - slack, amount + slack


def _rounding(amount: float, words: str) -> float:
    """How far an amount that is written without "about" may be off: half of the last place that is not zero."""
    written = re.match(_DIGITS, words)
    if written and "." in written.group():
        return _scale(words) * 0.5 / 10.0 ** min(len(written.group().partition(".")[2]), _MOST_PLACES)
    if amount < 100 or amount % 100:
        return 0.0
    zeros = len(str(int(amount))) - len(str(int(amount)).rstrip("0"))
    return min(0.5 * 10.0**zeros, amount * _TOLERANCE)


def _scale(words: str) -> float:
    return math.prod(_SCALES.get(word, 1) for word in re.findall(r"[a-z]+", words.lower()))


def _amount(words: str) -> float:
    words = words.lower().replace(",", "")
    if digits := re.match(r"[\d.]+", words):
        return float(digits.group()) * _scale(words)
    total = current = 0.0
    for word in re.findall(r"[a-z]+", words):
        if word in ("a", "an"):
            current = current or 1.0
        elif word == "half":
            current = 0.5
        elif _SCALES.get(word, 0) >= _SCALES["thousand"]:
            total, current = total + current * _SCALES[word], 0.0
        elif word in _SCALES:
            current *= _SCALES[word]
        else:
            current += _SMALL.get(word, 0) + _TENS.get(word, 0)
    return total + current


def _is_in_date(text: str, match: re.Match[str]) -> bool:
    """Whether a number is the day of a month or a time of day."""
    return bool(_IN_DATE_BEFORE.search(text, 0, match.start("words")) or _IN_DATE_AFTER.match(text, match.end()))


def _is_year(text: str, match: re.Match[str]) -> bool:
    if not _YEAR.fullmatch(match["words"]):
        return False
    counted = re.match(r"\s+([a-z]+)", text[match.end() :])
    return not counted or is_function_word(counted[1]) or bool(_BEFORE_YEAR.search(text, 0, match.start()))


def _is_pronoun(text: str, match: re.Match[str]) -> bool:
    """Whether "one" stands for a thing, as in "no one" or "the one", rather than counting it."""
    return match["words"].lower() == "one" and bool(_NOT_A_COUNT.search(text, 0, match.start()))
