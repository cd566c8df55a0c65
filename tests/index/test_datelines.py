from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.datelines import dateline_day

CAPTION = "Rain over the valley of Oxted on Wednesday, Jan. 5, 2022."


@pytest.mark.parametrize(
    "paragraph",
    [
        "OXTED, January 6, 2022 (Agency) — Rain fell.",
        "OXTED, Jan. 6, 2022 (Agency) - Rain fell.",
        "OXTED, 6 January 2022 — Rain fell.",
        "Oxted, Vt. (January 6, 2022) – Rain fell.",
        "Oxted, Jan. 6, 2022 /Agency/. Rain fell.",
    ],
)
def test_a_dateline_with_its_year_tells_the_day(paragraph: str) -> None:
    assert dateline_day([paragraph], paragraph) == date(2022, 1, 6)


@pytest.mark.parametrize(
    "paragraph",
    [
        "OXTED, Jan. 6 (Agency) — Rain fell.",
        "OXTED, Surrey, Jan 6 (Agency) - Rain fell.",
        "NEW BRAMFORD, 6 January — Rain fell.",
        "Oxted, January 6 (Agency) -- Rain fell.",
        "Oxted, Jan. 6 /Agency/. Rain fell.",
    ],
)
@pytest.mark.parametrize(
    "text", [CAPTION, "Copyright 2022 The Agency.", "© 2022 Agency", "It ends on 2 February 2022."]
)
def test_without_its_year_other_dates_or_the_copyright_tell_it(paragraph: str, text: str) -> None:
    assert dateline_day([paragraph], text) == date(2022, 1, 6)


def test_a_date_near_by_tells_more_than_the_copyright_of_a_later_year() -> None:
    assert dateline_day(["OXTED, Dec. 30 (Agency) — Rain fell."], f"{CAPTION} Copyright 2023") == date(2021, 12, 30)


@pytest.mark.parametrize(
    "text",
    ["", "It fell in 1998.", "Built on 2 June 2019.", "Copyright 2020 A. Copyright 2022 B.", "© 2019-2022 Agency"],
)
def test_a_year_that_is_not_sure_is_not_guessed(text: str) -> None:
    assert dateline_day(["OXTED, Jan. 6 (Agency) — Rain fell."], text) is None


@pytest.mark.parametrize(
    "paragraph",
    [
        "",
        "OXTED (Agency) — Rain fell.",
        "In Oxted, January 6 was a cold day.",
        "OXTED, Week 3 (Agency) — Rain fell.",
        "OXTED, Feb. 30 (Agency) — Rain fell.",
        "Rain fell in OXTED, Jan. 6 (Agency) — it was cold.",
    ],
)
def test_a_paragraph_without_a_day_before_its_first_sentence_has_none(paragraph: str) -> None:
    assert dateline_day([paragraph], CAPTION) is None


def test_the_first_dateline_counts() -> None:
    body = ["Rain fell.", "OXTED, Jan. 6 — It was cold.", "OXTED, Jan. 7 — It was warm."]
    assert dateline_day(body, CAPTION) == date(2022, 1, 6)


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_text_has_a_day_or_none(paragraph: str, text: str) -> None:
    assert isinstance(dateline_day([paragraph], text), date | None)


@pytest.mark.parametrize("unit", ["A", "AB ", "A.", "Oxted, ", "Jan. 6 ", "OXTED, Jan. 6 ("])
def test_a_long_paragraph_is_searched_without_backtracking(unit: str) -> None:
    assert dateline_day([unit * (1_000_000 // len(unit))], "") is None
