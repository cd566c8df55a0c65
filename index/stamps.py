"""Date stamps: the lines that tell when an article was published or updated."""

import re
from dataclasses import dataclass
from datetime import date

from index.dates import parse_date, published_on

_LONGEST = 160

_NUMERIC_DATE = r"\d{4}[-/]\d{2}[-/]\d{2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}"
_NAMED_DATE = (
    r"\d{1,2}(?:st|nd|rd|th)?(?: of)?[ -][a-z]{3,9}\b\.?,?[ -]\d{4}\b|[a-z]{3,9}\b\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}\b"
)
_DATE = rf"(?:\b(?:{_NUMERIC_DATE}|{_NAMED_DATE}))"
_CLOCK = (
    r"(?:T?\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d{1,6})?)?|\d{1,2}(?= ?[ap]\.?m\b))"
    r"(?: ?[ap]\.?m\b\.?)?(?:Z\b|[+-]\d{2}:?\d{2})?"
)
_AGO = r"(?:\d{1,3}|an?) (?:sec(?:ond)?|min(?:ute)?|hr|hour|day|week|month|year)s? ago"
_LABEL = (
    r"\b(?:(?:first |last )?(?:published|posted|updated|update|modified|created|added|issued)|date)(?: (?:on|at))?\b"
)
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?"
_ZONE = (
    r"\(?\b(?:utc|gmt|bst|ist|est|edt|et|cst|cdt|ct|mst|mdt|mt|pst|pdt|pt|cet|cest|eet|msk|aest|aedt|sgt|hkt|jst)\b\)?"
)
_BREAK = r"(?:[\s|/·•,;:()–—-]|\.(?= (?:first |last )?(?:published|posted|updated|modified)\b))"
# Possessive: there are more ways to divide a row of digits and colons into clocks than could ever be tried.
_PARTS = rf"(?:{_DATE}|{_LABEL}|{_CLOCK}|{_AGO}|{_WEEKDAY}|{_ZONE}|\b(?:at|on)\b|{_BREAK})++"

_STAMP = re.compile(_PARTS, re.IGNORECASE)
_ONE_DATE = re.compile(_DATE, re.IGNORECASE)
_NUMERIC = re.compile(_NUMERIC_DATE)
_TIME = re.compile(rf"{_CLOCK}|{_AGO}", re.IGNORECASE)
_LABEL_OR_DATE = re.compile(rf"(?P<label>{_LABEL})|{_DATE}", re.IGNORECASE)
_OF_A_CHANGE = re.compile(r"(?:last )?(?:updated?|modified)\b", re.IGNORECASE)
_STARTS_WITH_LABEL = re.compile(_LABEL, re.IGNORECASE)
_STAMP_START = re.compile(rf"(?<!\w)(?:{_LABEL}|{_WEEKDAY}|{_DATE}|{_AGO}|{_CLOCK})", re.IGNORECASE)
_BARS = (" | ", " / ", " · ", " • ")
_BETWEEN = " \t|/·•,;:–—-"


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date stamp at the head of a paragraph.

    Attributes:
        date: The first date in it, as it is written, or ``""`` where it tells only a time.
        end: Where the stamp ends in the paragraph.
        rest: Where the paragraph goes on after the stamp; 0 where nothing follows.

    Example:
        >>> text = "Published 6 January 2022 Rain fell."
        >>> stamp = date_stamp(text)
        >>> stamp.date, text[stamp.rest :]
        ('6 January 2022', 'Rain fell.')
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
    match = _STAMP.match(paragraph[:_LONGEST])
    if match is None:
        return None
    head = match.group().rstrip(_BETWEEN + "\n\r")
    written = _first_date(head)
    if written is None:
        return None
    rest = match.end()
    if rest == len(paragraph):
        return Stamp(written, len(head), 0)
    marked = bool(written) and (_STARTS_WITH_LABEL.match(head) or written[:4].isdigit())
    gap = paragraph[len(head) : rest]
    glued = gap[:1].isspace() and "," not in gap and (paragraph[rest].isupper() or not paragraph[rest].isalnum())
    return Stamp(written, len(head), rest) if marked and glued else None


def without_stamp(line: str) -> tuple[str, str]:
    """Divide a line that ends with a date stamp, or begins with one before a bar or a byline: the rest, and the date.

    Returns:
        The line and ``""`` where it ends with no stamp.

    Example:
        >>> without_stamp("By Ada Moor | Updated 6 January 2022")
        ('By Ada Moor', '6 January 2022')
    """
    rest, stamp = _divided(line)
    return rest, _first_date(stamp) or ""


@dataclass(frozen=True, slots=True)
class StampDays:
    """The days that a date stamp tells.

    Attributes:
        published: The day of publication, or None.
        changed: The day of which it says "updated" or "modified", or None.

    Example:
        >>> StampDays(None, date(2022, 1, 7)).published is None
        True
    """

    published: date | None
    changed: date | None


def stamp_days(line: str) -> StampDays:
    """The days that the date stamp of a line tells, the first of each sort.

    Example:
        >>> days = stamp_days("By Ada Moor | Updated 7 January 2022 | Published 6 January 2022")
        >>> days.published, days.changed
        (datetime.date(2022, 1, 6), datetime.date(2022, 1, 7))
    """
    found: dict[bool, date] = {}
    of_a_change = False
    for match in _LABEL_OR_DATE.finditer(_divided(line)[1]):
        if match["label"]:
            of_a_change = bool(_OF_A_CHANGE.match(match["label"]))
        elif day := published_on(match.group()):
            found.setdefault(of_a_change, day)
    return StampDays(found.get(False), found.get(True))


def _divided(line: str) -> tuple[str, str]:
    """A line without its stamp, and the stamp, or ``""`` where there is none."""
    if len(line) <= _LONGEST:
        leading = _STAMP.match(line)
        if (
            leading
            and _first_date(leading.group())
            and (leading.group().endswith(_BARS) or line[leading.end() :].lower().startswith("by "))
        ):
            return line[leading.end() :], leading.group()
        for match in _STAMP_START.finditer(line):
            if _STAMP.fullmatch(line, match.start()) and _first_date(line[match.start() :]) is not None:
                return line[: match.start()].rstrip(_BETWEEN + "(").removesuffix(" on"), line[match.start() :]
    return line, ""


def _first_date(stamp: str) -> str | None:
    """The first date of a stamp, ``""`` if it tells only a time, None if it is no stamp."""
    found = _ONE_DATE.search(stamp)
    if found is None:
        return "" if _TIME.search(stamp) else None
    written = found.group()
    return written if parse_date(written) is not None or _NUMERIC.fullmatch(written) else None
