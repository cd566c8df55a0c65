from datetime import date

import pytest

from index.records import Article
from qa.agreement.told_days import Days, compare_days, dates_in, days_at
from qa.answer import Evidence
from qa.times.notes import with_times

THURSDAY = date(2022, 1, 6)


def told(text: str, span: str, published: date | None = THURSDAY) -> Days | None:
    article = Article("00", "/a.txt", "", "", published, "", text, "utf-8")
    start = text.index(span)
    evidence = with_times(Evidence(1, article, 0, len(text), start, start + len(span), 0.9))
    return days_at(evidence, start, start + len(span))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("6 May 2021", date(2021, 5, 6), date(2021, 5, 6)),
        ("May 6th, 2021", date(2021, 5, 6), date(2021, 5, 6)),
        ("February 2020", date(2020, 2, 1), date(2020, 2, 29)),
        ("1893", date(1893, 1, 1), date(1893, 12, 31)),
        ("30 December", date(2021, 12, 30), date(2021, 12, 30)),
        ("8 January", date(2022, 1, 8), date(2022, 1, 8)),
    ],
)
def test_dates_are_read_and_a_missing_year_is_the_nearest(text: str, first: date, last: date) -> None:
    (days,) = dates_in(f"It closed on {text}.", THURSDAY)
    assert (days.first, days.last, days.has_year, days.is_date) == (first, last, True, True)


def test_there_is_no_30_february() -> None:
    assert list(dates_in("30 February", THURSDAY)) == []


def test_day_names_are_read_by_the_notes_of_the_evidence() -> None:
    days = told("It closed on Wednesday.", "Wednesday")
    assert days
    assert (days.first, days.is_date) == (date(2022, 1, 5), False)
    assert told("It closed on Wednesday.", "Wednesday", None) is None
    assert told("It closed on Wednesday.", "closed") is None


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ("on Wednesday", "on 5 January", "same"),
        ("yesterday", "on 5 January 2022", "same"),
        ("in 2022", "on 5 January 2022", "same"),
        ("on 2 January", "on 5 January", "different"),
        ("on 4 January", "on 5 January", "different"),
        ("on Wednesday", "on 4 January", "unclear"),
    ],
)
def test_days_are_compared(one: str, two: str, expected: str) -> None:
    first, second = told(f"It closed {one}.", one), told(f"It closed {two}.", two)
    assert first
    assert second
    assert compare_days(first, second) == compare_days(second, first) == expected


def test_without_a_year_only_the_same_day_can_be_told() -> None:
    days, same, other = (next(dates_in(text, None)) for text in ("5 January", "Jan. 5", "6 January"))
    assert compare_days(days, same) == "same"
    assert compare_days(days, other) == "unclear"
