import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from index.records import Progress
from tui.widgets.status import bar_line


@pytest.mark.parametrize(
    ("done", "seconds", "facts"),
    [
        (0, 0.5, "  0%"),
        (25, 0.5, " 25%"),
        (50, 10.0, " 50% · 5/s · 10 s left"),
        (1, 10.0, "  1% · 0.1/s · 16 min left"),
        (100, 10.0, "100% · 10/s · 0 s left"),
    ],
)
def test_rate_and_time_left_are_told_once_they_can_be_known(done: int, seconds: float, facts: str) -> None:
    assert bar_line(Progress("Encoding", done, 100), 0, seconds, 60).endswith(facts)


def test_what_was_done_before_does_not_count_into_the_rate() -> None:
    assert "2/s" in bar_line(Progress("Encoding", 80, 100), 60, 10.0, 60)


@given(st.integers(0, 2000), st.integers(1, 1000), st.floats(0, 1e6), st.integers(35, 200))
def test_the_bar_never_leaves_the_line(done: int, total: int, seconds: float, width: int) -> None:
    assert cell_len(bar_line(Progress("Encoding", done, total), 0, seconds, width)) <= width
