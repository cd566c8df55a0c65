import shutil
import sqlite3
import threading
from contextlib import closing
from datetime import date

import numpy as np
import pytest

from index.copies import is_copy, wording_of
from index.errors import IndexStateError
from index.layout import index_folders
from index.library import Index
from index.opening import open_index
from index.sharding import update_shards
from index.update import update_index
from tests.index.corpora import BRIDGE, BRIDGE_LATER, FERRY, HARBOUR_LOG, MARKET, OWLS, QUESTIONS, found, write_articles

ARTICLES = {
    "bridge-1.txt": BRIDGE,
    "bridge-3.txt": BRIDGE_LATER,
    "ferry.txt": FERRY,
    "market.txt": MARKET,
    "owls-1.txt": OWLS,
    **{
        f"log-{part}.txt": f"Harbour log, part {part}\n\n" + "\n".join(HARBOUR_LOG.split("\n")[2 + 10 * part :][:10])
        for part in range(10)
    },
}


@pytest.fixture(scope="module")
def corpora(exported, tmp_path_factory):
    """Some articles, one index of them, and the same divided into three shards."""
    place = tmp_path_factory.mktemp("sharded")
    news = write_articles(place / "news", ARTICLES)
    update_index(news, place / "single")
    update_shards(news, place / "shards", shards=3)
    return news, place / "single", place / "shards"


@pytest.fixture
def single(corpora):
    news, folder, _ = corpora
    with closing(Index(folder, news)) as index:
        yield index


@pytest.fixture
def sharded(corpora):
    news, _, folder = corpora
    with closing(open_index(folder, news)) as index:
        yield index


@pytest.fixture
def damaged(corpora, tmp_path):
    """The shards, of which the second is gone."""
    news, _, folder = corpora
    shutil.copytree(folder, tmp_path / "damaged")
    shutil.rmtree(index_folders(tmp_path / "damaged")[1])
    with closing(open_index(tmp_path / "damaged", news)) as index:
        yield index


def lacking(damaged, sharded):
    """An article of the shard that is gone."""
    there = {article.id for article in damaged.articles()}
    return next(article for article in sharded.articles() if article.id not in there)


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_finds_the_passages_that_it_finds_in_one_index(single, sharded, question):
    expected, own = found(single, question, 50), found(sharded, question, 50)
    assert own[0][0] == expected[0][0]
    # Only the mean length of a passage still differs from shard to shard.
    assert dict(own) == pytest.approx(dict(expected), abs=0.05)


def test_cosines_are_those_of_one_index(single, sharded):
    for question in QUESTIONS:
        one, several = single.search(question, 50), sharded.search(question, 50)
        assert np.array_equal(one.question, several.question)
        cosines, own = (
            {(result.articles[hit.passage.article].id, hit.passage.sentences): hit.dense for hit in result.hits}
            for result in (one, several)
        )
        assert own == pytest.approx(cosines)


def test_hits_and_articles_have_numbers_of_their_own(sharded):
    result = sharded.search("How many boats and swans were counted?", 50)
    assert len({hit.passage.id for hit in result.hits}) == len(result.hits)
    assert result.articles.keys() == {hit.passage.article for hit in result.hits}
    for hit in result.hits:
        text = result.articles[hit.passage.article].text
        assert text[hit.passage.sentences[0].start : hit.passage.sentences[0].end].strip()


def test_a_range_of_days_is_that_of_one_index(single, sharded):
    days = date(2021, 3, 4), date(2021, 6, 1)
    texts = [
        {result.articles[hit.passage.article].text for hit in result.hits}
        for result in (index.search("What will open?", 50, *days) for index in (single, sharded))
    ]
    assert texts[0] == texts[1] == {FERRY, OWLS}
    assert sharded.search("What will open?", 50, date(1999, 1, 1), date(1999, 1, 2)).hits == ()


def test_words_weigh_as_in_one_index(single, sharded):
    for question in (*QUESTIONS, "zebra", ""):
        assert sharded.term_weights(question) == pytest.approx(single.term_weights(question))
        assert sharded.terms(question) == single.terms(question)
    assert sharded.highest_term_weight() == pytest.approx(single.highest_term_weight())


def test_shards_tell_together_what_one_index_tells(single, sharded):
    assert sharded.counts() == single.counts()
    assert sharded.undated() == single.undated()
    assert sharded.catalogue() == single.catalogue()
    assert sharded.articles() == single.articles()
    one, several = single.summary(), sharded.summary()
    assert (several.files, several.articles, several.vectors, several.lexical, several.skipped) == (
        one.files,
        one.articles,
        one.vectors,
        one.lexical,
        one.skipped,
    )
    assert np.array_equal(sharded.encode(["Rain fell."]), single.encode(["Rain fell."]))


def test_each_article_is_found_wherever_it_lies(single, sharded):
    for article in single.articles():
        assert sharded.article(article.id) == article
        assert sharded.articles_like(article.id) == [article]
        assert sharded.sentences(article) == single.sentences(article)
        assert sharded.kept(article) == single.kept(article)
        assert sharded.origin(article) == single.origin(article)
    assert sharded.article("0" * 16) is None
    assert [article.text for article in sharded.articles_like("ferry.txt")] == [FERRY]


@pytest.mark.parametrize(
    "words", ["ferry", "ferry owls", "Brandt", "zebra", "ferry zebra", "Skip to main content", "Veldt", "Harow"]
)
def test_what_the_articles_mention_and_how_they_spell_it(single, sharded, words):
    assert sharded.mentions(words) == single.mentions(words)
    assert sharded.has(words) == single.has(words)
    assert sharded.spellings(words) == single.spellings(words)


def test_copies_are_found_in_every_shard_also_beside_no_printing(exported, tmp_path):
    sentence = "The harbour office of Oslen said on Monday that 12 boats had left the old quay before the storm."
    near = sentence.replace("the old quay", "the quay")
    assert is_copy(wording_of(sentence), wording_of(near))
    # By their names, the three belong to three different shards of three.
    articles = {"agency-5.txt": f"{sentence}\n", "agency-2.txt": f"{near}\n", "agency-0.txt": f"{sentence}\n"}
    news = write_articles(tmp_path / "news", articles)
    update_index(news, tmp_path / "single")
    update_shards(news, tmp_path / "shards", shards=3)
    with (
        closing(Index(tmp_path / "single", news)) as single,
        closing(open_index(tmp_path / "shards", news)) as sharded,
    ):
        assert sharded.copies(sentence) == single.copies(sentence)
        assert len(sharded.copies(sentence)) == 3


def test_a_shard_that_cannot_be_searched_is_told_and_the_others_answer(damaged, sharded):
    result = damaged.search("How many swans were counted on day 64?", 50)
    assert result.hits
    (note,) = result.notes
    assert note.startswith("Shard 2 of 3 could not be searched (nothing was indexed in ")
    assert note.endswith("its articles are left out.")
    assert sharded.search("How many swans were counted on day 64?", 50).notes == ()


def test_where_a_shard_cannot_look_nothing_is_denied(damaged):
    assert damaged.mentions("zebra")
    assert damaged.has("zebra")
    assert damaged.spellings("Harow") == []


def test_what_is_left_of_the_shards_can_be_looked_at(damaged, sharded):
    gone = lacking(damaged, sharded)
    assert damaged.article(gone.id) is None
    assert damaged.counts()[0] < sharded.counts()[0]
    assert list(damaged.parts().failed) == [1]


def test_a_shard_that_comes_back_is_searched_again(corpora, tmp_path):
    news, _, folder = corpora
    shutil.copytree(folder, tmp_path / "damaged")
    part = index_folders(tmp_path / "damaged")[2]
    part.rename(tmp_path / "kept")
    with closing(open_index(tmp_path / "damaged", news)) as index:
        assert index.search("Where do the owls nest?", 5).notes
        (tmp_path / "kept").rename(part)
        assert not index.search("Where do the owls nest?", 5).notes


def test_an_index_of_which_no_shard_can_be_searched_is_not_opened(corpora, tmp_path):
    news, _, folder = corpora
    shutil.copytree(folder, tmp_path / "damaged")
    for part in index_folders(tmp_path / "damaged"):
        (part / "index.db").write_bytes(b"damage" * 1000)
    before = threading.active_count()
    with pytest.raises(IndexStateError):
        open_index(tmp_path / "damaged", news)
    assert threading.active_count() == before


def test_updates_are_followed(exported, tmp_path):
    news = write_articles(tmp_path / "news", {"ferry.txt": FERRY, "owls-1.txt": OWLS})
    update_shards(news, tmp_path / "index", shards=2)
    with closing(open_index(tmp_path / "index", news)) as index:
        assert not any("cheese market" in text for text, _ in found(index, "Who opened the cheese market?"))
        write_articles(news, {"ferry.txt": FERRY, "owls-1.txt": OWLS, "market.txt": MARKET})
        update_shards(news, tmp_path / "index")
        assert "cheese market" in found(index, "Who opened the cheese market?")[0][0]


def test_a_shard_of_another_model_is_left_out_and_told(corpora, tmp_path):
    news, _, folder = corpora
    shutil.copytree(folder, tmp_path / "mixed")
    with closing(sqlite3.connect(index_folders(tmp_path / "mixed")[0] / "index.db")) as database, database:
        database.execute("UPDATE meta SET value = ? WHERE key = 'digest'", ("0" * 64,))
    with closing(open_index(tmp_path / "mixed", news)) as index:
        result = index.search("What does a ferry ticket cost?", 50)
    assert result.notes == ("Shard 1 of 3 could not be searched (it is of another model); its articles are left out.",)
    assert result.hits


def test_a_shard_that_answers_the_search_is_not_told_as_left_out(corpora, tmp_path):
    news, _, folder = corpora
    shutil.copytree(folder, tmp_path / "damaged")
    part = index_folders(tmp_path / "damaged")[2]
    with closing(open_index(tmp_path / "damaged", news)) as index:
        part.rename(tmp_path / "kept")
        encode = index.encode

        def comes_back(texts):
            # The shard is asked for its facts before the question is encoded, and searched afterwards.
            index.parts()
            (tmp_path / "kept").rename(part)
            return encode(texts)

        index.encode = comes_back
        assert not index.search("Where do the owls nest?", 5).notes


def test_shards_that_can_all_not_be_read_any_more_are_told(corpora, tmp_path):
    news, _, folder = corpora
    shutil.copytree(folder, tmp_path / "lost")
    with closing(open_index(tmp_path / "lost", news)) as index:
        for part in index_folders(tmp_path / "lost"):
            (part / "index.db").write_bytes(b"damage" * 1000)
        with pytest.raises(IndexStateError):
            index.summary()
