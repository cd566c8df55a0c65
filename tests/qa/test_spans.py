import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.span_model import TokenLogits
from qa.spans import LONGEST_SPAN, NO_SPAN, SPANS_KEPT, null_probability, spans_of_sentences

Ranges = list[tuple[int, int]]
logit = st.floats(-12, 12, width=32)


def logits_of(offsets: Ranges, starts: list[float], ends: list[float]) -> TokenLogits:
    return TokenLogits(
        np.array(offsets, np.int64).reshape(-1, 2), np.array(starts, np.float32), np.array(ends, np.float32)
    )


@st.composite
def passages(draw: st.DrawFn, longest: int = 45) -> tuple[str, Ranges, TokenLogits]:
    """A passage, the ranges of its sentences, and logits of its words, of which the last ones may be cut off."""
    sentences = draw(st.lists(st.lists(st.sampled_from(["a", "owl", "hid"]), min_size=1, max_size=longest), max_size=3))
    text, ranges, offsets = "", [], []
    for words in sentences:
        text += " " if text else ""
        start = len(text)
        for word in words:
            text += " " if len(text) > start else ""
            offsets.append((len(text), len(text) + len(word)))
            text += word
        ranges.append((start, len(text)))
    offsets = offsets[: draw(st.integers(0, len(offsets)))] if draw(st.booleans()) else offsets
    count = len(offsets)
    starts = draw(st.lists(logit, min_size=count, max_size=count))
    return text, ranges, logits_of(offsets, starts, draw(st.lists(logit, min_size=count, max_size=count)))


def all_spans(logits: TokenLogits, start: int, end: int) -> dict[tuple[int, int], float]:
    """Every span of a sentence with its log-odds, one by one."""
    within = [place for place, (first, last) in enumerate(logits.offsets) if start <= first and last <= end]
    return {
        (int(logits.offsets[one][0]), int(logits.offsets[other][1])): float(logits.starts[one])
        + float(logits.ends[other])
        for one in within
        for other in within
        if one <= other < one + LONGEST_SPAN
    }


@given(passages())
def test_a_span_lies_in_its_sentence_and_holds_words(passage: tuple[str, Ranges, TokenLogits]) -> None:
    text, sentences, logits = passage
    found = spans_of_sentences(logits, sentences)
    assert len(found) == len(sentences)
    for (first, last), spans in zip(sentences, found, strict=True):
        for start, end in spans.ranges:
            assert first <= start < end <= last
            assert text[start:end].strip() == text[start:end]
            assert len(text[start:end].split()) <= LONGEST_SPAN


@given(passages(longest=12))
def test_the_spans_of_a_sentence_are_the_best_of_all_there_are(passage: tuple[str, Ranges, TokenLogits]) -> None:
    _, sentences, logits = passage
    for place, spans in zip(sentences, spans_of_sentences(logits, sentences), strict=True):
        every = all_spans(logits, *place)
        assert len(set(spans.ranges)) == len(spans.ranges) == min(len(every), SPANS_KEPT)
        assert [every[span] for span in spans.ranges] == pytest.approx(spans.margins)
        assert list(spans.margins) == pytest.approx(sorted(every.values(), reverse=True)[:SPANS_KEPT])


@given(passages())
def test_the_mass_is_that_of_all_spans_together(passage: tuple[str, Ranges, TokenLogits]) -> None:
    _, sentences, logits = passage
    for place, spans in zip(sentences, spans_of_sentences(logits, sentences), strict=True):
        every = all_spans(logits, *place)
        mass = math.log(sum(map(math.exp, every.values()))) if every else NO_SPAN
        assert spans.mass == pytest.approx(max(NO_SPAN, mass), abs=1e-4)
        assert spans.mass >= max(spans.margins, default=NO_SPAN)


def test_a_sentence_that_was_cut_off_has_no_span() -> None:
    (read, unread) = spans_of_sentences(logits_of([(0, 4)], [1.0], [1.0]), [(0, 4), (5, 9)])
    assert read.ranges == ((0, 4),)
    assert (unread.ranges, unread.margins, unread.mass) == ((), (), NO_SPAN)


def test_a_sentence_that_is_cut_in_the_middle_has_the_spans_of_its_beginning() -> None:
    (spans,) = spans_of_sentences(logits_of([(0, 4), (5, 8)], [0.0, 1.0], [0.0, 1.0]), [(0, 30)])
    assert spans.ranges[0] == (5, 8)


def test_no_span_reaches_from_one_sentence_into_another() -> None:
    # The best first token stands in one sentence, and the best last one in the next.
    logits = logits_of([(0, 4), (5, 8), (9, 13), (14, 17)], [9.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 9.0])
    first, second = spans_of_sentences(logits, [(0, 8), (9, 17)])
    assert first.margins[0] == second.margins[0] == 9.0


def test_a_token_that_reaches_into_the_next_sentence_belongs_to_neither() -> None:
    logits = logits_of([(0, 4), (5, 12), (13, 16)], [0.0] * 3, [0.0] * 3)
    first, second = spans_of_sentences(logits, [(0, 9), (9, 16)])
    assert first.ranges == ((0, 4),)
    assert second.ranges == ((13, 16),)


def test_a_span_has_so_many_tokens_and_no_more() -> None:
    count = LONGEST_SPAN + 1
    offsets = [(2 * place, 2 * place + 1) for place in range(count)]
    starts, ends = [9.0] + [0.0] * (count - 1), [0.0] * (count - 2) + [5.0, 9.0]
    (spans,) = spans_of_sentences(logits_of(offsets, starts, ends), [(0, 2 * count)])
    assert spans.ranges[0] == (0, offsets[LONGEST_SPAN - 1][1])
    assert spans.margins[0] == 14.0


@given(passages())
def test_that_a_passage_does_not_answer_is_a_probability(passage: tuple[str, Ranges, TokenLogits]) -> None:
    assert 0 <= null_probability(passage[2]) <= 1


@given(passages(longest=12), st.floats(0.5, 5))
def test_it_falls_where_the_spans_gain(passage: tuple[str, Ranges, TokenLogits], gain: float) -> None:
    logits = passage[2]
    more = TokenLogits(logits.offsets, logits.starts + np.float32(gain), logits.ends)
    assert null_probability(more) <= null_probability(logits)


@given(passages())
def test_it_and_the_mass_of_a_passage_of_one_sentence_are_the_same_thing(
    passage: tuple[str, Ranges, TokenLogits],
) -> None:
    text, _, logits = passage
    (whole,) = spans_of_sentences(logits, [(0, len(text))])
    if whole.ranges:
        assert null_probability(logits) == pytest.approx(1 / (1 + math.exp(whole.mass)), abs=1e-6)


@given(passages())
def test_no_sentence_outweighs_its_passage(passage: tuple[str, Ranges, TokenLogits]) -> None:
    _, sentences, logits = passage
    answers = 1 - null_probability(logits)
    for spans in spans_of_sentences(logits, sentences):
        assert 1 / (1 + math.exp(-spans.mass)) <= answers + 1e-6 or not spans.ranges


def test_a_passage_of_which_nothing_was_read_does_not_answer() -> None:
    assert null_probability(logits_of([], [], [])) == 1.0


def test_logits_of_any_size_give_a_probability() -> None:
    sizes = (-1e4, -50.0, 0.0, 50.0, 1e4)
    told = [null_probability(logits_of([(0, 4)], [size], [size])) for size in sizes]
    assert all(one >= other for one, other in pairwise(told))
    assert told[2] == 0.5
    assert all(0 <= each <= 1 for each in told)
