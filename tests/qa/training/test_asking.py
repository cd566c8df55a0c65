import random
from pathlib import Path

import numpy as np
import pytest

from qa.question import read_question
from qa.span_model import BUNDLED, SpanModel
from qa.span_reader import RANKING
from qa.training.asking import ask_held_out, counting_something_else, to_be_asked
from qa.training.contexts import is_held_out
from qa.training.fit import Asked
from qa.training.rewriting import Rewriter
from qa.training.rows import Row
from tests.qa.training.made import news_rows, unanswered

SHARE = 0.3


class Told:
    """What was reported."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def __call__(self, line: str) -> None:
        self.lines.append(line)


@pytest.fixture(scope="module")
def model() -> SpanModel:
    return SpanModel(BUNDLED)


@pytest.fixture(scope="module")
def told() -> Told:
    return Told()


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("work")


@pytest.fixture(scope="module")
def asked(rewriter: Rewriter, model: SpanModel, work: Path, told: Told) -> list[Asked]:
    return ask_held_out(news_rows(), SHARE, rewriter, 3, model, work, told)


def test_questions_are_asked_of_held_out_passages_and_no_others() -> None:
    given = [*news_rows(), *map(unanswered, news_rows()), Row("Who spoke then?", news_rows()[0].context, (0, 3))]
    chosen = to_be_asked(given, SHARE)
    assert chosen == [row for row in news_rows() if is_held_out(row.context, SHARE)]
    assert 10 <= len(chosen) < 40


@pytest.mark.parametrize(
    ("question", "counted", "changed"),
    [
        ("How many boats sank in Karn?", ["boats", "mills", "people"], "How many mills sank in Karn?"),
        ("How many old boats sank in Karn?", ["mills"], "How many mills boats sank in Karn?"),
        ("How many boats sank in Karn?", ["boats", "people", "Karn"], ""),
        ("Which boats sank in Karn?", ["mills"], ""),
    ],
)
def test_what_is_counted_is_exchanged_for_what_another_question_counts(
    question: str, counted: list[str], changed: str
) -> None:
    assert counting_something_else(read_question(question), counted, random.Random(1)) == changed


def test_every_held_out_question_is_asked_and_some_that_nothing_answers(asked: list[Asked], told: Told) -> None:
    held_out = to_be_asked(news_rows(), SHARE)
    assert len(held_out) < len(asked) <= 2 * len(held_out)
    absent = round(0.25 * len({row.context for row in held_out}))
    assert told.lines == [f"asking {len(asked)} held-out questions of {30 - absent} passages"]


def test_each_sentence_that_was_found_has_its_features(asked: list[Asked]) -> None:
    for each in asked:
        assert each.features.shape == (len(each.right), len(RANKING))
        assert each.right.dtype == np.bool_
        assert np.isfinite(each.features).all()


def test_sentences_that_hold_the_answer_are_right_and_some_questions_have_none(asked: list[Asked]) -> None:
    held_out = to_be_asked(news_rows(), SHARE)
    with_answer = sum(bool(each.right.any()) for each in asked)
    absent = round(0.25 * len({row.context for row in held_out}))
    assert len(held_out) / 2 <= with_answer <= len(held_out) - absent
    assert not any(each.right.all() for each in asked)


def test_chance_is_that_of_the_seed_alone(asked: list[Asked], rewriter: Rewriter, model: SpanModel, work: Path) -> None:
    random.seed(99)
    again = ask_held_out(news_rows(), SHARE, rewriter, 3, model, work, Told())
    assert len(again) == len(asked)
    for one, other in zip(asked, again, strict=True):
        assert (one.right == other.right).all()
        assert np.allclose(one.features, other.features, atol=1e-6)
