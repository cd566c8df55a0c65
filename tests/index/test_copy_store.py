from contextlib import closing

import pytest

from index.copy_store import CopyStore
from index.sketches import BANDS


@pytest.fixture
def store(tmp_path):
    with closing(CopyStore(tmp_path, create=True)) as opened, opened.writing():
        opened.make_tables()
        opened.add_sketches(1, {0: (1,) * BANDS, 2: tuple(range(10, 10 + BANDS))})
        opened.add_sketches(2, {7: (1,) * BANDS})
        opened.add_sketches(3, {4: (*range(20, 20 + BANDS - 1), 1), 5: (2,) * BANDS})
        yield opened


def test_sentences_that_share_a_band_are_told_once_and_with_earlier_articles_alone(store):
    assert list(store.sharing_bands(1)) == []
    assert list(store.sharing_bands(2)) == [(7, 1, 0)]
    assert list(store.sharing_bands(3)) == [(4, 1, 0), (4, 2, 7)]


def test_the_sketch_of_one_sentence_is_found_again(store):
    assert store.sketch_at(1, 0) == (1,) * BANDS
    assert store.sketch_at(1, 1) is None


def test_sentences_that_share_a_band_with_those_of_some_articles(store):
    assert list(store.sharing_bands_with(3, [1, 9])) == [(4, 1, 0)]
    assert list(store.sharing_bands_with(3, [])) == []


def test_articles_that_share_more_than_some_sentences(store):
    assert store.sharing_besides(3, []) == {1, 2}
    assert store.sharing_besides(3, [4]) == set()


def test_common_sentences_are_those_that_share_a_band_with_many(store):
    assert store.common_sentences(1, 2) == [0]
    assert store.common_sentences(1, 3) == []


def test_a_band_is_shared_only_at_its_own_place(store):
    store.add_sketches(4, {0: (50, 2, *range(30, 30 + BANDS - 2)), 1: (2, 50, *range(40, 40 + BANDS - 2))})
    assert list(store.sharing_bands(4)) == [(0, 3, 5), (1, 3, 5)]
    store.add_sketches(5, {0: tuple(range(11, 11 + BANDS))})
    assert list(store.sharing_bands(5)) == []


def test_sketches_are_counted_by_article(store):
    assert [store.sketched(article) for article in (1, 2, 9)] == [2, 1, 0]
    assert store.sketched_by_article() == {1: 2, 2: 1, 3: 2}


def test_nothing_is_left_when_all_is_cleared(store):
    store.add_links(2, [1])
    store.clear_copies()
    assert [store.sketched(article) for article in (1, 2, 3)] == [0, 0, 0]
    for table in ("links", "origins"):
        assert store._connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
