"""Every command, in a process of its own, over articles that are full of what steers terminals and forges citations."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.hostile import FLOOD, FORGERIES, IN_FILES, RAW, raw_in
from tests.qa.commands import ROOT

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere files cannot have such names")

# A file that is read has a name in UTF-8, of some 250 bytes at most; an argument may hold anything but NUL.
NAME = f"n{IN_FILES}\n[1] Reuters"
ARGUMENT = f"{NAME}\udc80"
EVIL = f"evil{IN_FILES}{FLOOD}"
QUESTION = "How many passengers did the ferry to Oslen carry?"
# So much of it that a text with a few hundred controls is not taken for binary data.
PROSE = "\n\n".join(f"Keeper {number} of the lighthouse at Oslen lit {number + 3} lamps." for number in range(40))
SAYING = {
    "ferry": f"{FORGERIES[0]}\n[2] Reuters:{EVIL} the ferry to Oslen carried 412 passengers {FORGERIES[1]}.",
    "mill": f"The {EVIL} mill of Karn ground 91 sacks{FORGERIES[2]}\n{FORGERIES[5]}\n\n{FORGERIES[3]}",
    "lamp": f"{FORGERIES[4]}\n{FORGERIES[7]} Keeper{EVIL} Ivo Brand lit 63 lamps {' '.join(FORGERIES[8:])}.",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Articles of every kind, with names of one kind, and files that are skipped."""
    folder = tmp_path_factory.mktemp("articles") / NAME[:40]
    folder.mkdir()
    mark = "".join(f"&#{ord(character)};" for character in EVIL if character not in FLOOD)
    (folder / f"{NAME}.txt").write_text(f"Ferry {EVIL}\n\nBy {EVIL}\n\n{SAYING['ferry']}\n\n{PROSE}\n", "utf-8")
    (folder / f"{NAME}.md").write_text(
        f"---\ntitle: Mill {EVIL}\npublisher: {EVIL}\n---\n\n{SAYING['mill']}\n\n{PROSE}", "utf-8"
    )
    (folder / f"{NAME}.html").write_text(
        f"<html><head><title>Owls {mark}</title><meta property='og:site_name' content='{mark}'>"
        f"<meta property='article:published_time' content='{mark}'><link rel=canonical href='https://x/{mark}'></head>"
        f"<body><article><h1>Owls {mark}</h1><p>The sexton {mark} Piet Harrow counted 17 owls in the tower of Odile,"
        f" and <b>all</b> of them slept.</p><p>{FORGERIES[0]}</p></article></body></html>",
        "utf-8",
    )
    record = {
        "title": f"Lamp {RAW}",
        "publisher": RAW,
        "date": RAW,
        "url": f"https://x/{RAW}",
        "text": SAYING["lamp"] + RAW,
    }
    (folder / f"{NAME}.json").write_text(json.dumps(record), "utf-8")
    (folder / f"{NAME}.jsonl").write_text(f'{json.dumps(record)}\n{{"title": {EVIL}\n"{EVIL}"\n', "utf-8")
    (folder / f"{NAME}broken.json").write_text(f'{{"a": {EVIL}', "utf-8")
    (folder / f"{ARGUMENT}binary.txt").write_bytes(bytes(range(32)) * 9)
    return folder


@pytest.fixture(scope="module")
def questions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("questions") / f"{NAME}.jsonl"
    gold = [
        {"id": f"{RAW}{number}<b>", "question": f"{question} {RAW}", "answers": [answer, RAW, "<script>"]}
        for number, (question, answer) in enumerate(
            [
                ("How many sacks did the mill of Karn grind?", "91"),
                ("Who counted owls?", "x"),
                ("Who won the cup?", "y"),
            ]
        )
    ]
    file.write_text("".join(f"{json.dumps(one)}\n" for one in gold), "utf-8")
    return file


@pytest.fixture(scope="module")
def call(exported: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    """Calls a command and takes what it says, which must hold nothing raw."""
    state = tmp_path_factory.mktemp("state") / NAME[:40]
    (state / "pullquote").mkdir(parents=True)
    (state / "pullquote" / "history.db").write_text("no database", "utf-8")
    environment = {**os.environ, "XDG_STATE_HOME": str(state), "PYTHONWARNINGS": "default", "PYTHONUTF8": "1"}

    def run(*arguments: object, stdin: str = "") -> "subprocess.CompletedProcess[str]":
        done = subprocess.run(
            [sys.executable, "-W", "ignore::DeprecationWarning", "-m", "qa.main", *map(str, arguments)],
            cwd=ROOT,
            env=environment,
            input=stdin.encode("utf-8", "surrogateescape"),
            capture_output=True,
            check=False,
        )
        out, err = done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
        assert not raw_in(out, allowed="\n\t" if arguments[0] == "show" else "\n")
        assert not raw_in(err)
        assert "Traceback" not in err
        assert "A fault in pullquote" not in err
        return subprocess.CompletedProcess(done.args, done.returncode, out, err)

    return run


def test_asking(call, folder):
    done = call("ask", QUESTION, "--articles", folder, "--explain", "--top", 9)
    assert done.returncode == 0
    quote, confidence, *_ = done.stdout.splitlines()
    assert "412 passengers" in quote
    assert quote.endswith(" [1]")
    assert confidence.startswith(("very likely, ", "likely, ", "uncertain, "))
    assert "skipped " in done.stderr
    assert call("ask", f"Who won the cup {ARGUMENT} of 1926?", "--articles", folder).returncode == 1


def test_json_is_ascii_and_holds_the_exact_text(call, folder):
    done = call("ask", QUESTION, "--articles", folder, "--json", "--top", 9)
    assert done.stdout.isascii()
    document = json.loads(done.stdout)
    first = document["evidence"][0]
    assert raw_in(first["quote"])
    shown = call("show", first["article"]["id"], "--articles", folder, "--json")
    assert shown.stdout.isascii()
    assert json.loads(shown.stdout)["text"][first["start"] : first["end"]] == first["quote"]
    lines = call("ask", "-", "--articles", folder, stdin=f"{QUESTION}\nWho counted owls?\n{RAW}\n\n")
    assert lines.stdout.isascii()
    assert len([json.loads(line) for line in lines.stdout.splitlines()]) >= 2


def test_the_index_and_what_is_in_it(call, folder, tmp_path):
    place = tmp_path / NAME
    here = ["--articles", folder, "--index", place]
    assert call("index", folder, "--index", place, "--shards", 2).returncode == 0
    status = call("status", *here)
    assert "shard 2" in status.stdout
    assert call("status", *here, "--json").stdout.isascii()
    assert call("doctor", *here, "--json").stdout.isascii()
    assert call("doctor", *here, "--fix").returncode == 0
    shown = call("show", f"{NAME}.txt", *here)
    assert (shown.returncode, call("show", ARGUMENT, *here).returncode) == (0, 2)
    assert shown.stdout.splitlines()[2] == ""
    (place / "shards.json").write_text(f'{{"{EVIL}": 1}}', "utf-8")
    assert call("ask", QUESTION, *here).returncode == 3


class Page(HTMLParser):
    """Notes the elements of a page, and what they refer to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.references: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        loading = ("src", "href", "srcset", "data", "action", "poster", "background", "xlink:href")
        self.references += [str(value) for name, value in attributes if name in loading or name.startswith("on")]


def test_evaluating(call, folder, questions, tmp_path):
    here = ["--articles", folder]
    earlier, page = tmp_path / f"{NAME}.json", tmp_path / f"{NAME}.html"
    told = call("eval", questions, *here, "--json", "--unanswerable", 2)
    assert told.stdout.isascii()
    document = json.loads(told.stdout)
    assert IN_FILES[-9:] in document["outcomes"][0]["question"]
    del document["outcomes"][0]
    document["outcomes"][0] |= {"rank": 7, "id": f"only{RAW}", "quote": RAW, "source": RAW, "span": RAW}
    earlier.write_text(json.dumps(document), "utf-8")
    assert call("eval", questions, *here, "--report", page, "--compare", earlier).returncode == 0
    text = page.read_text("utf-8")
    assert not raw_in(text)
    shown = Page(text)
    assert not shown.elements & {"script", "img", "link", "iframe", "object", "embed", "base", "form", "video"}
    assert all(reference.startswith("#") for reference in shown.references)
    assert "url(" not in text
    assert "@import" not in text
    assert "default-src 'none'" in text


def test_talking_in_plain_lines(call, folder):
    commands = [QUESTION, "/source 1", "/more", "/cite", "/cite 1 bibtex", "/cite 1 markdown", "/articles", "/new"]
    wrong = [f"/{RAW[1:]}".replace("\n", " "), "/source 99", f"/cite {NAME}".replace("\n", " "), RAW]
    done = call("chat", "--plain", "--articles", folder, stdin="\n".join([*commands, *wrong]))
    assert done.returncode == 0
    assert "The history was damaged" in done.stderr
    answer, *_ = [line for line in done.stdout.splitlines() if line.startswith("Answer: ")]
    assert "412 passengers" in answer


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["ask", "Who?", "--articles", f"nowhere{ARGUMENT}"], 3),
        (["ask", "Who?", "--since", ARGUMENT], 2),
        (["ask", "Who?", "--reader", ARGUMENT], 3),
        (["ask", "Who?", "--top", ARGUMENT], 2),
        (["ask", "Who?", f"--bogus{ARGUMENT}"], 2),
        (["ask", "Who?", "--index", f"/dev/null/{ARGUMENT}"], 3),
        ([f"command{ARGUMENT}"], 2),
        (["index", f"nowhere{ARGUMENT}"], 3),
        (["index", "qa/samples", "--model", ARGUMENT], 3),
        (["eval", ARGUMENT], 2),
        (["eval", "pyproject.toml", "--compare", ARGUMENT], 2),
        (["serve", "--articles", f"nowhere{ARGUMENT}"], 3),
    ],
    ids=lambda value: "-".join(part[:6] for part in value[:3] if part.isascii()) if isinstance(value, list) else "",
)
def test_a_wrong_call_is_told_in_three_lines_whatever_it_holds(call, arguments, code):
    done = call(*arguments)
    assert (done.returncode, done.stdout) == (code, "")
    what, why, fix = done.stderr.splitlines()[-3:]
    assert what.startswith("pullquote: ")
    assert why.startswith("  why: ")
    assert fix.startswith("  fix: ")


def test_questions_for_an_evaluation_or_a_training_that_are_none(call, tmp_path):
    for number, text in enumerate(
        [EVIL, f'{{"id": "{IN_FILES}"', json.dumps({"id": RAW, RAW: RAW}), json.dumps({"data": RAW})]
    ):
        file = tmp_path / f"{number}{NAME}.json"
        file.write_text(text, "utf-8")
        assert call("eval", file, "--articles", tmp_path).returncode == 2
    assert call("train", file, "--out", tmp_path / "out", "--work", tmp_path / "work").returncode == 2
