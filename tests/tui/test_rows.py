from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App, ComposeResult

from tui.widgets.rows import Row, Rows, cut


class Host(App[None]):
    CSS = "Rows { height: 1fr; }"

    def __init__(self) -> None:
        super().__init__()
        self.clicked: list[str] = []

    def compose(self) -> ComposeResult:
        yield Rows((10, 16))

    def on_rows_clicked(self, message: Rows.Clicked) -> None:
        self.clicked.append(message.row.key)


ROWS = [Row(str(number), f"Title {number}", ("2022-01-06", "The Courier")) for number in range(5_000)]


def lines(rows: Rows) -> list[str]:
    return [rows.render_line(y).text.rstrip() for y in range(rows.size.height)]


async def test_only_the_rows_on_the_screen_are_drawn_and_the_cursor_is_kept_in_view() -> None:
    app = Host()
    async with app.run_test(size=(80, 10)) as pilot:
        rows = app.query_one(Rows)
        rows.show(ROWS)
        await pilot.pause()
        assert lines(rows)[0].startswith("> Title 0 ")
        rows.move(4_321)
        await pilot.pause()
        (line,) = [line for line in lines(rows) if line.startswith(">")]
        assert line.startswith("> Title 4321 ")
        rows.move(100_000)
        assert rows.current == ROWS[-1]
        rows.move(-100_000)
        assert rows.current == ROWS[0]


async def test_a_row_that_is_still_there_keeps_the_cursor_when_the_table_is_narrowed() -> None:
    app = Host()
    async with app.run_test(size=(80, 10)) as pilot:
        rows = app.query_one(Rows)
        rows.show(ROWS)
        rows.move(7)
        rows.show(ROWS[5:9])
        await pilot.pause()
        assert rows.current == ROWS[7]
        rows.show([])
        assert rows.current is None
        rows.move(1)
        assert lines(rows) == [""] * 10


async def test_the_cells_that_do_not_fit_are_left_out_and_the_title_stays() -> None:
    for width, cells in ((80, 2), (54, 1), (40, 0)):
        app = Host()
        async with app.run_test(size=(width, 10)) as pilot:
            rows = app.query_one(Rows)
            rows.show(ROWS[:3])
            await pilot.pause()
            text = lines(rows)[0]
            assert ("2022-01-06" in text) + ("The Courier" in text) == cells
            assert "Title 0" in text


async def test_a_click_chooses_the_row_under_the_mouse() -> None:
    app = Host()
    async with app.run_test(size=(80, 10)) as pilot:
        rows = app.query_one(Rows)
        rows.show(ROWS)
        rows.move(50)
        await pilot.pause()
        first = round(rows.scroll_y)
        await pilot.click(Rows, offset=(5, 3))
        await pilot.pause()
        assert app.clicked == [str(first + 3)]


@given(st.text(), st.integers(min_value=0, max_value=40))
def test_a_cell_is_exactly_as_wide_as_it_should_be(text: str, width: int) -> None:
    shown = cut(" ".join(text.split()), width)
    assert cell_len(shown) == width
