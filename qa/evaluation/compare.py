"""Two evaluations of the same questions side by side, with a test whether the difference can be chance."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from index.errors import UsageError
from qa.evaluation.metrics import Measures, measures, rounded
from qa.evaluation.outcomes import Outcome
from qa.evaluation.questions import GoldQuestion

_ASPECTS: dict[str, Callable[[Outcome], bool]] = {
    "first sentence right": lambda outcome: outcome.is_first_right,
    "refusal right": lambda outcome: outcome.is_refusal_right,
    "right outcome": lambda outcome: outcome.is_right,
}


@dataclass(frozen=True, slots=True)
class Change:
    """Which questions changed sides in one respect.

    Attributes:
        better: Those that were wrong and are right now.
        worse: Those that were right and are wrong now.

    Example:
        >>> gold = GoldQuestion("1", "Who hid?", ("Owls",))
        >>> Change(better=(gold,) * 6, worse=()).p
        0.03125
    """

    better: tuple[GoldQuestion, ...]
    worse: tuple[GoldQuestion, ...]

    @property
    def p(self) -> float:
        """The p-value of the sign test."""
        return sign_test(len(self.better), len(self.worse))

    def to_dict(self) -> dict[str, Any]:
        """The change in plain JSON types."""
        return {
            "better": [{"id": gold.id, "question": gold.question} for gold in self.better],
            "worse": [{"id": gold.id, "question": gold.question} for gold in self.worse],
            "p": round(self.p, 4),
        }


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two evaluations, as far as they are of the same questions.

    Attributes:
        questions: How many questions both hold.
        before: The measures of the earlier evaluation on these questions.
        after: Those of the present one.
        changes: What changed, by the respect in which it did.
        only_before: Ids of the questions that the earlier evaluation alone holds.
        only_after: Ids of those that the present one alone holds.

    Example:
        >>> gold = GoldQuestion("1", "Who hid?", ("Owls",))
        >>> comparison = compare([Outcome(gold, 2, True, 0.3)], [Outcome(gold, 1, True, 0.8)])
        >>> comparison.to_dict()["measures"]["top-1"]
        {'before': 0.0, 'after': 1.0}
    """

    questions: int
    before: Measures
    after: Measures
    changes: dict[str, Change]
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """The comparison in plain JSON types."""
        return {
            "questions": self.questions,
            "only before": list(self.only_before),
            "only after": list(self.only_after),
            "measures": {name: {"before": self.before[name], "after": self.after[name]} for name in self.after},
            **{name: change.to_dict() for name, change in self.changes.items()},
        }


def compare(before: Sequence[Outcome], after: Sequence[Outcome]) -> Comparison:
    """Set two evaluations side by side.

    The measures are taken on the questions that both evaluations hold.

    Raises:
        UsageError: There is none.

    Example:
        >>> gold = GoldQuestion("1", "Who hid?", ("Owls",))
        >>> wrong, right = Outcome(gold, 2, True, 0.3), Outcome(gold, 1, True, 0.8)
        >>> [change.better for change in compare([wrong], [right]).changes.values()] == [(gold,), (), (gold,)]
        True
    """
    earlier, present = _by_question(before), _by_question(after)
    check_comparable(before, list(present))
    pairs = [(earlier[gold], outcome) for gold, outcome in present.items() if gold in earlier]
    return Comparison(
        questions=len(pairs),
        before=rounded(measures([old for old, _ in pairs])),
        after=rounded(measures([new for _, new in pairs])),
        changes={name: _change(pairs, aspect) for name, aspect in _ASPECTS.items()},
        only_before=tuple(gold.id for gold in earlier if gold not in present),
        only_after=tuple(gold.id for gold in present if gold not in earlier),
    )


def check_comparable(before: Sequence[Outcome], questions: Sequence[GoldQuestion]) -> None:
    """Refuse an earlier evaluation that has no question in common with those that are asked.

    A question is the same if its id, its text and its accepted answers are: with other answers it would be judged by
    another measure.

    Raises:
        UsageError: They have no question in common.

    Example:
        >>> check_comparable([], [GoldQuestion("1", "Who hid?", ("Owls",))])  # doctest: +ELLIPSIS
        Traceback (most recent call last):
        index.errors.UsageError: The two evaluations cannot be compared: ...
    """
    if not {outcome.gold for outcome in before} & set(questions):
        raise UsageError(
            "The two evaluations cannot be compared",
            "no question has the same id, text and answers in both",
            "name an evaluation of the same questions",
        )


def sign_test(better: int, worse: int) -> float:
    """How likely so uneven a change is by chance: the exact two-sided sign test on the questions that changed sides.

    It is the exact form of the test of McNemar, "Note on the sampling error of the difference between correlated
    proportions or percentages" (Psychometrika, 1947): if nothing changed but by chance, each of these questions is as
    likely to become better as worse.

    Args:
        better: How many became right.
        worse: How many became wrong.

    Returns:
        The p-value, 0 to 1.

    Example:
        >>> sign_test(better=9, worse=1)
        0.021484375
    """
    changed = better + worse
    tail = sum(math.comb(changed, count) for count in range(min(better, worse) + 1))
    # Whole numbers up to here: they may be larger than any float.
    return min(1.0, 2 * tail / (1 << changed))


def _by_question(outcomes: Sequence[Outcome]) -> dict[GoldQuestion, Outcome]:
    return {outcome.gold: outcome for outcome in outcomes}


def _change(pairs: Sequence[tuple[Outcome, Outcome]], is_right: Callable[[Outcome], bool]) -> Change:
    return Change(
        better=tuple(new.gold for old, new in pairs if is_right(new) and not is_right(old)),
        worse=tuple(new.gold for old, new in pairs if is_right(old) and not is_right(new)),
    )
