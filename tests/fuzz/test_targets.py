"""The fuzzer in small: the same targets and the same changes, for a second or so at every run of the tests."""

import random

import pytest

from tests.fuzz.mutate import mutated
from tests.fuzz.targets import SEEDS, TARGETS

LONGEST = 2_000


@pytest.mark.timeout(60)
@pytest.mark.parametrize("name", TARGETS)
def test_what_must_hold_of_every_input_holds_of_some_dozens(name: str) -> None:
    chance = random.Random(name)
    for seed in SEEDS[name]:
        TARGETS[name](seed.encode())
    for _ in range(40):
        TARGETS[name](mutated(chance.choice(SEEDS[name]).encode(), chance, LONGEST))


def test_the_same_chance_makes_the_same_change() -> None:
    seed = SEEDS[".txt"][0].encode()
    assert mutated(seed, random.Random(7), LONGEST) == mutated(seed, random.Random(7), LONGEST)


def test_most_changes_change_something_and_none_makes_an_input_too_long() -> None:
    seed = SEEDS[".html"][0].encode()
    changed = [mutated(seed, random.Random(number), LONGEST) for number in range(200)]
    assert sum(data != seed for data in changed) > 150
    assert max(map(len, changed)) <= LONGEST
