"""An evaluation as one HTML page for people: it loads nothing, runs nothing, and shows articles as text only."""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from importlib.resources import files
from string import Template
from typing import Any

from qa.evaluation.changes import comparison_section
from qa.evaluation.markup import measured, number, table, text
from qa.evaluation.plots import outcome_bar, reliability_diagram, risk_coverage_curve
from qa.evaluation.verdicts import VERDICTS, chain_legend, verdict, verdict_sections

MEASURES: Mapping[str, Mapping[str, str]] = {
    "Finding the sentence": {
        "top-1": "Answerable questions whose first sentence holds an accepted answer.",
        "top-3": "The same among the first three sentences.",
        "MRR": "Mean reciprocal rank of the first right sentence, among ten.",
    },
    "Marking the words": {
        "span EM": "Exact match: the marked words are an accepted answer.",
        "span F1": "Token overlap of the marked words with the nearest accepted answer.",
    },
    "Answering or refusing": {
        "answered and right": "Answerable questions that were answered, and with a right sentence.",
        "refused when not in the articles": "Other questions that were refused.",
        "balanced": "Mean of the two above.",
        "refusal precision": "Refusals that were due.",
        "refusal recall": "Due refusals that were made: the same as refused when not in the articles.",
        "refusal F1": "Harmonic mean of refusal precision and recall.",
    },
    "Confidence": {
        "ECE": "Expected calibration error: the gap between confidence and share right. Lower is better.",
        "AURC": "Area under the risk-coverage curve. Lower is better.",
    },
    "Time": {
        "p50 ms": "Median time of a question, in milliseconds.",
        "p95 ms": "95 of 100 questions took no longer, in milliseconds.",
    },
}

_COVERAGES = (0.1, 0.25, 0.5, 0.75, 0.9, 1.0)

_PAGE = Template("""\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy"
 content="default-src 'none'; style-src '$digest'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>pullquote: evaluation of $asked</title>
<style>$style</style>
</head>
<body>
<header>
<h1>Evaluation of $asked</h1>
<p>$counts</p>
$settings
</header>
<main>
$overview
<section aria-labelledby="measures"><h2 id="measures">Measures</h2>$measures</section>
$comparison
<section aria-labelledby="plots"><h2 id="plots">Confidence</h2><div class="plots">$plots</div></section>
<section aria-labelledby="questions"><h2 id="questions">Questions</h2>$legend$questions</section>
</main>
</body>
</html>
""")


def report_page(document: dict[str, Any]) -> str:
    """One page of the measures, the plots and every question of an evaluation.

    Args:
        document: What ``pullquote eval --json`` prints, with a ``"comparison"`` where there is one; measures that are
            missing or None are shown as "n/a".

    Example:
        >>> page = report_page({"questions": 1, "answerable": 1, "top-1": 1.0, "outcomes": []})
        >>> "Evaluation of 1 question" in page, "<script" in page
        (True, False)
    """
    style = files("qa.evaluation").joinpath("report.css").read_text("utf-8")
    settings, outcomes = document.get("settings") or {}, document.get("outcomes") or []
    count = document.get("questions") or 0
    return _PAGE.substitute(
        digest="sha256-" + base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        style=style,
        asked=f"{count} question" + ("" if count == 1 else "s"),
        counts=f"The articles answer {number(document.get('answerable'))} of them.",
        settings=_settings(settings),
        overview=_overview(outcomes),
        measures=_measures(document),
        comparison=comparison_section(document.get("comparison"), outcomes),
        plots=_reliability(document.get("reliability") or []) + _risk(document.get("risk-coverage") or [], outcomes),
        legend=chain_legend(),
        questions=verdict_sections(outcomes, settings.get("threshold")),
    )


def _settings(settings: Mapping[str, Any]) -> str:
    names = {"articles": "Articles", "reader": "Reader", "threshold": "Threshold", "dense_weight": "Dense weight"}
    shown = [(name, settings[key]) for key, name in names.items() if settings.get(key) is not None]
    return "<dl>" + "".join(f"<div><dt>{name}</dt><dd>{text(value)}</dd></div>" for name, value in shown) + "</dl>"


def _overview(outcomes: Sequence[Mapping[str, Any]]) -> str:
    """One bar for all questions; its legend leads to the sections."""
    found = [verdict(outcome) for outcome in outcomes]
    parts = [(kind.style, kind.title, found.count(kind)) for kind in VERDICTS]
    links = "".join(
        f'<li class="{style}"><a href="#{style}"><b>{count}</b> {name}</a></li>'
        for style, name, count in parts
        if count
    )
    return f'<nav aria-label="What became of the questions">{outcome_bar(parts)}<ul>{links}</ul></nav>'


def _measures(document: Mapping[str, Any]) -> str:
    groups = "".join(
        f'<tbody><tr><th colspan="3" scope="rowgroup">{group}</th></tr>'
        + "".join(_measure(name, meaning, document.get(name)) for name, meaning in measures.items())
        + "</tbody>"
        for group, measures in MEASURES.items()
    )
    head = '<thead><tr><th scope="col">Measure</th><th scope="col">Value</th><th scope="col">Meaning</th></tr></thead>'
    return f'<table class="measures">{head}{groups}</table>'


def _measure(name: str, meaning: str, value: float | None) -> str:
    return f'<tr><th scope="row">{name}</th><td>{measured(name, value)}</td><td>{meaning}</td></tr>'


def _reliability(bins: Sequence[Mapping[str, Any]]) -> str:
    head = ("Confidence", "Questions", "Mean confidence", "Share right")
    rows = [
        (
            f"{part['from']:.1f} to {part['to']:.1f}",
            str(part["count"]),
            number(part["confidence"]),
            number(part["right"]),
        )
        for part in bins
    ]
    caption = "Reliability: a dot on the diagonal is right as often as it is confident. The larger, the more questions."
    return _figure(reliability_diagram(bins), caption, table("Reliability by bin", head, rows))


def _risk(points: Sequence[Mapping[str, Any]], outcomes: Sequence[Mapping[str, Any]]) -> str:
    """The curve has a point for each confidence; the table has a few of them."""
    rows = []
    for coverage in _COVERAGES:
        within = [point for point in points if point["coverage"] <= coverage]
        if within:
            rows.append((f"{coverage:.0%}", number(within[-1]["risk"])))
    answered = sum(outcome["answered"] for outcome in outcomes) / len(outcomes) if outcomes else None
    caption = "Risk and coverage: the share wrong if only the more confident answers are given."
    if answered is not None:
        caption += f" The upright line is the threshold, where {answered:.0%} were answered."
    return _figure(
        risk_coverage_curve(points, answered), caption, table("Risk by coverage", ("Coverage", "Risk"), rows)
    )


def _figure(plot: str, caption: str, numbers: str) -> str:
    return (
        f"<figure>{plot}<figcaption>{caption}"
        f"<details><summary>The numbers</summary>{numbers}</details></figcaption></figure>"
    )
