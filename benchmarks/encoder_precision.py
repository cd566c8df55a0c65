"""What the int8 encoder loses against fp32: the same questions over indexes made with each.

python benchmarks/encoder_precision.py WORK QUESTIONS[:ARTICLES] [QUESTIONS[:ARTICLES] ...] [--json FILE]

WORK is a folder for the two caches, which a second run uses again. Each corpus is indexed and asked in processes of its
own, whose cache holds the encoder in one of the precisions.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path

FIGURES = ("top-1", "top-3", "MRR", "span F1", "answered and right", "balanced")
EXPORT = """
import shutil, sys
from index.export import export_full_precision, export_to_cache
from index.locations import model_folder
from index.models import find_model
model = find_model()
if sys.argv[1] == "int8":
    export_to_cache(model)
elif not model_folder(model.digest).exists():
    export_full_precision(model, model_folder(model.digest))
"""


def run(cache: Path, *arguments: str) -> str:
    """Run Python with a cache of its own; returns what it printed."""
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    child = subprocess.run([sys.executable, *arguments], env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return child.stdout


def measure(cache: Path, precision: str, questions: str, articles: str) -> dict[str, float]:
    """Index the articles and ask the questions."""
    run(cache, "-c", EXPORT, precision)
    where = ["--articles", articles] if articles else []
    began = time.monotonic()
    if articles:
        run(cache, "-m", "qa.main", "index", articles)
    seconds = time.monotonic() - began
    try:
        found = json.loads(run(cache, "-m", "qa.main", "eval", questions, *where, "--json"))
    except subprocess.CalledProcessError as error:
        raise SystemExit(f"{questions} could not be asked: {error}") from error
    return {"index seconds": round(seconds, 1), **{name: round(found[name], 4) for name in FIGURES if name in found}}


def main() -> None:
    """Print a line for each corpus and precision."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path)
    parser.add_argument("corpora", nargs="+", metavar="QUESTIONS[:ARTICLES]")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    results = {}
    for corpus in options.corpora:
        questions, _, articles = corpus.partition(":")
        for precision in ("int8", "fp32"):
            figures = measure(options.work / precision, precision, questions, articles)
            results[f"{Path(questions).name} {precision}"] = figures
            print(f"{Path(questions).name:<28} {precision}  ", "  ".join(f"{k} {v}" for k, v in figures.items()))
    if options.json:
        options.json.write_text(json.dumps(results, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
