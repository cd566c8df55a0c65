"""How long the first answer of a new process takes, from its start to its end.

    python benchmarks/cold.py [QUESTION] [--articles DIR] [--runs 10] [--save]

``pullquote ask`` is timed on an index that is already built, by default that of the sample articles. By turns with it,
a Python process is timed that imports sentence_transformers, loads the same embedding model and encodes the question,
which is the least that a system built on it must do. All files are in the disk cache: each is run once before.

Then ``pullquote ask`` runs with a stopwatch inside, which tells where its time goes. Work that goes on in two threads
at once counts in both, so that the steps can add up to more than the whole.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from typing import Any

import results
from steps import STARTING, Stopwatch

from index.models import find_model, verified_folder

QUESTION = "How many troops did the CSTO send?"
BASELINE = (
    "import sys; from sentence_transformers import SentenceTransformer; "
    "SentenceTransformer(sys.argv[1]).encode(sys.argv[2])"
)
INSIDE = "--stopwatch-inside"
# Imports of fewer milliseconds are told together.
SMALL = 5.0


def seconds(command: list[str]) -> float:
    """How long a process takes, to its end."""
    environment = {**os.environ, "HF_HUB_OFFLINE": "1"}
    began = time.perf_counter()
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    took = time.perf_counter() - began
    # pullquote ends with 1 where it refuses.
    if done.returncode not in (0, 1) or "Traceback" in done.stderr:
        raise SystemExit(f"{command[:3]} failed: {done.stderr[-2000:]}")
    return took


def ask_command(question: str, articles: str | None) -> list[str]:
    """The installed command, or where there is none its module."""
    script = Path(sys.executable).parent / "pullquote"
    start = [str(script)] if script.exists() else [sys.executable, "-m", "qa.main"]
    return [*start, "ask", question, *(["--articles", articles] if articles else [])]


def compare(question: str, articles: str | None, runs: int) -> dict[str, Any]:
    """Time both by turns, and the bare interpreter, so that figures can be compared between machines."""
    commands = {
        "pullquote ask": ask_command(question, articles),
        "sentence_transformers": [sys.executable, "-c", BASELINE, str(verified_folder(find_model())), question],
        "bare interpreter": [sys.executable, "-c", "pass"],
    }
    for command in commands.values():
        seconds(command)
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            times[name].append(1000 * seconds(command))
    return {name: results.spread(each) for name, each in times.items()}


def breakdown(question: str, articles: str | None, runs: int) -> dict[str, float]:
    """The milliseconds of each step of ``pullquote ask``: medians over some processes."""
    arguments = ask_command(question, articles)
    arguments = arguments[arguments.index("ask") :]
    found = []
    for _ in range(runs):
        began = time.time()
        done = subprocess.run(
            [sys.executable, __file__, INSIDE, str(began), *arguments], capture_output=True, text=True, check=False
        )
        ended = time.time()
        inside = json.loads(done.stderr.splitlines()[-1])
        found.append({**inside["steps"], "end the process": ended - inside["done"]})
    middles = {name: 1000 * median(each.get(name, 0.0) for each in found) for name in set().union(*found)}
    small = [name for name, took in middles.items() if name.startswith("import ") and took < SMALL]
    middles["other imports"] = sum(middles.pop(name) for name in small)
    return {name: round(took, 1) for name, took in sorted(middles.items(), key=lambda item: -item[1])}


def measure_inside(began: float, arguments: list[str]) -> None:
    """Run ``pullquote`` with a stopwatch, and write what it shows as the last line of stderr."""
    started = time.time() - began
    watch = Stopwatch(STARTING)
    sys.argv = ["pullquote", *arguments]
    watch.attach_while_importing()
    try:
        watch.timed("the rest", _run)()
    finally:
        steps = {"start the interpreter": started, **watch.seconds}
        sys.stderr.write("\n" + json.dumps({"steps": steps, "done": time.time()}) + "\n")
        sys.stderr.flush()


def _run() -> None:
    from qa.main import run

    run()


def main() -> None:
    """Time, print and keep."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("question", nargs="?", default=QUESTION)
    parser.add_argument("--articles", "-a", help="a folder of articles; by default the sample articles")
    parser.add_argument("--runs", type=int, default=10)
    results.add_options(parser)
    options = parser.parse_args()
    times = compare(options.question, options.articles, options.runs)
    steps = breakdown(options.question, options.articles, max(3, options.runs // 2))
    ratio = times["pullquote ask"]["median"] / times["sentence_transformers"]["median"]
    for name, each in times.items():
        print(f"{name:<22} median {each['median']:>8.0f} ms   p95 {each['p95']:>8.0f} ms", file=sys.stderr)
    print(f"ratio {ratio:.3f}", file=sys.stderr)
    for name, each in steps.items():
        print(f"  {each:>7.1f} ms  {name}", file=sys.stderr)
    results.keep("cold", {"milliseconds": times, "ratio": round(ratio, 4), "steps ms": steps}, options)


if __name__ == "__main__":
    if sys.argv[1:2] == [INSIDE]:
        measure_inside(float(sys.argv[2]), sys.argv[3:])
    else:
        main()
