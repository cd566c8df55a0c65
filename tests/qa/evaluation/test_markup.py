import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.evaluation.markup import measured, number, table, text
from qa.render import one_line
from tests.qa.evaluation.pages import read_page

any_text = st.text(st.characters(exclude_categories=()))


@given(any_text)
def test_text_is_read_as_text_wherever_it_stands(value: str) -> None:
    page = read_page(f'<p title="{text(value)}">{text(value)}</p>')
    assert page.one("p").attributes["title"] == page.one("p").text == one_line(value)
    assert not page.one("p").all()


@pytest.mark.parametrize("mark", ["<", ">", '"', "'", "\x00", "\x1b", "\u202e", "\u2066", "\ud800", "\n"])
def test_no_character_that_a_page_would_obey_remains(mark: str) -> None:
    assert mark not in text(f"a{mark}b")


def test_a_number_is_whole_or_has_digits_or_is_missing() -> None:
    assert [number(value) for value in (7, 0, 0.25, 1.0, -2.0, None)] == [
        "7",
        "0",
        "0.250",
        "1.000",
        "\u22122.000",
        "n/a",
    ]


def test_times_have_no_digits_after_the_point() -> None:
    assert (measured("p95 ms", 99.6), measured("p95 ms", None), measured("ECE", 0.05)) == ("100", "n/a", "0.050")


def test_every_column_and_every_row_of_a_table_has_a_header() -> None:
    page = read_page(table("Owls", ("name", "count"), [("barn owl", "2"), ("snowy owl", "0")]))
    assert [head.text for head in page.all("th", scope="col")] == ["name", "count"]
    assert [head.text for head in page.all("th", scope="row")] == ["barn owl", "snowy owl"]
    assert [cell.text for cell in page.all("td")] == ["2", "0"]
    assert page.one("caption").text == "Owls"
