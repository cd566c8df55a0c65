from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article_store import ArticleStore, stored_day
from index.errors import IndexDamagedError
from index.records import Article, CatalogueEntry, Sentence
from index.store import Store

TEXT = "Rain fell. It stopped. The river rose."
SENTENCES = [Sentence(0, 10), Sentence(11, 22), Sentence(23, 38)]
ARTICLE = Article("00aa", "", "Rain", "The Gazette", date(2021, 3, 3), "https://gazette.example/rain", TEXT, "utf-8")
LATER = replace(ARTICLE, id="00bb", title="", publisher="", published=None, text="Zürich: rain — again.")


@pytest.fixture
def store(tmp_path):
    with closing(Store.create(tmp_path, Path("/news"))) as opened:
        with opened.writing():
            opened.make_tables()
            opened.add_article("deep/b.txt", LATER, [], [])
            opened.add_article("a.txt", ARTICLE, SENTENCES, [range(3)])
        with opened.reading():
            yield opened


def test_the_catalogue_tells_all_but_the_text_in_the_order_of_the_files(store):
    assert store.catalogue() == [
        CatalogueEntry("00aa", str(Path("/news/a.txt")), "Rain", "The Gazette", date(2021, 3, 3), len(TEXT)),
        CatalogueEntry("00bb", str(Path("/news/deep/b.txt")), "", "", None, len(LATER.text)),
    ]


def test_the_catalogue_of_no_articles_is_empty(tmp_path):
    with closing(ArticleStore(tmp_path, Path("/news"), create=True)) as store:
        with store.writing():
            store.make_tables()
        with store.reading():
            assert store.catalogue() == []


# SQLite's own length of a text ends at a NUL character.
@given(texts=st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), max_size=4))
def test_lengths_are_counted_in_characters(tmp_path_factory, texts):
    with closing(Store.create(tmp_path_factory.mktemp("store"), Path("/news"))) as store:
        with store.writing():
            store.make_tables()
            for number, text in enumerate(texts):
                store.add_article(f"{number}.txt", replace(ARTICLE, id=f"{number:04}", text=text), [], [])
        with store.reading():
            assert [entry.length for entry in store.catalogue()] == [len(text) for text in texts]


def test_an_article_is_found_by_its_whole_id_alone(store):
    assert store.article("00aa") == replace(ARTICLE, path=str(Path("/news/a.txt")))
    assert store.article("00") is None
    assert store.article("%") is None
    assert store.article("") is None


def test_the_sentences_of_an_article_come_in_the_order_of_the_text(store):
    assert store.sentences_of(ARTICLE) == SENTENCES
    assert store.sentences_of(LATER) == []


@pytest.mark.parametrize("change", [{"text": TEXT + " "}, {"id": "00cc"}])
def test_an_article_that_is_another_by_now_has_no_sentences(store, change):
    assert store.sentences_of(replace(ARTICLE, **change)) == []


@pytest.mark.parametrize("kept", ["2022\x0001-06", "", "soon", 2022, b"2022-01-06"])
def test_what_is_kept_as_a_day_and_is_none_is_damage(kept):
    with pytest.raises(IndexDamagedError):
        stored_day(kept)


def test_a_damaged_day_is_told_wherever_it_is_read(store):
    store._connection.execute("UPDATE articles SET published = 'soon'")
    for read in (store.catalogue, lambda: list(store.all_articles()), lambda: list(store.days_of_passages())):
        with pytest.raises(IndexDamagedError):
            read()
