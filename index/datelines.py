"""Datelines: the place and the day that news agencies print before the first sentence."""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from index.dates import dates_in, published_on

_LONGEST = 200
# Agencies print the place in capitals, or their own name beside the day.
_CAPITALS = r"[A-Z][A-Z.’'-]+(?: [A-Z][A-Z.’'-]+){0,3}(?:, [A-Z][\w.’' -]{1,30})?"
_PLACE = r"[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){0,3}(?:, [A-Z][\w.’' -]{1,30})?"
_MONTH_DAY = r"[A-Z][A-Za-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][A-Za-z]{2,8}\.?"
_YEAR = r"(?:,? (?P<year{0}>\d{{4}}))?"
_AGENCY = r"(?: ?(?:\([A-Z][^()\n]{1,30}\)|/[A-Z][^/\n]{1,30}/))"
_DASH = r" ?(?:[–—-]|--|[.:])"
_DATELINE = re.compile(
    rf"{_CAPITALS}(?:,? |, )(?P<day>{_MONTH_DAY}){_YEAR.format('')},?{_AGENCY}?{_DASH}"
    rf"|{_PLACE},? (?P<day2>{_MONTH_DAY}){_YEAR.format(2)},?{_AGENCY}{_DASH}"
    rf"|{_PLACE},? \((?P<day3>{_MONTH_DAY}){_YEAR.format(3)}\){_DASH}"
)
_COPYRIGHT = re.compile(r"(?:copyright|©|\(c\))(?: ?(?:©|\(c\)))?,? (\d{4})\b(?! ?[-–])", re.IGNORECASE)
_NEAR = timedelta(days=31)


def dateline_day(body: Iterable[str], text: str) -> date | None:
    """The day of the first dateline; where that has no year, it is told by other dates near it or by the copyright.

    Args:
        body: The first paragraphs of the article.
        text: The whole text.

    Returns:
        The day, or None where there is no dateline with a day, or its year is not known for sure.

    Example:
        >>> dateline_day(["OXTED, Jan. 6 (Agency) — Rain fell."], "Rain falls on Jan. 5, 2022, in Oxted.")
        datetime.date(2022, 1, 6)
    """
    for paragraph in body:
        if match := _DATELINE.match(paragraph[:_LONGEST]):
            written = match["day"] or match["day2"] or match["day3"]
            year = match["year"] or match["year2"] or match["year3"]
            if day := published_on(f"{written} {year}") if year else _nearest(written, text):
                return day
    return None


def _nearest(written: str, text: str) -> date | None:
    """The day and month in the only year that the text leaves."""
    near = {
        day
        for known in dates_in(text)
        for year in (known.year - 1, known.year, known.year + 1)
        if (day := published_on(f"{written} {year}")) and abs(day - known) <= _NEAR
    }
    of_copyright = {day for year in _COPYRIGHT.findall(text) if (day := published_on(f"{written} {year}"))}
    days = near or of_copyright
    return days.pop() if len(days) == 1 else None
