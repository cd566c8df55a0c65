"""Bylines, date stamps and publishers in the text of a scraped article."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY_NAME = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE = rf"(?:\d{{4}}-\d{{2}}-\d{{2}}|{_DAY_NAME}(?:{_DAY}\s+{_MONTH},?\s+\d{{4}}|{_MONTH}\s+{_DAY},?\s+\d{{4}}))"
_CLOCK = (
    r"(?:[T,|\s]*(?:at\s+)?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?"
    r"\s*(?:[ap]\.?m\.?)?(?:\s*\(?[A-Z]{2,4}\)?|Z|[+-]\d{2}:?\d{2})?)?"
)
_STAMP = re.compile(
    r"\s*(?P<label>(?:(?:first\s+|last\s+)?(?:published|posted|updated|modified)(?:\s+(?:on|at))?|date|issued)\s*[:|-]?\s*)?"
    rf"(?P<date>{_DATE}){_CLOCK}(?:\s*[|/·•-]\s*(?:updated|modified).{{0,60}})?",
    re.IGNORECASE,
)
_NAME = r"(?:[A-Z][\w.'’-]+\s*)"
_BYLINE = re.compile(rf"[Bb]y:?\s+(?!the\s){_NAME}{{1,4}}(?:(?:,|and|&|\||/|in|for)\s*{_NAME}{{1,5}}){{0,4}}")
_COPYRIGHT = re.compile(
    r"(?:copyright|©|\(c\))\s*(?:©\s*)?(?:\d{4}(?:\s*[-–]\s*\d{4})?)?\s*(?:by\s+)?"
    r"(?P<name>[A-Z][^.,|©\n]{2,50}?)\s*(?:\d{4})?\s*(?:[.,|]|all rights|$)",
    re.IGNORECASE,
)
_READ_MORE_FROM = re.compile(r"click here to read more from (?:the )?(?P<name>.{3,40}?)[.!]?", re.IGNORECASE)
_DATELINE = re.compile(r"[A-Z][A-Za-z.,’' -]{2,40}\((?P<name>AP|AFP|Reuters|UPI|TASS|Xinhua|CNN|BBC|IANS|ANI|dpa)\)\s*[-–—]")
_TWEET_SIGNATURE = re.compile(rf"[^\n]{{1,60}}\(@\w{{1,15}}\)(?:\s+{_DATE})?", re.IGNORECASE)
_AGENCIES = {"AP": "Associated Press", "AFP": "Agence France-Presse"}
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date stamp at the head of a paragraph.

    Attributes:
        date: The date, as it is written.
        end: Where the stamp ends in the paragraph.
        rest: Where the paragraph goes on after the stamp; 0 where nothing follows.
    """

    date: str
    end: int
    rest: int


def date_stamp(paragraph: str) -> Stamp | None:
    """Find a date stamp: a paragraph that is one, or one that is glued before the first sentence.

    A date that begins a sentence is no stamp: only a labelled date or an ISO date may have text behind it.

    Example:
        >>> date_stamp("Published 6 January 2022")
        Stamp(date='6 January 2022', end=24, rest=0)
        >>> date_stamp("January 6, 2022, was a cold day.") is None
        True
    """
    match = _STAMP.match(paragraph)
    if match is None:
        return None
    tail = paragraph[match.end() :]
    rest = len(paragraph) - len(tail.lstrip(" \t|·•-–—"))
    if rest >= len(paragraph):
        return Stamp(match["date"], match.end(), 0)
    glued = tail[0].isspace() and (paragraph[rest].isupper() or not paragraph[rest].isalnum())
    marked = match["label"] is not None or match["date"][:4].isdigit()
    return Stamp(match["date"], match.end(), rest) if glued and marked else None


def is_metadata(paragraph: str) -> bool:
    """Whether a paragraph tells who wrote it or when, and nothing else: a byline, a date stamp, a tweet's signature.

    Example:
        >>> is_metadata("By Ada Lovelace"), is_metadata("By Friday the rain had stopped.")
        (True, False)
    """
    if len(paragraph) > _LONGEST:
        return False
    stamp = date_stamp(paragraph)
    if stamp is not None and stamp.rest == 0:
        return True
    return bool(_BYLINE.fullmatch(paragraph) or _TWEET_SIGNATURE.fullmatch(paragraph))


def publisher_of(paragraphs: Iterable[str]) -> str:
    """The publisher that the text names in a copyright line, a footer or a dateline, or ``""``.

    Example:
        >>> publisher_of(["Copyright 2022 The Example Press. All rights reserved"])
        'The Example Press'
    """
    dateline = ""
    for paragraph in paragraphs:
        if len(paragraph) <= 2 * _LONGEST:
            match = _COPYRIGHT.match(paragraph) or _READ_MORE_FROM.fullmatch(paragraph)
            if match:
                return _as_name(match["name"])
        agency = _DATELINE.match(paragraph)
        if agency and not dateline:
            dateline = _AGENCIES.get(agency["name"], agency["name"])
    return dateline


def _as_name(name: str) -> str:
    """A name as it is written, shouted ones in title case."""
    name = " ".join(name.split())
    return name.title() if name.isupper() and len(name) > 6 else name
