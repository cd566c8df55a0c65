from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.span_model import BUNDLED, SpanModel, TokenLogits
from qa.spans import null_probability
from qa.training.hard_negatives import hard_negatives
from qa.training.rows import Row
from tests.qa.training.made import news_rows, row, rows, unanswered


class Sure(SpanModel):
    """A network that says the same of every passage."""

    def __init__(self, logit: float) -> None:
        self._logit = logit
        self.asked: list[tuple[str, str]] = []

    def read(self, pairs: Sequence[tuple[str, str]]) -> list[TokenLogits]:
        self.asked += pairs
        logits = np.array([self._logit], np.float32)
        return [TokenLogits(np.array([[0, 1]]), logits, logits) for _ in pairs]


@pytest.fixture(scope="module")
def reader() -> SpanModel:
    return SpanModel(BUNDLED)


def test_what_the_reader_takes_for_answered_is_kept_and_nothing_else(reader: SpanModel) -> None:
    kept = hard_negatives(news_rows(), reader, seed=1)
    assert kept
    assert {each.answer for each in kept} == {None}
    read = Sure(0.0)
    hard_negatives(news_rows(), read, seed=1)
    assert len(kept) < len(read.asked)
    for (question, context), logits in zip(read.asked, reader.read(read.asked), strict=True):
        assert (Row(question, context, None) in kept) == (null_probability(logits) < 0.9)


@pytest.mark.parametrize(("logit", "all_kept"), [(5.0, True), (-5.0, False)])
def test_a_reader_that_is_always_sure_keeps_all_or_none(logit: float, all_kept: bool) -> None:
    read = Sure(logit)
    kept = hard_negatives(news_rows(), read, seed=1)
    assert [(each.question, each.context) for each in kept] == (read.asked if all_kept else [])


def test_a_row_is_never_its_own_negative() -> None:
    given = {(each.question, each.context) for each in news_rows()}
    read = Sure(0.0)
    hard_negatives(news_rows(), read, seed=1)
    assert given.isdisjoint(read.asked)


def test_other_passages_and_the_passage_without_the_answer_and_changed_questions_are_read() -> None:
    read = Sure(0.0)
    hard_negatives(news_rows(), read, seed=1)
    questions = {each.question: each.context for each in news_rows()}
    passages = set(questions.values())
    assert any(context in passages and questions.get(question) != context for question, context in read.asked)
    assert any(question in questions and context not in passages for question, context in read.asked)
    assert any(question not in questions for question, _ in read.asked)


def test_the_answer_is_not_in_another_passage_that_is_read() -> None:
    told = row(
        "Who opened the mill of Karn?",
        "Ida Brandt opened the mill of Karn. " + "It rained for days. " * 20,
        "Ida Brandt",
    )
    same = row(
        "When did the mill of Karn open?", "In 1987 Ida Brandt opened the mill of Karn. " + "It rained. " * 40, "1987"
    )
    read = Sure(0.0)
    hard_negatives([told, same], read, seed=1)
    assert (told.question, same.context) not in read.asked


@given(st.lists(rows() | rows().map(unanswered), max_size=4), st.integers(0, 9))
@settings(max_examples=15)
def test_at_most_four_are_read_of_each_answered_row_and_chance_is_that_of_the_seed(some: list[Row], seed: int) -> None:
    read, again = Sure(0.0), Sure(0.0)
    assert hard_negatives(some, read, seed) == hard_negatives(some, again, seed)
    assert read.asked == again.asked
    assert len(read.asked) <= 4 * sum(each.answer is not None for each in some)
