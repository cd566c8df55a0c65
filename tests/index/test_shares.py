import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import IndexDamagedError
from index.shares import WHOLE, Share, read_share
from index.store import Store
from index.update import update_index

NAMES = st.text(min_size=1, max_size=40)


@given(name=NAMES, of=st.integers(1, 50))
def test_every_name_belongs_to_exactly_one_share(name, of):
    assert sum(Share(number, of).holds(name) for number in range(of)) == 1


@given(name=NAMES)
def test_the_whole_holds_everything(name):
    assert WHOLE.holds(name)


def test_shares_are_the_same_on_every_machine():
    """Python's own hashes differ from process to process; an index would be torn by them."""
    assert [[name for name in "abcdefgh" if Share(number, 3).holds(name)] for number in range(3)] == [
        ["c", "f"],
        ["g", "h"],
        ["a", "b", "d", "e"],
    ]


def test_shares_are_nearly_equal():
    names = [f"2022/01/{number}.txt" for number in range(4_000)]
    counts = [sum(map(Share(number, 4).holds, names)) for number in range(4)]
    assert min(counts) > 900


def test_a_file_of_one_article_goes_to_one_share_as_a_whole():
    share = next(share for share in (Share(0, 2), Share(1, 2)) if share.holds("rain.txt"))
    assert share.reads("rain.txt")
    assert share.holds_article("rain.txt", "0123456789abcdef")
    assert not Share(1 - share.number, 2).reads("rain.txt")


@pytest.mark.parametrize("dump", ["all.jsonl", "ALL.JSON", "old/all.ndjson"])
def test_every_share_reads_a_dump_and_holds_some_of_its_articles(dump):
    ids = [f"{number:016x}" for number in range(100)]
    shares = [Share(number, 3) for number in range(3)]
    assert all(share.reads(dump) for share in shares)
    held = [{each for each in ids if share.holds_article(dump, each)} for share in shares]
    assert all(held)
    assert sorted(each for part in held for each in part) == ids


@given(of=st.integers(1, 20), data=st.data())
def test_a_share_is_read_as_it_was_written(of, data):
    share = Share(data.draw(st.integers(0, of - 1)), of)
    assert read_share(str(share)) == share


@pytest.mark.parametrize("text", ["", "4", "4/4", "a/b", "-1/4", "1/0"])
def test_what_is_no_share_is_damage(text):
    with pytest.raises(IndexDamagedError):
        read_share(text)


def shard_texts(folder, base):
    store = Store(folder, base)
    try:
        with store.reading():
            return [article.text for article in store.all_articles()]
    finally:
        store.close()


def test_a_dump_is_spread_over_the_shards_and_what_is_skipped_is_told_once(exported, tmp_path):
    news = tmp_path / "news"
    news.mkdir()
    texts = [f"The harbour master counted {number} boats at the old quay." for number in range(30)]
    lines = [json.dumps({"text": text}) for text in texts]
    (news / "dump.jsonl").write_text("\n".join([*lines, "{broken", '{"title": "no text"}']), "utf-8")
    (news / "rain.txt").write_text("Rain fell on Monday, and the fair was called off.", "utf-8")
    (news / "empty.txt").touch()
    reports = [update_index(news, tmp_path / str(number), share=Share(number, 3)) for number in range(3)]
    found = [shard_texts(tmp_path / str(number), news) for number in range(3)]
    assert sorted(text for part in found for text in part if "boats" in text) == sorted(texts)
    assert all(part for part in found)
    assert sum(report.added for report in reports) == 2
    assert sorted(item.path for report in reports for item in report.skipped) == [
        "dump.jsonl:31",
        "dump.jsonl:32",
        "empty.txt",
    ]


def test_an_update_goes_on_with_the_share_that_the_index_was_made_with(exported, tmp_path):
    news = tmp_path / "news"
    news.mkdir()
    for name in "abcdefgh":
        (news / f"{name}.txt").write_text(f"The ferry {name.upper()} was late on Monday.", "utf-8")
    share = Share(0, 2)
    update_index(news, tmp_path / "index", share=share)
    own = shard_texts(tmp_path / "index", news)
    assert 0 < len(own) < 8
    report = update_index(news, tmp_path / "index")
    assert (report.added, report.removed, report.unchanged) == (0, 0, len(own))
    assert shard_texts(tmp_path / "index", news) == own


def test_a_share_without_articles_is_an_empty_index(exported, tmp_path):
    news = tmp_path / "news"
    news.mkdir()
    (news / "rain.txt").write_text("Rain fell on Monday, and the fair was called off.", "utf-8")
    empty = next(share for share in (Share(0, 2), Share(1, 2)) if not share.reads("rain.txt"))
    report = update_index(news, tmp_path / "index", share=empty)
    assert (report.articles, report.passages, report.skipped) == (0, 0, ())
    (news / "damage.jsonl").write_text("{broken", "utf-8")
    later = update_index(news, tmp_path / "index")
    assert [item.path for item in later.skipped] == (["damage.jsonl:1"] if empty.holds("damage.jsonl") else [])
