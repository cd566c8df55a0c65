import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.database import DATABASE, told
from index.errors import IndexBusyError, IndexDamagedError, IndexMismatchError, IndexNotFoundError, IndexWriteError
from index.records import Article, Passage, Sentence, Skipped
from index.store import FileRow, Store, check_format, generation_of
from tests.index.damage import damage_told, empty, halve, scribble
from tests.index.disks import files_limited_to

TEXT = "Rain fell. It stopped. The river rose. It fell again."
SENTENCES = [Sentence(0, 10), Sentence(11, 22), Sentence(23, 38), Sentence(39, 53)]
ARTICLE = Article("00aa", "", "Rain", "The Gazette", date(2021, 3, 3), "", TEXT, "utf-8")
WINDOWS = [range(3), range(2, 4)]


@pytest.fixture
def store(tmp_path: Path):
    with closing(Store.create(tmp_path, Path("/news"))) as opened:
        with opened.writing():
            opened.make_tables()
            opened.add_article("a.txt", ARTICLE, SENTENCES, WINDOWS)
            opened.add_article("deep/b.txt", replace(ARTICLE, id="00bb", published=None), SENTENCES[:1], [range(1)])
            opened.set_file("a.txt", FileRow("10-1-1", "digest", (Skipped("a.txt:3", "not JSON"),)))
            opened.set_meta({"format": "1", "generation": "4"})
        yield opened


TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


def everything(store: Store) -> tuple[object, ...]:
    with store.reading():
        return store.meta(), store.files(), list(store.all_articles()), list(store.passages_after(0))


class TestWhatIsKept:
    def test_articles_come_back_as_they_were_with_the_path_of_their_file(self, store):
        with store.reading():
            articles = list(store.all_articles())
        assert articles[0] == replace(ARTICLE, path=str(Path("/news/a.txt")))
        assert articles[1].published is None

    def test_passages_know_their_sentences_and_their_article(self, store):
        with store.reading():
            ids = store.passages_of("a.txt")
            passages = store.passages([*ids, 999])
            row = passages[ids[0]].article
            assert passages == {
                ids[0]: Passage(ids[0], row, tuple(SENTENCES[:3])),
                ids[1]: Passage(ids[1], row, tuple(SENTENCES[2:])),
            }
            assert store.articles([row, 999]).keys() == {row}
            assert [passage.id for _, passage in store.passages_after(0)] == [*ids, *store.passages_of("deep/b.txt")]
            assert store.counts() == (2, 3)

    def test_files_and_settings_come_back(self, store):
        with store.reading():
            assert store.files() == {"a.txt": FileRow("10-1-1", "digest", (Skipped("a.txt:3", "not JSON"),))}
            assert store.meta() == {"format": "1", "generation": "4"}

    def test_the_passages_of_dated_articles_are_told_with_their_day(self, store):
        with store.reading():
            first, last = store.passages_of("a.txt")
            assert list(store.days_of_passages()) == [(date(2021, 3, 3), first, last)]

    @pytest.mark.parametrize(
        ("reference", "ids"),
        [
            ("00", ["00aa", "00bb"]),
            ("00bb", ["00bb"]),
            ("b.txt", ["00bb"]),
            ("deep/b.txt", ["00bb"]),
            ("%", []),
            ("_.txt", []),
        ],
    )
    def test_articles_are_named_by_the_beginning_of_their_id_or_by_their_file(self, store, reference, ids):
        with store.reading():
            assert [article.id for article in store.articles_like(reference)] == ids

    def test_a_removed_file_takes_all_of_its_own_along_and_ids_are_not_given_again(self, store):
        with store.writing():
            gone = store.passages_of("a.txt")
            store.remove_file("a.txt")
            assert store.files() == {}
            assert store.counts() == (1, 1)
            added = store.add_article("c.txt", ARTICLE, SENTENCES, WINDOWS)
        assert not {passage.id for passage in added} & set(gone)

    def test_ids_are_not_given_again_after_everything_was_removed(self, store):
        with store.writing():
            before = [passage.id for _, passage in store.passages_after(0)]
            store.clear()
            added = store.add_article("a.txt", ARTICLE, SENTENCES, WINDOWS)
        assert min(passage.id for passage in added) > max(before)

    @given(text=TEXTS, title=TEXTS)
    def test_any_text_comes_back_unchanged(self, tmp_path_factory, text, title):
        with closing(Store.create(tmp_path_factory.mktemp("any"), Path("/news"))) as store:
            with store.writing():
                store.make_tables()
                store.add_article("a.txt", replace(ARTICLE, text=text, title=title), SENTENCES, WINDOWS)
            with store.reading():
                (article,) = store.all_articles()
        assert (article.text, article.title) == (text, title)


def interrupted_change(store: Store) -> None:
    store.clear()
    store.set_meta({"generation": "5"})
    raise KeyboardInterrupt


def add_much(store: Store) -> None:
    for number in range(3_000):
        store.add_article("c.txt", replace(ARTICLE, id=str(number), text=TEXT * 40), SENTENCES, WINDOWS)


class TestTransactions:
    def test_an_exception_undoes_everything(self, store):
        before = everything(store)
        with pytest.raises(KeyboardInterrupt), store.writing():
            interrupted_change(store)
        assert everything(store) == before

    def test_a_failed_write_is_told_although_sqlite_has_ended_the_transaction_itself(self, store, tmp_path):
        before = everything(store)
        with pytest.raises(IndexWriteError), files_limited_to(40_000), store.writing():
            add_much(store)
        assert everything(store) == before

    def test_a_reader_keeps_its_snapshot_while_another_state_is_committed(self, store, tmp_path):
        with closing(Store(tmp_path, Path("/news"))) as reader:
            with reader.reading():
                before = reader.counts()
                with store.writing():
                    store.clear()
                assert reader.counts() == before
            with reader.reading():
                assert reader.counts() == (0, 0)

    def test_a_database_appears_with_all_of_its_tables_or_none(self, tmp_path):
        with closing(Store.create(tmp_path, Path("/news"))) as writer, writer.writing():
            writer.make_tables()
            with closing(Store(tmp_path, Path("/news"))) as reader, reader.reading():
                assert reader.meta() == {}


class TestDamage:
    def test_a_folder_without_a_database(self, tmp_path):
        with pytest.raises(IndexNotFoundError, match="nothing was indexed"):
            Store(tmp_path, Path("/news"))
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize("harm", [halve, scribble])
    def test_a_damaged_file_is_told_to_readers_and_writers(self, store, tmp_path, harm):
        store.close()
        harm(tmp_path / DATABASE)
        for create in (False, True):
            with pytest.raises(IndexDamagedError) as raised, closing(Store(tmp_path, Path(), create=create)) as opened:
                everything(opened)
            assert raised.value.why.startswith("index.db: ")

    def test_an_empty_file_holds_nothing(self, store, tmp_path):
        store.close()
        empty(tmp_path / DATABASE)
        with closing(Store(tmp_path, Path())) as opened, opened.reading():
            assert opened.meta() == {}

    def test_any_damaged_page_is_told_or_harmless(self, store, tmp_path):
        store.close()
        data = (tmp_path / DATABASE).read_bytes()
        outcomes = []
        for start in range(0, len(data), 512):
            folder = tmp_path / str(start)
            folder.mkdir()
            (folder / DATABASE).write_bytes(data[:start] + b"\xa5" * 512 + data[start + 512 :])
            outcomes.append(damage_told(lambda folder=folder: read_all(folder)))
            shutil.rmtree(folder)
        assert sum(outcome is not None for outcome in outcomes) > 3

    @pytest.mark.parametrize(
        ("code", "expected"),
        [
            (sqlite3.SQLITE_FULL, IndexWriteError),
            (sqlite3.SQLITE_IOERR_WRITE, IndexWriteError),
            (sqlite3.SQLITE_READONLY, IndexWriteError),
            (sqlite3.SQLITE_CANTOPEN, IndexWriteError),
            (sqlite3.SQLITE_BUSY, IndexBusyError),
            (sqlite3.SQLITE_BUSY_SNAPSHOT, IndexBusyError),
            (sqlite3.SQLITE_NOTADB, IndexDamagedError),
            (sqlite3.SQLITE_CORRUPT, IndexDamagedError),
        ],
    )
    def test_each_failure_of_sqlite_is_told_as_what_it_is(self, code, expected):
        error = sqlite3.OperationalError("what SQLite says")
        error.sqlite_errorcode = code
        assert type(told(Path("/i/index.db"), error)) is expected

    def test_another_format_is_refused(self):
        check_format({})
        with pytest.raises(IndexMismatchError, match=r"its format is 5.*doctor --fix"):
            check_format({"format": "5"}, to_upgrade=True)

    @pytest.mark.parametrize("older", ["1", "2", "3"])
    def test_the_formats_before_are_taken_only_to_be_upgraded(self, older):
        check_format({"format": older}, to_upgrade=True)
        with pytest.raises(IndexMismatchError, match=rf"its format is {older}.*To fix it, index the articles again"):
            check_format({"format": older})


def read_all(folder: Path) -> None:
    with closing(Store(folder, Path())) as store:
        everything(store)
        with store.reading():
            list(store.days_of_passages())
            store.articles_like("00")
            store.counts()


def test_a_generation_that_is_no_number_is_damage():
    assert generation_of({}) == 0
    with pytest.raises(IndexDamagedError):
        generation_of({"generation": "1e3"})


def test_however_often_a_sentence_stands_in_an_article_the_article_is_there_once(tmp_path):
    with closing(Store.create(tmp_path, Path("/news"))) as store:
        text = "Rain fell. " * 500
        article = Article("0123456789abcdef", "/news/a.txt", "", "", None, "", text, "utf-8")
        with store.writing():
            store.make_tables()
            store.add_article("a.txt", article, [Sentence(11 * n, 11 * n + 10) for n in range(500)], [range(5)])
        with store.reading():
            printings = store.copies("Rain fell.")
    assert len(printings) == 500
    assert len({id(found) for found, _ in printings}) == 1
