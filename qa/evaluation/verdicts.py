"""What became of every question, as HTML: what went wrong first, each with the sentence, what was expected, and why."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from qa.evaluation.markup import number, text
from qa.evaluation.matching import span_f1
from qa.evaluation.plots import confidence_meter
from qa.render import folded


@dataclass(frozen=True, slots=True)
class Verdict:
    """One of the five things that can become of a question.

    Attributes:
        style: Its class of style, and the name of its section.
        title: Its name.
        meaning: What it says.
        failed: Whether something went wrong.

    Example:
        >>> VERDICTS[0].title, VERDICTS[0].failed
        ('Wrong', True)
    """

    style: str
    title: str
    meaning: str
    failed: bool


WRONG = Verdict("wrong", "Wrong", "Answered, but the sentence holds no accepted answer.", failed=True)
UNREFUSED = Verdict("unrefused", "Should have been refused", "Answered, but the articles do not tell.", failed=True)
REFUSED = Verdict("refused", "Wrongly refused", "The articles tell, but the confidence was too low.", failed=True)
RIGHT = Verdict("right", "Right", "Answered, and the sentence holds an accepted answer.", failed=False)
RIGHTLY_REFUSED = Verdict(
    "rightly-refused", "Rightly refused", "The articles do not tell, and it said so.", failed=False
)
VERDICTS = (WRONG, UNREFUSED, REFUSED, RIGHT, RIGHTLY_REFUSED)

_CHAIN = (
    ("passage_rank", "Passage rank", "Rank of its passage in the fused search, from 1."),
    ("lexical", "BM25", "Lexical score of the passage."),
    ("dense", "Dense", "Cosine of the question and the passage."),
    ("fused", "Fused", "Retrieval score of the passage, 0 to 1."),
    ("span", "Reader span", "Log-odds of the best span against “not in this passage”."),
    ("null", "Null", "Probability that the passage does not answer, by the reader alone."),
    ("coverage", "Coverage", "Share of the question’s terms, by IDF, in the sentence and around it."),
    ("strength", "Strength", "What the sentences of one question are ranked by; a logit."),
)


def verdict(outcome: Mapping[str, Any]) -> Verdict:
    """What became of a question.

    Example:
        >>> verdict({"accepted": ["2,500"], "answered": True, "rank": 2}).title
        'Wrong'
        >>> verdict({"accepted": [], "answered": False, "rank": 0}).title
        'Rightly refused'
    """
    if not outcome["accepted"]:
        return UNREFUSED if outcome["answered"] else RIGHTLY_REFUSED
    if not outcome["answered"]:
        return REFUSED
    return RIGHT if outcome["rank"] == 1 else WRONG


def anchors(outcomes: Sequence[Mapping[str, Any]]) -> list[str]:
    """A name in the page for each question, made of its id; no two are the same.

    Example:
        >>> anchors([{"id": "kz01"}, {"id": "a b"}, {"id": "a-b"}])
        ['q-kz01', 'q-a-b', 'q-a-b.2']
    """
    seen: Counter[str] = Counter()
    names = []
    for outcome in outcomes:
        name = "q-" + re.sub(r"[^A-Za-z0-9_-]", "-", str(outcome["id"]))
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name}.{seen[name]}")
    return names


def verdict_sections(outcomes: Sequence[Mapping[str, Any]], threshold: float | None) -> str:
    """A section for each verdict with its questions, the most confident first; what went well is folded.

    Args:
        outcomes: The outcomes of the document of an evaluation.
        threshold: The confidence below which an answer was refused, 0 to 1; None where it is not known.

    Example:
        >>> verdict_sections([], None)
        ''
    """
    named = list(zip(anchors(outcomes), outcomes, strict=True))
    sections = []
    for kind in VERDICTS:
        members = [(anchor, outcome) for anchor, outcome in named if verdict(outcome) is kind]
        members.sort(key=lambda member: -(member[1]["confidence"] or 0.0))
        if members:
            sections.append(_section(kind, "".join(_question(*member, threshold) for member in members), len(members)))
    return "".join(sections)


def chain_legend() -> str:
    """What each score of the chain means, as a list.

    Example:
        >>> "BM25" in chain_legend()
        True
    """
    lines = "".join(f"<dt>{name}</dt><dd>{meaning}</dd>" for _, name, meaning in _CHAIN)
    return f'<details class="legend"><summary>What the scores mean</summary><dl>{lines}</dl></details>'


def marked(quote: str, span: str) -> str:
    """A quote as HTML, with the answering words marked once: where they first stand, rather as whole words than not.

    Example:
        >>> marked("512 men in 12 <big> boats", "12")
        '512 men in <mark>12</mark> &lt;big&gt; boats'
    """
    words = re.escape(span)
    found = (re.search(rf"(?<!\w){words}(?!\w)", quote) or re.search(words, quote)) if span else None
    if found is None:
        return text(quote)
    before, after = folded(quote[: found.start()]).lstrip(), folded(quote[found.end() :]).rstrip()
    return f"{escape(before)}<mark>{escape(folded(found[0]))}</mark>{escape(after)}"


def _section(kind: Verdict, questions: str, count: int) -> str:
    return (
        f'<section id="{kind.style}" class="{kind.style}"><details{" open" if kind.failed else ""}>'
        f'<summary><h3>{kind.title} <span class="count">{count}</span></h3> <span>{kind.meaning}</span></summary>'
        f"{questions}</details></section>"
    )


def _question(anchor: str, outcome: Mapping[str, Any], threshold: float | None) -> str:
    kind = verdict(outcome)
    accepted = " or ".join(f"<q>{text(answer)}</q>" for answer in outcome["accepted"])
    return (
        f'<article id="{anchor}" aria-labelledby="{anchor}.asked">'
        f'<h4 id="{anchor}.asked"><a href="#{anchor}">{text(outcome["id"])}</a> '
        f'<span dir="auto">{text(outcome["question"])}</span></h4>'
        f'<p class="verdict"><strong>{kind.title}.</strong> {_reason(outcome, kind)}</p>'
        f"{_quotation(outcome)}"
        f'<p class="expected">Expected: <span dir="auto">{accepted or "a refusal"}</span></p>'
        f"{_chain(outcome, threshold)}</article>"
    )


def _reason(outcome: Mapping[str, Any], kind: Verdict) -> str:
    """Where the right sentence stood, for a question whose answer was missed."""
    rank = outcome["rank"]
    if kind not in (WRONG, REFUSED):
        return ""
    if rank == 1:
        return "The nearest sentence was right."
    return f"The right sentence came at rank {rank}." if rank else "No right sentence among the first ten."


def _quotation(outcome: Mapping[str, Any]) -> str:
    if not outcome["quote"]:
        return '<p class="nothing">No sentence came near.</p>'
    source = f"<figcaption>{text(outcome['source'])}</figcaption>" if outcome.get("source") else ""
    near = "" if outcome["answered"] else '<p class="near">The nearest sentence, not given as an answer:</p>'
    quote = marked(outcome["quote"], outcome.get("span") or "")
    return f'{near}<figure><blockquote dir="auto">{quote}</blockquote>{source}</figure>'


def _chain(outcome: Mapping[str, Any], threshold: float | None) -> str:
    """The confidence against the threshold, and behind it the scores that led there."""
    scores = outcome.get("scores") or {}
    rows = [(name, number(scores.get(key))) for key, name, _ in _CHAIN]
    if outcome["accepted"]:
        rows.append(("Span F1", number(span_f1(outcome.get("span") or "", outcome["accepted"]))))
    rows.append(("Time", f"{number(outcome['ms'], digits=0)} ms"))
    cells = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in rows)
    against = "" if threshold is None else f", threshold {number(threshold, digits=2)}"
    return (
        f"<details><summary>Confidence {number(outcome['confidence'], digits=2)}{against} "
        f"{confidence_meter(outcome['confidence'] or 0.0, threshold)}</summary><dl>{cells}</dl></details>"
    )
