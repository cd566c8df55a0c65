from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from index.passage_days import PassageDays

FIRST = date(2021, 3, 1)
ARTICLES = st.lists(st.tuples(st.integers(0, 6), st.integers(1, 4)), max_size=12)
DAYS = st.none() | st.integers(-1, 8).map(lambda number: FIRST + timedelta(number))


@given(articles=ARTICLES, since=DAYS, until=DAYS)
def test_it_tells_the_passages_of_each_article_in_the_range(articles, since, until):
    days, expected, number = [], [], 10
    for after, passages in articles:
        day = FIRST + timedelta(after)
        days.append((day, number, number + passages - 1))
        if (since or date.min) <= day <= (until or date.max):
            expected.extend(range(number, number + passages))
        number += passages + after
    assert PassageDays(days).between(since, until).tolist() == expected
