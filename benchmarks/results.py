"""Where measurements are kept: ``docs/benchmarks/NAME-COMMIT.json``, with the machine they were taken on.

A benchmark takes the two options from here, and hands over what it measured at its end:

    parser = argparse.ArgumentParser(description=__doc__)
    results.add_options(parser)                     # --save, --note TEXT, --json FILE
    options = parser.parse_args()
    ...
    results.keep("cold", measured, options)         # measured: plain JSON types, milliseconds and megabytes

``--json FILE`` writes the measurements alone to a file, ``-`` to stdout. ``--save`` keeps them for docs/benchmarks.md,
whose tables and plots are made of the latest file of each name with

    python benchmarks/report.py

What some script printed as JSON is kept afterwards with

    python benchmarks/results.py NAME FILE --command "python benchmarks/NAME.py …"

Only the standard library is imported here, so that the environments of the peers can use it too.
"""

import argparse
import json
import math
import os
import platform
import shlex
import statistics
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "benchmarks"
_LIBRARIES = ("onnxruntime", "tokenizers", "faiss-cpu", "tantivy", "numpy", "sentence-transformers", "torch", "ray")


def add_options(parser: argparse.ArgumentParser) -> None:
    """Give a benchmark the options ``--save``, ``--note TEXT`` and ``--json FILE``."""
    parser.add_argument("--save", action="store_true", help="keep the measurements in docs/benchmarks")
    parser.add_argument("--note", default="", help="what should be known of this run, such as what else was running")
    parser.add_argument("--json", metavar="FILE", help="write the measurements to a file, - for stdout")


def keep(name: str, measured: Any, options: argparse.Namespace) -> None:
    """Write what was measured where the options of ``add_options`` ask for it.

    Args:
        name: The name of the benchmark, such as ``cold``.
        measured: What was measured, in plain JSON types.
        options: The parsed options.
    """
    text = json.dumps(measured, indent=2, ensure_ascii=False) + "\n"
    if options.json == "-":
        sys.stdout.write(text)
    elif options.json:
        Path(options.json).write_text(text, "utf-8")
    if options.save:
        print(f"saved as {save(name, measured, options.note).relative_to(ROOT)}", file=sys.stderr)


def save(name: str, measured: Any, note: str = "", by: str = "") -> Path:
    """Keep measurements under the name of a benchmark and the present commit; an earlier file of both is replaced.

    Args:
        name: The name of the benchmark.
        measured: What was measured.
        note: What should be known of this run.
        by: The command that measured it; ``""`` stands for the one that runs here.

    Returns:
        The file.
    """
    commit = _git("rev-parse", "--short", "HEAD") or "unknown"
    document = {
        "benchmark": name,
        "commit": commit,
        # What is not committed yet is measured too: the figures then belong to the next commit.
        "uncommitted changes": bool(_git("status", "--porcelain", "--untracked-files=no")),
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "note": note,
        "command": by or command(),
        **machine(),
        "measured": measured,
    }
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / f"{name}-{commit}.json"
    path.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", "utf-8")
    return path


def latest(name: str) -> dict[str, Any] | None:
    """The document that was saved last under a name, or None where there is none."""
    documents = [json.loads(path.read_text("utf-8")) for path in FOLDER.glob(f"{name}-*.json")]
    return max(
        (document for document in documents if document["benchmark"] == name),
        key=lambda document: document["date"],
        default=None,
    )


def machine() -> dict[str, Any]:
    """What the measurements depend on: processor, cores, memory, system, Python and the libraries that compute."""
    return {
        "machine": {
            "processor": _processor(),
            "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
            "memory GB": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
            "system": f"{platform.system()} {platform.machine()}",
        },
        "python": platform.python_version(),
        "versions": versions(_LIBRARIES),
    }


def versions(packages: Sequence[str]) -> dict[str, str]:
    """The versions of those packages that are installed in this environment."""
    found = {}
    for package in packages:
        try:
            found[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            continue
    return found


def command() -> str:
    """The command that runs here, without its note, and with no more of a path than its last two parts."""
    given = sys.argv[1:]
    if "--note" in given:
        place = given.index("--note")
        given = given[:place] + given[place + 2 :]
    shown = ("/".join(Path(each).parts[-2:]) if each.startswith("/") else each for each in given)
    return shlex.join(["python", f"benchmarks/{Path(sys.argv[0]).name}", *shown])


def spread(values: Sequence[float]) -> dict[str, float]:
    """Median, 95th percentile, least and largest of some values, and how many there are.

    The percentile is the least value that 95% of them do not exceed.
    """
    ordered = sorted(values)
    return {
        "median": round(statistics.median(ordered), 2),
        "p95": round(ordered[math.ceil(0.95 * len(ordered)) - 1], 2),
        "least": round(ordered[0], 2),
        "largest": round(ordered[-1], 2),
        "count": len(ordered),
    }


def peak_memory() -> float:
    """The most memory that this process ever held, in MB.

    On Linux it is that since the program began: what ``getrusage`` tells counts the process that started it as well.
    """
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text().splitlines():
            if line.startswith("VmHWM"):
                return round(int(line.split()[1]) / 1024, 1)
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**20, 1)


def _processor() -> str:
    information = Path("/proc/cpuinfo")
    if information.exists():
        for line in information.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _git(*arguments: str) -> str:
    try:
        done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return done.stdout.strip()


if __name__ == "__main__":
    chooser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    chooser.add_argument("name", help="the name of the benchmark")
    chooser.add_argument("file", type=Path, help="what it printed as JSON")
    chooser.add_argument("--command", default="", help="the command that measured it")
    chooser.add_argument("--note", default="", help="what should be known of this run")
    chosen = chooser.parse_args()
    measured = json.loads(chosen.file.read_text("utf-8"))
    print(save(chosen.name, measured, chosen.note, chosen.command).relative_to(ROOT))
