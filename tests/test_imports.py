"""What is imported when: help and an answer must not wait for what they do not use."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODEL_LIBRARIES = {"torch", "transformers", "sentence_transformers"}
HEAVY = MODEL_LIBRARIES | {"faiss", "onnxruntime", "tantivy", "tokenizers", "numpy", "textual"}
# What only the training of a reader needs.
TRAINING = MODEL_LIBRARIES | {"scipy", "safetensors", "qa.training"}

TELL = "import json, sys; print('\\n' + json.dumps(sorted(sys.modules)))"


def imported_by(code: str, *arguments: str) -> set[str]:
    """The modules that a clean interpreter holds after running some code."""
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\n{TELL}", *arguments], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize("name", ["qa", "qa.main", "qa.cli", "qa.answer", "tui", "index.errors", "index.records"])
def test_importing_a_public_module_loads_nothing_heavy(name):
    assert not imported_by(f"import {name}") & HEAVY


@pytest.mark.parametrize("arguments", [["--help"], ["ask", "--help"], ["index", "--help"], ["--version-that-is-not"]])
def test_help_loads_nothing_heavy(arguments):
    code = """
from qa.cli import run
try:
    run()
except SystemExit:
    pass
"""
    assert not imported_by(code, *arguments) & HEAVY


@pytest.mark.parametrize("name", ["qa", "qa.chat", "qa.span_reader", "qa.evaluation.run", "tui"])
def test_importing_what_answers_loads_nothing_of_the_training(name):
    assert not imported_by(f"import {name}") & TRAINING


def test_the_help_of_the_training_loads_nothing_of_it():
    code = """
from qa.cli import run
try:
    run()
except SystemExit as end:
    assert not end.code, end.code
"""
    assert not imported_by(code, "train", "--help") & (HEAVY | TRAINING)


def test_building_an_index_and_asking_never_load_a_training_framework_or_a_screen(exported, corpus, tmp_path):
    code = """
import sys
from pathlib import Path
from index.library import Index
from index.update import update_index
articles, folder = map(Path, sys.argv[1:])
assert update_index(articles, folder).encoded == 3
assert Index(folder, articles).search("What does a ferry ticket cost?", 3).hits
"""
    loaded = imported_by(code, str(corpus), str(tmp_path / "index"))
    assert {"faiss", "onnxruntime", "tantivy"} <= loaded
    assert not loaded & (TRAINING | {"textual"})


def test_asking_for_an_answer_never_loads_anything_of_the_training(exported, corpus, tmp_path):
    code = """
import sys
from qa import ask
answer = ask("What does a ferry ticket cost?", sys.argv[1], index=sys.argv[2])
assert answer.evidence
"""
    loaded = imported_by(code, str(corpus), str(tmp_path / "index"))
    assert {"onnxruntime", "qa.span_reader"} <= loaded
    assert not loaded & (TRAINING | {"textual"})


def test_the_command_line_never_loads_a_training_framework_or_a_screen(exported, corpus, tmp_path):
    code = """
from qa.cli import run
try:
    run()
except SystemExit as end:
    assert end.code in (0, 1), end.code
"""
    where = ["--articles", str(corpus), "--index", str(tmp_path / "index")]
    assert not imported_by(code, "ask", "What does a ferry ticket cost?", *where) & (TRAINING | {"textual"})


@pytest.mark.parametrize("name", ["qa.chat", "qa.building", "index.opening", "index.sharded", "index.ray_shards"])
def test_ray_is_not_loaded_before_it_is_connected_to(name):
    assert "ray" not in imported_by(f"import {name}")


def test_shards_are_built_and_asked_without_ray_where_it_is_not_named(exported, corpus, tmp_path):
    code = """
import sys
from qa.building import build
from qa import ask
assert build(sys.argv[1], sys.argv[2], shards=2).articles == 3
assert ask("What does a ferry ticket cost?", sys.argv[1], index=sys.argv[2]).evidence
"""
    loaded = imported_by(code, str(corpus), str(tmp_path / "index"))
    assert "index.sharded" in loaded
    assert not loaded & (TRAINING | {"ray", "textual"})


def test_an_index_without_shards_is_asked_without_loading_what_shards_need(exported, corpus, tmp_path):
    code = """
import sys
from qa import ask
assert ask("What does a ferry ticket cost?", sys.argv[1], index=sys.argv[2]).evidence
"""
    loaded = imported_by(code, str(corpus), str(tmp_path / "index"))
    assert not loaded & {"ray", "index.sharded", "index.shard", "index.ray_shards", "index.shard_origins"}
