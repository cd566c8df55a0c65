"""Plots of an evaluation as inline SVG: styled by the page around them, and readable without seeing them."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from math import sqrt
from typing import Any

_SIDE = 240
_LEFT, _TOP, _RIGHT, _BOTTOM = 52, 14, 18, 48
_TOPS = (0.1, 0.25, 0.5, 1.0)
_LARGEST_DOT = 13.0
_SMALLEST_DOT = 3.0


def reliability_diagram(bins: Sequence[Mapping[str, Any]]) -> str:
    """How often what is confident is right: a dot for each bin, its area by count, and its gap to the diagonal.

    Args:
        bins: ``{"from", "to", "count", "confidence", "right"}``, each but the count 0 to 1; empty ones are left out.

    Example:
        >>> svg = reliability_diagram([{"from": 0.8, "to": 0.9, "count": 4, "confidence": 0.85, "right": 0.75}])
        >>> "4 questions of confidence 0.8 to 0.9: 0.85 expected, 0.75 right" in svg
        True
    """
    filled = [part for part in bins if part["count"]]
    largest = max((part["count"] for part in filled), default=1)
    dots = "".join(_reliability_dot(part, largest) for part in filled)
    diagonal = _line("reference", (0, 0), (1, 1))
    return _plot(
        "reliability",
        "Reliability diagram",
        f"Share right against mean confidence in {len(filled)} bins. On the diagonal, confidence is what it says; "
        "below it, answers are overconfident. The table below the plot holds the numbers.",
        _axes("mean confidence", "share right", 1.0) + diagonal + dots,
    )


def risk_coverage_curve(points: Sequence[Mapping[str, Any]], answered: float | None = None) -> str:
    """The share of wrong answers among the most confident ones, against how many are given.

    Args:
        points: ``{"coverage", "risk"}``, each 0 to 1, by rising coverage.
        answered: The share of the questions that were answered, which is marked; None where it is not known.

    Example:
        >>> svg = risk_coverage_curve([{"coverage": 0.5, "risk": 0.0}, {"coverage": 1.0, "risk": 0.5}])
        >>> svg.count("<polyline"), "Risk-coverage curve" in svg
        (1, True)
    """
    marked = "" if answered is None else _line("threshold", (answered, 0), (answered, 1))
    top = _ceiling(point["risk"] for point in points)
    places = [(_x(point["coverage"]), _y(point["risk"] / top)) for point in points]
    line = " ".join(f"{x},{y}" for x, y in places)
    drawn = ""
    if places:
        under = f"{places[0][0]},{_y(0)} {line} {places[-1][0]},{_y(0)}"
        drawn = f'<polygon class="area" points="{under}"/><polyline class="curve" points="{line}"/>'
    return _plot(
        "risk-coverage",
        "Risk-coverage curve",
        "Share wrong against the share of questions answered, the most confident first. The lower the curve, the "
        "better confidence tells right from wrong. The table below the plot holds the numbers.",
        _axes("coverage", "risk", top) + drawn + marked,
    )


def outcome_bar(parts: Sequence[tuple[str, str, int]]) -> str:
    """One bar for all questions, cut by what became of them.

    Args:
        parts: Class of style, name and count of each part.

    Example:
        >>> outcome_bar([("wrong", "Wrong", 1), ("right", "Right", 3)]).count("<rect")
        2
    """
    total = sum(count for _, _, count in parts) or 1
    width, gap, start = 600.0, 2.0, 0.0
    drawn = []
    for style, name, count in parts:
        length = width * count / total
        if count:
            shown = max(length - gap, 1.0)
            title = f"<title>{escape(name)}: {count}</title>"
            drawn.append(f'<rect class="{style}" x="{start:.1f}" y="0" width="{shown:.1f}" height="14">{title}</rect>')
        start += length
    names = ", ".join(f"{name} {count}" for _, name, count in parts)
    return (
        f'<svg class="outcomes" viewBox="0 0 {width:.0f} 14" preserveAspectRatio="none" role="img" '
        f'aria-label="{escape(names)}">{"".join(drawn)}</svg>'
    )


def confidence_meter(confidence: float, threshold: float | None) -> str:
    """A confidence on a line from 0 to 1, with the threshold across it.

    Example:
        >>> confidence_meter(0.5, None).count("<line"), confidence_meter(0.5, 0.4).count("<line")
        (1, 2)
    """
    length, margin = 100, 6
    across = "" if threshold is None else _threshold_mark(margin + length * threshold)
    return (
        f'<svg class="meter" viewBox="0 0 {length + 2 * margin} 14" aria-hidden="true">'
        f'<line class="axis" x1="{margin}" y1="7" x2="{length + margin}" y2="7"/>{across}'
        f'<circle class="dot" cx="{margin + length * confidence:.1f}" cy="7" r="4"/></svg>'
    )


def _threshold_mark(x: float) -> str:
    return f'<line class="threshold" x1="{x:.1f}" y1="1" x2="{x:.1f}" y2="13"/>'


def _reliability_dot(part: Mapping[str, Any], largest: int) -> str:
    """The area stands for the count; a line shows how far the bin is from the diagonal."""
    confidence, right, count = part["confidence"], part["right"], part["count"]
    radius = max(_SMALLEST_DOT, _LARGEST_DOT * sqrt(count / largest))
    title = (
        f"{count} questions of confidence {part['from']:.1f} to {part['to']:.1f}: "
        f"{confidence:.2f} expected, {right:.2f} right"
    )
    return (
        f"<g><title>{title}</title>{_line('gap', (confidence, right), (confidence, confidence))}"
        f'<circle class="dot" cx="{_x(confidence)}" cy="{_y(right)}" r="{radius:.1f}"/></g>'
    )


def _plot(name: str, title: str, description: str, content: str) -> str:
    width, height = _LEFT + _SIDE + _RIGHT, _TOP + _SIDE + _BOTTOM
    return (
        f'<svg class="plot" viewBox="0 0 {width} {height}" role="img" aria-labelledby="{name}-title {name}-desc">'
        f'<title id="{name}-title">{title}</title><desc id="{name}-desc">{description}</desc>{content}</svg>'
    )


def _axes(across: str, up: str, top: float) -> str:
    """A frame with five marks on each axis; ``top`` is what the upper edge stands for."""
    marks = [step / 5 for step in range(6)]
    lines = "".join(
        f"{_line('grid', (0, mark), (1, mark))}"
        f'<text class="mark" x="{_x(0) - 14}" y="{_y(mark) + 4}" text-anchor="end">{mark * top:.2g}</text>'
        f'<text class="mark" x="{_x(mark)}" y="{_y(0) + 23}" text-anchor="middle">{mark:.1g}</text>'
        for mark in marks
    )
    middle = _TOP + _SIDE / 2
    return (
        f"{lines}"
        f"{_line('axis', (0, 0), (1, 0))}"
        f'<text class="axis-name" x="{_x(0.5)}" y="{_y(0) + 42}" text-anchor="middle">{across}</text>'
        f'<text class="axis-name" transform="translate(11 {middle}) rotate(-90)" text-anchor="middle">{up}</text>'
    )


def _line(style: str, start: tuple[float, float], end: tuple[float, float]) -> str:
    """A line between two points of the plot, each a share of its width and its height."""
    return f'<line class="{style}" x1="{_x(start[0])}" y1="{_y(start[1])}" x2="{_x(end[0])}" y2="{_y(end[1])}"/>'


def _ceiling(values: Iterable[float]) -> float:
    """The top of an axis that holds all values and has round numbers at its marks."""
    largest = max(values, default=0.0)
    return next((top for top in _TOPS if top >= largest), _TOPS[-1])


def _x(share: float) -> float:
    return round(_LEFT + _SIDE * share, 1)


def _y(share: float) -> float:
    return round(_TOP + _SIDE * (1 - share), 1)
