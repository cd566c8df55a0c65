"""Updates an index: ``python writer.py FOLDER ARTICLES SECONDS``; prints ``done``, or the class of the error."""

import sys
from pathlib import Path

import pytest

from index.errors import PullquoteError
from index.update import update_index
from tests.index.faults.actions import read_here


def main(folder: Path, articles: Path, wait: float) -> None:
    read_here(pytest.MonkeyPatch())
    try:
        update_index(articles, folder, wait=wait)
    except PullquoteError as error:
        sys.stdout.write(type(error).__name__)
    else:
        sys.stdout.write("done")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3]))
