"""Which passages were published in a range of days, told from memory: a database takes a second for a million."""

from collections.abc import Iterable
from datetime import date

import numpy as np

from index.vectors import Ids


class PassageDays:
    """The days of all dated articles, each with its passages: 24 bytes an article.

    Example:
        >>> days = PassageDays([(date(2021, 3, 3), 1, 4), (date(2021, 3, 5), 5, 6)])
        >>> days.between(date(2021, 3, 4), None).tolist()
        [5, 6]
    """

    def __init__(self, days: Iterable[tuple[date, int, int]]) -> None:
        """Remember some days.

        Args:
            days: For each dated article its day, and the first and the last of its passages' ids.
        """
        table = np.array([(day.toordinal(), first, last) for day, first, last in days], np.int64).reshape(-1, 3)
        self._days, self._first, self._last = table.T

    def between(self, since: date | None, until: date | None) -> Ids:
        """The ids of the passages whose article was published in a range of days."""
        earliest, latest = (since or date.min).toordinal(), (until or date.max).toordinal()
        chosen = (self._days >= earliest) & (self._days <= latest)
        first, counts = self._first[chosen], self._last[chosen] - self._first[chosen] + 1
        # Each article's ids count up from its first one.
        place_of_first = np.cumsum(counts) - counts
        return np.repeat(first - place_of_first, counts) + np.arange(counts.sum())
