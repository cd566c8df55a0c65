"""The days of publication that a question is limited to."""

from datetime import date, datetime

from index.errors import UsageError


def check_days(since: date | None, until: date | None) -> tuple[date | None, date | None]:
    """The first and the last day that count. Of a ``datetime``, its day counts.

    Raises:
        UsageError: One of them is no date, or the first comes after the last.

    Example:
        >>> check_days(datetime(2022, 1, 6, 23, 30), None)
        (datetime.date(2022, 1, 6), None)
    """
    first, last = _day("since", since), _day("until", until)
    if first is not None and last is not None and first > last:
        raise UsageError(
            "No day lies in this range", f"it begins on {first} and ends before that, on {last}", "exchange the two"
        )
    return first, last


def _day(name: str, value: object) -> date | None:
    """The day that a caller named, who may not have looked at the types."""
    if isinstance(value, datetime):
        return value.date()
    if value is None or isinstance(value, date):
        return value
    raise UsageError(
        f"{name} is no date",
        f"it is {value!r}, of type {type(value).__name__}",
        "use datetime.date(2022, 1, 6)",
    )
