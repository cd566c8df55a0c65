from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.dates import dates_in, parse_date, published_on

days = st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "2022-01-06",
        "2022-1-6",
        "2022/01/06",
        "20220106",
        "20220106T101500Z",
        "2022-01-06T10:15",
        "2022-01-06T10:15:30Z",
        "2022-01-06T10:15:30.123456+06:00",
        "2022-01-06 10:15:30 +0000",
        "2022-01-06 10:15:30 UTC",
        "Thu, 06 Jan 2022 10:15:30 GMT",
        "Thu, 06 Jan 2022 10:15:30 -0500 (EST)",
        "6 Jan 2022 10:15 +0600",
        "January 6, 2022",
        "january 6 2022",
        "JANUARY 6, 2022",
        "Jan. 6, 2022",
        "Jan 6th, 2022",
        "Thursday, January 6, 2022",
        "Thurs. Jan. 6, 2022",
        "Jan. 6, 2022 at 10:15 a.m. EST",
        "Jan 6, 2022, 10:15 AM",
        "6 January 2022",
        "Thursday 6 January 2022",
        "6th of January, 2022",
        "06-Jan-2022",
        "Thu Jan  6 10:15:30 +0000 2022",
        "Thu Jan 6 10:15:30 2022",
        "  2022-01-06\n",
    ],
)
def test_common_ways_to_write_a_day_are_understood(text: str) -> None:
    assert parse_date(text) == date(2022, 1, 6)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("25/12/2021", date(2021, 12, 25)),
        ("12/25/2021", date(2021, 12, 25)),
        ("25.12.2021", date(2021, 12, 25)),
        ("07/07/2021", date(2021, 7, 7)),
    ],
)
def test_a_numeric_date_is_understood_where_it_can_mean_only_one_day(text: str, day: date) -> None:
    assert parse_date(text) == day


@pytest.mark.parametrize("text", ["01/02/2022", "1.2.2022", "12-11-2022 10:15"])
def test_the_order_of_day_and_month_is_never_guessed(text: str) -> None:
    assert parse_date(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "2022",
        "2022-01",
        "January 2022",
        "January 6",
        "6 Jan 22",
        "2022-02-30",
        "2022-13-01",
        "0000-01-01",
        "2022-01-06T25:00",
        "2022-01/06",
        "30/30/2022",
        "Published January 6, 2022",
        "January 6, 2022 by a reporter",
        "2022-01-06, 2022-01-07",
        "12345678",
        "12345678901",
        "٢٠٢٢-٠١-٠٦",
        "2022-01-06" + " " * 100 + "10:15",
    ],
)
def test_what_is_no_whole_date_gives_none(text: str) -> None:
    assert parse_date(text) is None


def test_the_day_stays_as_written_whatever_the_time_zone() -> None:
    assert parse_date("2022-01-06T23:59:59-11:00") == date(2022, 1, 6)
    assert parse_date("2022-01-06T00:00:01+14:00") == date(2022, 1, 6)


@given(days)
def test_every_day_is_understood_in_every_unambiguous_form(day: date) -> None:
    month = f"{day:%B}"
    forms = [
        day.isoformat(),
        f"{day:%Y%m%d}",
        f"{month} {day.day}, {day.year}",
        f"{month[:3]}. {day.day}, {day.year}",
        f"{day.day} {month} {day.year}",
        f"{day:%a, %d %b %Y} 08:00:00 +0000",
        f"{day:%A, %B %d, %Y}",
    ]
    assert {form: parse_date(form) for form in forms} == dict.fromkeys(forms, day)


@given(st.dates(min_value=date(1974, 1, 1), max_value=date(2100, 12, 31)), st.times())
def test_seconds_and_milliseconds_since_1970_give_the_day_in_utc(day: date, clock: time) -> None:
    seconds = int(datetime.combine(day, clock, UTC).timestamp())
    assert parse_date(str(seconds)) == day
    assert parse_date(f"{seconds}.0") == day
    assert parse_date(str(seconds * 1000)) == day


@given(days, st.text(max_size=20))
def test_a_day_written_out_is_found_in_any_text(day: date, around: str) -> None:
    for written in (f"{day:%B} {day.day}, {day.year}", f"{day.day} {day:%b} {day.year}"):
        assert day in dates_in(f"{around} ({written}) {around}")


def test_a_day_that_is_not_whole_or_does_not_exist_is_not_found() -> None:
    assert list(dates_in("On 30 February 2022, on January 6, in May 2022, in 2022, on 16 Janvier 2022.")) == []


@given(st.text(alphabet="0123456789/-.,: TZJanuarymp+()", max_size=30) | st.text())
def test_no_text_makes_it_fail(text: str) -> None:
    assert isinstance(parse_date(text), date | None)


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00Z", "1 January 1599", "3000-01-01", "9999-12-31"])
def test_what_programs_write_for_no_day_is_no_day_of_publication(text: str) -> None:
    assert parse_date(text) is not None
    assert published_on(text) is None


@given(st.dates(min_value=date(1600, 1, 1), max_value=date(2999, 12, 31)))
def test_news_of_every_century_has_its_day(day: date) -> None:
    assert published_on(day.isoformat()) == day
