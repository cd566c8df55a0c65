"""Measure how well agreement and disagreement are told, on groups of sentences written for it.

    python benchmarks/agreement.py [GROUPS] [--half dev|test]

Printed are precision and recall of "differ" and of "differ_over_time", how many verdicts are right, and every error.
The groups with ``"half": "test"`` were set aside; their errors have been looked at once since.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from index.records import Article
from qa.agreement.verdict import agree
from qa.answer import Agreement, Evidence
from qa.question import read_question
from qa.times.notes import with_times

GROUPS = Path(__file__).resolve().parents[1] / "tests" / "qa" / "agreement" / "groups.jsonl"
VERDICTS = ("differ", "differ_over_time")
NO_VERDICT = "none"


@dataclass(frozen=True, slots=True)
class Judged:
    """A group of sentences with what was told of it.

    Attributes:
        group: The group, as its file has it.
        agreement: What was told.
    """

    group: dict[str, Any]
    agreement: Agreement | None

    @property
    def verdict(self) -> str:
        """The verdict that was told, or ``"none"``."""
        return self.agreement.verdict if self.agreement else NO_VERDICT


def main() -> None:
    """Judge the groups, and print the measures of each half and the errors."""
    parser = argparse.ArgumentParser(description="Measure agreement and disagreement.")
    parser.add_argument("groups", type=Path, nargs="?", default=GROUPS, help="a file of groups")
    parser.add_argument("--half", choices=("dev", "test"), help="only this half")
    options = parser.parse_args()
    for half in [options.half] if options.half else ["dev", "test"]:
        report(half, [judge(group) for group in read_groups(options.groups, half)])


def report(half: str, judged: Sequence[Judged]) -> None:
    """Print the measures of one half, and its errors."""
    wrong = [one for one in judged if one.verdict != one.group["verdict"]]
    print(f"{half}: {len(judged) - len(wrong)} of {len(judged)} verdicts are right")
    for verdict in VERDICTS:
        precision, recall = precision_and_recall(judged, verdict)
        print(f"  {verdict}: precision {precision:.3f}, recall {recall:.3f}")
    for one in wrong:
        print(f"  {one.group['id']} {one.group['kind']}: {one.group['verdict']} was told as {one.verdict}")


def read_groups(path: Path, half: str) -> list[dict[str, Any]]:
    """The groups of one half."""
    groups = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [group for group in groups if group["half"] == half]


def judge(group: dict[str, Any]) -> Judged:
    """Tell whether the sentences of a group agree; the first scores best, and each later one a little less."""
    evidence = [_evidence(number, row) for number, row in enumerate(group["articles"], start=1)]
    origins = {
        one.article.id: row.get("origin", one.article.id) for one, row in zip(evidence, group["articles"], strict=True)
    }
    return Judged(group, agree(read_question(group["question"]), evidence, lambda article: origins[article.id]))


def precision_and_recall(judged: Sequence[Judged], verdict: str) -> tuple[float, float]:
    """How many of the groups that were given a verdict have it, and how many of those that have it were given it."""
    told = sum(one.verdict == verdict for one in judged)
    true = sum(one.group["verdict"] == verdict for one in judged)
    both = sum(one.verdict == verdict == one.group["verdict"] for one in judged)
    return both / max(told, 1), both / max(true, 1)


def _evidence(number: int, row: dict[str, Any]) -> Evidence:
    """A sentence as evidence. More of its article may stand behind it, under "rest"."""
    quote, published = row["text"], row["published"]
    article = Article(
        id=f"{number:016x}",
        path=f"/news/{number}.txt",
        title="",
        publisher=row["publisher"],
        published=date.fromisoformat(published) if published else None,
        url="",
        text=" ".join(part for part in (quote, row.get("rest")) if part),
        encoding="utf-8",
    )
    start = quote.index(row["span"])
    return with_times(Evidence(number, article, 0, len(quote), start, start + len(row["span"]), 1 - number / 10))


if __name__ == "__main__":
    main()
