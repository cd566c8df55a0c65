import json
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from index.errors import UsageError
from index.opening import open_index
from index.ray_shards import RaySession
from tests.index.corpora import BRIDGE, FERRY, HARBOUR_LOG, MARKET, OWLS, QUESTIONS, write_articles

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def news(exported, tmp_path_factory):
    articles = {
        "bridge-1.txt": BRIDGE,
        "ferry.txt": FERRY,
        "market.txt": MARKET,
        "owls-1.txt": OWLS,
        "log.txt": HARBOUR_LOG,
    }
    return write_articles(tmp_path_factory.mktemp("ray") / "news", articles)


@pytest.fixture(scope="module")
def folder(news):
    return news.parent / "index"


@pytest.fixture(scope="module")
def outcome(news, folder):
    """What the driver told: all of its stdout is that one document."""
    pytest.importorskip("ray")
    done = subprocess.run(
        [sys.executable, "-m", "tests.index.ray_driver", str(news), str(folder), *QUESTIONS],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


def asked_here(news, folder):
    """What the same shards answer in one process."""
    from tests.index.ray_driver import passages

    with closing(open_index(folder, news)) as index:
        return [json.loads(json.dumps(passages(index, question))) for question in QUESTIONS]


def test_tasks_build_the_shards_and_actors_answer_as_one_process_does(outcome, news, folder):
    assert outcome["articles"] == 5
    assert outcome["told"] == asked_here(news, folder)


def test_no_question_is_lost_when_workers_die(outcome):
    assert outcome["answers"] == outcome["told"]
    assert outcome["replaced"]
    assert outcome["after"] == outcome["told"][0]


def test_a_shard_is_done_again_when_its_worker_dies(outcome):
    assert outcome["done again"]


def test_a_shard_that_is_not_there_is_told_by_its_actor(outcome):
    assert outcome["missing"].startswith("nothing was indexed in ")


@pytest.mark.skipif(sys.platform != "linux", reason="the system tells who listens in /proc")
def test_ray_on_this_machine_listens_to_this_machine_alone(outcome):
    loopback = {"0100007F", "0000000000000000FFFF00000100007F", "00000000000000000000000001000000"}
    assert outcome["addresses"]
    assert set(outcome["addresses"]) <= loopback


def test_ray_ends_with_the_index(outcome):
    assert outcome["is over"]


def test_without_the_extra_the_command_that_installs_it_is_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(UsageError) as raised:
        RaySession("head:6379")
    assert raised.value.fix == 'run: pip install "pullquote[ray]"'


@pytest.mark.parametrize("address", ["a word that is no address", "127.0.0.1:1", "ray://127.0.0.1:1"])
def test_a_cluster_that_cannot_be_reached_is_told(exported, address):
    pytest.importorskip("ray")
    code = """
import sys
from index.errors import IndexStateError
from index.ray_shards import RaySession
try:
    RaySession(sys.argv[1])
except IndexStateError as error:
    print(error.what)
"""
    command = [sys.executable, "-c", code, address]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True, timeout=60)
    assert done.stdout == f"Ray cannot be reached at {address}\n"
