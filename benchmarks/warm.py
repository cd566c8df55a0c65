"""How long a question takes once the index is open and the models are loaded, and where the time goes.

    python benchmarks/warm.py --set NAME QUESTIONS ARTICLES [--set …] [--rounds 3] [--save]

Each set is a name, a file of questions as ``pullquote eval`` reads it, and its folder of articles. ``Chat.ask`` answers
every question of it, ``--rounds`` times, and a question's time is the median of its rounds: what is shown is the median
and the 95th percentile over the questions. One more round runs with a stopwatch inside, which tells how much of the
time each step takes for itself.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

import results
from steps import ASKING, Stopwatch

from qa.chat import Chat
from qa.evaluation.questions import GoldQuestion, read_questions


def times_of(chat: Chat, questions: Sequence[GoldQuestion], rounds: int) -> list[float]:
    """The milliseconds of each question, the median over some rounds."""
    taken: list[list[float]] = [[] for _ in questions]
    for _ in range(rounds):
        for place, gold in enumerate(questions):
            began = time.perf_counter()
            chat.ask(gold.question)
            taken[place].append(1000 * (time.perf_counter() - began))
    return [median(each) for each in taken]


def steps_of(chat: Chat, questions: Sequence[GoldQuestion], watch: Stopwatch) -> dict[str, dict[str, float]]:
    """The milliseconds of each step: median and 95th percentile over the questions, the largest first."""
    rows = []
    for gold in questions:
        watch.seconds.clear()
        chat.ask(gold.question)
        rows.append(dict(watch.seconds))
    names = sorted({name for row in rows for name in row}, key=lambda name: -sum(row.get(name, 0.0) for row in rows))
    return {name: results.spread([1000 * row.get(name, 0.0) for row in rows]) for name in names}


def main() -> None:
    """Measure every set, print and keep."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", nargs=3, action="append", required=True, metavar=("NAME", "QUESTIONS", "ARTICLES"))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--questions", type=int, help="ask only so many of each set")
    results.add_options(parser)
    options = parser.parse_args()
    watch = Stopwatch(ASKING)
    measured: dict[str, Any] = {"sets": {}}
    opened = []
    for name, file, articles in options.set:
        questions = read_questions(Path(file)).questions[: options.questions]
        chat = Chat(articles, remembered=0)
        info = chat.open()
        chat.ask(questions[0].question)
        times = results.spread(times_of(chat, questions, options.rounds))
        measured["sets"][name] = {"articles": info.articles, "passages": info.passages, "milliseconds": times}
        opened.append((name, chat, questions))
    # The stopwatch slows down what it times, so that it comes after all the rest.
    watch.attach()
    for name, chat, questions in opened:
        measured["sets"][name]["steps ms"] = steps_of(chat, questions, watch)
        chat.close()
    measured["memory MB"] = results.peak_memory()
    show(measured)
    results.keep("warm", measured, options)


def show(measured: dict[str, Any]) -> None:
    """Print the times of each set, and those of its steps."""
    for name, found in measured["sets"].items():
        took = found["milliseconds"]
        print(
            f"{name}: median {took['median']:.0f} ms, p95 {took['p95']:.0f} ms over {took['count']} questions,"
            f" {found['passages']} passages",
            file=sys.stderr,
        )
        for step, each in found["steps ms"].items():
            print(f"  {each['median']:>7.1f} ms  p95 {each['p95']:>7.1f}  {step}", file=sys.stderr)


if __name__ == "__main__":
    main()
