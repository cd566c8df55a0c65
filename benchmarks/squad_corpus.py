"""Turn a file in SQuAD 2.0 format into a corpus and a file of questions that ``pullquote eval`` reads.

    python benchmarks/squad_corpus.py squad2-dev.json FOLDER --questions 600
    pullquote eval FOLDER/questions.jsonl --articles FOLDER/articles

Each paragraph becomes one article. A sample of the questions is drawn with a fixed seed.
"""

import argparse
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SEED = 3


def main() -> None:
    """Read the file, and write the articles and the questions."""
    parser = argparse.ArgumentParser(description="Turn a SQuAD file into a corpus and its questions.")
    parser.add_argument("squad", type=Path, help="a file in SQuAD 2.0 format")
    parser.add_argument("folder", type=Path, help="where to write")
    parser.add_argument("--questions", type=int, default=600, help="how many questions are drawn")
    options = parser.parse_args()
    paragraphs = list(read_paragraphs(options.squad))
    articles = options.folder / "articles"
    articles.mkdir(parents=True, exist_ok=True)
    write_lines(articles / "paragraphs.jsonl", [{"text": paragraph["context"]} for paragraph in paragraphs])
    questions = [
        {
            "id": item["id"],
            "question": item["question"],
            "answers": sorted({answer["text"] for answer in item["answers"]}),
        }
        for paragraph in paragraphs
        for item in paragraph["qas"]
    ]
    chosen = random.Random(SEED).sample(questions, min(options.questions, len(questions)))
    write_lines(options.folder / "questions.jsonl", chosen)
    print(f"{len(paragraphs)} articles, {len(chosen)} of {len(questions)} questions")


def read_paragraphs(squad: Path) -> Iterator[dict[str, Any]]:
    """Every paragraph of the file, with its questions."""
    for title in json.loads(squad.read_text("utf-8"))["data"]:
        yield from title["paragraphs"]


def write_lines(path: Path, records: list[dict[str, Any]]) -> None:
    """Write one JSON object a line."""
    path.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")


if __name__ == "__main__":
    main()
