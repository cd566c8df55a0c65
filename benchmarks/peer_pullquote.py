"""pullquote, as ``peers.py`` runs it: its own reading, cleaning and passages, and its own answers."""

import json
from pathlib import Path

from peer_worker import Answerer, Found, Reply, run

from index.update import update_index
from qa.chat import Chat
from qa.evaluation.run import DEPTH


def build(work: Path) -> None:
    """Index the articles from scratch."""
    update_index(_articles(work), work / "pullquote")


def open_index(work: Path) -> Answerer:
    """Open the index and its models."""
    chat = Chat(_articles(work), work / "pullquote", remembered=0)
    chat.open()

    def answer(question: str) -> Reply:
        found = chat.ask(question, top=DEPTH)
        return Reply(tuple(Found(each.quote, each.span) for each in found.evidence), found.status == "not_found")

    return answer


def _articles(work: Path) -> Path:
    return Path(json.loads((work / "set.json").read_text("utf-8"))["articles"])


if __name__ == "__main__":
    run(build, open_index)
