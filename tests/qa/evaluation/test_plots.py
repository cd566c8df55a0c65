import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.evaluation.plots import confidence_meter, outcome_bar, reliability_diagram, risk_coverage_curve
from tests.qa.evaluation.pages import Element, read_page

shares = st.floats(0, 1)
bins = st.fixed_dictionaries(
    {"from": shares, "to": shares, "count": st.integers(1, 10**6), "confidence": shares, "right": shares}
)
points = st.fixed_dictionaries({"coverage": shares, "risk": shares})


def numbers(element: Element, *names: str) -> list[float]:
    return [float(element.attributes[name]) for name in names]


def part(confidence: float, right: float, count: int = 1) -> dict[str, float]:
    return {"from": 0.0, "to": 1.0, "count": count, "confidence": confidence, "right": right}


def assert_inside(plot: Element) -> None:
    left, top, right, bottom = map(float, plot.attributes["viewbox"].split())
    for line in plot.all("line"):
        x1, x2, y1, y2 = numbers(line, "x1", "x2", "y1", "y2")
        assert left <= min(x1, x2) <= max(x1, x2) <= right
        assert top <= min(y1, y2) <= max(y1, y2) <= bottom
    for dot in plot.all("circle"):
        x, y, radius = numbers(dot, "cx", "cy", "r")
        assert left <= x - radius < x + radius <= right
        assert top <= y - radius < y + radius <= bottom


@given(st.lists(bins, max_size=10))
def test_the_reliability_diagram_stays_in_its_frame(made: list[dict[str, float]]) -> None:
    plot = read_page(reliability_diagram(made)).one("svg")
    assert len(plot.all("circle")) == len(made)
    assert_inside(plot)


def test_a_calibrated_bin_lies_on_the_diagonal_and_an_overconfident_one_below_it() -> None:
    plot = read_page(reliability_diagram([part(0.25, 0.25), part(0.75, 0.5)])).one("svg")
    x1, y1, x2, y2 = numbers(plot.one("line", class_="reference"), "x1", "y1", "x2", "y2")
    (x, y), (x_over, y_over) = (numbers(dot, "cx", "cy") for dot in plot.all("circle"))
    assert (x, y) == pytest.approx((x1 + (x2 - x1) / 4, y1 + (y2 - y1) / 4))
    assert (x_over, y_over) == pytest.approx((x1 + (x2 - x1) * 0.75, (y1 + y2) / 2))
    exact, gap = plot.all("line", class_="gap")
    assert exact.attributes["y1"] == exact.attributes["y2"]
    (on_diagonal,) = numbers(gap, "y2")
    assert on_diagonal == pytest.approx(y1 + (y2 - y1) * 0.75)
    # In SVG, y grows downwards.
    assert y_over > on_diagonal


def test_four_times_the_questions_make_four_times_the_area() -> None:
    plot = read_page(reliability_diagram([part(0.2, 0.2, 400), part(0.8, 0.8, 100)]))
    large, small = (numbers(dot, "r")[0] for dot in plot.all("circle"))
    assert large == pytest.approx(2 * small, abs=0.1)


def test_an_empty_bin_has_no_dot() -> None:
    empty = {"from": 0.1, "to": 0.2, "count": 0, "confidence": None, "right": None}
    assert not read_page(reliability_diagram([empty])).all("circle")


@given(st.lists(points, max_size=101), st.none() | shares)
def test_the_risk_coverage_curve_stays_in_its_frame(made: list[dict[str, float]], answered: float | None) -> None:
    plot = read_page(risk_coverage_curve(made, answered)).one("svg")
    assert_inside(plot)
    low, high = numbers(plot.one("line", class_="axis"), "x1", "x2")
    top, bottom = min(ys(plot)), max(ys(plot))
    for curve in plot.all("polyline"):
        places = [tuple(map(float, place.split(","))) for place in curve.attributes["points"].split()]
        assert len(places) == len(made)
        assert all(low <= x <= high and top <= y <= bottom for x, y in places)


def ys(plot: Element) -> list[float]:
    return [numbers(line, "y1")[0] for line in plot.all("line", class_="grid")]


@pytest.mark.parametrize(
    ("risk", "top"), [(0.0, "0.1"), (0.1, "0.1"), (0.11, "0.25"), (0.4, "0.5"), (0.51, "1"), (1.0, "1")]
)
def test_the_axis_of_risk_ends_at_a_round_number_that_holds_all(risk: float, top: str) -> None:
    plot = read_page(risk_coverage_curve([{"coverage": 1.0, "risk": risk}]))
    marks = [mark.text for mark in plot.all("text", class_="mark") if mark.attributes["text-anchor"] == "end"]
    assert (marks[0], marks[-1]) == ("0", top)


def test_how_many_were_answered_is_marked_where_it_is_known() -> None:
    curve = [{"coverage": 1.0, "risk": 0.5}]
    plot = read_page(risk_coverage_curve(curve, 0.5))
    low, high = numbers(plot.one("line", class_="axis"), "x1", "x2")
    assert numbers(plot.one("line", class_="threshold"), "x1", "x2") == [(low + high) / 2] * 2
    assert not read_page(risk_coverage_curve(curve)).all("line", class_="threshold")


@pytest.mark.parametrize("plot", [reliability_diagram([]), risk_coverage_curve([])])
def test_a_plot_has_a_name_and_a_description_even_when_it_is_empty(plot: str) -> None:
    svg = read_page(plot).one("svg", role="img")
    told = [svg.one("", id=name).text for name in svg.attributes["aria-labelledby"].split()]
    assert [element.name for element in svg.content[:2] if isinstance(element, Element)] == ["title", "desc"]
    assert all(told)


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=5))
def test_the_parts_of_the_bar_are_as_long_as_their_counts(counts: list[int]) -> None:
    svg = read_page(outcome_bar([("right", f"part {place}", count) for place, count in enumerate(counts)])).one("svg")
    drawn = [numbers(part, "x", "width") for part in svg.all("rect")]
    assert len(drawn) == sum(count > 0 for count in counts)
    ends = [start + width for start, width in drawn]
    total = sum(counts)
    for (_, width), count in zip(drawn, filter(None, counts), strict=True):
        assert width == pytest.approx(max(600 * count / total - 2, 1), abs=0.1)
    assert all(end <= 601.1 for end in ends)


def test_the_bar_is_told_in_words() -> None:
    svg = read_page(outcome_bar([("wrong", "Wrong", 1), ("right", "Right", 3)])).one("svg")
    assert svg.attributes["aria-label"] == "Wrong 1, Right 3"
    assert [title.text for title in svg.all("title")] == ["Wrong: 1", "Right: 3"]


@given(shares, shares)
def test_the_meter_shows_on_which_side_of_the_threshold_the_confidence_lies(
    confidence: float, threshold: float
) -> None:
    svg = read_page(confidence_meter(confidence, threshold)).one("svg")
    assert_inside(svg)
    (at,), (across,) = numbers(svg.one("circle"), "cx"), numbers(svg.one("line", class_="threshold"), "x1")
    if abs(confidence - threshold) > 0.001:
        assert (at > across) is (confidence > threshold)
