"""Plants faults, one by one, in a copy of the source, and tells which tests catch them: ``python -m tests.planted``.

A test that cannot fail proves nothing. The faults are those of ``plants.py``; a table of them in Markdown goes to
standard output (it is kept in ``docs/planted-faults.md``). The exit code is 1 if one of them was not caught.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.plants import PLANTS, Plant

ROOT = Path(__file__).parents[1]
COPIED = ("index", "qa", "tui", "tests", "conftest.py", "pyproject.toml", "README.md", "docs", "constraints.txt")
SECONDS = 120


@contextmanager
def planted(source: Path, plant: Plant) -> Iterator[None]:
    """A fault in a copy of the source."""
    path = source / plant.file
    text = path.read_text("utf-8")
    assert text.count(plant.before) == 1, f"{plant.name}: what is to be replaced is not there once"
    path.write_text(text.replace(plant.before, plant.after), "utf-8")
    try:
        yield
    finally:
        path.write_text(text, "utf-8")


def failed(source: Path, test: str) -> str:
    """The name of the first test that fails; empty if none does."""
    command = [
        sys.executable, "-P", "-m", "pytest", "-x", "-q", "-p", "no:randomly", "-p", "no:cacheprovider",
        "--timeout", str(SECONDS), test,
    ]  # fmt: skip
    environment = {**os.environ, "PYTHONPATH": str(source), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, cwd=source, env=environment, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return ""
    if done.returncode != 1 and "Timeout" not in done.stdout + done.stderr:
        # There is no such test, or it cannot even begin.
        return ""
    found = re.search(r"^(?:FAILED|ERROR) \S*?([^:/]+\.py\S*::.*?)(?: - .*)?$", done.stdout, re.MULTILINE)
    if found:
        return found[1]
    return f"{test} (it did not end)" if "Timeout" in done.stdout + done.stderr else f"exit code {done.returncode}"


def rows(source: Path, plants: Sequence[Plant]) -> Iterator[tuple[Plant, str]]:
    """Each fault with the test that caught it; empty if it was not caught."""
    for plant in plants:
        with planted(source, plant):
            yield plant, failed(source, plant.test)


def main(words: str) -> int:
    """Plant all faults whose kind or name has some words, and print the table."""
    chosen = [plant for plant in PLANTS if words in f"{plant.kind}: {plant.name}"]
    sys.stdout.write(
        "# Planted faults\n\nMade by `python -m tests.planted`: each fault is planted alone, and the test "
    )
    sys.stdout.write("named here then fails.\n\n| promise | fault | module | caught by |\n|---|---|---|---|\n")
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "source")
        source.mkdir()
        for name in COPIED:
            copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copyfile
            copy(ROOT / name, source / name)
        for plant, caught in rows(source, chosen):
            missed += not caught
            told = f"`{caught}`" if caught else "**nothing**"
            sys.stdout.write(f"| {plant.kind} | {plant.name} | `{plant.file}` | {told} |\n")
            sys.stdout.flush()
    sys.stdout.write(f"\n{len(chosen)} faults were planted, {len(chosen) - missed} were caught.\n")
    return 1 if missed else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("words", nargs="?", default="", help="plant only what has these words in its kind or name")
    sys.exit(main(parser.parse_args().words))
