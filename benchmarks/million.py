"""Retrieval over a million passages: opening, latency, recall, memory.

    python benchmarks/million.py --news FOLDER --spans FILE --work FOLDER

The passages are real sentences recombined (``benchmarks/recombined.py``), written as articles, sentences and passages
into an index directory by the code that writes every index; only copies are not looked for. What was made is kept in
the work folder, so that a second run only measures: about 4 GB for a million.

Opening and asking are measured in a process of their own. Memory a passage is what that process holds more than one
that did the same with a thousand passages. Recall is the share of the 50 passages nearest to a question, among all
vectors before they were put into the index, that dense search finds. On a machine that does other things too, processor
times tell more than the clock; both are given.
"""

import argparse
import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
import results
from numpy.typing import NDArray
from recombined import Pool, load_pool, made_articles, mean_vectors

from index.encoder import Encoder, encoder_for
from index.encoding import sampled_sentences
from index.generation import lexical_folder, vectors_file
from index.lexical import LexicalIndex
from index.library import Index
from index.models import DEFAULT_MODEL, find_model
from index.passages import embedded_text
from index.recall import exactly_nearest, recall_of, updated
from index.spool import vector_spool
from index.store import FORMAT_VERSION, Store
from index.vector_settings import VectorSettings
from index.vectors import VectorIndex
from index.versions import COPIES_VERSION
from index.writing import documents

Times = NDArray[np.float64]

DEPTH = 50
# How many passages an answer is looked for in.
READ = 7
FEW = 1_000
NEAREST = "nearest.npy"


def main() -> None:
    """Make what is not there yet, measure, and write the measurements."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--news", type=Path, required=True, help="a folder with articles and questions.jsonl")
    parser.add_argument("--spans", type=Path, required=True, help="a gzipped JSONL file with contexts and questions")
    parser.add_argument("--work", type=Path, required=True, help="where the sentences and the index are kept")
    parser.add_argument("--passages", type=int, default=1_000_000)
    parser.add_argument("--questions", type=int, default=500)
    parser.add_argument("--compared", type=int, default=3_000, help="passages that are also encoded as they are")
    parser.add_argument("--seed", type=int, default=0)
    results.add_options(parser)
    options = parser.parse_args()
    model = find_model(DEFAULT_MODEL)
    encoder = encoder_for(model.name, model.digest)
    pool = load_pool(options.work, options.news, options.spans, options.questions, encoder)
    measured: dict[str, Any] = {"passages": options.passages, "sentences": len(pool.sentences)}
    measures = {}
    for count in (FEW, options.passages):
        folder = options.work / f"index-{count}"
        if not (folder / NEAREST).exists():
            measured["build"] = build(folder, pool, count, options.seed, encoder)
        measures[count] = apart(ask_all, folder, pool.questions)
    measured |= measures[options.passages]
    more = {kind: measured["memory"][kind] - measures[FEW]["memory"][kind] for kind in ("in all", "of files")}
    measured["bytes a passage"] = {kind: size / (options.passages - FEW) for kind, size in more.items()}
    measured |= parts(options.work / f"index-{options.passages}", pool, options.passages)
    if options.compared:
        measured["means against true vectors"] = compared(pool, options.compared, options.seed + 1, encoder)
    results.keep("million", measured, options)


def build(folder: Path, pool: Pool, passages: int, seed: int, encoder: Encoder) -> dict[str, float]:
    """Make an index; returns how many seconds each step took."""
    seconds = {}
    model = find_model(DEFAULT_MODEL)
    settings = VectorSettings()
    folder.mkdir(parents=True, exist_ok=True)
    with closing(Store.create(folder, folder)) as store, vector_spool(folder, encoder.dimension) as spool:
        with store.writing():
            store.make_tables()
            store.clear()
            begin = time.perf_counter()
            for made in made_articles(pool, passages, seed):
                added = store.add_article(made.article.path, made.article, made.sentences, made.windows)
                spool.append([passage.id for passage in added], mean_vectors(pool, made.drawn))
            seconds["rows"], begin = lap(begin)
            LexicalIndex.create(lexical_folder(folder, 1), None).update([], documents(store, 0))
            seconds["lexical"], begin = lap(begin)
            vectors, recall = updated(
                VectorIndex.empty(encoder.dimension),
                [],
                spool,
                lambda: encoder.encode(sampled_sentences(store, settings.questions)),
                settings,
            )
            vectors.save(vectors_file(folder, 1))
            seconds["vectors"], begin = lap(begin)
            store.set_meta(
                {
                    "articles": str(folder), "model": model.name, "digest": model.digest, "generation": "1",
                    "format": str(FORMAT_VERSION), "copies": str(COPIES_VERSION), "recall": f"{recall:.4f}",
                }
            )  # fmt: skip
        np.save(folder / NEAREST, exactly_nearest(pool.asked, spool.batches(), min(DEPTH, passages)))
    return seconds


def lap(begin: float) -> tuple[float, float]:
    """The seconds since a moment, and the present moment."""
    now = time.perf_counter()
    return round(now - begin, 2), now


def apart(work: Callable[..., dict[str, Any]], *arguments: Any) -> dict[str, Any]:
    """Do something in a fresh process."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(work, *arguments).result()


def ask_all(folder: Path, questions: Sequence[str]) -> dict[str, Any]:
    """Open an index and ask it all questions."""
    opening = {}
    for name, prepare in (("first", forget), ("again", list)):
        prepare(folder.rglob("*"))
        begin = time.perf_counter()
        Index(folder, folder).close()
        opening[name] = time.perf_counter() - begin
    with closing(Index(folder, folder)) as index:
        index.search(questions[0], READ)
        encoding = timed(lambda question: index.encode([question]), questions)
        with_encoding = timed(lambda question: index.search(question, READ), questions)
        memory = resident()
        index.search(questions[0], READ, date(2019, 3, 1))
        month = timed(lambda text: index.search(text, READ, date(2019, 3, 1), date(2019, 3, 31)), questions[:50])
        years = timed(lambda text: index.search(text, READ, date(2018, 1, 1), None), questions[:50])
        absent = timed(index.mentions, [f"zzyq{place}x" for place in range(5)])
    return {
        "seconds to open": opening,
        "ms": {
            "encoding": spread(encoding),
            "retrieval": spread(with_encoding - encoding),
            "retrieval with encoding": spread(with_encoding),
            "retrieval in one month": spread(month),
            "retrieval in eight years": spread(years),
            "whether a word that is not there is mentioned": spread(absent),
        },
        "memory": memory,
    }


def parts(folder: Path, pool: Pool, passages: int) -> dict[str, Any]:
    """Each search on its own, and the sizes of the files."""
    vectors = VectorIndex.load(vectors_file(folder, 1), passages)
    lexical = LexicalIndex.load(lexical_folder(folder, 1), passages)
    nearest = np.load(folder / NEAREST)
    dense = timed(lambda place: vectors.search(pool.asked[place], DEPTH), range(len(pool.asked)))
    bm25 = timed(lambda question: lexical.search(question, DEPTH, 0.5), pool.questions)
    return {
        "lists": vectors.lists,
        "probes": vectors.probes,
        "recall@50": recall_of(vectors, pool.asked, nearest),
        "ms of each": {"dense": spread(dense), "lexical": spread(bm25)},
        "megabytes": {
            "vectors": vectors_file(folder, 1).stat().st_size / 1e6,
            "lexical": sum(path.stat().st_size for path in lexical_folder(folder, 1).iterdir()) / 1e6,
            "database": (folder / "index.db").stat().st_size / 1e6,
        },
    }


def compared(pool: Pool, passages: int, seed: int, encoder: Encoder) -> dict[str, Any]:
    """The recall of an approximate index of some passages, by the means of their sentences and by true vectors."""
    made = list(made_articles(pool, passages, seed))
    texts = [
        embedded_text("", " ".join(pool.sentences[place] for place in drawn)) for one in made for drawn in one.drawn
    ]
    kinds = {
        "means": mean_vectors(pool, [drawn for one in made for drawn in one.drawn]),
        "true": encoder.encode(texts),
    }
    settings = VectorSettings(exact=0, recall=1.0)
    told: dict[str, Any] = {"cosine": float(np.mean(np.sum(kinds["means"] * kinds["true"], axis=1)))}
    for kind, vectors in kinds.items():
        ids = np.arange(passages)
        index = VectorIndex.approximate(vectors, settings.lists(passages))
        index.add(ids, vectors)
        nearest = exactly_nearest(pool.asked, iter([(ids, vectors)]), DEPTH)
        told[kind] = {}
        for probes in (2, 4, 8, 16, 32):
            index.probe(probes)
            told[kind][probes] = recall_of(index, pool.asked, nearest)
    return told


def timed(work: Callable[[Any], object], items: Sequence[Any]) -> Times:
    """The seconds that something takes with each of some items, and the seconds that processors work for it."""
    seconds, busy = [], []
    for item in items:
        begin, busy_before = time.perf_counter(), time.process_time()
        work(item)
        seconds.append(time.perf_counter() - begin)
        busy.append(time.process_time() - busy_before)
    return np.array([seconds, busy])


def spread(times: Times) -> dict[str, float]:
    """Median and 95th percentile, in milliseconds."""
    told = {}
    for kind, seconds in zip(("", "processor "), times * 1e3, strict=True):
        told[f"{kind}median"] = round(float(np.median(seconds)), 2)
        told[f"{kind}p95"] = round(float(np.percentile(seconds, 95)), 2)
    return told


def forget(files: Any) -> None:
    """Let the system forget what it keeps of some files in memory, so that they are read from the disk again."""
    for path in files:
        if path.is_file():
            descriptor = os.open(path, os.O_RDONLY)
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
            os.close(descriptor)


def resident() -> dict[str, int]:
    """The bytes of memory that this process holds, and how many of them are pages of files."""
    lines = Path("/proc/self/status").read_text().splitlines()
    sizes = {
        name: int(rest.split()[0]) * 1024 for name, rest in (line.split(":", 1) for line in lines if "Rss" in line)
    }
    return {"in all": sum(sizes.values()), "of files": sizes["RssFile"]}


if __name__ == "__main__":
    main()
