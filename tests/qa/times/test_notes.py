import string
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.records import Article
from qa.answer import Evidence
from qa.times.notes import resolved_date, times_in, with_times

THURSDAY = date(2022, 1, 6)
WORDS = (
    "on|said|will|Friday|last|next|this|week|year|today|Tonight|yesterday|tomorrow|two|days|ago|5|January|Jan.|the|“|”|,"
    "|night|and|was|since|31|Feb.|2021|.|\n"
).split("|")
pieces = st.sampled_from(WORDS) | st.text(string.printable, max_size=4)


def told(sentence: str, published: date = THURSDAY) -> list[str]:
    return [f"{sentence[note.start : note.end]} = {note.days}" for note in times_in(sentence, published)]


@pytest.mark.parametrize(
    ("sentence", "times"),
    [
        ("The dam burst on Wednesday.", ["on Wednesday = 2022-01-05"]),
        ("The dam burst Wednesday night.", ["Wednesday night = 2022-01-05"]),
        ("Early Thursday the dam burst.", ["Early Thursday = 2022-01-06"]),
        ("Since Monday no train has run.", ["Monday = 2022-01-03"]),
        ("Rain had fallen as of Wednesday morning.", ["as of Wednesday morning = 2022-01-05"]),
        ("Ferries will sail on Friday.", ["on Friday = 2022-01-07"]),
        ("The valley keeps its feast when the fast ends on Friday.", ["on Friday = 2022-01-07"]),
        ("She said Wednesday that it will end Saturday.", ["Wednesday = 2022-01-05", "Saturday = 2022-01-08"]),
        ("The mayor spoke on Friday.", ["on Friday = 2021-12-31"]),
        ("The dam burst last Friday.", ["last Friday = 2021-12-31"]),
        ("Work begins next Monday.", ["next Monday = 2022-01-10"]),
        ("It happened this past Tuesday.", ["this past Tuesday = 2022-01-04"]),
        ("“It fell apart on Tuesday,” she told us.", ["on Tuesday = 2022-01-04"]),
        ("She said today that it was over.", ["today = 2022-01-06"]),
        ("The talks ended yesterday.", ["yesterday = 2022-01-05"]),
        ("It was quiet last night.", ["last night = 2022-01-05"]),
        ("This morning the market opened.", ["This morning = 2022-01-06"]),
        ("Schools will open tomorrow.", ["tomorrow = 2022-01-07"]),
        (
            "Prices rose last week and last year.",
            ["last week = 2021-12-27/2022-01-02", "last year = 2021-01-01/2021-12-31"],
        ),
        ("More comes next month.", ["next month = 2022-02-01/2022-02-28"]),
        ("He left two days ago.", ["two days ago = 2022-01-04"]),
        ("He left a week ago.", ["a week ago = 2021-12-27/2022-01-02"]),
        ("The dam burst on 5 January.", ["on 5 January = 2022-01-05"]),
        ("The dam was closed on Dec. 28.", ["on Dec. 28 = 2021-12-28"]),
        ("It will reopen on Feb. 1.", ["on Feb. 1 = 2022-02-01"]),
        ("The dam burst on Friday, Dec. 31.", ["on Friday, Dec. 31 = 2021-12-31"]),
        ("The dam burst\r\non\r\nWednesday.", ["on\r\nWednesday = 2022-01-05"]),
    ],
)
def test_the_days_that_words_mean_are_told(sentence: str, times: list[str]) -> None:
    assert told(sentence) == times


@pytest.mark.parametrize(
    "sentence",
    [
        "The dam burst on 5 January 2022.",
        "The dam burst on Wednesday, Jan. 5, 2022.",
        "The dam burst in 2019, on Dec. 28.",
        "The vote was planned for Monday.",
        "The march on Friday was called off.",
        "The bank said Friday it had lost.",  # the day after publication: rather the article is dated too early
        "The dam burst last Monday.",  # the fourth of the month, or a week before?
        "Next Friday is a holiday.",
        "Every Friday it rained.",
        "He wrote it the Friday before.",
        "Wednesday's flood was the worst.",
        "The shops were full on Black Friday.",
        "He came between Monday and Wednesday.",
        "The Sunday Times wrote of it.",
        "It was said during Friday prayers.",
        "He died a year ago today.",
        "Today, most of them live in towns.",
        "It is today a museum.",
        "The Tonight Show was off the air.",
        "Children are the hope of tomorrow.",
        "In the last week it rained.",
        "It was more than two weeks ago.",
        "It was 60 days ago.",
        "He spoke of what happened on Sept. 11.",
        "He was shot on Friday in 2019.",
        "They met on Monday of June 2019.",
        "The war began on Saturday, 14 years ago.",
        "A year earlier, on Wednesday, she had left.",
        "The year before, on Monday, he left.",
        "He wrote in 1944: “We landed on Tuesday.”",
        "It lost to Sheffield Wednesday in the cup.",
        "They ran on 30 February.",
        "In March 20 people left.",
        "May 5 percent be enough?",
    ],
)
def test_what_is_absolute_or_can_be_read_in_two_ways_is_left_out(sentence: str) -> None:
    assert told(sentence) == []


def test_a_quoted_today_is_left_out_where_it_was_said_on_another_day() -> None:
    assert told("“It ended today,” she said on Wednesday.") == ["on Wednesday = 2022-01-05"]
    assert told("“It ended today,” she said on Thursday.") == ["today = 2022-01-06", "on Thursday = 2022-01-06"]


def test_on_a_sunday_the_name_of_the_day_is_that_sunday() -> None:
    assert told("The dam burst on Sunday.", date(2022, 1, 9)) == ["on Sunday = 2022-01-09"]


@given(st.lists(pieces).map(" ".join), st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_times_lie_in_the_text_one_after_the_other(text: str, published: date) -> None:
    end = 0
    for note in times_in(text, published):
        assert end <= note.start < note.end <= len(text)
        assert text[note.start : note.end] == text[note.start : note.end].strip()
        assert note.first <= note.last
        assert abs((note.first - published).days) <= 731
        end = note.end


@given(st.lists(pieces).map(" ".join))
def test_without_a_day_of_publication_nothing_is_told(text: str) -> None:
    assert times_in(text, None) == []


def evidence(text: str, quote: str, span: str, published: date | None = THURSDAY) -> Evidence:
    article = Article("a1", "/news/a.txt", "", "", published, "", text, "utf-8")
    start, span_start = text.index(quote), text.index(span)
    return Evidence(1, article, start, start + len(quote), span_start, span_start + len(span), 0.9)


def test_the_times_of_evidence_are_places_in_its_article() -> None:
    text = "The dam burst on Monday. Rain fell on Tuesday. It ended on Wednesday."
    [note] = with_times(evidence(text, "Rain fell on Tuesday.", "Tuesday")).times
    assert text[note.start : note.end] == "on Tuesday"


def test_the_answering_words_have_a_date_where_they_tell_a_time() -> None:
    text = "Rain fell on Tuesday and the dam burst on Wednesday."
    assert resolved_date(with_times(evidence(text, text, "on Wednesday"))) == "5 January 2022"
    assert resolved_date(with_times(evidence(text, text, "the dam"))) == ""
    assert resolved_date(with_times(evidence(text, text, "on Wednesday", None))) == ""


def test_a_span_of_many_days_is_told_from_first_to_last() -> None:
    text = "Prices rose last week."
    assert resolved_date(with_times(evidence(text, text, "last week"))) == "27 December 2021 – 2 January 2022"
