"""Which days near the day of publication a newspaper means by "Friday", "last week" or "5 January"."""

from calendar import monthrange
from datetime import date, timedelta

from index.dates import existing_day
from qa.times.tenses import Tense

Days = tuple[date, date]
"""The first and the last day."""

_WEEK = timedelta(days=7)
_SUNDAY = 6
# So far from its day of publication an article names a day of another year without its year.
_FARTHEST = timedelta(days=92)
# Days known by their names, such as 11 September: without a year they are those of another year, unless very near.
_FAMOUS = {(1, 6), (7, 4), (9, 11), (10, 7)}


def day_of_week(weekday: int, published: date, tense: Tense) -> date | None:
    """The day that a bare name such as "Friday" means: the nearest before, or the nearest to come.

    Args:
        weekday: 0 for Monday to 6 for Sunday.
        published: The day of publication.
        tense: What the verb tells; it matters only where another day than that of publication is meant.

    Example:
        >>> thursday = date(2022, 1, 6)
        >>> day_of_week(2, thursday, Tense.PAST), day_of_week(4, thursday, Tense.FUTURE)
        (datetime.date(2022, 1, 5), datetime.date(2022, 1, 7))
        >>> day_of_week(4, thursday, Tense.UNTOLD) is None
        True
    """
    ahead = timedelta(days=(weekday - published.weekday()) % 7)
    if tense is Tense.OPEN:
        return None
    if not ahead:
        return published
    if tense is Tense.UNTOLD:
        return None
    return published + ahead if tense is Tense.FUTURE else published + ahead - _WEEK


def day_of_other_week(weekday: int, published: date, weeks: int) -> date | None:
    """The day that "last Friday" (-1 week) or "next Monday" (+1) means.

    Some take "last Monday" for the nearest Monday before, others for that of the last week: where the two differ, the
    day is unknown.

    Example:
        >>> thursday = date(2022, 1, 6)
        >>> day_of_other_week(4, thursday, -1), day_of_other_week(0, thursday, -1)
        (datetime.date(2021, 12, 31), None)
    """
    of_that_week = published + timedelta(days=weekday - published.weekday()) + weeks * _WEEK
    return of_that_week if abs(of_that_week - published) <= _WEEK else None


def period(unit: str, published: date, step: int) -> Days | None:
    """The week, month or year that lies ``step`` of them from that of publication.

    A week is Monday to Sunday. On a Sunday "this week" may be either of two, so it is unknown.

    Example:
        >>> first, last = period("week", date(2022, 1, 6), -1)
        >>> f"{first} {last}"
        '2021-12-27 2022-01-02'
    """
    if unit == "week":
        monday = published - timedelta(days=published.weekday()) + step * _WEEK
        return None if published.weekday() == _SUNDAY else (monday, monday + timedelta(days=6))
    if unit == "year":
        year = published.year + step
        return date(year, 1, 1), date(year, 12, 31)
    months = published.year * 12 + published.month - 1 + step
    year, month = months // 12, months % 12 + 1
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def day_of_year(month: int, day: int, published: date, tense: Tense, weekday: int | None = None) -> date | None:
    """The day that a date without its year means.

    It is one of the year of publication, or one of the year before or after that is not far; it agrees with the tense,
    and with the day of the week where that is told.

    Example:
        >>> published = date(2022, 1, 6)
        >>> day_of_year(12, 28, published, Tense.PAST), day_of_year(12, 28, published, Tense.FUTURE)
        (datetime.date(2021, 12, 28), datetime.date(2022, 12, 28))
        >>> day_of_year(12, 28, published, Tense.UNTOLD, weekday=2)
        datetime.date(2022, 12, 28)
    """
    days = [found for step in (-1, 0, 1) if (found := existing_day(published.year + step, month, day))]
    if weekday is not None:
        days = [found for found in days if found.weekday() == weekday]
    elif (month, day) in _FAMOUS:
        days = [found for found in days if abs(found - published) <= _WEEK]
    elif tense is Tense.PAST:
        days = [found for found in days if found <= published]
    elif tense is Tense.FUTURE:
        days = [found for found in days if found >= published]
    else:
        days = [found for found in days if abs(found - published) <= _FARTHEST]
    days = [found for found in days if found.year == published.year or abs(found - published) <= _FARTHEST]
    return days[0] if len(days) == 1 else None
