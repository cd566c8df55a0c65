"""What a person is shown of an evaluation in the terminal; the JSON document holds the rest."""

from collections.abc import Mapping, Sequence
from typing import Any

# Of the numbers of the document, the recall of the refusals stands there under its plain name.
_TOLD = (
    "top-1",
    "top-3",
    "MRR",
    "span EM",
    "span F1",
    "answered and right",
    "refused when not in the articles",
    "balanced",
    "refusal precision",
    "refusal F1",
    "ECE",
    "AURC",
    "p50 ms",
    "p95 ms",
)
_ASPECTS = ("first sentence right", "refusal right", "right outcome")
_LISTED = 3
_ID_WIDTH = 12
_QUESTION_WIDTH = 30


def table(document: Mapping[str, Any]) -> dict[str, Any]:
    """The rows for the terminal, no wider than 80 columns.

    Args:
        document: What ``Result.to_dict()`` returns, with a ``"comparison"`` where there is one.

    Example:
        >>> from qa.evaluation.outcomes import Outcome
        >>> from qa.evaluation.questions import GoldQuestion
        >>> from qa.evaluation.run import Result, Settings
        >>> outcomes = (Outcome(GoldQuestion("1", "Who hid?", ("Owls",)), rank=2, answered=True, confidence=0.3),)
        >>> rows = table(Result(outcomes, Settings("/news", 0.06, "default", 0.6)).to_dict())
        >>> rows["MRR"], rows["balanced"], rows["refusal F1"]
        ('0.500', '0.000', None)
    """
    rows: dict[str, Any] = {"questions": document["questions"], "with an answer": document["answerable"]}
    comparison = document.get("comparison")
    if comparison is None:
        return rows | {name: _number(name, document[name]) for name in _TOLD}
    rows["in both evaluations"] = comparison["questions"]
    for name, told in (("only before", "only in the earlier one"), ("only after", "only in this one")):
        if comparison[name]:
            rows[told] = _listed([_cut(identity, _QUESTION_WIDTH) for identity in comparison[name]])
    rows |= {name: _change(name, comparison["measures"][name]) for name in _TOLD}
    for aspect in _ASPECTS:
        change = comparison[aspect]
        rows[aspect] = f"{len(change['better'])} better, {len(change['worse'])} worse, p = {change['p']:.3f}"
    for aspect in _ASPECTS[:2]:
        for side in ("better", "worse"):
            questions = [_question(item) for item in comparison[aspect][side]]
            if questions:
                rows[f"{aspect}: {side}"] = _listed(questions)
    return rows


def _number(name: str, value: float | None) -> str | None:
    if value is None:
        return None
    return f"{value:.0f}" if name.endswith(" ms") else f"{value:.3f}"


def _change(name: str, pair: Mapping[str, float | None]) -> str | None:
    before, after = pair["before"], pair["after"]
    if before is None and after is None:
        return None
    told = f"{_number(name, before) or '-'} → {_number(name, after) or '-'}"
    if before is None or after is None or name.endswith(" ms"):
        return told
    return f"{told}  {after - before:+.3f}"


def _listed(items: Sequence[str]) -> list[str]:
    """The first of some items, and how many more there are."""
    more = [f"and {len(items) - _LISTED} more, which --json lists"] if len(items) > _LISTED else []
    return [*items[:_LISTED], *more]


def _question(item: Mapping[str, str]) -> str:
    return f"{_cut(item['id'], _ID_WIDTH)}  {_cut(item['question'], _QUESTION_WIDTH)}"


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: width - 1]}…"
