import threading
from concurrent.futures import Future
from contextlib import closing

import pytest

from index.errors import IndexMismatchError
from index.fan_out import FanOut, told
from index.fusion import FusionSettings
from index.shard import Place, Shard, ThreadHandle
from index.update import update_index
from tests.index.corpora import FERRY, OWLS, write_articles


@pytest.fixture(scope="module")
def places(exported, tmp_path_factory):
    """Two shards, and between them one that is not there."""
    folder = tmp_path_factory.mktemp("fan")
    for name, text in (("ferry", FERRY), ("owls", OWLS)):
        update_index(write_articles(folder / name / "news", {f"{name}.txt": text}), folder / name / "index")
    return [
        Place(folder / name / "index", folder / name / "news", FusionSettings()) for name in ("ferry", "no", "owls")
    ]


@pytest.fixture
def shards(places):
    with closing(FanOut(list(map(ThreadHandle, places)))) as shards:
        yield shards


def test_answers_come_under_the_numbers_of_their_shards(shards):
    assert shards.ask(Shard.having, ["ferri", "owl"]).found == {0: [True, False], 2: [False, True]}


def test_a_shard_that_fails_does_not_keep_the_others_from_answering(shards):
    replies = shards.ask(Shard.counts)
    assert replies.found == {0: (1, 1), 2: (1, 1)}
    assert [(number, error.what) for number, error in replies.failed.items()] == [(1, "There is no index")]


def test_a_shard_that_says_nothing_is_not_waited_for_longer_than_all_are(places):
    class Silent(ThreadHandle):
        def submit(self, method, *arguments, **named):
            return Future()

    with closing(FanOut([ThreadHandle(places[0]), Silent(places[2])], patience=5.0)) as shards:
        replies = shards.ask(Shard.counts)
    assert replies.found == {0: (1, 1)}
    assert [(number, error.why) for number, error in replies.failed.items()] == [(1, "it does not answer")]


def test_shards_can_be_let_go_of_twice(places):
    shards = FanOut([ThreadHandle(places[0])])
    shards.close()
    shards.close()


def test_some_shards_can_be_asked_each_for_its_own(shards):
    replies = shards.collect(shards.begin_each(Shard.article, {2: "0" * 16, 0: "1" * 16}))
    assert replies.found == {2: None, 0: None}


def test_threads_end_when_the_shards_are_closed(places):
    before = threading.active_count()
    shards = FanOut(list(map(ThreadHandle, places)))
    shards.ask(Shard.counts)
    shards.close()
    assert threading.active_count() == before


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (IndexMismatchError("It cannot be asked", "it is of another model", "index again"), "it is of another model"),
        (TimeoutError(), "it does not answer"),
        (MemoryError("x" * 1000), "its worker failed: MemoryError"),
    ],
)
def test_why_a_shard_did_not_answer_is_told_in_a_few_words(error, why):
    assert told(error).why == why
