"""Every command with an empty home, without a network, and with the most careless rights for new files.

What Python itself asks of the network is caught by an audit hook in each process; where ``strace`` is there, the calls
of all libraries are looked at too.
"""

import json
import os
import re
import shutil
import signal
import stat
import subprocess
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from tests.qa.commands import ROOT
from tests.qa.training.made import news_rows, words_of

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="rights and terminals are those of POSIX")

QUESTION = "How many troops did the CSTO send?"

# Python runs a module of this name at the start of every process, also of the one that exports the model.
HOOK = """
import os, sys

LOCAL = {"localhost", "127.0.0.1", "::1", None}

def refuse(event, arguments):
    if event in ("socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo",
                 "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo"):
        address = arguments[0] if event.startswith("socket.get") else arguments[-1]
        if event.startswith("socket.get") and not isinstance(address, tuple):
            place = address
        elif isinstance(address, tuple):
            place = address[0]
        else:
            return  # a socket of the file system
        if place in LOCAL and event in ("socket.bind", "socket.getaddrinfo"):
            return
        with open(os.environ["CALLS"], "a") as calls:
            calls.write(f"{event} {address!r}\\n")
        raise OSError("the network is closed")

sys.addaudithook(refuse)
"""

STRACE = shutil.which("strace")
UNSHARE = shutil.which("unshare")
# A call of the system that reaches another machine, or could; the second part is its own machine.
ABROAD = re.compile(r"(?:connect|sendto|sendmsg|bind)\(.*AF_INET")
HERE = re.compile(r"bind\(.*(?:\"127\.0\.0\.1\"|\"::1\")")


def works(*command: str) -> bool:
    return subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0


class Home:
    """An empty home in which commands are run."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.calls = place / "calls"
        self.traces = place / "traces"
        self.user = place / "user"
        for folder in (self.user, place / "hook", self.traces):
            folder.mkdir()
        (place / "hook" / "sitecustomize.py").write_text(HOOK, "utf-8")
        dropped = ("XDG_", "HF_", "TRANSFORMERS_", "RAY_", "ORT_", "PYTHONPATH")
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
        self.environment |= {
            "HOME": str(self.user),
            "CALLS": str(self.calls),
            "PYTHONPATH": f"{place / 'hook'}{os.pathsep}{ROOT}",
            "TERM": "xterm-256color",
        }
        self.environment |= {f"XDG_{name}_HOME": str(self.user / name.lower()) for name in ("CACHE", "CONFIG", "STATE")}
        self.closed = (UNSHARE, "-rn") if UNSHARE and works(UNSHARE, "-rn") else ()
        self.traced = (STRACE, "-f", "-qq", "-e", "trace=connect,sendto,sendmsg,bind", "-o") if STRACE else ()
        if STRACE and not works(STRACE, "-o", os.devnull):
            self.traced = ()

    def command(self, *arguments: object, closed: bool = True) -> list[str]:
        trace = (*self.traced, str(self.traces / str(len(list(self.traces.iterdir()))))) if self.traced else ()
        return [*trace, *(self.closed if closed else ()), sys.executable, "-m", "qa.main", *map(str, arguments)]

    def run(self, *arguments: object, stdin: str = "", umask: int = 0o000) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            self.command(*arguments),
            cwd=ROOT,
            env=self.environment,
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
            preexec_fn=partial(os.umask, umask),
        )

    def asked_of_the_network(self) -> list[str]:
        python = self.calls.read_text("utf-8").splitlines() if self.calls.exists() else []
        lines = [line for trace in self.traces.iterdir() for line in trace.read_text("utf-8", "replace").splitlines()]
        return python + [line for line in lines if ABROAD.search(line) and not HERE.search(line)]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home in which every command was run once, the first of which had to export the model."""
    home = Home(tmp_path_factory.mktemp("home"))
    place = home.place
    news = place / "news"
    news.mkdir()
    (news / "owls.txt").write_text("Owls\n\nTwo owls have nested in the bell tower of Saint Odile.\n", "utf-8")
    gold = place / "gold.jsonl"
    gold.write_text(json.dumps({"id": "1", "question": "Where have owls nested?", "answers": ["tower"]}), "utf-8")
    paragraph = {"context": "Two owls nest in the tower.", "qas": [{"id": "1", "question": "Where?", "answers": []}]}
    squad = place / "squad.json"
    squad.write_text(json.dumps({"data": [{"title": "Owls", "paragraphs": [paragraph]}]}), "utf-8")
    home.told = [
        home.run("index", "--model", "all-MiniLM-L6-v2", news),
        home.run("index", news, "--index", place / "made" / "shards", "--shards", 2),
        home.run("ask", QUESTION, "--explain"),
        home.run("ask", "Where have owls nested?", "--articles", news, "--json"),
        home.run("ask", "-", "--articles", news, stdin="Where have owls nested?\n"),
        home.run("status", "--articles", news),
        home.run("doctor", "--articles", news),
        home.run("show", "owls.txt", "--articles", news),
        home.run("eval", gold, "--articles", news, "--report", place / "report.html"),
        home.run("eval", squad),
        home.run("chat", "--plain", stdin=f"{QUESTION}\n/source 1\n/cite\n/articles\n"),
        home.run("--help"),
    ]
    return home


def test_every_command_works_without_a_network(home):
    assert [(done.returncode, done.stderr) for done in home.told if done.returncode] == []
    assert "about 2,500 troops" in home.told[2].stdout
    assert "about 2,500 troops" in home.told[-2].stdout


def test_no_command_asks_anything_of_the_network(home):
    assert home.asked_of_the_network() == []


def test_a_model_that_is_not_there_is_not_fetched(home):
    done = home.run("index", home.place / "news", "--index", home.place / "other", "--model", "some/other-model")
    assert done.returncode == 3
    assert "pullquote downloads nothing" in done.stderr
    assert home.asked_of_the_network() == []


def test_the_chat_in_the_terminal_asks_nothing_of_the_network(home):
    ours, theirs = os.openpty()
    with subprocess.Popen(
        home.command("chat", QUESTION), cwd=ROOT, env=home.environment, stdin=theirs, stdout=theirs, stderr=theirs
    ) as process:
        os.close(theirs)
        screen = b""
        while b"2,500" not in screen:
            screen += os.read(ours, 65_536)
        os.write(ours, b"\x11")
        try:
            while os.read(ours, 65_536):
                pass
        except OSError:  # how Linux tells that the other end was closed
            pass
    os.close(ours)
    assert process.returncode == 0
    assert home.asked_of_the_network() == []


def test_a_training_asks_nothing_of_the_network(home):
    rows = [
        {"question": row.question, "context": f"{row.context} It was closure {n}.", "answer": words_of(row)}
        | {"start": row.answer and row.answer[0]}
        for n in range(7)
        for row in map(replace, news_rows())
    ]
    data = home.place / "rows.jsonl"
    data.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    reader = home.place / "made" / "reader"
    done = home.run("train", data, "--out", reader, "--work", home.place / "made" / "work", "--epochs", 0.06)
    assert (done.returncode, home.asked_of_the_network()) == (0, []), done.stderr
    assert home.run("ask", QUESTION, "--reader", reader).returncode in (0, 1)


def test_the_served_chat_listens_on_this_machine_alone(home):
    pytest.importorskip("textual_serve")
    command = home.command("serve", "--port", 8765, closed=False)
    with subprocess.Popen(
        command, cwd=ROOT, env=home.environment, stderr=subprocess.PIPE, start_new_session=True
    ) as process:
        assert process.stderr is not None
        assert b"The chat is open at http://localhost:8765" in process.stderr.readline()
        os.killpg(process.pid, signal.SIGINT)
        process.communicate(timeout=60)
    assert home.asked_of_the_network() == []


def test_the_check_itself_would_find_a_call(home, tmp_path):
    """As a library would make it, in Python and past it."""
    other = Home(tmp_path)
    code = "import socket; socket.socket().connect(('192.0.2.1', 9))"
    command = [*other.command()[:-2], "-c", code]
    assert subprocess.run(command, env=other.environment, capture_output=True, check=False).returncode == 1
    assert "socket.connect ('192.0.2.1', 9)" in other.asked_of_the_network()
    past_python = (
        "import ctypes, socket, struct; libc = ctypes.CDLL(None); s = libc.socket(2, 2, 0);"
        " libc.connect(s, struct.pack('HH4s8x', 2, socket.htons(9), bytes([192, 0, 2, 1])), 16)"
    )
    if other.traced:
        subprocess.run([*other.command()[:-2], "-c", past_python], env=other.environment, check=True)
        assert "AF_INET" in other.asked_of_the_network()[-1]


def for_others(path: Path) -> int:
    """What others may do with a file or folder."""
    return stat.S_IMODE(path.lstat().st_mode) & 0o077


def test_nothing_is_kept_but_by_pullquote_and_for_its_user_alone(home):
    kept = [path for path in home.user.rglob("*") if path.is_file()]
    assert {path.relative_to(home.user).parts[:2] for path in kept} == {("cache", "pullquote"), ("state", "pullquote")}
    made = [*kept, *(path for path in (home.place / "made").rglob("*") if path.is_file())]
    assert len({path.suffix for path in made}) > 5
    for path in made:
        assert any(for_others(folder) == 0 for folder in path.parents if folder.is_relative_to(home.place)), path
    for path in (home.user / "state").rglob("*"):
        assert for_others(path) == 0, path


@pytest.mark.parametrize("umask", [0o022, 0o077])
def test_an_index_in_a_folder_that_was_made_to_be_shared_can_be_read_there(home, tmp_path, umask):
    shared = tmp_path / "shared"
    shared.mkdir(mode=0o755)
    news = home.place / "news"
    done = home.run("index", news, "--index", shared, "--shards", 2, umask=umask)
    assert done.returncode == 0
    assert stat.S_IMODE(shared.stat().st_mode) == 0o755
    assert all(for_others(path) & 0o022 == 0 for path in shared.rglob("*"))
    if umask == 0o022:
        assert all(for_others(path) & 0o044 == 0o044 for path in shared.rglob("*"))
