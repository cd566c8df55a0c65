import pytest

from qa.agreement.limits import narrow_apart


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("A ticket costs $12 for children.", "A ticket costs $20 for adults."),
        ("Nine were killed by the police.", "Twelve were killed by gunmen."),
    ],
)
def test_figures_for_others_or_by_others_are_apart(one: str, two: str) -> None:
    assert narrow_apart(one, two)
    assert not narrow_apart(one, one)


def test_days_and_lengths_of_time_narrow_nothing_down() -> None:
    assert not narrow_apart("By Monday nine were held for two days.", "By Friday twelve were held for hours.")
