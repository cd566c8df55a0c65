import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.paragraphs import split_paragraphs

RIVER = (
    "The stone bridge over the Linden was closed on Monday after the river rose by three metres in a night, and the "
    "people on the far bank now cross by ferry, which runs until midnight and costs two crowns."
)
MARKET = (
    "The weekly cheese market has moved to the town hall because of the rain, the mayor said in a speech that few of "
    "the merchants heard, since most of them were still carrying their cheese up the stairs."
)


def texts(text: str) -> list[str]:
    return [paragraph.text for paragraph in split_paragraphs(text)]


def folded(text: str) -> list[str]:
    return [" ".join(paragraph.split()) for paragraph in texts(text)]


def test_each_line_is_a_paragraph() -> None:
    assert texts("One line.\nAnother line.\n\nA third.") == ["One line.", "Another line.", "A third."]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\n\n", "\u2028", "\x0b", "\x85"])
def test_every_kind_of_line_end_divides(end: str) -> None:
    assert texts(f"One line.{end}Another line.") == ["One line.", "Another line."]


def test_white_space_around_a_line_is_not_part_of_it() -> None:
    (paragraph,) = split_paragraphs(" \n\t  One line. \u00a0\n ")
    assert (paragraph.start, paragraph.end, paragraph.text) == (5, 14, "One line.")


def test_an_empty_text_has_no_paragraphs() -> None:
    assert texts("") == texts(" \n\t\n") == []


@pytest.mark.parametrize("width", [40, 60, 72, 80, 100])
def test_the_lines_of_a_hard_wrapped_block_are_one_paragraph(width: int) -> None:
    wrapped = textwrap.fill(RIVER, width) + "\n\n" + textwrap.fill(MARKET, width)
    assert [" ".join(text.split()) for text in texts(wrapped)] == [RIVER, MARKET]


def test_a_hard_wrapped_block_may_be_indented() -> None:
    wrapped = textwrap.indent(textwrap.fill(RIVER, 66), "    ")
    assert [" ".join(text.split()) for text in texts(wrapped)] == [RIVER]


def test_a_raggedly_wrapped_block_is_one_paragraph() -> None:
    ragged = (
        "The bridge over the Linden was closed on\nMonday after the river rose\n"
        "by three metres in one night, and\npeople cross by ferry."
    )
    assert len(texts(ragged)) == 1


def test_a_block_that_breaks_before_capitals_is_joined_where_the_rest_of_the_text_is_wrapped() -> None:
    names = "The prize was shared by four people of the town on Sunday, Ada Moor\nIda Brandt and Tom Veld."
    assert len(texts(names)) == 2
    assert texts(textwrap.fill(RIVER, 70) + "\n\n" + names)[-1] == names


@pytest.mark.parametrize(
    "block",
    [
        "A headline about the closing of the old bridge\nBy Ada Moor\nPublished 6 January 2022",
        "Old bridge closes after the flood of the century\nMayor promises a new bridge within the year",
        "Ferry to run until midnight from now on, says mayor\nCheese market moves to the town hall\nMill burns",
        "Coughing\nsneezing\nfever",
        "It was closed on Monday.\nNobody was hurt.",
        "x" * 300 + "\n" + "y" * 300,
    ],
)
def test_lines_that_were_not_wrapped_stay_apart(block: str) -> None:
    assert texts(block) == block.split("\n")
    assert texts(textwrap.fill(RIVER, 72) + "\n\n" + block)[1:] == block.split("\n")


COUNCIL = (
    "The council voted on Tuesday to close the Linden bridge, which 4,000 cars cross on an ordinary day, and to build "
    "a new one by 2031. The mayor, Ida Brandt, said that it would cost no more than 12 million crowns. Engineer Tom "
    "Veld of the Norland Road Office told the Bramford Courier that “the old piers are done for.”"
)


@pytest.mark.parametrize("width", range(45, 131))
def test_a_lone_paragraph_below_a_headline_is_put_together_whatever_its_width(width: int) -> None:
    for headline in ("Council closes Linden bridge", "# Council closes Linden bridge"):
        for gap in ("\n\n", "\n"):
            assert folded(headline + gap + textwrap.fill(COUNCIL, width)) == [headline, COUNCIL]


@pytest.mark.parametrize("width", [45, 60, 72, 100, 120, 130])
@pytest.mark.parametrize("indent", ["", "   "])
def test_paragraphs_without_blank_lines_are_told_apart_by_their_short_last_lines_or_indents(
    width: int, indent: str
) -> None:
    page = "\n".join(textwrap.fill(text, width, initial_indent=indent) for text in (RIVER, COUNCIL, MARKET))
    assert folded(page) == [RIVER, COUNCIL, MARKET]


@pytest.mark.parametrize("width", [45, 72, 120])
@pytest.mark.parametrize("bullet", ["• ", "- ", "1. "])
def test_the_items_of_a_list_may_be_hard_wrapped(width: int, bullet: str) -> None:
    items = [textwrap.fill(text, width, initial_indent=bullet, subsequent_indent="   ") for text in (RIVER, MARKET)]
    assert folded("\n".join(items)) == [RIVER, MARKET]


@pytest.mark.parametrize("piece", ["— or so the ferryman says —", "14. The ferry has run since, he says,"])
def test_a_dash_or_a_day_at_the_head_of_a_wrapped_line_is_no_bullet(piece: str) -> None:
    before = "The bridge over the Linden was closed to cars on January"
    block = f"{before}\n{piece} and it will stay so\nfor a year."
    assert texts(block) == [block]


@pytest.mark.parametrize(
    "block",
    [
        "Old bridge over the Linden closes after flood\nby Ada Moor",
        "Old bridge over the Linden closes after flood\nshare this article",
        "## What the council said about the bridge\nand why nobody heard it",
        "Place             people   boats in the year\nbramford          230      of which 4",
        "| place of the ferry in the town | people |\n| bramford on the far bank | 230 |",
        "People wait for the ferry in Bramford on Monday.\n(Photo: Ada Moor/AFP)",
        "The office names the signs of the illness as follows:\nfever\na dry cough\na loss of taste",
        "The bridge over the Linden was closed on Monday after a flood.\nThe market has moved to the town hall.",
        "The bridge over the Linden was closed to all after a flood\n----------",
    ],
)
def test_lines_that_only_look_wrapped_stay_apart(block: str) -> None:
    lines = block.split("\n")
    assert len(texts(block)) == len(lines)


@pytest.mark.parametrize("bullet", ["• ", "- ", "* ", "– ", "— ", "● ", "1. ", "12) ", "•", "■ ", "•\t"])
def test_a_bullet_or_a_number_is_taken_off(bullet: str) -> None:
    first, second = split_paragraphs(f"{bullet}The bridge closed.\n{bullet}The market moved.")
    assert (first.text, second.text) == ("The bridge closed.", "The market moved.")
    assert first.bulleted
    assert second.bulleted
    assert first.start == len(bullet)


@pytest.mark.parametrize(
    "line", ["-5 degrees were measured", "2022. A year", "No. 5 won", "•", "*", "3.5 metres of water", "5-4"]
)
def test_what_only_looks_like_a_bullet_stays(line: str) -> None:
    (paragraph,) = split_paragraphs(line)
    assert paragraph.text == line
    assert not paragraph.bulleted


def test_bullets_are_never_joined_to_one_paragraph() -> None:
    items = "\n".join("• " + textwrap.shorten(RIVER, 70, placeholder="") for _ in range(4))
    assert len(texts(items)) == 4


@pytest.mark.parametrize("unit", ["a", " a", "- ", "• ", "1. ", "\n", "a\n", " ", "\r"])
def test_a_text_of_a_megabyte_is_divided(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    paragraphs = split_paragraphs(text)
    assert len(paragraphs) == (text.count("a") if unit == "a\n" else bool(text.strip()))


@given(st.text() | st.text(alphabet="ab .\n\r\t•-1"))
def test_paragraphs_are_ordered_disjoint_trimmed_ranges_and_only_bullets_and_space_lie_between(text: str) -> None:
    previous_end = 0
    for paragraph in split_paragraphs(text):
        assert previous_end <= paragraph.start < paragraph.end <= len(text)
        assert paragraph.text == text[paragraph.start : paragraph.end] == paragraph.text.strip()
        assert not any(character.isalpha() for character in text[previous_end : paragraph.start])
        previous_end = paragraph.end
    assert not any(character.isalpha() for character in text[previous_end:])


@given(st.lists(st.sampled_from(RIVER.split() + MARKET.split()), min_size=12, max_size=80), st.integers(40, 110))
def test_wrapping_never_loses_or_moves_a_word(words: list[str], width: int) -> None:
    assert " ".join(texts(textwrap.fill(" ".join(words), width))).split() == words


def test_a_line_that_stops_at_a_title_or_a_month_is_no_end_of_a_sentence() -> None:
    text = (
        "The council voted on Tuesday to close the bridge to all traffic, said Gen.\n"
        "Mark Moor. The works begin as soon as the ice has gone, on or about Jan.\n"
        "9, and end in May. Nobody lives on the island."
    )
    assert len(split_paragraphs(text)) == 1
