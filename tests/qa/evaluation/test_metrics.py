import pytest
from hypothesis import given

from qa.evaluation.metrics import (
    Bin,
    Point,
    area_under_risk,
    calibration_error,
    measures,
    reliability,
    risk_coverage,
    rounded,
)
from qa.evaluation.outcomes import Outcome
from tests.qa.evaluation.made import evaluations, outcome


def test_the_measures_of_known_outcomes() -> None:
    known = [
        outcome(1, confidence=0.9, span="the owls", ms=1),
        outcome(1, answered=False, confidence=0.1, span="barn owls", ms=2),
        outcome(3, confidence=0.8, ms=3),
        outcome(0, confidence=0.7, ms=4),
        outcome(0, answerable=False, confidence=0.6, ms=5),
        outcome(0, answerable=False, answered=False, confidence=0.0, ms=6),
        outcome(0, answerable=False, answered=False, confidence=0.0, ms=70),
    ]
    assert rounded(measures(known)) == {
        "top-1": 0.5,
        "top-3": 0.75,
        "MRR": round((1 + 1 + 1 / 3) / 4, 4),
        "span EM": 0.25,
        "span F1": round((1 + 2 / 3) / 4, 4),
        "answered and right": 0.25,
        "refused when not in the articles": 0.6667,
        "balanced": round((1 / 4 + 2 / 3) / 2, 4),
        "refusal precision": 0.6667,
        "refusal recall": 0.6667,
        "refusal F1": 0.6667,
        "ECE": round((0.1 + 0.9 + 0.8 + 0.7 + 0.6 + 0.0 + 0.0) / 7, 4),
        "AURC": round((0 + 1 / 2 + 2 / 3 + 3 / 4 + 3 / 5 + 5 / 7 + 5 / 7) / 7, 4),
        "p50 ms": 4,
        "p95 ms": 70,
    }


def test_a_measure_without_its_kind_of_question_is_left_open() -> None:
    only_answerable = measures([outcome(1)])
    assert {name for name, value in only_answerable.items() if value is None} == {
        "refused when not in the articles",
        "refusal precision",
        "refusal recall",
        "refusal F1",
    }
    assert only_answerable["balanced"] == 1
    only_others = measures([outcome(0, answerable=False, answered=False)])
    assert {name for name, value in only_others.items() if value is None} == {
        "top-1",
        "top-3",
        "MRR",
        "span EM",
        "span F1",
        "answered and right",
    }
    assert only_others["balanced"] == 1
    assert set(measures([]).values()) == {None}


def test_refusing_nothing_that_should_be_refused_is_worth_nothing() -> None:
    found = measures([outcome(0, answerable=False), outcome(1)])
    assert (found["refusal precision"], found["refusal recall"], found["refusal F1"]) == (None, 0, 0)


@given(evaluations())
def test_every_share_lies_between_0_and_1_and_the_weaker_measure_is_never_the_lower_one(made: list[Outcome]) -> None:
    found = {name: 0.0 if value is None else value for name, value in measures(made).items()}
    assert all(0 <= value <= 1 for name, value in found.items() if not name.endswith(" ms"))
    assert found["top-1"] <= found["MRR"]
    assert found["top-1"] <= found["top-3"]
    assert found["answered and right"] <= found["top-1"]
    assert found["span EM"] <= found["span F1"] + 1e-12
    assert found["p50 ms"] <= found["p95 ms"]


@given(evaluations())
def test_the_order_of_the_questions_does_not_matter(made: list[Outcome]) -> None:
    assert rounded(measures(made)) == rounded(measures(sorted(made, key=lambda each: (each.ms, each.rank))))


@pytest.mark.parametrize(
    ("confidence", "first"), [(0.0, 0.0), (0.09, 0.0), (0.1, 0.1), (0.3, 0.3), (0.9, 0.9), (1.0, 0.9)]
)
def test_a_bin_holds_its_lower_end_and_the_last_one_both(confidence: float, first: float) -> None:
    [found] = reliability([outcome(confidence=confidence)])
    assert (found.first, found.last) == (first, pytest.approx(first + 0.1))


@given(evaluations())
def test_the_bins_hold_every_question_once(made: list[Outcome]) -> None:
    bins = reliability(made)
    assert sum(each.count for each in bins) == len(made)
    assert sum(each.count * each.right for each in bins) == pytest.approx(sum(each.is_first_right for each in made))
    assert all(each.first <= each.confidence + 1e-9 and each.confidence <= each.last + 1e-9 for each in bins)


def test_confidence_that_is_true_on_average_has_no_calibration_error() -> None:
    assert calibration_error([Bin(0.2, 0.3, 4, 0.25, 0.25), Bin(0.7, 0.8, 4, 0.75, 0.75)]) == 0
    assert calibration_error([Bin(0.9, 1.0, 4, 1.0, 0.0)]) == 1
    assert calibration_error([]) is None


def test_questions_of_equal_confidence_are_one_point_of_the_curve() -> None:
    made = [
        outcome(1, confidence=0.9),
        outcome(2, confidence=0.4),
        outcome(1, confidence=0.4),
        outcome(0, confidence=0.2),
    ]
    assert risk_coverage(made) == [Point(0.25, 0.0), Point(0.75, 1 / 3), Point(1.0, 0.5)]
    assert area_under_risk(made) == pytest.approx((0 + 1 / 3 + 1 / 3 + 1 / 2) / 4)


@given(evaluations())
def test_the_curve_ends_with_every_question_and_the_share_of_wrong_first_sentences(made: list[Outcome]) -> None:
    last = risk_coverage(made)[-1]
    assert last.coverage == 1
    assert last.risk == pytest.approx(1 - sum(each.is_first_right for each in made) / len(made))


def test_a_long_curve_is_thinned_and_keeps_its_ends() -> None:
    made = [outcome(number % 2, confidence=number / 1000) for number in range(1000)]
    points = risk_coverage(made)
    assert len(points) == 101
    assert points[0].coverage == 0.001
    assert points[-1] == Point(1.0, 0.5)
    assert points == sorted(points, key=lambda point: point.coverage)


def test_knowing_what_is_wrong_makes_the_area_smaller() -> None:
    knowing = [outcome(1, confidence=0.9), outcome(0, confidence=0.1)]
    unsure = [outcome(1, confidence=0.5), outcome(0, confidence=0.5)]
    mistaken = [outcome(1, confidence=0.1), outcome(0, confidence=0.9)]
    assert [area_under_risk(made) for made in (knowing, unsure, mistaken)] == [0.25, 0.5, 0.75]
