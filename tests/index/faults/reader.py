"""Asks an index while others write it: ``python reader.py FOLDER ARTICLES``, until its standard input is closed.

Each line of standard output is one answer: the words found that tell a version of the articles. The index is kept open
for some questions, and then opened again.
"""

import json
import re
import select
import sys
from contextlib import closing
from pathlib import Path

from index.errors import PullquoteError
from index.opening import open_index
from tests.index.corpora import found

QUESTIONS = ("Which edition tells of the bridge?", "What does the ferry cost in this edition?", "Where do owls nest?")
ASKED = 12


def versions(texts: list[str]) -> list[str]:
    """The versions that some texts are of: more than one make a mixture."""
    return sorted({version for text in texts for version in re.findall(r"edition (\w+)", text)})


def main(folder: Path, articles: Path) -> None:
    def tell(what: object) -> None:
        sys.stdout.write(json.dumps(what) + "\n")
        sys.stdout.flush()

    while not select.select([sys.stdin], [], [], 0)[0]:
        try:
            with closing(open_index(folder, articles)) as index:
                for number in range(ASKED):
                    tell(versions([text for text, _ in found(index, QUESTIONS[number % len(QUESTIONS)])]))
                    tell(versions([article.text for article in index.articles()]))
        except PullquoteError as error:
            tell(f"{type(error).__name__}: {error}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
