"""Reading a date that stands alone: the value of a metadata field, a dateline, an option on the command line."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LONGEST_DATE = 80
_YEARS_OF_NEWS = range(1600, 3000)

# A time of day may follow a date: "T10:15:30.5Z", " 10:15 +0000", ", at 10:15 a.m. EST", " 10:15 (UTC)".
_TIME = (
    r"(?:(?:T|,?\s*(?:at\s+)?)(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-6]\d(?:[.,]\d{1,9})?)?"
    r"\s*(?:[ap]\.?m\.?)?\s*(?:\(?[A-Z]{1,5}\)?)?(?:[+-]\d{2}:?\d{2})?(?:\s+\([A-Z]{1,5}\))?)?"
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"


def _pattern(date_part: str) -> re.Pattern[str]:
    return re.compile(date_part, re.ASCII | re.IGNORECASE)


_YEAR_FIRST = _pattern(rf"{_YEAR}([-/.])(?P<month>\d{{1,2}})\2{_DAY}{_TIME}")
_EIGHT_DIGITS = _pattern(r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})(?:T\d{4,6}Z?)?")
_DAY_MONTH = _pattern(rf"{_WEEKDAY}{_DAY}(?:\s+of)?[\s-]+{_MONTH},?[\s-]+{_YEAR}{_TIME}")
_MONTH_DAY = _pattern(rf"{_WEEKDAY}{_MONTH}\s+{_DAY},?\s+{_YEAR}{_TIME}")
_DAY_MONTH_ANYWHERE = _pattern(rf"\b{_DAY} {_MONTH},? {_YEAR}\b")
_MONTH_DAY_ANYWHERE = _pattern(rf"\b{_MONTH} {_DAY},? {_YEAR}\b")
# The order of the C library's ctime(): "Thu Jan  6 10:00:00 +0000 2022".
_YEAR_LAST = _pattern(
    rf"{_WEEKDAY}{_MONTH}\s+{_DAY}\s+\d{{2}}:\d{{2}}:\d{{2}}(?:\s+(?:[+-]\d{{4}}|[A-Z]{{1,5}}))?\s+{_YEAR}"
)
_NUMBERS = _pattern(rf"(?P<first>\d{{1,2}})([-/.])(?P<second>\d{{1,2}})\2{_YEAR}{_TIME}")
_EPOCH_SECONDS = _pattern(r"(\d{9,10})(?:\.\d+)?")
_EPOCH_MILLISECONDS = _pattern(r"\d{12,13}")


def parse_date(text: str) -> date | None:
    """The day that a text names, where the whole text is one date.

    A time of day and a time zone may follow; the day is kept as written, not moved into another zone. Understood are
    ISO 8601, RFC 2822, English dates with the month's name in either order, numeric dates, and seconds or milliseconds
    since 1970 (in UTC). The order of day and month is never guessed.

    Args:
        text: What may be a date.

    Returns:
        The day, or None where the text is no date, not a whole one, or could mean two days.

    Example:
        >>> parse_date("Jan. 6, 2022")
        datetime.date(2022, 1, 6)
        >>> parse_date("2022-01-06T23:30:00-05:00")
        datetime.date(2022, 1, 6)
        >>> parse_date("01/02/2022") is None
        True
    """
    text = text.strip()
    if len(text) > _LONGEST_DATE:
        return None
    for pattern in (_YEAR_FIRST, _EIGHT_DIGITS, _DAY_MONTH, _MONTH_DAY, _YEAR_LAST):
        if match := pattern.fullmatch(text):
            return _day(match["year"], match["month"], match["day"])
    if match := _NUMBERS.fullmatch(text):
        return _unambiguous_day(match["year"], match["first"], match["second"])
    if match := _EPOCH_SECONDS.fullmatch(text):
        return datetime.fromtimestamp(int(match[1]), UTC).date()
    if _EPOCH_MILLISECONDS.fullmatch(text):
        return datetime.fromtimestamp(int(text) // 1000, UTC).date()
    return None


def published_on(text: str) -> date | None:
    """The day of publication that a text names: as ``parse_date``, but none before the first newspaper or far ahead.

    Programs that know no day write the first or the last one that they can, and there is no yesterday before that.

    Example:
        >>> published_on("2022-01-06"), published_on("0001-01-01T00:00:00"), published_on("9999-12-31")
        (datetime.date(2022, 1, 6), None, None)
    """
    day = parse_date(text)
    return day if day is not None and day.year in _YEARS_OF_NEWS else None


def dates_in(text: str) -> Iterator[date]:
    """The days that a text tells in full, with the month's name: those of each order in the order of the text.

    Example:
        >>> [day.isoformat() for day in dates_in("From Jan. 5, 2022, on; never on January 6.")]
        ['2022-01-05']
    """
    for pattern in (_DAY_MONTH_ANYWHERE, _MONTH_DAY_ANYWHERE):
        for match in pattern.finditer(text):
            if day := _day(match["year"], match["month"], match["day"]):
                yield day


def month_number(name: str) -> int:
    """The number of a month, 1 to 12, by its English name or the first three letters of it.

    Example:
        >>> month_number("Sept."), month_number("january")
        (9, 1)
    """
    return _MONTHS.index(name[:3].lower()) + 1


def existing_day(year: int, month: int, day: int) -> date | None:
    """A day, or None where there is no such day: 30 February, month 13, year 0.

    Example:
        >>> existing_day(2022, 2, 30) is None
        True
    """
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _day(year: str, month: str, day: str) -> date | None:
    return existing_day(int(year), int(month) if month.isdigit() else month_number(month), int(day))


def _unambiguous_day(year: str, first: str, second: str) -> date | None:
    """The one day that both orders, or the only possible order, give."""
    days = {_day(year, first, second), _day(year, second, first)} - {None}
    return days.pop() if len(days) == 1 else None
