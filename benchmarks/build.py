"""Building an index: how fast, how near to what ONNX Runtime can do, and in how much memory.

    python benchmarks/build.py ARTICLES --sizes 0.25 1

Indexes are made of a part of the articles, or of several editions of them, in which each line begins with words of its
own, so that no passage was encoded before. Each is made in a fresh process. ONNX Runtime alone runs the same network on
the same texts, already tokenized, one on each core; a tenth of the texts at a time, to be told the spread. Processor
seconds tell the ratio on a machine that does other things too.
"""

import argparse
import shutil
import statistics
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import closing
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import onnxruntime
import results
from tokenizers import Tokenizer

from index.encoder import cores, session_options
from index.exported import ENCODER_FILE, TOKENIZER_FILE
from index.locations import model_folder
from index.models import DEFAULT_MODEL, find_model
from index.passages import embedded_text, passage_body
from index.records import Progress
from index.store import Store
from index.update import update_index

ENCODING, WRITING = "Encoding passages", "Writing the index"
MAX_TOKENS = 256
PARTS = 10


def main() -> None:
    """Build, measure, and write the measurements."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path, help="a folder of text files")
    parser.add_argument("--sizes", type=float, nargs="+", default=[0.25, 1.0], help="how many times the articles")
    results.add_options(parser)
    options = parser.parse_args()
    measured = []
    for size in options.sizes:
        with TemporaryDirectory() as folder, ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
            news = editions(options.articles, Path(folder, "news"), size)
            measured.append({"size": size, **process.submit(build, news, Path(folder, "index")).result()})
            texts = embedded_texts(Path(folder, "index"), news)
        measured[-1] |= compared(measured[-1], alone(texts))
    results.keep("build", measured, options)


def editions(articles: Path, target: Path, size: float) -> Path:
    """Copy a part of the articles, or each of them several times, in so many editions."""
    target.mkdir()
    files = sorted(path for path in articles.iterdir() if path.is_file())
    for number in range(round(size * len(files))):
        file = files[number % len(files)]
        edition = number // len(files)
        if edition:
            lines = file.read_text("utf-8").split("\n")
            text = "\n".join(f"Edition {edition}: {line}" if line.strip() else line for line in lines)
            (target / f"{edition}-{file.name}").write_text(text, "utf-8")
        else:
            shutil.copyfile(file, target / file.name)
    return target


def build(news: Path, folder: Path) -> dict[str, Any]:
    """Make an index; returns how long each stage took, and the most memory that was used."""
    began: dict[str, tuple[float, float]] = {}

    def clock(progress: Progress) -> None:
        began.setdefault(progress.stage, (time.perf_counter(), time.process_time()))

    begin = time.perf_counter()
    before = peak()
    report = update_index(news, folder, report=clock)
    end = time.perf_counter()
    (encoding, busy), (encoded, busy_then) = began[ENCODING], began[WRITING]
    moments = {**{stage: moment for stage, (moment, _) in began.items()}, "": end}
    return {
        "articles": report.articles,
        "passages": report.passages,
        "encoded": report.encoded,
        "seconds": round(end - begin, 2),
        "seconds of each stage": {
            stage: round(after - at, 2)
            for (stage, at), after in zip(moments.items(), list(moments.values())[1:], strict=False)
        },
        "passages a second": round(report.passages / (end - begin), 1),
        "encoded a second": round(report.encoded / (encoded - encoding), 1),
        "processor ms an encoded passage": round((busy_then - busy) / report.encoded * 1e3, 3),
        "peak megabytes": peak(),
        "megabytes before": before,
    }


def embedded_texts(folder: Path, news: Path) -> list[str]:
    """The texts that were encoded for an index."""
    with closing(Store(folder, news)) as store, store.reading():
        texts = [
            embedded_text(article.title, passage_body(article.text, passage.sentences))
            for article, passage in store.passages_after(0)
        ]
    return list(dict.fromkeys(texts))


def alone(texts: Sequence[str]) -> dict[str, float]:
    """How fast ONNX Runtime runs the network on some texts, and nothing else."""
    folder = model_folder(find_model(DEFAULT_MODEL).digest)
    tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
    tokenizer.enable_truncation(MAX_TOKENS)
    session = onnxruntime.InferenceSession(str(folder / ENCODER_FILE), session_options())
    names = [node.name for node in session.get_inputs()]
    inputs = []
    for encoding in (tokenizer.encode(text) for text in texts):
        fields = {"input_ids": encoding.ids, "attention_mask": encoding.attention_mask}
        tokens = {name: fields.get(name, encoding.type_ids) for name in names}
        inputs.append({name: np.array([ids], np.int64) for name, ids in tokens.items()})
    rates = []
    busy = time.process_time()
    with ThreadPoolExecutor(cores()) as pool:
        for part in (inputs[place::PARTS] for place in range(PARTS)):
            begin = time.perf_counter()
            for _ in pool.map(lambda tokens: session.run(["vectors"], tokens), part):
                pass
            rates.append(len(part) / (time.perf_counter() - begin))
    return {
        "a second": statistics.harmonic_mean(rates),
        "slowest": min(rates),
        "fastest": max(rates),
        "processor ms a text": (time.process_time() - busy) / len(texts) * 1e3,
    }


def compared(built: dict[str, Any], runtime: dict[str, float]) -> dict[str, Any]:
    """The rate of encoding against that of the runtime alone."""
    return {
        "onnxruntime alone": {name: round(value, 3) for name, value in runtime.items()},
        "ratio": round(built["encoded a second"] / runtime["a second"], 3),
        "ratio by processor seconds": round(
            runtime["processor ms a text"] / built["processor ms an encoded passage"], 3
        ),
    }


def peak() -> float:
    """The most memory that this process has used so far, in megabytes."""
    # What getrusage tells of a process includes what its parent used.
    sizes = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return round(int(sizes["VmHWM"].split()[0]) / 1024, 1)


if __name__ == "__main__":
    main()
