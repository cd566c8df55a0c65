"""A comparison with an earlier evaluation, as HTML."""

from collections.abc import Mapping, Sequence
from typing import Any

from qa.evaluation.markup import measured, table, text
from qa.evaluation.verdicts import anchors

_ASPECTS = {
    "first sentence right": "The first sentence holds an accepted answer, refused or not.",
    "refusal right": "Answered where the articles tell, refused where they do not.",
    "right outcome": "Answered with a right sentence first, or rightly refused.",
}


def comparison_section(comparison: Mapping[str, Any] | None, outcomes: Sequence[Mapping[str, Any]]) -> str:
    """The measures before and after, and which questions became better or worse.

    Args:
        comparison: What ``Comparison.to_dict()`` returns, or None, of which nothing is shown.
        outcomes: The outcomes of the present evaluation, to which the questions are linked.

    Example:
        >>> comparison_section(None, [])
        ''
    """
    if comparison is None:
        return ""
    links = {(each["id"], each["question"]): anchor for anchor, each in zip(anchors(outcomes), outcomes, strict=True)}
    rows = [
        (text(name), measured(name, pair["before"]), measured(name, pair["after"]), _difference(name, pair))
        for name, pair in comparison["measures"].items()
    ]
    changes = "".join(_change(name, meaning, comparison[name], links) for name, meaning in _ASPECTS.items())
    return (
        '<section aria-labelledby="comparison"><h2 id="comparison">Compared with an earlier evaluation</h2>'
        + table(f"On the {comparison['questions']} questions in both", ("Measure", "Before", "After", "Change"), rows)
        + changes
        + '<p class="explained">p: how likely so uneven a change is by chance, by the two-sided sign test.</p>'
        + _only("the earlier evaluation", comparison["only before"])
        + _only("this evaluation", comparison["only after"])
        + "</section>"
    )


def _difference(name: str, pair: Mapping[str, float | None]) -> str:
    before, after = pair["before"], pair["after"]
    if before is None or after is None:
        return ""
    difference = measured(name, after - before)
    return f"+{difference}" if after > before else difference


def _change(name: str, meaning: str, change: Mapping[str, Any], links: Mapping[tuple[str, str], str]) -> str:
    better, worse = change["better"], change["worse"]
    told = f"<b>{name}</b>: {len(better)} better, {len(worse)} worse, p&nbsp;=&nbsp;{change['p']:.3f}"
    lists = "".join(
        f"<p>{side}:</p><ul>" + "".join(_changed(item, links) for item in items) + "</ul>"
        for side, items in (("Better", better), ("Worse", worse))
        if items
    )
    explained = f'<p class="explained">{meaning}</p>'
    if not lists:
        return f'<div class="changes"><p>{told}</p>{explained}</div>'
    return f'<details class="changes" open><summary>{told}</summary>{explained}{lists}</details>'


def _changed(item: Mapping[str, str], links: Mapping[tuple[str, str], str]) -> str:
    anchor = links.get((item["id"], item["question"]))
    name = text(item["id"]) if anchor is None else f'<a href="#{anchor}">{text(item["id"])}</a>'
    return f'<li>{name} <span dir="auto">{text(item["question"])}</span></li>'


def _only(where: str, ids: Sequence[str]) -> str:
    return f'<p class="explained">Only in {where}: {", ".join(map(text, ids))}.</p>' if ids else ""
