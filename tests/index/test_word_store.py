from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.records import Article, Sentence
from index.store import Store

TEXTS = st.text(st.sampled_from("abÄßſ .,-’“\n橋1"), min_size=1, max_size=30)


def add(store: Store, name: str, text: str) -> None:
    article = Article(name, name, "", "", None, "", text, "utf-8")
    store.add_article(name, article, [Sentence(0, len(text))], [range(1)])


def all_words(store: Store) -> list[tuple[str, int]]:
    return list(store._connection.execute("SELECT word, articles FROM words ORDER BY word"))


@pytest.fixture
def store(tmp_path) -> Iterator[Store]:
    with closing(Store.create(tmp_path, tmp_path)) as store, store.writing():
        store.make_tables()
        yield store


class TestWhatIsHeld:
    @pytest.mark.parametrize("letters", ["weath", "WEATHER", "eather", "covid-19", "o'clock", "2,500", "café", "CAFÉ"])
    def test_any_part_of_a_word_in_any_case(self, store, letters):
        add(store, "a", "“Weather” at nine o'clock: 2,500 cases of Covid-19 in a café.")
        assert store.texts_hold(letters)

    @pytest.mark.parametrize("letters", ["weathers", "nine_o", "w%r", "w_ather", "cafe", "sunny weather"])
    def test_other_letters_are_not_there_and_wildcards_are_letters(self, store, letters):
        add(store, "a", "Weather at nine o'clock in a café.")
        assert not store.texts_hold(letters)

    def test_words_that_stand_apart_are_taken_for_a_phrase(self, store):
        add(store, "a", "New bridge. Old York.")
        assert store.texts_hold("New York")

    def test_where_there_are_no_spaces_parts_of_a_word_are_found_all_the_same(self, store):
        text = "".join(chr(0x4E00 + number) for number in range(500))
        add(store, "a", text)
        assert all(store.texts_hold(text[begin : begin + 40]) for begin in range(461))
        assert not store.texts_hold(text[10:20] + text[30:40])

    @given(text=TEXTS, begin=st.integers(0, 30), size=st.integers(1, 9))
    def test_every_part_of_a_text_is_held(self, tmp_path_factory, text, begin, size):
        folder = tmp_path_factory.mktemp("index")
        with closing(Store.create(folder, folder)) as store, store.writing():
            store.make_tables()
            add(store, "a", text)
            assert store.texts_hold(text[begin : begin + size])


class TestChanges:
    def test_words_go_with_the_last_article_that_has_them(self, store):
        add(store, "a", "Rain fell. Rain again.")
        add(store, "b", "Rain stopped.")
        store.remove_file("a")
        assert (store.texts_hold("rain"), store.texts_hold("fell")) == (True, False)
        store.remove_file("b")
        assert all_words(store) == []

    @given(texts=st.dictionaries(st.sampled_from("abcd"), TEXTS), removed=st.sets(st.sampled_from("abcd")))
    def test_words_that_were_kept_up_to_date_are_those_that_are_counted_anew(self, tmp_path_factory, texts, removed):
        folder = tmp_path_factory.mktemp("index")
        with closing(Store.create(folder, folder)) as store, store.writing():
            store.make_tables()
            for name, text in texts.items():
                add(store, name, text)
            for name in removed:
                store.remove_file(name)
            kept = all_words(store)
            store.count_words_anew()
            assert all_words(store) == kept
