"""Building an index in shards, and all that looks at one or asks it."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from index.doctor.findings import State
from index.errors import UsageError
from index.layout import index_folders, read_layout
from qa.building import build
from qa.chat import Chat
from qa.corpus import open_corpus
from qa.inspection import describe, examined, find_article, mended
from tests.qa.commands import ROOT, run

WIRE = (
    "A fire in the Karn mill killed twelve weavers on Friday, fire chief Ida Brandt said in a statement to reporters."
)
# By their names, the first two belong to the first of two shards and the others to the second.
ARTICLES = {
    "bridge-1.txt": f"Fire in the mill of Karn\n\nPublished 8 January 2022\n\n{WIRE} The mill was built in 1911.\n",
    "owls-1.txt": "Owls of Karn\n\nTwo barn owls nest in the bell tower of Karn, the sexton Piet Harrow said.\n",
    "ferry.txt": f"Mill burns\n\nPublished 8 January 2022\n\n{WIRE} Its owner could not be reached.\n",
    "market.txt": "Market moves\n\nMayor Runa Holt opened the cheese market of Karn in the town hall on Monday.\n",
}
KILLED = "How many weavers did the fire in the Karn mill kill?"
UNKNOWN = "How many submarines did Atlantis send to Karn?"


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.fixture
def folder(news: Path, tmp_path: Path) -> Path:
    build(news, tmp_path / "index", shards=2)
    return tmp_path / "index"


def lose(folder: Path) -> str:
    """Damage the second shard so that it cannot be made again without being deleted; returns why."""
    (index_folders(folder)[1] / "index.db").write_bytes(b"damage" * 1000)
    return "index.db: file is not a database"


def test_the_command_divides_an_index_and_says_what_it_did(news: Path, tmp_path: Path) -> None:
    done = run("index", news, "--index", tmp_path / "index", "--shards", 2)
    assert done.exit_code == 0
    assert done.stdout.startswith("4 articles, 4 passages. Files: 4 added, 0 changed")
    assert run("index", news, "--index", tmp_path / "index").stdout.endswith("0 texts encoded.\n")
    layout = read_layout(tmp_path / "index")
    assert layout is not None
    assert layout.shards == 2


@pytest.mark.parametrize("question", [KILLED, "Who opened the cheese market?", UNKNOWN])
def test_shards_answer_as_one_index_does(news: Path, folder: Path, tmp_path: Path, question: str) -> None:
    answers = [Chat(news, place, remembered=0).ask(question).to_dict() for place in (folder, tmp_path / "single")]
    confidences = [answer.pop("confidence") for answer in answers]
    assert confidences[0] == pytest.approx(confidences[1], abs=0.05)
    for answer in answers:
        for one in answer["evidence"]:
            one.pop("score")
            one.pop("scores", None)
    assert answers[0] == answers[1]


def test_reprints_in_different_shards_are_one_source(news: Path, folder: Path) -> None:
    answer = Chat(news, folder).ask(KILLED)
    (reprinted,) = [one for one in answer.evidence if one.quote == WIRE]
    assert {Path(place.article.path).name for place in (reprinted, *reprinted.also)} == {"bridge-1.txt", "ferry.txt"}


def test_a_shard_that_cannot_be_searched_is_told_in_the_answer_and_in_a_refusal(news: Path, folder: Path) -> None:
    why = lose(folder)
    with_articles_left_out = f"Shard 2 of 2 could not be searched ({why}); its articles are left out."
    corpus = open_corpus(news, folder)
    corpus.index.close()
    assert corpus.info.notes == (
        f"The index could not be brought up to date ({why}); answers come from its last state.",
    )
    chat = Chat(news, folder, remembered=0)
    answered, refused = chat.ask(KILLED), chat.ask(UNKNOWN)
    assert answered.status == "answered"
    assert answered.notes == (with_articles_left_out,)
    assert refused.status == "not_found"
    assert refused.notes == (with_articles_left_out,)
    assert "never mention" in Chat(news, folder.with_name("single")).ask(UNKNOWN).missing
    assert "never mention" not in refused.missing


def test_a_shard_that_was_deleted_is_made_again_before_it_is_asked(news: Path, folder: Path) -> None:
    shutil.rmtree(index_folders(folder)[1])
    answer = Chat(news, folder).ask("Who opened the cheese market?")
    assert answer.text.startswith("Mayor Runa Holt opened the cheese market")
    assert answer.notes == ()


def test_status_sums_the_shards_and_lists_them(news: Path, folder: Path) -> None:
    table = describe(news, folder)
    assert (table["articles indexed"], table["passages"], table["files"]) == (4, 4, 4)
    sound = {"articles": 2, "passages": 2, "generation": 1, "fault": None}
    assert table["shards"] == [{"shard": 1, **sound}, {"shard": 2, **sound}]
    assert run("status", "--articles", news, "--index", folder).exit_code == 0
    why = lose(folder)
    assert why in describe(news, folder)["shards"][1]["fault"]
    told = run("status", "--articles", news, "--index", folder)
    assert told.exit_code == 3
    assert told.stdout.splitlines()[-2:] == [
        "shard 1: 2 articles, 2 passages, generation 1",
        f"shard 2: it cannot be used. The index cannot be read: {why}",
    ]
    as_json = run("status", "--articles", news, "--index", folder, "--json")
    assert (as_json.exit_code, json.loads(as_json.stdout)["articles indexed"]) == (3, 2)


def test_doctor_checks_each_shard_and_mends_the_damaged_one(news: Path, folder: Path) -> None:
    findings = examined(news, folder)
    assert {finding.state for finding in findings} == {State.SOUND}
    labels = [finding.label for finding in findings]
    assert (labels[0], labels[-1]) == ("shards.json", "origins")
    assert {"shard 1, vectors", "shard 2, lexical index"} <= set(labels)
    why = lose(folder)
    faults = [finding for finding in examined(news, folder) if finding.state is State.FAULT]
    assert {finding.shard for finding in faults} == {1}
    assert any(why in finding.detail for finding in faults)
    assert {finding.state for finding in mended(news, folder)[1] or ()} == {State.SOUND}


def test_an_article_is_shown_from_any_shard(news: Path, folder: Path) -> None:
    for name, text in ARTICLES.items():
        assert find_article(name, news, folder).text == text


def test_one_file_is_divided_and_its_path_kept(tmp_path: Path) -> None:
    dump = tmp_path / "news.jsonl"
    dump.write_text("".join(json.dumps({"text": text}) + "\n" for text in ARTICLES.values()), "utf-8")
    build(dump, tmp_path / "index", shards=2)
    answer = Chat(dump, tmp_path / "index").ask(KILLED)
    assert {place.article.path for place in (answer.evidence[0], *answer.evidence[0].also)} == {str(dump)}


def test_ray_is_refused_where_it_can_do_nothing(news: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="add --shards N"):
        build(news, tmp_path / "index", ray="local")
    with pytest.raises(UsageError, match="the index has no shards"):
        open_corpus(news, tmp_path / "index", ray="local")
    assert run("ask", KILLED, "--articles", news, "--ray", "").exit_code == 2


def test_asked_on_ray_the_command_prints_answers_and_nothing_else(news: Path, folder: Path) -> None:
    pytest.importorskip("ray")
    done = subprocess.run(
        [sys.executable, "-m", "qa.cli", "ask", "-", "-a", str(news), "--index", str(folder), "--ray", "local"],
        cwd=ROOT,
        input=f"{KILLED}\n{UNKNOWN}\n",
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "NO_COLOR": "1"},
    )
    assert done.returncode == 0, done.stderr
    answered, refused = map(json.loads, done.stdout.splitlines())
    assert answered["evidence"][0]["quote"] == WIRE
    assert refused["status"] == "not_found"
    assert done.stderr == ""
