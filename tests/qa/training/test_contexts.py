import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.training.contexts import QUESTIONS_A_CONTEXT, is_held_out, is_like_news, is_self_contained, limited, surrounded
from qa.training.rows import Row
from tests.qa.training.made import rows, unanswered, words_of

seeds = st.integers(0, 5)
some_rows = st.lists(rows() | rows().map(unanswered), max_size=30)


@given(st.text(max_size=20), st.floats(0, 1), st.floats(0, 1))
def test_what_is_held_out_of_a_share_is_held_out_of_a_larger_one(context: str, one: float, other: float) -> None:
    assert is_held_out(context, min(one, other)) <= is_held_out(context, max(one, other))


def test_about_the_share_that_is_asked_for_is_held_out() -> None:
    held_out = sum(is_held_out(f"Keeper {number} lit the lamps.", 0.08) for number in range(2_000))
    assert 0.06 < held_out / 2_000 < 0.1


@given(some_rows, seeds)
def test_of_each_passage_so_many_rows_are_kept_as_there_are_but_not_too_many(some: list[Row], seed: int) -> None:
    some = [Row(f"{number} {row.question}", row.context, row.answer) for number, row in enumerate(some * 3)]
    kept = limited(some, seed)
    assert len(set(kept)) == len(kept)
    assert set(kept) <= set(some)
    for context in {row.context for row in some}:
        there = sum(row.context == context for row in some)
        assert sum(row.context == context for row in kept) == min(there, QUESTIONS_A_CONTEXT)


@given(some_rows, seeds)
def test_a_passage_that_is_put_among_others_stands_there_whole_with_its_answer(some: list[Row], seed: int) -> None:
    moved = surrounded(some, seed)
    assert [row.question for row in moved] == [row.question for row in some]
    assert [words_of(row) for row in moved] == [words_of(row) for row in some]
    for before, after in zip(some, moved, strict=True):
        assert before.context in after.context
        sentences = {row.context for row in some}
        rest = after.context.replace(before.context, "", 1).split(". ")
        assert all(any(part.strip(" .") in sentence for sentence in sentences) for part in rest)


def test_about_half_of_the_short_passages_are_put_among_others_and_no_long_one() -> None:
    short = [Row(f"Who lit lamp {number}?", f"Keeper {number} lit the lamp.", (0, 6)) for number in range(400)]
    long = [Row("Who hid?", "Owls hid. " * 40, (0, 4))]
    moved = surrounded([*short, *long], seed=3)
    assert moved[-1] == long[0]
    changed = [after for before, after in zip(short, moved, strict=False) if after != before]
    assert 0.4 < len(changed) / 400 < 0.6
    assert {row.context.count(".") for row in changed} == {2, 3, 4}


def test_chance_is_that_of_the_seed_alone() -> None:
    some = [Row(f"Who lit lamp {number}?", f"Keeper {number % 5} lit the lamp.", (0, 6)) for number in range(100)]
    drawn = []
    for seed in (1, 1, 2):
        random.seed(len(drawn))
        drawn.append((limited(some, seed), surrounded(some, seed)))
    assert drawn[0] == drawn[1]
    assert drawn[0][0] != drawn[2][0]
    assert drawn[0][1] != drawn[2][1]


@pytest.mark.parametrize(
    ("passage", "is_news"),
    [
        ("The council met on Monday. " * 12, True),
        ("The council met on Monday.", False),
        ("My kettle is loud and I like it. " * 12, False),
        ("“I was there,” she said. " + "The council met on Monday. " * 12, True),
    ],
)
def test_passages_of_several_sentences_that_speak_of_others_are_like_news(passage: str, is_news: bool) -> None:
    assert is_like_news(passage) is is_news


@pytest.mark.parametrize(
    ("question", "stands_alone"),
    [
        ("Who met in the old hall?", True),
        ("who met old hall", True),
        ("What did they do with it?", False),
        ("How many people?", False),
    ],
)
def test_a_question_of_few_words_means_nothing_without_its_passage(question: str, stands_alone: bool) -> None:
    passage = "The council met on Monday. " * 12
    assert is_self_contained(Row(question, passage, (0, 11))) is stands_alone
    assert not is_self_contained(Row(question, "My kettle is loud and I like it. " * 12, None))
