"""The days that a quote tells: a date, or words such as "on Friday" whose days are known."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from index.dates import existing_day, month_number
from qa.agreement.quantities import Relation
from qa.answer import Evidence

_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY, _YEAR = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\b", r"(?P<year>1\d{3}|20\d{2})\b"
# Whole dates first: their years are none of their own.
_DATES = tuple(
    re.compile(rf"\b{pattern}", re.IGNORECASE)
    for pattern in (
        rf"{_DAY}(?:\s+of)?\s+{_MONTH}(?:,?\s+{_YEAR})?",
        rf"{_MONTH}\s+{_DAY}(?:,?\s+{_YEAR})?",
        rf"{_MONTH},?\s+{_YEAR}",
        _YEAR,
    )
)
# The year of a day that is told without one in an article without a date: any leap year will do.
_ANY_YEAR = 2000
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_AHEAD = re.compile(r"\b(?:will|would|is to|are to|expected|planned)\b", re.IGNORECASE)
# A day behind these is that on which something was counted.
_COUNTED_TO = re.compile(
    r"\b(?:by|until|till|as of|as at)\s+(?:(?:late|early|midday|noon|midnight|(?:the )?(?:end|morning|evening) of)\s+"
    r"(?:on\s+)?)*(?:(?P<weekday>(?:mon|tues|wednes|thurs|fri|satur|sun)day)|yesterday|today|last night|now\b|"
    rf"{_DAY.replace('?P<day>', '?:')}\s+{_MONTH.replace('?P<month>', '?:')}|{_MONTH.replace('?P<month>', '?:')})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Days:
    """The days that a quote tells.

    Attributes:
        start: Where the words that tell them begin in the quote.
        end: Where they end, exclusive.
        first: The first day that is meant.
        last: The last one; the same where one day is meant.
        has_year: Whether the year is known.
        is_date: Whether the words are a date, and not the name of a day or "yesterday".

    Example:
        >>> Days(0, 4, date(2022, 1, 1), date(2022, 12, 31)).is_date
        True
    """

    start: int
    end: int
    first: date
    last: date
    has_year: bool = True
    is_date: bool = True


def days_at(evidence: Evidence, start: int, end: int) -> Days | None:
    """The days that a range of a quote tells, by a date in it or by the ``times`` of the evidence.

    Example:
        >>> from index.records import Article
        >>> text = "It burnt on 6 May 2021."
        >>> evidence = Evidence(1, Article("00", "/a.txt", "", "", None, "", text, "utf-8"), 0, 23, 12, 22, 0.9)
        >>> days_at(evidence, 12, 22).first
        datetime.date(2021, 5, 6)
    """
    notes = (
        Days(note.start - evidence.start, note.end - evidence.start, note.first, note.last, is_date=False)
        for note in evidence.times
    )
    told = [*dates_in(evidence.quote, evidence.article.published), *notes]
    return next((days for days in told if days.start < end and start < days.end), None)


def is_counted_to_a_day(quote: str) -> bool:
    """Whether a quote says up to which day its figure was counted.

    Example:
        >>> is_counted_to_a_day("By Friday nine had died."), is_counted_to_a_day("Nine died on Friday.")
        (True, False)
    """
    return bool(_COUNTED_TO.search(quote))


def counted_to(evidence: Evidence) -> date | None:
    """The day up to which a quote says that its figure was counted, or that of its publication; None if unknown.

    Example:
        >>> from index.records import Article
        >>> text = "By 6 May 2021 nine had died."
        >>> evidence = Evidence(1, Article("00", "/a.txt", "", "", None, "", text, "utf-8"), 0, 28, 14, 18, 0.9)
        >>> counted_to(evidence)
        datetime.date(2021, 5, 6)
    """
    match = _COUNTED_TO.search(evidence.quote)
    if match is None:
        return evidence.article.published
    published = evidence.article.published
    if published and match["weekday"] and not _AHEAD.search(evidence.quote):
        # What was counted by Friday was counted by the last one.
        return published - timedelta((published.weekday() - _WEEKDAYS.index(match["weekday"].lower())) % 7)
    days = days_at(evidence, *match.span())
    return days.last if days and days.has_year else None


def dates_in(text: str, published: date | None) -> Iterator[Days]:
    """The dates in a text. A year that is left out is the one that is nearest to publication.

    Example:
        >>> [(days.first.isoformat(), days.last.isoformat()) for days in dates_in("in 2020 and on 30 Dec.", None)]
        [('2000-12-30', '2000-12-30'), ('2020-01-01', '2020-12-31')]
    """
    found: list[tuple[int, int]] = []
    for pattern in _DATES:
        for match in pattern.finditer(text):
            days = _read(match, published)
            if days and not any(match.start() < end and start < match.end() for start, end in found):
                found.append(match.span())
                yield days


def compare_days(one: Days, two: Days) -> Relation:
    """Whether two quotes tell the same days, others, or what cannot be compared.

    Example:
        >>> year, day = dates_in("2021", None), dates_in("6 May 2021", None)
        >>> compare_days(next(year), next(day))
        'same'
    """
    if not (one.has_year and two.has_year):
        same = (one.first.month, one.first.day) == (two.first.month, two.first.day)
        return "same" if same and one.first == one.last and two.first == two.last else "unclear"
    if one.first <= two.last and two.first <= one.last:
        return "same"
    between = max(one.first - two.last, two.first - one.last).days
    # "Late on Wednesday" and "early on Thursday" can be one night, or one hour in two time zones.
    return "different" if between > 1 or (one.is_date and two.is_date) else "unclear"


def _read(match: re.Match[str], published: date | None) -> Days | None:
    parts = match.groupdict()
    year = int(parts["year"]) if parts.get("year") else 0
    if not parts.get("month"):
        return Days(*match.span(), date(year, 1, 1), date(year, 12, 31))
    month = month_number(parts["month"])
    if not parts.get("day"):
        return Days(*match.span(), date(year, month, 1), date(year, month, monthrange(year, month)[1]))
    nearest = published or date(_ANY_YEAR, month, 1)
    years = [year] if year else [nearest.year + step for step in (-1, 0, 1)]
    possible = [day for one in years if (day := existing_day(one, month, int(parts["day"])))]
    if not possible:
        return None
    day = min(possible, key=lambda day: abs(day - nearest))
    return Days(*match.span(), day, day, has_year=bool(year or published))
