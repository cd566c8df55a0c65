"""Measure a plain index of sentences, to compare pullquote with.

    python benchmarks/sentence_baseline.py QUESTIONS --articles DIR --json > baseline.json
    pullquote eval QUESTIONS --articles DIR --compare baseline.json

Every cleaned sentence is a unit of its own; one that is printed in several articles counts once. The cosine of question
and sentence and BM25 over the sentences are fused with equal weight, or that of --dense-weight, and the best ten are
the answer. There is no reader and no refusal. Articles, cleaning, encoder, analysis of words and judgement are those
of pullquote.
"""

import argparse
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from index.encoder import Encoder, Vectors, encoder_for
from index.fusion import fuse
from index.lexical import LexicalIndex
from index.records import Article, Sentence
from index.repeats import fingerprint
from index.store import Store
from index.update import update_index
from qa.answer import Answer, Evidence
from qa.corpus import base_of, locate
from qa.evaluation.plan import read_plan
from qa.evaluation.run import DEPTH, Result, Settings, ask_all
from qa.evaluation.table import table
from qa.terminal import show_table


@dataclass(frozen=True, slots=True)
class SentenceIndex:
    """All sentences of some articles, open for questions.

    Attributes:
        sentences: Each sentence with its article; its place here is its number in both searches.
        encoder: Makes the vector of a question.
        vectors: The unit vectors of the sentences, one a row.
        lexical: BM25 over the sentences.
        dense_weight: The weight of the cosine in the fusion: 0 is BM25 alone, 1 the cosine alone.
    """

    sentences: list[tuple[Article, Sentence]]
    encoder: Encoder
    vectors: Vectors
    lexical: LexicalIndex
    dense_weight: float

    def ask(self, question: str) -> Answer:
        """The best sentences, as an answer that is never refused."""
        cosines = self.vectors @ self.encoder.encode([question])[0]
        dense = dict(enumerate(cosines.tolist()))
        lexical = dict(self.lexical.search(question, len(self.sentences), title_boost=0.0))
        evidence = []
        for rank, (number, score) in enumerate(fuse(dense, lexical, self.dense_weight)[:DEPTH], start=1):
            article, sentence = self.sentences[number]
            evidence.append(Evidence(rank, article, sentence.start, sentence.end, sentence.end, sentence.end, score))
        return Answer(question, "answered", 0.0, tuple(evidence))


def main() -> None:
    """Index the sentences, ask the questions, and print the measures."""
    parser = argparse.ArgumentParser(description="Measure a plain index of sentences.")
    parser.add_argument("questions", type=Path, help="a file of questions, as pullquote eval reads it")
    parser.add_argument("--articles", "-a", help="a folder of articles; SQuAD brings its own")
    parser.add_argument("--sample", type=int, help="draw so many questions at random")
    parser.add_argument("--seed", type=int, default=0, help="the seed of what is drawn")
    parser.add_argument("--dense-weight", type=float, default=0.5, help="0 is BM25 alone, 1 the cosine alone")
    parser.add_argument("--json", action="store_true", help="print the document of pullquote eval --json")
    options = parser.parse_args()
    plan = read_plan(options.questions, options.articles, sample=options.sample, seed=options.seed)
    source, folder = locate(plan.articles, None)
    update_index(source, folder)
    with TemporaryDirectory() as scratch:
        index = build(source, folder, Path(scratch, "lexical"), options.dense_weight)
        print(f"{len(index.sentences)} sentences", file=sys.stderr)
        outcomes = ask_all(plan.questions, index.ask)
    settings = Settings(str(source), threshold=0.0, reader="none", dense_weight=options.dense_weight)
    document = Result(outcomes, settings).to_dict()
    show_table(document if options.json else table(document), options.json)


def build(source: Path, folder: Path, scratch: Path, dense_weight: float) -> SentenceIndex:
    """Index every sentence of the articles that an index of passages holds.

    Args:
        source: The articles.
        folder: The directory of their index, which is up to date.
        scratch: Where the lexical index is made.
        dense_weight: The weight of the cosine in the fusion.
    """
    with closing(Store(folder, base_of(source, folder))) as store, store.reading():
        meta = store.meta()
        # Passages overlap by a sentence, and agencies' sentences stand in many articles.
        distinct = {
            fingerprint(article.text[sentence.start : sentence.end]): (article, sentence)
            for article, passage in store.passages_after(0)
            for sentence in passage.sentences
        }
    sentences = list(distinct.values())
    texts = [" ".join(article.text[sentence.start : sentence.end].split()) for article, sentence in sentences]
    encoder = encoder_for(meta["model"], meta["digest"])
    lexical = LexicalIndex.create(scratch, None)
    lexical.update([], [(number, "", text, None) for number, text in enumerate(texts)])
    return SentenceIndex(sentences, encoder, np.asarray(encoder.encode(texts)), lexical, dense_weight)


if __name__ == "__main__":
    main()
