"""Four shards against the single index, and shards on Ray: agreement, building, asking, and a worker that is killed.

    python benchmarks/shards.py --news FOLDER --squad FILE --work FOLDER

The news articles and the paragraphs of the SQuAD file are two corpora. Their questions are asked of the single index,
and of one divided into four shards. ``alike`` tells for how many the first answer is the same (answered or refused,
the quote, and the words in it), and which share of the 50 passages that the single index finds the shards find too;
once more without the correction for how rare words are in each shard (``uncorrected``).

Then the news are indexed and asked on Ray with 1, 2 and 4 shards; 1 is the single index, without Ray. While questions
are asked, the worker of a shard is killed twice. The indexes stay in the work folder: a second run builds them anew
only where it measures building.
"""

import argparse
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import results

from index.contract import ArticleIndex
from index.fusion import FusionSettings
from index.layout import index_folders
from index.library import Index
from index.opening import open_index
from index.ray_shards import RaySession
from index.shard import Place, Shard, ThreadHandle
from index.sharded import ShardedIndex
from index.sharding import update_shards
from qa.answering import Answerer
from qa.evaluation.questions import GoldQuestion, draw, read_questions
from qa.evaluation.squad_corpus import keep_paragraphs
from qa.question import read_question
from qa.span_reader import SpanReader

DEPTH = 50
SHARDS = 4
THRESHOLD = 0.2


def main() -> None:
    """Build, ask, compare, and write the measurements."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--news", type=Path, required=True, help="a folder with articles and questions.jsonl")
    parser.add_argument("--squad", type=Path, required=True, help="a file of questions in SQuAD format")
    parser.add_argument("--work", type=Path, required=True, help="where the indexes are kept")
    parser.add_argument("--questions", type=int, default=500, help="how many questions are asked of both")
    parser.add_argument("--timed", type=int, default=100, help="how many news questions are timed")
    parser.add_argument("--only", choices=("alike", "ray"), help="measure one of the two alone")
    results.add_options(parser)
    options = parser.parse_args()
    news = list(read_questions(options.news / "questions.jsonl").questions)
    squad = read_questions(options.squad)
    drawn = draw(squad.questions, max(0, options.questions - len(news)), seed=0)
    articles = options.news / "articles"
    reader = SpanReader()
    measured: dict[str, Any] = {}
    if options.only != "ray":
        corpora = {"news": (articles, news), "squad": (keep_paragraphs(squad.paragraphs), drawn)}
        measured["alike"] = agreement(corpora, options.work, reader)
    if options.only != "alike":
        measured["ray"] = [
            on_ray(articles, news[: options.timed], options.work, shards, reader) for shards in (1, 2, 4)
        ]
        measured["killed"] = killed(articles, news[: options.timed], options.work, reader)
    results.keep("shards", measured, options)


class Uncorrected(ThreadHandle):
    """A shard whose words weigh by how rare they are in that shard alone."""

    def submit(self, method: Callable[..., Any], *arguments: Any, **named: Any) -> "Future[Any]":
        """Begin to call a method, without how often words occur in the other shards."""
        if method.__name__ == Shard.find.__name__:
            arguments = (*arguments[:-1], None)
        return super().submit(method, *arguments, **named)


def agreement(
    corpora: dict[str, tuple[Path, Sequence[GoldQuestion]]], work: Path, reader: SpanReader
) -> dict[str, Any]:
    """How alike four shards and the single index answer, corpus by corpus and together."""
    told: dict[str, Any] = {}
    rows: dict[str, list[tuple[bool, float]]] = {"corrected": [], "uncorrected": []}
    for name, (articles, questions) in corpora.items():
        single, divided = work / f"{name}-1", work / f"{name}-{SHARDS}"
        update_shards(articles, single, shards=1)
        update_shards(articles, divided, shards=SHARDS)
        places = [Place(folder, articles.resolve(), FusionSettings()) for folder in index_folders(divided)]
        with ExitStack() as stack:
            one = stack.enter_context(closing(Index(single, articles)))
            several = {
                "corrected": stack.enter_context(closing(ShardedIndex(divided, map(ThreadHandle, places)))),
                "uncorrected": stack.enter_context(closing(ShardedIndex(divided, map(Uncorrected, places)))),
            }
            print(
                f"{name}: {len(questions)} questions, shards of {[p.articles for p in parts(several)]}", file=sys.stderr
            )
            asked = [question.question for question in questions]
            expected = [(first_answer(one, text, reader), passages(one, text)) for text in asked]
            for kind, index in several.items():
                own = [
                    (
                        first_answer(index, text, reader) == first,
                        len(there & passages(index, text)) / max(1, len(there)),
                    )
                    for text, (first, there) in zip(asked, expected, strict=True)
                ]
                rows[kind] += own
                told.setdefault(kind, {})[name] = summed(own)
    for kind, own in rows.items():
        told[kind]["together"] = summed(own)
    return told


def parts(several: dict[str, ShardedIndex]) -> list[Any]:
    """What each shard holds."""
    return list(several["corrected"].parts().found.values())


def summed(rows: Sequence[tuple[bool, float]]) -> dict[str, float]:
    """The measures of some questions."""
    return {
        "questions": len(rows),
        "same first answer": round(sum(same for same, _ in rows) / len(rows), 4),
        "overlap of 50": round(sum(overlap for _, overlap in rows) / len(rows), 4),
    }


def first_answer(index: ArticleIndex, text: str, reader: SpanReader) -> tuple[str, str, str]:
    """Whether a question is answered, and the first sentence with the words in it that answer."""
    answer = Answerer(index, reader, THRESHOLD).answer(read_question(text), top=5)
    first = answer.evidence[0] if answer.evidence else None
    return (answer.status, first.quote, first.span) if first else (answer.status, "", "")


def passages(index: ArticleIndex, text: str) -> set[tuple[str, int, int]]:
    """The passages that search finds, by article and range."""
    found = index.search(text, DEPTH)
    return {
        (found.articles[hit.passage.article].id, hit.passage.sentences[0].start, hit.passage.sentences[-1].end)
        for hit in found.hits
    }


def on_ray(
    articles: Path, questions: Sequence[GoldQuestion], work: Path, shards: int, reader: SpanReader
) -> dict[str, Any]:
    """Building the articles' index anew and asking it, times in seconds and milliseconds."""
    folder = work / f"ray-{shards}"
    shutil.rmtree(folder, ignore_errors=True)
    session, started = timed(lambda: RaySession("local")) if shards > 1 else (None, 0.0)
    report, built = timed(lambda: update_shards(articles, folder, shards=shards, workers=session))
    index, opened = timed(lambda: open_index(folder, articles.resolve(), None, session))
    with closing(index):
        index.search(questions[0].question, DEPTH)
        searched = [1000 * timed(lambda text=each.question: index.search(text, 7))[1] for each in questions]
        answered = [1000 * timed(lambda text=each.question: first_answer(index, text, reader))[1] for each in questions]
    told = {
        "shards": shards,
        "passages": report.passages,
        "start of Ray s": round(started, 2),
        "build s": round(built, 2),
        "open s": round(opened, 2),
        "search ms": results.spread(searched),
        "answer ms": results.spread(answered),
    }
    print(told, file=sys.stderr)
    return told


def killed(articles: Path, questions: Sequence[GoldQuestion], work: Path, reader: SpanReader) -> dict[str, Any]:
    """Ask all questions, and kill the worker of a shard at a third and at two thirds of them."""
    folder = work / f"ray-{SHARDS}"
    with closing(Index(work / "ray-1", articles)) as single:
        expected = [first_answer(single, each.question, reader) for each in questions]
    session = RaySession("local")
    actors = workers(folder, articles.resolve(), session)
    with closing(ShardedIndex(folder, [handle for handle, _ in actors], None, session.close)) as index:
        index.search(questions[0].question, DEPTH)
        answers, times, told = [], [], 0
        with ThreadPoolExecutor(1) as killer:
            for number, each in enumerate(questions):
                if number in (len(questions) // 3, 2 * len(questions) // 3):
                    # While the question is under way.
                    killer.submit(kill_soon, actors[number % SHARDS][1])
                begun = time.perf_counter()
                told += bool(index.search(each.question, 7).notes)
                answers.append(first_answer(index, each.question, reader))
                times.append(1000 * (time.perf_counter() - begun))
    same = sum(ours == theirs for ours, theirs in zip(answers, expected, strict=True))
    return {
        "questions": len(questions),
        "answers": len(answers),
        "killed": 2,
        "answers that lack a shard": told,
        "same first answer as the single index": same,
        "slowest ms": round(max(times)),
        "median ms": round(sorted(times)[len(times) // 2]),
    }


def workers(folder: Path, base: Path, session: RaySession) -> list[tuple[Any, Callable[[], int]]]:
    """A handle of each shard, and what tells the id of its process."""
    places = [Place(part, base, FusionSettings()) for part in index_folders(folder)]
    return [(handle, process_of(handle)) for handle in session.handles(places)]


def process_of(handle: Any) -> Callable[[], int]:
    """What tells the id of the process that holds a shard now."""
    import ray

    actor = vars(handle)["_actor"]
    return lambda: int(ray.get(actor.__ray_call__.remote(lambda _: os.getpid())))


def kill_soon(process: Callable[[], int]) -> None:
    """Kill a worker."""
    os.kill(process(), signal.SIGKILL)


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    """What some work gives, and the seconds it takes."""
    begun = time.perf_counter()
    done = work()
    return done, time.perf_counter() - begun


if __name__ == "__main__":
    main()
