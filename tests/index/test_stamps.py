from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.stamps import Stamp, date_stamp, stamp_days, without_stamp


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("6 January 2022", "6 January 2022"),
        ("Thursday, January 6, 2022", "January 6, 2022"),
        ("January 6th, 2022", "January 6th, 2022"),
        ("JAN. 6, 2022", "JAN. 6, 2022"),
        ("2022-01-06", "2022-01-06"),
        ("2022-01-06T10:15:00Z", "2022-01-06"),
        ("2022-01-06T10:15:30.123+06:00", "2022-01-06"),
        ("Published 6 January 2022", "6 January 2022"),
        ("Published: Jan 6, 2022", "Jan 6, 2022"),
        ("First Published: Jan 06, 2022, 10:02 IST", "Jan 06, 2022"),
        ("Last updated on January 6, 2022", "January 6, 2022"),
        ("Last modified on Thu 6 Jan 2022 18.20 GMT", "6 Jan 2022"),
        ("Updated 10:35 AM EST, Thu January 6, 2022", "January 6, 2022"),
        ("Jan 6, 2022, 10:02 IST", "Jan 6, 2022"),
        ("Posted at 10:35 a.m. EST on January 6, 2022", "January 6, 2022"),
        ("Published: 10:35 GMT, 6 January 2022 | Updated: 12:00 GMT, 7 January 2022", "6 January 2022"),
        ("January 6, 2022 at 10 a.m. ET", "January 6, 2022"),
        ("date 2022-01-06", "2022-01-06"),
        ("01/06/2022", "01/06/2022"),
        ("Published 2 hours ago", ""),
        ("10:35 GMT", ""),
    ],
)
def test_a_line_that_is_a_stamp_tells_its_first_date(line: str, day: str) -> None:
    assert date_stamp(line) == Stamp(day, len(line), 0)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Published",
        "Updated:",
        "Thursday",
        "January 6, 2022, was a cold day.",
        "6 January 2022 was a cold day",
        "Room 12, 2022",
        "32 January 2022",
        "Published in 2022",
        "Updated January 6, 2022, The list shows it.",
        "Published 6 January 2022 in Paris",
        "10:35 Boats arrive",
        "At 10:35 on Thursday the boats came",
    ],
)
def test_another_line_is_no_stamp(line: str) -> None:
    assert date_stamp(line) is None


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("Published 6 January 2022 The bridge closed.", "The bridge closed."),
        ("date 2022-01-06 The bridge closed.", "The bridge closed."),
        ("2022-01-06 “It closed,” she said.", "“It closed,” she said."),
        ("Updated: Jan 6, 2022, 10:02 IST | The bridge closed.", "The bridge closed."),
    ],
)
def test_a_stamp_may_be_glued_before_the_first_sentence(line: str, rest: str) -> None:
    stamp = date_stamp(line)
    assert stamp is not None
    assert line[stamp.rest :] == rest
    assert line[: stamp.end] == line[: stamp.end].strip()


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("By Ada Moor | Updated 6 January 2022", ("By Ada Moor", "6 January 2022")),
        ("By Ada Moor, January 6, 2022 10:35 AM EST", ("By Ada Moor", "January 6, 2022")),
        ("NEW BRAMFORD | Updated: Jan 6, 2022 10:02 IST", ("NEW BRAMFORD", "Jan 6, 2022")),
        ("Jan. 6, 2022 / 10:02 AM / Example News", ("Example News", "Jan. 6, 2022")),
        ("Posted by Ada Moor on January 6, 2022", ("Posted by Ada Moor", "January 6, 2022")),
        ("Jan. 6, 2022 (Updated Jan. 7, 2022)", ("", "Jan. 6, 2022")),
        ("Published 6 January 2022", ("", "6 January 2022")),
        ("The bridge closed.", ("The bridge closed.", "")),
        ("May 6, 2022 was cold", ("May 6, 2022 was cold", "")),
    ],
)
def test_a_stamp_beside_other_words_is_divided_from_them(line: str, parts: tuple[str, str]) -> None:
    assert without_stamp(line) == parts


@pytest.mark.parametrize(
    "line",
    [
        "Published 6 January 2022",
        "January 6, 2022 Updated January 7, 2022",
        "January 6, 2022, 10:15 AM EST / Updated January 7, 2022, 9:00 AM EST",
        "Jan. 6, 2022 (Updated Jan. 7, 2022)",
        "Updated January 7, 2022 Published January 6, 2022",
        "Last updated: January 7, 2022. First published: January 6, 2022",
        "By Ada Moor | Last modified on 7 January 2022 | Posted on 6 January 2022",
        "Published 10:15, 6 January 2022 | Updated 12:00, 7 January 2022",
    ],
)
def test_the_day_of_publication_is_told_from_that_of_a_change(line: str) -> None:
    assert stamp_days(line).published == date(2022, 1, 6)


@pytest.mark.parametrize(
    "line",
    [
        "Updated 7 January 2022",
        "Last updated on January 7, 2022",
        "By Ada Moor, Updated January 7, 2022 10:35 AM EST",
        "Last modified: 2022-01-07",
        "Published 01/02/2022",
        "Published 2 hours ago",
        "The bridge closed.",
    ],
)
def test_a_day_of_a_change_or_no_whole_date_is_not_the_day_of_publication(line: str) -> None:
    assert stamp_days(line).published is None


@pytest.mark.parametrize("line", ["Updated 7 January 2022", "Published 6 January 2022 | Last modified: 2022-01-07"])
def test_the_day_of_a_change_is_told_apart(line: str) -> None:
    assert stamp_days(line).changed == date(2022, 1, 7)


@pytest.mark.parametrize("unit", [" ", "1", "2022-01-06 ", "Published ", "10:35 ", "|", "Jan 6, 2022 | ", "a"])
def test_a_line_of_a_megabyte_is_searched_without_backtracking(unit: str) -> None:
    line = "Published" + (unit * 1_000_000)[:1_000_000] + "x"
    assert without_stamp(line) == (line, "")
    assert date_stamp(line) is None or unit == "2022-01-06 "


@pytest.mark.timeout(20)
@pytest.mark.parametrize("unit", ["11:11:", "11.11.11 ", "1.1.2022 ", "updated on at ", "5 min ago ", "11:11:11+11:11"])
def test_a_line_of_what_stamps_are_made_of_is_read_at_once(unit: str) -> None:
    for end in ("x", "-", " 1", "1:", ""):
        line = (unit * 160)[:159] + end
        assert without_stamp(line)[0] in line


@given(st.text(max_size=60), st.dates(), st.text(max_size=60))
def test_a_stamp_lies_in_its_line(before: str, day: object, after: str) -> None:
    line = f"{before}{day}{after}"
    stamp = date_stamp(line)
    if stamp is not None:
        assert stamp.date in line
        assert 0 < stamp.end <= len(line)
        assert stamp.rest == 0 or stamp.end < stamp.rest < len(line)
    assert without_stamp(line)[0] in line


def test_a_stamp_of_no_possible_day_of_news_tells_none() -> None:
    assert stamp_days("Published 31 December 9999").published is None
