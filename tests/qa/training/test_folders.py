import random
from dataclasses import replace

import pytest

from qa.training.contexts import is_held_out
from qa.training.folders import SHARE_ABSENT, Folder, folders
from qa.training.rows import Row
from tests.qa.training.made import news_rows

SMALL = ((5, 20), (100, 3))


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    """Rows of 120 passages, of which each is like three others."""
    return [replace(row, context=f"{row.context} It was closure {n}.") for n in range(4) for row in news_rows()]


@pytest.fixture(scope="module")
def held_out(rows: list[Row]) -> list[Row]:
    return [row for row in rows if is_held_out(row.context, 0.4)]


@pytest.fixture(scope="module")
def made(rows: list[Row], held_out: list[Row]) -> list[Folder]:
    return list(folders(rows, held_out, random.Random(1), SMALL))


def test_the_first_folder_asks_all_and_the_small_ones_what_is_in_them(made: list[Folder], held_out: list[Row]) -> None:
    first, *small = made
    assert first.asked == tuple(held_out)
    # Of 120 passages none has 100 others beside it.
    assert len(small) == SMALL[0][1]
    assert all(len(folder.asked) > 0 for folder in small)
    assert {row for folder in small for row in folder.asked} <= set(held_out)


def test_a_share_of_the_passages_that_answer_is_left_out(made: list[Folder], rows: list[Row]) -> None:
    contexts = {row.context for row in rows}
    first, *small = made
    asked = {row.context for row in first.asked}
    assert len(asked - set(first.passages)) == pytest.approx(SHARE_ABSENT * len(asked), abs=1)
    assert set(first.passages) | asked == contexts
    for folder in small:
        answering = {row.context for row in folder.asked}
        assert len({*folder.passages, *answering}) == SMALL[0][0]
    answering = sum(len({row.context for row in folder.asked}) for folder in small)
    left_out = sum(len({row.context for row in folder.asked} - set(folder.passages)) for folder in small)
    assert 0.1 < left_out / answering < 0.4


def test_a_small_folder_is_about_one_thing(made: list[Folder]) -> None:
    for folder in made[1:]:
        about = [
            context.partition("It was closure")[0] for context in {*folder.passages, *map(context_of, folder.asked)}
        ]
        assert max(map(about.count, about)) == 4


def context_of(row: Row) -> str:
    return row.context


def test_chance_is_that_of_the_seed_alone(made: list[Folder], rows: list[Row], held_out: list[Row]) -> None:
    random.seed(99)
    assert list(folders(rows, held_out, random.Random(1), SMALL)) == made
