"""SECURITY.md names tests that are there, and the files of pinned packages agree."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SECURITY = (ROOT / "SECURITY.md").read_text("utf-8")
THREATS = [line for line in SECURITY.splitlines() if line.startswith("| ")][1:]


def pins(name: str) -> dict[str, str]:
    """The version of each package that a file pins, by its normalized name."""
    found = re.findall(r"^([\w.-]+)==([^\s\\]+)", (ROOT / name).read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[-_.]+", "-", package).lower(): version for package, version in found}


def test_every_test_that_it_names_exists() -> None:
    defined = {
        node.name
        for path in (ROOT / "tests").rglob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    named = set(re.findall(r"`(test_\w+)`", SECURITY))
    assert len(named) > 30
    assert named <= defined


def test_every_file_that_it_names_exists() -> None:
    named = re.findall(r"`((?:tests|docs|qa|index|tui)/[\w/.]+|[\w-]+\.(?:txt|lock))`", SECURITY)
    assert len(named) > 3
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_every_threat_has_a_test() -> None:
    assert len(THREATS) > 15
    assert [line for line in THREATS if "`test" not in line.split(" | ")[-1]] == []


def test_the_lock_pins_what_the_constraints_pin_but_for_torch() -> None:
    assert pins("requirements.lock") == {name: pin for name, pin in pins("constraints.txt").items() if name != "torch"}
    assert f"torch=={pins('constraints.txt')['torch']}\n" in SECURITY


def test_every_pin_of_the_lock_has_hashes() -> None:
    blocks = re.split(r"^(?=[\w.-]+==)", (ROOT / "requirements.lock").read_text("utf-8"), flags=re.MULTILINE)[1:]
    assert all(re.search(r"--hash=sha256:[0-9a-f]{64}\b", block) for block in blocks)
