import random
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qa.training.batches import MAX_TOKENS, Example, batch, in_batches, to_examples
from qa.training.rows import Row
from tests.qa.training.made import row, rows, unanswered, words_of

with_the_tokenizer = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def letters(text: str) -> str:
    """What the tokenizer keeps of a text."""
    return "".join(character for character in text.lower() if not character.isspace())


@st.composite
def examples(draw: st.DrawFn) -> list[Example]:
    """Examples of any length, each with ids of its own."""
    lengths = draw(st.lists(st.integers(4, 120), max_size=30))
    return [
        Example((number, *range(1, length)), passage=draw(st.integers(2, length - 1)), start=0, end=0)
        for number, length in enumerate(lengths)
    ]


@given(given_rows=st.lists(rows(), min_size=1, max_size=5))
@with_the_tokenizer
def test_the_tokens_of_an_answer_are_its_words(given_rows: list[Row], tokenizer: Any) -> None:
    made = to_examples(given_rows, tokenizer)
    assert len(made) == len(given_rows)
    for example, each in zip(made, given_rows, strict=True):
        assert example.passage <= example.start <= example.end < len(example.ids)
        assert letters(tokenizer.decode(example.ids[example.start : example.end + 1])) == letters(words_of(each) or "")
        assert letters(tokenizer.decode(example.ids[example.passage : -1])) == letters(each.context)


@given(each=rows())
@with_the_tokenizer
def test_without_an_answer_both_ends_are_the_first_token(each: Row, tokenizer: Any) -> None:
    (example,) = to_examples([unanswered(each)], tokenizer)
    assert (example.start, example.end) == (0, 0)
    assert example.ids[0] == tokenizer.token_to_id("[CLS]")


def test_an_answer_beyond_the_longest_passage_is_left_out(tokenizer: Any) -> None:
    long = "the owls hid " * 200 + "Zed"
    near, far = row("Who hid?", long, "owls"), row("Who hid?", long, "Zed")
    made = to_examples([near, far, unanswered(far)], tokenizer)
    assert [(example.start, len(example.ids)) for example in made] == [
        (made[0].passage + 1, MAX_TOKENS),
        (0, MAX_TOKENS),
    ]


def test_a_question_that_is_too_long_is_cut_and_the_passage_stays(tokenizer: Any) -> None:
    (example,) = to_examples([row("why " * 400, "Who knows? The owls hid.", "owls")], tokenizer)
    assert len(example.ids) == MAX_TOKENS
    assert letters(tokenizer.decode(example.ids[example.passage : -1])) == letters("Who knows? The owls hid.")
    assert tokenizer.decode(example.ids[example.start : example.end + 1]) == "owls"


@given(examples(), st.integers(1, 400), st.integers(0, 3))
def test_every_example_is_in_one_batch(some: list[Example], tokens: int, seed: int) -> None:
    batches = in_batches(some, tokens, seed)
    assert sorted(example.ids for each in batches for example in each) == sorted(example.ids for example in some)


@given(examples(), st.integers(1, 400), st.integers(0, 3))
def test_a_batch_keeps_to_its_tokens_unless_one_example_alone_has_more(
    some: list[Example], tokens: int, seed: int
) -> None:
    for each in in_batches(some, tokens, seed):
        assert batch(each).ids.size <= tokens or len(each) == 1


@given(examples(), st.integers(1, 400), st.integers(0, 3))
def test_batches_have_few_shapes(some: list[Example], tokens: int, seed: int) -> None:
    sizes: dict[int, list[int]] = {}
    for each in in_batches(some, tokens, seed):
        rows_there, width = batch(each).ids.shape
        sizes.setdefault(width, []).append(rows_there)
    for width, counts in sizes.items():
        assert width % 16 == 0
        full = max(1, tokens // width)
        assert sum(count != full for count in counts) <= 1


def test_chance_is_that_of_the_seed_alone() -> None:
    some = [Example((number, *range(1, 9)), 3, 0, 0) for number in range(50)]
    drawn = []
    for seed in (1, 1, 2):
        random.seed(len(drawn))
        drawn.append(in_batches(some, 64, seed))
    assert drawn[0] == drawn[1] != drawn[2]


@given(examples().filter(bool))
def test_a_batch_holds_its_examples_and_nothing_but_padding_beside(some: list[Example]) -> None:
    made = batch(some)
    longest = max(len(example.ids) for example in some)
    assert made.ids.shape == made.types.shape == made.mask.shape
    assert longest <= made.ids.shape[1] < longest + 16
    for place, example in enumerate(some):
        length = len(example.ids)
        assert made.ids[place, :length].tolist() == list(example.ids)
        assert made.mask[place].tolist() == [1] * length + [0] * (made.mask.shape[1] - length)
        assert np.flatnonzero(made.types[place]).tolist() == list(range(example.passage, length))
        assert not made.ids[place, length:].any()
    assert made.starts.tolist() == [example.start for example in some]
    assert made.ends.tolist() == [example.end for example in some]


@pytest.mark.parametrize("some", [[], [Example((1,) * 500, 3, 0, 0)]])
def test_nothing_gives_no_batch_and_what_is_too_long_one_of_its_own(some: list[Example]) -> None:
    assert in_batches(some, 64, 1) == [[example] for example in some]
