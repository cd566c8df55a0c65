import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.recall import exactly_nearest, recall_of, updated
from index.spool import vector_spool
from index.vector_settings import VectorSettings
from index.vectors import VectorIndex

DIMENSION = 16
SMALL = VectorSettings(exact=50, recall=0.95, depth=10, questions=20)


def unit_vectors(count: int, seed: int = 0) -> np.ndarray:
    vectors = np.random.default_rng(seed).normal(size=(count, DIMENSION)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def ids_of(index: VectorIndex) -> set[int]:
    return {number for ids, _ in index.batches() for number in ids.tolist()}


def questions() -> np.ndarray:
    return unit_vectors(20, seed=7)


def unasked() -> np.ndarray:
    raise AssertionError("recall is measured only where vectors are sorted")


class Growing:
    """An index that is brought up to date with vectors drawn at random, each under the next id."""

    def __init__(self, folder) -> None:
        self.folder = folder
        self.index = VectorIndex.empty(DIMENSION)
        self.next = 0

    def update(self, added: int, removed: tuple[int, ...] = (), measured=questions) -> float | None:
        with vector_spool(self.folder, DIMENSION) as spool:
            spool.append(range(self.next, self.next + added), unit_vectors(added, seed=self.next))
            self.next += added
            self.index, recall = updated(self.index, removed, spool, measured, SMALL)
        return recall


@pytest.fixture
def growing(tmp_path) -> Growing:
    return Growing(tmp_path)


def test_a_small_index_is_exact(growing):
    assert growing.update(50, measured=unasked) == 1.0
    assert growing.index.kind == "exact"


def test_of_passages_that_are_equally_near_any_will_do(growing):
    index = VectorIndex.empty(DIMENSION)
    index.add(np.arange(100), np.repeat(unit_vectors(1), 100, axis=0))
    assert recall_of(index, questions(), np.arange(90, 100).reshape(1, 10).repeat(20, axis=0)) == 1.0


def test_a_large_index_is_sorted_and_finds_what_it_must(growing):
    recall = growing.update(400)
    assert recall is not None
    assert recall >= SMALL.recall
    assert growing.index.lists == SMALL.lists(400) == 40
    assert 1 < growing.index.probes < 40


def test_an_index_that_grows_large_is_sorted_then(growing):
    growing.update(50)
    assert growing.update(10) is not None
    assert growing.index.lists == SMALL.lists(60)
    assert ids_of(growing.index) == set(range(60))


def test_a_sorted_index_takes_more_without_being_sorted_again(growing):
    growing.update(100)
    before = growing.index.lists, growing.index.probes
    assert growing.update(40, removed=(3, 4), measured=unasked) is None
    assert (growing.index.lists, growing.index.probes) == before
    assert ids_of(growing.index) == set(range(140)) - {3, 4}


def test_an_index_that_has_grown_fourfold_is_sorted_again(growing):
    growing.update(100)
    assert growing.update(300, measured=unasked) is None
    assert growing.index.lists == 20
    assert growing.update(30, removed=(7,)) is not None
    assert growing.index.lists == SMALL.lists(429)
    assert ids_of(growing.index) == set(range(430)) - {7}


def test_a_sorted_index_that_has_shrunk_stays_sorted(growing):
    growing.update(100)
    assert growing.update(0, removed=tuple(range(90)), measured=unasked) is None
    assert ids_of(growing.index) == set(range(90, 100))


def test_the_fewest_lists_are_looked_into_that_are_enough(growing):
    growing.update(400)
    index = growing.index
    nearest = exactly_nearest(questions(), index.batches(), SMALL.depth)
    enough = index.probes
    assert recall_of(index, questions(), nearest) >= SMALL.recall
    index.probe(enough // 2)
    assert recall_of(index, questions(), nearest) < SMALL.recall


@given(count=st.integers(1, 300), portion=st.integers(1, 99), depth=st.integers(1, 12))
def test_the_nearest_are_those_of_the_highest_cosine(count, portion, depth):
    vectors, ids = unit_vectors(count), np.arange(count) * 3 + 1
    batches = [(ids[place : place + portion], vectors[place : place + portion]) for place in range(0, count, portion)]
    nearest = exactly_nearest(questions(), iter(batches), min(depth, count))
    expected = np.sort(questions() @ vectors.T, axis=1)[:, ::-1][:, : min(depth, count)]
    found = np.stack([vectors[(row - 1) // 3] @ question for row, question in zip(nearest, questions(), strict=True)])
    assert found == pytest.approx(expected, abs=1e-6)
