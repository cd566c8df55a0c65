"""The README's commands, Python and output are those of the program."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command

from qa import cli
from qa.answer import Answer, Evidence

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def comparable(text: str) -> str:
    """Articles lie elsewhere on each machine, and another CPU may round a confidence otherwise."""
    text = re.sub(r"^(\s+)\S*/(qa/samples/\S+)$", r"\1\2", text.strip(), flags=re.MULTILINE)
    return re.sub(r"confidence 0\.\d\d", "confidence", text)


@pytest.mark.usefixtures("exported")
def test_the_first_line_prints_the_output_that_is_shown() -> None:
    first_line = next(line for block in blocks("sh") for line in block.splitlines() if "&& pullquote ask" in line)
    question = re.search(r'pullquote ask "(.+)"', first_line)
    assert question
    command = [sys.executable, "-m", "qa.cli", "ask", question[1]]
    printed = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert printed.returncode == 0, printed.stderr
    assert comparable(printed.stdout) == comparable(blocks("text")[0])


def test_every_command_is_told_and_every_told_command_exists() -> None:
    in_blocks = re.findall(r"\bpullquote ([a-z]+)", "\n".join(blocks("sh")))
    # A row of the table may name several commands: `pullquote status`, `doctor`.
    first_column = " ".join(re.findall(r"^\|([^|]*)\|", README, re.MULTILINE))
    in_table = re.findall(r"`(?:pullquote )?([a-z]+)\b[^`]*`", first_column)
    assert {*in_blocks, *in_table} - {"pullquote"} == set(get_command(cli.app).commands)


def test_the_python_example_parses_and_names_real_attributes() -> None:
    tree = ast.parse(blocks("python")[0])
    named = [(ast.unparse(node.value), node.attr) for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
    of_answer = {attribute for owner, attribute in named if owner == "answer"}
    of_evidence = {attribute for owner, attribute in named if owner == "e"}
    assert all(hasattr(Answer, name) for name in of_answer)
    assert all(hasattr(Evidence, name) for name in of_evidence)
    assert of_answer
    assert of_evidence


def test_the_files_it_links_to_are_there() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert (ROOT / target).exists(), target
