from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import UsageError
from qa.days import check_days

DAYS = st.none() | st.dates()


@given(DAYS, DAYS)
def test_days_in_their_order_are_kept_and_others_are_refused(since: date | None, until: date | None) -> None:
    if since and until and since > until:
        with pytest.raises(UsageError, match="No day lies in this range"):
            check_days(since, until)
    else:
        assert check_days(since, until) == (since, until)


@given(st.datetimes(), st.datetimes(timezones=st.just(UTC)))
def test_of_a_moment_its_day_counts(local: datetime, aware: datetime) -> None:
    for moment in (local, aware):
        day = moment.date()
        for found in (*check_days(moment, day), *check_days(day, moment)):
            assert type(found) is date
            assert found == day


def test_a_moment_and_a_day_are_compared_by_the_day() -> None:
    day = date(2022, 1, 6)
    late = datetime(2022, 1, 6, 23, 59, tzinfo=UTC)
    assert check_days(late, day) == (day, day)
    with pytest.raises(UsageError, match="it begins on 2022-01-07 and ends before that, on 2022-01-06"):
        check_days(late + timedelta(days=1), day)


@pytest.mark.parametrize("value", ["2022-01-06", 20220106, 0, "", 1.5, (2022, 1, 6)])
def test_what_is_no_date_is_refused_by_the_name_of_the_option(value: date) -> None:
    with pytest.raises(UsageError, match=f"since is no date: it is .+, of type {type(value).__name__}"):
        check_days(value, None)
    with pytest.raises(UsageError, match="until is no date"):
        check_days(None, value)
