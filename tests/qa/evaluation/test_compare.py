from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import UsageError
from qa.evaluation.compare import check_comparable, compare, sign_test
from qa.evaluation.metrics import measures, rounded
from qa.evaluation.outcomes import Outcome
from tests.qa.evaluation.made import evaluations, outcome

COUNTS = st.integers(0, 40)


@pytest.mark.parametrize(
    ("better", "worse", "p"),
    [(0, 0, 1.0), (1, 0, 1.0), (6, 0, 0.03125), (9, 1, 22 / 1024), (5, 5, 1.0), (8, 2, 112 / 1024)],
)
def test_the_p_value_of_known_changes(better: int, worse: int, p: float) -> None:
    assert sign_test(better, worse) == p


@given(COUNTS, COUNTS)
def test_the_p_value_is_a_probability_that_does_not_ask_in_which_direction(better: int, worse: int) -> None:
    assert 0 < sign_test(better, worse) == sign_test(worse, better) <= 1


@given(COUNTS, COUNTS)
def test_a_more_uneven_change_is_less_likely(less: int, more: int) -> None:
    less, more = sorted((less, more))
    assert sign_test(less, more + 1) <= sign_test(less, more)


@given(st.integers(0, 6), st.integers(0, 6))
def test_the_p_value_is_the_share_of_coin_throws_that_are_no_less_uneven(better: int, worse: int) -> None:
    throws = [sides.bit_count() for sides in range(2 ** (better + worse))]
    uneven = [heads for heads in throws if abs(2 * heads - better - worse) >= abs(better - worse)]
    assert sign_test(better, worse) == float(Fraction(len(uneven), len(throws)))


def test_thousands_of_changes_are_no_problem() -> None:
    assert sign_test(3000, 2000) < 1e-40
    assert sign_test(2500, 2500) == 1


def test_what_got_better_and_worse_is_named() -> None:
    before = [
        outcome(2, name="found now"),
        outcome(1, name="lost now"),
        outcome(1, answered=False, name="dared now"),
        outcome(0, answerable=False, name="refused now"),
        outcome(1, name="same"),
    ]
    after = [
        outcome(1, name="found now"),
        outcome(3, name="lost now"),
        outcome(1, name="dared now"),
        outcome(0, answerable=False, answered=False, name="refused now"),
        outcome(1, name="same"),
    ]
    document = compare(before, after).to_dict()
    named = {
        aspect: [[item["id"] for item in document[aspect][side]] for side in ("better", "worse")]
        for aspect in ("first sentence right", "refusal right", "right outcome")
    }
    assert named == {
        "first sentence right": [["found now"], ["lost now"]],
        "refusal right": [["dared now", "refused now"], []],
        "right outcome": [["found now", "dared now", "refused now"], ["lost now"]],
    }
    assert document["right outcome"]["p"] == 0.625
    assert document["measures"]["answered and right"] == {"before": 0.5, "after": 0.75}


def test_only_questions_of_both_are_measured_and_the_others_are_named() -> None:
    comparison = compare(
        [outcome(1, name="old"), outcome(2, name="both")], [outcome(1, name="both"), outcome(0, name="new")]
    )
    assert (comparison.questions, comparison.only_before, comparison.only_after) == (1, ("old",), ("new",))
    assert (comparison.before["top-1"], comparison.after["top-1"]) == (0.0, 1.0)


def test_the_same_id_with_other_answers_is_another_question() -> None:
    comparison = compare(
        [outcome(name="a"), outcome(name="b")], [outcome(0, answerable=False, name="a"), outcome(name="b")]
    )
    assert (comparison.only_before, comparison.only_after) == (("a",), ("a",))


def test_evaluations_of_different_questions_are_not_compared() -> None:
    with pytest.raises(UsageError, match="no question has the same id"):
        compare([outcome(name="a")], [outcome(name="b")])
    with pytest.raises(UsageError, match="no question has the same id"):
        check_comparable([], [outcome().gold])


@given(evaluations())
def test_compared_with_itself_nothing_changes(made: list[Outcome]) -> None:
    comparison = compare(made, made)
    assert comparison.before == comparison.after
    assert all(change.better == change.worse == () and change.p == 1 for change in comparison.changes.values())
    assert comparison.only_before == comparison.only_after == ()
    distinct = list({each.gold: each for each in made}.values())
    assert comparison.after == rounded(measures(distinct))
