from hypothesis import given

from qa.evaluation.compare import compare
from qa.evaluation.outcomes import Outcome
from qa.evaluation.run import Result, Settings
from qa.evaluation.table import table
from tests.qa.evaluation.made import evaluations, outcome

SETTINGS = Settings("/news", 0.06, "default", 0.6)


def rows(after: list[Outcome], before: list[Outcome] | None = None) -> dict[str, object]:
    document = Result(tuple(after), SETTINGS).to_dict()
    if before is not None:
        document["comparison"] = compare(before, after).to_dict()
    return table(document)


def test_shares_have_three_digits_and_times_none() -> None:
    found = rows([outcome(1, ms=12.7), outcome(2, ms=3), outcome(0)])
    assert {name: found[name] for name in ("questions", "top-1", "refusal F1", "p50 ms", "p95 ms")} == {
        "questions": 3,
        "top-1": "0.333",
        "refusal F1": None,
        "p50 ms": "10",
        "p95 ms": "13",
    }


def test_a_comparison_shows_before_and_after_and_what_changed() -> None:
    before = [outcome(2, name="a"), outcome(1, name="b"), outcome(0, answerable=False, name="c"), outcome(name="gone")]
    after = [
        outcome(1, name="a"),
        outcome(1, name="b", ms=20),
        outcome(0, answerable=False, answered=False, name="c"),
        outcome(name="new"),
    ]
    found = rows(after, before)
    assert found["top-1"] == "0.500 → 1.000  +0.500"
    assert found["refusal precision"] == "- → 1.000"
    assert found["p95 ms"] == "10 → 20"
    assert found["first sentence right"] == "1 better, 0 worse, p = 1.000"
    assert found["first sentence right: better"] == ["a  Who?"]
    assert found["refusal right: better"] == ["c  Who?"]
    assert "first sentence right: worse" not in found
    assert (found["in both evaluations"], found["only in the earlier one"], found["only in this one"]) == (
        3,
        ["gone"],
        ["new"],
    )


def test_of_many_changes_the_first_are_shown_and_the_others_counted() -> None:
    before = [outcome(2, name=str(number)) for number in range(9)]
    after = [outcome(1, name=str(number)) for number in range(9)]
    listed = rows(after, before)["first sentence right: better"]
    assert listed == [*(f"{number}  Who?" for number in range(3)), "and 6 more, which --json lists"]


@given(evaluations(), evaluations())
def test_no_line_is_wider_than_a_terminal(made: list[Outcome], more: list[Outcome]) -> None:
    found = rows([*made, *more], [*made, *(outcome(name="x" * 99) for _ in range(2))])
    width = max(map(len, found)) + 2
    values = [item for value in found.values() for item in (value if isinstance(value, list) else [str(value)])]
    assert width + max(map(len, values)) <= 80
