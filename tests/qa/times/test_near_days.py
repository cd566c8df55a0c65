from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.times.near_days import day_of_other_week, day_of_week, day_of_year, period
from qa.times.tenses import Tense

THURSDAY = date(2022, 1, 6)
MONDAY, FRIDAY = 0, 4
days = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))
weekdays = st.integers(0, 6)


@given(weekdays, days)
def test_a_bare_name_means_that_day_of_the_week_less_than_a_week_away(weekday: int, published: date) -> None:
    past, future = (day_of_week(weekday, published, tense) for tense in (Tense.PAST, Tense.FUTURE))
    assert past is not None
    assert future is not None
    assert past.weekday() == future.weekday() == weekday
    assert timedelta() <= published - past < timedelta(days=7)
    assert timedelta() <= future - published < timedelta(days=7)


@given(weekdays, days)
def test_a_tense_that_can_be_read_both_ways_tells_no_day(weekday: int, published: date) -> None:
    assert day_of_week(weekday, published, Tense.OPEN) is None


@given(weekdays, days)
def test_without_a_verb_only_the_day_of_publication_is_told(weekday: int, published: date) -> None:
    day = day_of_week(weekday, published, Tense.UNTOLD)
    assert day == (published if published.weekday() == weekday else None)


@pytest.mark.parametrize(
    ("weekday", "weeks", "day"),
    [
        (FRIDAY, -1, date(2021, 12, 31)),
        (3, -1, date(2021, 12, 30)),
        (MONDAY, -1, None),
        (MONDAY, 1, date(2022, 1, 10)),
        (FRIDAY, 1, None),
    ],
)
def test_last_and_next_are_told_where_both_readings_are_one_day(weekday: int, weeks: int, day: date | None) -> None:
    assert day_of_other_week(weekday, THURSDAY, weeks) == day


@pytest.mark.parametrize(
    ("unit", "step", "first", "last"),
    [
        ("week", -1, date(2021, 12, 27), date(2022, 1, 2)),
        ("week", 0, date(2022, 1, 3), date(2022, 1, 9)),
        ("month", -1, date(2021, 12, 1), date(2021, 12, 31)),
        ("month", 1, date(2022, 2, 1), date(2022, 2, 28)),
        ("year", -1, date(2021, 1, 1), date(2021, 12, 31)),
    ],
)
def test_a_period_is_a_whole_one_of_the_calendar(unit: str, step: int, first: date, last: date) -> None:
    assert period(unit, THURSDAY, step) == (first, last)


def test_on_a_sunday_no_week_is_told() -> None:
    assert period("week", date(2022, 1, 9), 0) is None


@pytest.mark.parametrize(
    ("month", "day", "tense", "year"),
    [
        (1, 3, Tense.PAST, 2022),
        (1, 3, Tense.UNTOLD, 2022),
        (12, 28, Tense.PAST, 2021),
        (2, 4, Tense.FUTURE, 2022),
        (2, 4, Tense.UNTOLD, 2022),
        (2, 4, Tense.PAST, None),  # eleven months before: an article would tell the year
        (6, 30, Tense.UNTOLD, None),
        (2, 30, Tense.PAST, None),
        (9, 11, Tense.PAST, None),
    ],
)
def test_a_date_without_its_year_is_near_and_agrees_with_the_tense(
    month: int, day: int, tense: Tense, year: int | None
) -> None:
    found = day_of_year(month, day, THURSDAY, tense)
    assert (found.year if found else None) == year


def test_a_day_of_the_week_decides_the_year() -> None:
    assert day_of_year(12, 31, THURSDAY, Tense.UNTOLD, weekday=FRIDAY) == date(2021, 12, 31)
    assert day_of_year(1, 5, THURSDAY, Tense.PAST, weekday=MONDAY) is None
