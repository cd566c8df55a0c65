from contextlib import closing

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.layout import ORIGINS_FILE, index_folders
from index.library import Index
from index.opening import open_index
from index.shard_origins import update_shard_origins
from index.sharding import update_shards
from index.update import update_index
from tests.index.corpora import FERRY, OWLS, write_articles

SENTENCES = [
    f"The harbour office of {place} said on Monday that {number} boats had left the old quay before the storm."
    for number, place in enumerate(("Oslen", "Bramford", "Linden", "Saint Odile", "Marrow", "Tarn"), start=12)
]
AGENCY = "\n\n".join(SENTENCES[:4]) + "\n"
LATER = AGENCY.replace("12 boats", "13 boats")


def origins(folder, news):
    with closing(open_index(folder, news)) as index:
        return {article.id: index.origin(article) for article in index.articles()}


@pytest.fixture
def news(exported, tmp_path):
    # By their names, the printings belong to three different shards of three.
    return write_articles(
        tmp_path / "news",
        {"agency-5.txt": AGENCY, "agency-2.txt": f"Storm empties the quay\n\n{AGENCY}", "agency-0.txt": AGENCY},
    )


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "index"


def test_reprints_in_different_shards_are_of_one_origin(news, folder):
    update_shards(news, folder, shards=3)
    found = origins(folder, news)
    assert len(found) == 3
    assert set(found.values()) == {min(found)}


def test_a_new_figure_in_another_shard_is_another_origin(news, folder):
    write_articles(news, {"agency-5.txt": AGENCY, "agency-2.txt": LATER})
    update_shards(news, folder, shards=3)
    found = origins(folder, news)
    assert all(article == origin for article, origin in found.items())


def test_shards_that_changed_since_they_were_compared_are_believed_each_for_itself(news, folder):
    update_shards(news, folder, shards=3)
    (news / "agency-8.txt").write_text(FERRY, "utf-8")
    changed = next(part for part in index_folders(folder) if update_index(news, part).added)
    found = origins(folder, news)
    assert all(article == origin for article, origin in found.items()), changed.name
    update_shards(news, folder)
    assert len(set(origins(folder, news).values())) == 2


def test_without_what_was_compared_each_shard_counts_for_itself(news, folder):
    update_shards(news, folder, shards=3)
    (index_folders(folder)[0] / ORIGINS_FILE).unlink()
    found = origins(folder, news)
    assert all(article == origin for article, origin in found.items())
    update_shards(news, folder)
    assert set(origins(folder, news).values()) == {min(found)}


def test_nothing_is_compared_where_nothing_changed(news, folder):
    update_shards(news, folder, shards=3)
    reported = []
    update_shard_origins(news, index_folders(folder), lambda *counts: reported.append(counts))
    assert reported == []


def test_a_shard_that_was_made_anew_is_compared_anew(news, folder):
    import shutil

    update_shards(news, folder, shards=3)
    before = origins(folder, news)
    for part in index_folders(folder):
        shutil.rmtree(part)
        update_shards(news, folder)
        assert origins(folder, news) == before


CORPORA = st.dictionaries(
    st.sampled_from([f"{name}-{number}.txt" for name in ("agency", "paper") for number in range(4)]),
    st.lists(st.sampled_from([*SENTENCES, LATER.split("\n")[0]]), min_size=2, max_size=4, unique=True).map("\n\n".join)
    | st.sampled_from([AGENCY, LATER, OWLS]),
    min_size=2,
)


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(states=st.lists(CORPORA, min_size=1, max_size=3))
def test_after_any_updates_origins_are_those_of_one_index(exported, tmp_path_factory, states):
    place = tmp_path_factory.mktemp("origins")
    for state in states:
        news = write_articles(place / "news", state)
        update_shards(news, place / "index", shards=3)
    update_index(news, place / "single")
    with closing(Index(place / "single", news)) as single:
        expected = {article.id: single.origin(article) for article in single.articles()}
    assert origins(place / "index", news) == expected
