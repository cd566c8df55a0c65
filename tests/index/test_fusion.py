import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fusion import fuse

SCORES = st.dictionaries(st.integers(0, 12), st.floats(0, 30, allow_subnormal=False))
WEIGHTS = st.floats(0, 1)


@given(dense=SCORES, lexical=SCORES, weight=WEIGHTS)
def test_every_passage_of_either_search_comes_once(dense, lexical, weight):
    numbers = [number for number, _ in fuse(dense, lexical, weight)]
    assert sorted(numbers) == sorted(dense.keys() | lexical.keys())


@given(dense=SCORES, lexical=SCORES, weight=WEIGHTS)
def test_the_best_come_first_and_equals_in_the_order_of_their_ids(dense, lexical, weight):
    fused = fuse(dense, lexical, weight)
    assert fused == sorted(fused, key=lambda pair: (-pair[1], pair[0]))


@given(dense=SCORES, lexical=SCORES, weight=WEIGHTS)
def test_scores_lie_between_0_and_1(dense, lexical, weight):
    assert all(0 <= score <= 1 for _, score in fuse(dense, lexical, weight))


@given(dense=SCORES, lexical=SCORES)
def test_weight_0_ranks_as_bm25_and_weight_1_as_dense_search(dense, lexical):
    for weight, scores in ((0.0, lexical), (1.0, dense)):
        ranked = [scores.get(number, 0.0) for number, _ in fuse(dense, lexical, weight)]
        best = max(ranked, default=0.0) or 1.0
        # Scores so close that their shares of the best one round to the same number count as equal.
        assert [score / best for score in ranked] == sorted((score / best for score in ranked), reverse=True)


@given(dense=SCORES, lexical=SCORES, weight=WEIGHTS, unit=st.sampled_from([0.25, 2.0, 1024.0]))
def test_the_unit_of_a_score_does_not_matter(dense, lexical, weight, unit):
    scaled = {number: score * unit for number, score in lexical.items()}
    assert fuse(dense, scaled, weight) == fuse(dense, lexical, weight)


@given(lexical=SCORES)
def test_cosines_below_zero_count_as_zero(lexical):
    assert all(0 <= score <= 1 for _, score in fuse(dict.fromkeys(lexical, -0.3), lexical, 0.5))


def test_a_passage_that_both_searches_find_beats_one_that_only_one_finds():
    assert fuse({1: 0.8, 2: 0.7}, {2: 9.0, 3: 9.0}, 0.5)[0] == (2, pytest.approx(0.9375))


def test_nothing_found_is_nothing_fused():
    assert fuse({}, {}, 0.5) == []
