from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.passages import OVERLAP, WINDOW_CHARACTERS, WINDOW_SENTENCES, embedded_text, joined, passage_body, window
from index.records import Sentence


def sentences_of(lengths: list[int]) -> list[Sentence]:
    sentences: list[Sentence] = []
    start = 0
    for length in lengths:
        sentences.append(Sentence(start, start + length))
        start += length + 1
    return sentences


def test_no_sentences_make_no_passages() -> None:
    assert window([]) == []


def test_a_few_sentences_are_one_passage() -> None:
    assert window(sentences_of([10] * WINDOW_SENTENCES)) == [range(WINDOW_SENTENCES)]


def test_neighbours_share_one_sentence() -> None:
    assert window(sentences_of([10] * 12)) == [range(5), range(4, 9), range(8, 12)]


def test_long_sentences_fill_a_passage_sooner() -> None:
    assert window(sentences_of([500] * 4)) == [range(2), range(1, 3), range(2, 4)]


def test_neighbours_share_nothing_where_the_shared_sentence_would_leave_no_room() -> None:
    assert window(sentences_of([1, 1, WINDOW_CHARACTERS])) == [range(2), range(2, 3)]


def test_a_sentence_that_alone_is_too_long_is_a_passage_of_its_own() -> None:
    long = WINDOW_CHARACTERS + 1
    assert window(sentences_of([long, long])) == [range(1), range(1, 2)]


@given(st.lists(st.integers(1, 1500), max_size=60))
def test_passages_are_in_order_cover_every_sentence_and_overlap_by_one_at_most(lengths: list[int]) -> None:
    sentences = sentences_of(lengths)
    windows = window(sentences)
    assert sorted({place for passage in windows for place in passage}) == list(range(len(lengths)))
    for passage in windows:
        assert 1 <= len(passage) <= WINDOW_SENTENCES
        assert len(passage) == 1 or sum(lengths[place] for place in passage) <= WINDOW_CHARACTERS
    for earlier, later in pairwise(windows):
        assert earlier.start < later.start
        assert earlier.stop < later.stop
        assert 0 <= earlier.stop - later.start <= OVERLAP


@given(st.lists(st.integers(1, 400), min_size=1, max_size=30))
def test_no_passage_repeats_what_another_holds(lengths: list[int]) -> None:
    windows = window(sentences_of(lengths))
    assert not any(set(one) <= set(other) for one in windows for other in windows if one != other)


def test_the_body_of_a_passage_is_its_sentences_on_one_line() -> None:
    text = "Rain\n  fell.\n\nShare\n\nIt\u00a0stopped."
    assert passage_body(text, [Sentence(0, 12), Sentence(21, 32)]) == "Rain fell. It stopped."
    assert passage_body(text, []) == ""


@pytest.mark.parametrize(
    ("title", "body", "embedded"),
    [
        ("Storm", "Rain fell.", "Storm. Rain fell."),
        ("Why the storm?", "Rain fell.", "Why the storm? Rain fell."),
        ("Storm!", "Rain fell.", "Storm! Rain fell."),
        ("", "Rain fell.", "Rain fell."),
        ("Storm hits", "Storm hits Rain fell.", "Storm hits Rain fell."),
    ],
)
def test_the_headline_stands_before_the_passage_unless_the_passage_begins_with_it(
    title: str, body: str, embedded: str
) -> None:
    assert embedded_text(title, body) == embedded


@given(
    st.lists(st.tuples(st.sampled_from(["", " ", "\n\n", " \u00a0 ", " MENU "]), st.sampled_from(["It fell.", "Why?"])))
)
def test_joined_sentences_are_parted_by_more_than_white_space_and_no_sentence_is_lost(
    parts: list[tuple[str, str]],
) -> None:
    text, sentences = "", []
    for gap, words in parts:
        text += gap
        sentences.append(Sentence(len(text), len(text) + len(words)))
        text += words
    ranges = joined(text, sentences)
    assert sum("MENU" in gap for gap, _ in parts[1:]) + bool(parts) == len(ranges)
    for sentence in sentences:
        assert any(start <= sentence.start and sentence.end <= end for start, end in ranges)
