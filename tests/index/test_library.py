import shutil
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from index.errors import (
    MENDED_BY,
    IndexBusyError,
    IndexDamagedError,
    IndexMismatchError,
    IndexNotFoundError,
    IndexStateError,
)
from index.fusion import FusionSettings
from index.library import Index
from index.records import Progress
from index.update import update_index
from tests.index.corpora import (
    BRIDGE,
    BRIDGE_LATER,
    FERRY,
    HARBOUR_LOG,
    MARKET,
    OWLS,
    QUESTIONS,
    answers,
    found,
    write_articles,
)
from tests.index.damage import damage_told, empty, halve, scribble

pytestmark = pytest.mark.usefixtures("exported")
FOUR = {"bridge.txt": BRIDGE, "ferry.txt": FERRY, "market.txt": MARKET, "owls.txt": OWLS}


@pytest.fixture(scope="module")
def articles(tmp_path_factory) -> Path:
    return write_articles(tmp_path_factory.mktemp("library") / "news", FOUR)


@pytest.fixture(scope="module")
def made(exported, articles) -> Path:
    """An index that no test changes."""
    update_index(articles, articles.parent / "index")
    return articles.parent / "index"


@pytest.fixture
def index(made, articles):
    with closing(Index(made, articles)) as opened:
        yield opened


@pytest.fixture
def folder(made, tmp_path) -> Path:
    """A copy of the index, to be changed."""
    return Path(shutil.copytree(made, tmp_path / "index"))


def names(index: Index, question: str, **limits) -> set[str]:
    result = index.search(question, 10, **limits)
    return {Path(result.articles[hit.passage.article].path).name for hit in result.hits}


class TestSearch:
    @pytest.mark.parametrize(
        ("question", "words"),
        list(zip(QUESTIONS[:4], ("14 weeks", "two crowns", "Ida Brandt", "bell tower"), strict=True)),
    )
    def test_the_passage_that_answers_comes_first(self, index, question, words):
        assert words in found(index, question)[0][0]

    def test_hits_come_best_first_with_the_scores_of_both_searches(self, index):
        hits = index.search("What does a ferry ticket cost?", 4).hits
        assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
        assert hits[0].dense is not None
        assert 0.3 < hits[0].dense <= 1
        assert hits[0].lexical is not None
        assert hits[0].lexical > 0

    def test_every_hit_has_a_dense_score_and_its_article(self, index):
        result = index.search("the Linden", 10)
        assert all(hit.dense is not None for hit in result.hits)
        assert {hit.passage.article for hit in result.hits} == set(result.articles)

    @pytest.mark.parametrize("limit", [1, 2, 4])
    def test_no_more_hits_than_asked_for(self, index, limit):
        assert len(index.search("the Linden", limit).hits) == limit

    def test_a_limit_beyond_the_depth_of_the_searches_is_met(self, made, articles):
        with closing(Index(made, articles, FusionSettings(depth=1))) as index:
            assert len(index.search("the Linden", 4).hits) == 4

    @pytest.mark.parametrize("dense", [0.0, 1.0])
    def test_the_weights_are_settings(self, made, articles, dense):
        with closing(Index(made, articles, FusionSettings(dense=dense))) as index:
            hits = index.search("owls in the bell tower", 4).hits
        scores = [hit.dense if dense else hit.lexical or 0.0 for hit in hits]
        assert scores == sorted(scores, reverse=True)

    @pytest.mark.parametrize(
        "question",
        [
            "what is it",
            "?!... -- ()",
            'bridge AND (ferry OR -market) NOT "owls" title:flood body:[a TO z] * ~2 ^9 \\ /x/',
            '"',
            "Ида Брандт 橋 جسر 🦉 ﬁne naïve I\u0307STANBUL e\u0301",
            "\x00\ud7ff\U0010ffff",
            "who \udcff opened",
            "word " * 3000,
            "x" * 100_000,
        ],
    )
    def test_any_text_can_be_searched_for(self, index, question):
        assert len(index.search(question, 3).hits) == 3

    def test_accents_and_case_and_endings_do_not_matter(self, index):
        assert index.terms("Cafés CLOSED bridges") == index.terms("cafe closing bridge")
        assert found(index, "THE ÓWL NESTS")[0][0].startswith("Owls nest")

    @pytest.mark.parametrize("word", ["owls", "NESTING", "Saint Odile", "March", "", "the"])
    def test_a_word_is_mentioned_where_any_article_has_its_stem(self, index, word):
        assert index.mentions(word)

    @pytest.mark.parametrize("word", ["volcano", "Saint Brendan", "2018"])
    def test_a_word_is_not_mentioned_where_no_article_has_one_of_its_stems(self, index, word):
        assert not index.mentions(word)

    @pytest.mark.parametrize("word", ["Content", "skipped", "variability", "Étoile"])
    def test_what_was_dropped_as_page_furniture_counts_as_mentioned(self, exported, tmp_path, word):
        page = "Rain\n\nIt rained on Monday in all of the town.\n\nSkip to content\n\nSkip to variabilities\n\nÉtoile\n"
        folder = write_articles(tmp_path / "news", {"rain.txt": page})
        update_index(folder, tmp_path / "index")
        with closing(Index(tmp_path / "index", folder)) as index:
            assert index.term_weights(word).keys() == set(index.terms(word))
            assert all(weight == index.highest_term_weight() for weight in index.term_weights(word).values())
            assert index.mentions(word)
            assert not index.mentions("volcano")


class TestDays:
    def test_undated_articles_are_left_out_once_a_day_is_named(self, index):
        assert names(index, "cheese market") == set(FOUR)
        assert names(index, "cheese market", since=date(1, 1, 1)) == {"bridge.txt", "ferry.txt", "owls.txt"}
        assert names(index, "cheese market", until=date(9999, 12, 31)) == {"bridge.txt", "ferry.txt", "owls.txt"}

    @pytest.mark.parametrize(
        ("since", "until", "expected"),
        [
            (date(2021, 3, 5), None, {"ferry.txt", "owls.txt"}),
            (None, date(2021, 3, 5), {"bridge.txt", "ferry.txt"}),
            (date(2021, 3, 5), date(2021, 3, 5), {"ferry.txt"}),
            (date(2021, 3, 6), date(2021, 4, 10), set()),
            (date(2021, 4, 1), date(2021, 3, 1), set()),
        ],
    )
    def test_both_days_are_part_of_the_range(self, index, since, until, expected):
        assert names(index, "the Linden", since=since, until=until) == expected

    @pytest.mark.parametrize("dense", [0.0, 1.0])
    def test_both_searches_keep_to_the_range(self, made, articles, dense):
        with closing(Index(made, articles, FusionSettings(dense=dense))) as index:
            assert names(index, "the stone bridge", since=date(2021, 3, 4)) == {"ferry.txt", "owls.txt"}


class TestReaders:
    def test_an_open_index_follows_every_update(self, tmp_path):
        articles, folder = tmp_path / "news", tmp_path / "index"
        update_index(write_articles(articles, {"log.txt": HARBOUR_LOG}), folder)
        with closing(Index(folder, articles)) as index:
            for name, text, question in (
                ("bridge.txt", BRIDGE, "How long will the repairs take?"),
                ("ferry.txt", FERRY, "What does a ferry ticket cost?"),
                ("owls.txt", OWLS, "Where do the owls nest?"),
            ):
                assert name not in {Path(article.path).name for article in index.articles()}
                (articles / name).write_text(text, "utf-8")
                update_index(articles, folder)
                assert Path(index.search(question, 1).articles.popitem()[1].path).name == name
            (articles / "ferry.txt").unlink()
            update_index(articles, folder)
            assert "ferry" not in found(index, "What does a ferry ticket cost?")[0][0]

    def test_an_open_index_answers_from_the_old_state_while_an_update_runs(self, tmp_path):
        articles, folder = write_articles(tmp_path / "news", FOUR), tmp_path / "index"
        update_index(articles, folder)
        (articles / "bridge.txt").write_text(BRIDGE_LATER, "utf-8")
        with closing(Index(folder, articles)) as index:
            before = answers(index)
            during: list[dict[str, list[str]]] = []
            update_index(articles, folder, report=lambda progress: during.append(answers(index)))
            assert during == [before] * len(during) != []
            assert answers(index) != before

    def test_a_search_never_mixes_two_states(self, tmp_path):
        articles, folder = tmp_path / "news", tmp_path / "index"
        states = [{"a.txt": BRIDGE, "b.txt": FERRY}, {"a.txt": OWLS, "b.txt": MARKET}]
        whole = []
        for state in reversed(states):
            update_index(write_articles(articles, state), folder)
            with closing(Index(folder, articles)) as opened:
                whole.append({text for text, _ in found(opened, "the Linden")})
        done = threading.Event()

        def search(index: Index) -> int:
            searches = 0
            while not done.is_set() or searches == 0:
                assert {text for text, _ in found(index, "the Linden")} in whole
                searches += 1
            return searches

        with closing(Index(folder, articles)) as index, ThreadPoolExecutor(2) as pool:
            searching = [pool.submit(search, index) for _ in range(2)]
            try:
                for _ in range(4):
                    for state in reversed(states):
                        update_index(write_articles(articles, state), folder)
            finally:
                done.set()
            assert all(running.result() > 1 for running in searching)

    def test_the_second_writer_gets_an_error_and_the_first_goes_on(self, tmp_path):
        articles, folder = write_articles(tmp_path / "news", FOUR), tmp_path / "index"
        refused: list[IndexBusyError] = []

        def second(progress: Progress) -> None:
            with pytest.raises(IndexBusyError) as raised:
                update_index(articles, folder, wait=0)
            refused.append(raised.value)

        assert update_index(articles, folder, report=second).encoded == 4
        assert refused

    def test_an_old_generation_is_answered_from_after_its_files_are_gone(self, folder, articles):
        with closing(Index(folder, articles)) as index:
            before = answers(index)
            for part in (folder / "vectors-1.faiss", *(folder / "lexical-1").iterdir()):
                part.unlink()
            assert answers(index) == before

    def test_a_summary_counts_every_part(self, index):
        summary = index.summary()
        assert (summary.files, summary.articles, summary.passages, summary.vectors, summary.lexical) == (4,) * 5
        assert (summary.generation, summary.model, summary.skipped) == (1, "all-MiniLM-L6-v2", ())

    def test_articles_are_found_by_id_and_by_name(self, index):
        (owls,) = index.articles_like("owls.txt")
        assert index.articles_like(owls.id[:8]) == [owls]
        assert index.articles_like("owl%") == []

    def test_the_catalogue_lists_every_article_as_it_is(self, index):
        assert [(entry.id, entry.path, entry.title, entry.published, entry.length) for entry in index.catalogue()] == [
            (article.id, article.path, article.title, article.published, len(article.text))
            for article in index.articles()
        ]

    def test_an_article_is_given_back_by_its_id(self, index):
        assert [index.article(entry.id) for entry in index.catalogue()] == index.articles()
        assert index.article("no such id") is None

    def test_what_is_kept_of_an_article_covers_its_sentences_and_leaves_out_the_furniture(self, index):
        (bridge,) = index.articles_like("bridge.txt")
        headline, body = (bridge.text[start:end] for start, end in index.kept(bridge))
        assert headline == BRIDGE.split("\n")[0]
        assert body == BRIDGE.rstrip().split("\n")[-1]
        for sentence in index.sentences(bridge):
            assert any(start <= sentence.start and sentence.end <= end for start, end in index.kept(bridge))

    def test_nothing_is_kept_of_an_article_that_the_index_has_otherwise(self, index):
        (bridge,) = index.articles_like("bridge.txt")
        assert index.kept(replace(bridge, text=bridge.text.upper())) == []

    def test_a_rare_term_weighs_more_than_a_common_one(self, index):
        weights = index.term_weights("Linden owls")
        assert 0 < weights[index.terms("Linden")[0]] < weights[index.terms("owls")[0]] < index.highest_term_weight()


class TestDamage:
    """Whatever happens to its files, an index answers or says what to do."""

    @pytest.mark.parametrize("harm", [halve, empty, scribble])
    @pytest.mark.parametrize("part", ["index.db", "vectors-1.faiss", "lexical-1/meta.json"])
    def test_a_damaged_part_is_told(self, folder, articles, part, harm):
        harm(folder / part)
        with pytest.raises(IndexStateError) as raised, closing(Index(folder, articles)) as index:
            answers(index)
        assert all((raised.value.what, raised.value.why, raised.value.fix))

    @pytest.mark.parametrize(
        "change",
        [
            "DELETE FROM meta WHERE key = 'digest'",
            "DELETE FROM meta WHERE key = 'model'",
            "DELETE FROM articles WHERE file = 'bridge.txt'",
            "UPDATE articles SET published = 'soon'",
        ],
    )
    def test_a_database_that_lacks_something_is_told(self, folder, articles, change):
        with closing(sqlite3.connect(folder / "index.db")) as database, database:
            database.execute("PRAGMA foreign_keys = OFF")
            database.execute(change)
        with pytest.raises(IndexDamagedError), closing(Index(folder, articles)) as index:
            answers(index)

    @pytest.mark.parametrize("harm", [halve, scribble])
    @pytest.mark.parametrize("part", ["index.db", "vectors-1.faiss", "lexical-1/meta.json"])
    def test_an_update_tells_damage_or_mends_it(self, folder, articles, tmp_path, part, harm):
        news = write_articles(articles.parent / "changed" / "news", {**FOUR, "bridge.txt": BRIDGE_LATER})
        other = tmp_path / "other"
        update_index(write_articles(news, FOUR), other)
        write_articles(news, {**FOUR, "bridge.txt": BRIDGE_LATER})
        harm(other / part)
        error = damage_told(lambda: update_index(news, other))
        assert error is None or error.fix == MENDED_BY

    def test_parts_of_different_updates_are_told(self, folder, articles, tmp_path):
        news = write_articles(tmp_path / "news", {"bridge.txt": BRIDGE})
        update_index(news, tmp_path / "other")
        shutil.copy(tmp_path / "other" / "vectors-1.faiss", folder)
        with pytest.raises(IndexDamagedError, match="does not belong"):
            Index(folder, articles)

    def test_there_is_no_index_in_an_empty_folder_or_a_database_without_tables(self, tmp_path):
        for prepare in (lambda: None, (tmp_path / "index.db").touch):
            prepare()
            with pytest.raises(IndexNotFoundError):
                Index(tmp_path, tmp_path)

    def test_a_database_of_another_program_is_not_taken_for_an_index(self, tmp_path):
        with closing(sqlite3.connect(tmp_path / "index.db")) as database:
            database.execute("CREATE TABLE recipes (name TEXT)")
        with pytest.raises(IndexMismatchError, match="was not made by pullquote"):
            Index(tmp_path, tmp_path)

    def test_a_reader_never_takes_an_index_that_was_made_anew_for_the_one_it_has_open(self, tmp_path, exported):
        news, folder = write_articles(tmp_path / "news", FOUR), tmp_path / "index"
        update_index(news, folder)
        with closing(Index(folder, news)) as index:
            index._generation = -1
            shutil.rmtree(folder)
            update_index(write_articles(news, {**FOUR, "bridge.txt": BRIDGE_LATER}), folder)
            with pytest.raises(IndexDamagedError, match="does not belong to the other parts"):
                index.search(QUESTIONS[0], 5)


def test_reprints_of_one_text_leave_room_for_other_articles(tmp_path, exported):
    articles = tmp_path / "articles"
    articles.mkdir()
    copy = "The stone bridge over the Linden was closed on Monday. Engineers said that the river had risen."
    for number in range(15):
        (articles / f"copy-{number:02}.txt").write_text(f"Paper number {number}\n\n{copy}\n", "utf-8")
        (articles / f"plain-{number:02}.txt").write_text(copy, "utf-8")
    (articles / "other.txt").write_text("Divers inspected the closed bridge over the Linden for cracks.", "utf-8")
    update_index(articles, tmp_path / "index")
    with closing(Index(tmp_path / "index", articles)) as index:
        found = index.search("Which bridge over the Linden was closed?", 10)
        names = {Path(article.path).name for article in found.articles.values()}
        assert "other.txt" in names
        assert sum(name.startswith("plain") for name in names) <= 1
        printings = index.copies("“The stone bridge over the Linden was closed on Monday”")
    assert len(printings) == 30
    assert all(article.text[place.start : place.end].startswith("The stone") for article, place in printings)
