import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def modules_after(statement: str) -> set[str]:
    """The top-level modules in a fresh interpreter after a statement."""
    code = f"import sys; {statement}; print(*{{name.partition('.')[0] for name in sys.modules}})"
    return set(
        subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True
        ).stdout.split()
    )


def test_naming_the_chat_loads_no_screen() -> None:
    assert "textual" not in modules_after("import tui")


def test_the_screen_is_drawn_without_search_engine_or_model() -> None:
    heavy = {"numpy", "faiss", "torch", "onnxruntime", "tantivy", "tokenizers", "sentence_transformers"}
    assert not heavy & modules_after("import tui.app")
