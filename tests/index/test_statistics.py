import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.statistics import TermStatistics, inverse_frequency, together

COUNTS = st.dictionaries(st.sampled_from([("body", "owl"), ("body", "rain"), ("title", "owl")]), st.integers(0, 9))
PARTS = st.lists(st.builds(TermStatistics, st.integers(9, 99), COUNTS), max_size=4)


@given(parts=PARTS)
def test_parts_together_count_as_one_collection(parts):
    whole = together(parts)
    assert whole.passages == sum(part.passages for part in parts)
    for key in {key for part in parts for key in part.frequencies}:
        assert whole.frequencies[key] == sum(part.frequencies.get(key, 0) for part in parts)


@given(total=st.integers(1, 1000), one=st.integers(0, 1000), other=st.integers(0, 1000))
def test_rarer_terms_weigh_more_and_none_weighs_nothing(total, one, other):
    assert inverse_frequency(one, total) > 0
    if one <= other:
        assert inverse_frequency(one, total) >= inverse_frequency(other, total)


def test_a_term_that_was_not_counted_is_in_no_passage():
    statistics = TermStatistics(10, {("body", "owl"): 2})
    assert statistics.weight("body", "rain") == pytest.approx(inverse_frequency(0, 10))
    assert statistics.weight("body", "owl") == pytest.approx(inverse_frequency(2, 10))
