from hypothesis import given
from hypothesis import strategies as st

from tui.screens.picking import narrowed
from tui.widgets.rows import Row

WORDS = st.lists(st.sampled_from(["rain", "snow", "fog", "courier", "2022-01-06"]), max_size=4)


@given(st.lists(WORDS, max_size=8), WORDS)
def test_a_row_is_shown_when_it_holds_every_word_in_any_order_and_case(
    texts: list[list[str]], words: list[str]
) -> None:
    rows = [(Row(str(number), " ".join(text), ()), " ".join(text)) for number, text in enumerate(texts)]
    shown = narrowed(rows, " ".join(words).upper())
    assert [row.key for row in shown] == [str(n) for n, text in enumerate(texts) if set(words) <= set(text)]
