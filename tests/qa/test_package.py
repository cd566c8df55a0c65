import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import qa

ROOT = Path(__file__).resolve().parents[2]
HEAVY = {"torch", "transformers", "sentence_transformers", "faiss", "onnxruntime", "textual", "tantivy"}


def test_the_public_names_are_the_documented_ones() -> None:
    assert qa.__all__ == ["Answer", "Chat", "Evidence", "PullquoteError", "ask"]


@pytest.mark.parametrize("name", qa.__all__)
def test_each_public_name_can_be_imported_and_is_documented(name: str) -> None:
    found = getattr(qa, name)
    assert found is getattr(import_module(found.__module__), name)
    assert found.__doc__


def test_a_name_that_is_not_public_is_no_attribute() -> None:
    name = "answer_all"
    with pytest.raises(AttributeError, match="no attribute 'answer_all'"):
        getattr(qa, name)


@pytest.mark.parametrize(
    "statement",
    ["import qa", "from qa import ask, Chat", "import qa.cli; qa.cli.app(['--help'], standalone_mode=False)"],
)
def test_naming_the_package_or_asking_for_help_loads_no_model_library(statement: str) -> None:
    code = f"import sys; {statement}; print(*{{name.partition('.')[0] for name in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)
    loaded = set(done.stdout.split())
    assert "qa" in loaded
    assert HEAVY & loaded == set()


def test_asking_a_built_index_loads_nothing_that_builds_indexes_or_completes_follow_ups() -> None:
    code = (
        "import sys; from qa import ask; assert ask(sys.argv[1]).status == 'answered'; print(*sys.modules, sep='\\n')"
    )
    command = [sys.executable, "-c", code, "How many troops did the CSTO send?"]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    loaded = set(done.stdout.split())
    assert {"qa.answering", "index.library", "faiss", "tantivy", "onnxruntime"} <= loaded
    trained = {"torch", "transformers", "sentence_transformers", "scipy", "onnx", "huggingface_hub", "ray"}
    screens = {"textual", "rich.progress", "typer", "pydantic"}
    building = {"nupunkt", "trafilatura", "lxml", "index.intake", "index.cleaning", "index.sentences", "index.export"}
    assert not loaded & (trained | screens | building)
    assert not [name for name in loaded if name.startswith("qa.followup.re")]
