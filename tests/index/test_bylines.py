import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.bylines import is_credit, is_metadata, publisher_of

BYLINES = """
By Ada Moor
By ADA MOOR
BY ADA MOOR
By: Ada Moor
By Ada van der Moor
By A. J. Moor Jr.
By Ada O’Moor-Quill
By Ada Moor and Tom Veld
By Ada Moor and Tom Veld, Associated Press
By Ada Moor, Example News
By Ada Moor, Political Editor
By Ada Moor, senior political correspondent
By Ada Moor in Bramford
By Ada Moor | Example Courier
By Ada Moor | January 6, 2022
By Ada Moor, Updated January 6, 2022 10:35 AM EST
Written by Ada Moor
Written by Ada Moor | Edited by Tom Veld | New Bramford | Updated: January 6, 2022 10:02:05 am
Analysis by Ada Moor, Example News
By Reuters
By Example Staff
Ada Moor | The Example
Ada Moor, USA TODAY
Ada Moor and Tom Veld, Associated Press
Ada Moor - Staff Writer
NEW BRAMFORD | Updated: January 6, 2022 10:02 IST
Jan. 6, 2022 / 10:02 AM / Example News
Published 6 January 2022
"""

FOOTERS = """
Reporting by Ada Moor in Bramford and Tom Veld; Editing by Ida Brandt
(Reporting by Ada Moor; Editing by Tom Veld)
(Additional reporting by Ada Moor)
Reporting by Ada Moor; additional reporting by Tom Veld. Editing by Ida Brandt and J. Roe.
Writing by Ada Moor
Contributing: Ada Moor and Tom Veld, USA TODAY; Reuters
Contributing: The Associated Press
Contributing:Ada Moor
The Associated Press contributed to this report.
Ada Moor and Tom Veld contributed reporting.
(With inputs from PTI)
With agency inputs
"""

CREDITS = """
Photo: Reuters
Photo: Ada Moor/Reuters
Photo by Ada Moor
(Photo by Ada Moor/AFP via Getty Images)
Photograph: Ada Moor/EPA
(AP Photo/Ada Moor)
(AP Photo/Ada Moor, File)
REUTERS/Ada Moor
Ada Moor/Reuters
Ada Moor/Bloomberg/Getty Images
(Image credit: Ada Moor/Getty Images)
Image source, Getty Images
[Ada Moor/Reuters]
| Photo: Twitter/ @adamoor
Credit: Ada Moor
(Example Courier Photo/Ada Moor)
AP
"""

SIGNATURES = """
— Ada Moor (@adamoor) January 6, 2022
Ada Moor (@adamoor) January 6, 2022
— Example News (@example_news)
-- Ada Moor (@adamoor) Jan 6, 2022
"""

ARTICLE = """
By Friday the rain had stopped.
By Friday, Moor.
By noon
The bridge closed.
May 6, 2022, was a cold day.
Bramford, Northland, January 6, 2022.
Photo ID Law Passes Senate
Photo: Police officers hold back the crowd
Photos of the flood were shown in court.
Images show damage to the bridge
Credit cards were stolen.
Picture this: a river.
Reporting by Ada Moor showed that the mayor lied.
Reporting the theft took two hours.
Editing genes is hard.
Writing by hand is healthy.
Contributing to the fire was the wind.
His lawyers contributed to the report from prison.
Storm Hits Coast, Thousands Flee
Moor reached the summit on January 6, 2022
Kickoff: 7:30 p.m. ET
Mercury: 0
Ada Moor (64) said so.
Ada Moor and Tom Veld met.
"""


def lines(text: str) -> list[str]:
    return text.strip().split("\n")


@pytest.mark.parametrize("line", lines(BYLINES + FOOTERS.lstrip() + CREDITS.lstrip() + SIGNATURES.lstrip()))
def test_a_line_that_tells_who_made_it_or_when_is_metadata(line: str) -> None:
    assert is_metadata(line)


@pytest.mark.parametrize("line", lines(ARTICLE))
def test_a_line_that_tells_something_else_is_no_metadata(line: str) -> None:
    assert not is_metadata(line)


@pytest.mark.parametrize("line", lines(CREDITS))
def test_a_photographers_credit_is_a_credit(line: str) -> None:
    assert is_credit(line)


@pytest.mark.parametrize("line", lines(BYLINES + ARTICLE.lstrip()))
def test_a_byline_or_a_sentence_is_no_credit(line: str) -> None:
    assert not is_credit(line)


@pytest.mark.parametrize(
    ("line", "publisher"),
    [
        ("Copyright 2022 The Example Press. All rights reserved", "The Example Press"),
        ("Copyright © 2022 The Example Times, LLC.", "The Example Times"),
        ("© 2024 Example. The Example is not responsible for the content of external sites.", "Example"),
        ("© Copyright 2021, Example Register and Tribune Co.", "Example Register and Tribune Co"),
        ("(c) 2019-2022 Example Media", "Example Media"),
        ("© Example Live 2022", "Example Live"),
        ("Copyright The Example Press", "The Example Press"),
        ("© 2022 EXAMPLE MEDIA GROUP", "Example Media Group"),
        ("©2022 BBC", "BBC"),
        ("CLICK HERE TO READ MORE FROM THE EXAMPLE COURIER", "Example Courier"),
        ("Click here to read more from Example Courier.", "Example Courier"),
        ("Our Standards: The Thomson Reuters Trust Principles.", "Reuters"),
        ("LONDON, March 3 (Reuters) - The pound fell.", "Reuters"),
        ("BRAMFORD (AP) — The pound fell.", "Associated Press"),
        ("BRAMFORD, Northland (AFP) – The pound fell.", "Agence France-Presse"),
        ("(CNN) — The pound fell.", "CNN"),
        ("Bramford CNN —", "CNN"),
    ],
)
def test_the_publisher_is_taken_from_a_copyright_line_a_footer_or_a_dateline(line: str, publisher: str) -> None:
    assert publisher_of(["The pound fell.", line]) == publisher


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Copyright law, the judge said, is hard.",
        "Copyright Office officials said so, on Monday.",
        "© Ada Moor/Reuters",
        "The BBC said so.",
    ],
)
def test_other_lines_name_no_publisher(line: str) -> None:
    assert publisher_of([line]) == ""


def test_a_copyright_line_counts_more_than_a_dateline() -> None:
    assert publisher_of(["BRAMFORD (AP) — It rained.", "© 2022 Example Courier"]) == "Example Courier"


@pytest.mark.parametrize("unit", ["By A ", "By A", "A", "A-", "a", " ", "|", "1", "Photo: A/", "A, ", "(@", "© A "])
def test_a_line_of_any_length_is_read_without_backtracking(unit: str) -> None:
    for length in (100, 160, 400, 1_000_000):
        line = ("By " + unit * length)[:length] + "!"
        assert not is_metadata(line)
        assert not is_credit(line)
        assert publisher_of([line]) == ""


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    assert is_metadata(text) in {True, False}
    assert publisher_of([text]) == " ".join(publisher_of([text]).split())
