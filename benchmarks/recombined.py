"""As many passages as wanted, of real sentences: what ``benchmarks/million.py`` fills an index with.

The sentences are those of news articles and of the paragraphs that public question sets ask about. Each is encoded
once. A passage is two to four of them: one drawn at random, and others that three times in four stand near that one in
its text and else come from anywhere, so that a passage has a subject, as real ones do, and no two need be alike. Four
passages are an article. A passage's vector is the mean of its sentences' vectors, brought to length one; how near that
is to the vector of the passage as a whole, ``benchmarks/million.py`` measures.
"""

import gzip
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from pathlib import Path

import numpy as np

from index.cleaning import Kind, Span
from index.discover import discover, read_file
from index.encoder import Encoder, Vectors
from index.intake import take_in
from index.records import Article, Sentence, Skipped
from index.sentences import split_sentences

PASSAGES_OF_ARTICLE = 4

_SENTENCES = (2, 4)
_NEAR = 8
_FROM_NEAR = 0.75
_SHORTEST, _LONGEST = 25, 400
_FIRST_DAY = date(2015, 1, 1)
_DAYS = 4_000
_WORDS_OF_TITLE = 8


@dataclass(frozen=True, slots=True)
class Pool:
    """Real sentences, in the order of the texts that they stand in, with real questions.

    Attributes:
        sentences: Each once.
        vectors: Their vectors, shape ``(len(sentences), dimension)``.
        questions: What people ask about such sentences.
        asked: The vectors of the questions.
    """

    sentences: list[str]
    vectors: Vectors
    questions: list[str]
    asked: Vectors


@dataclass(frozen=True, slots=True)
class Made:
    """An article of recombined sentences.

    Attributes:
        article: The article.
        sentences: The places of its sentences.
        windows: The positions of each passage's sentences.
        drawn: The pool's sentences in each passage.
    """

    article: Article
    sentences: list[Sentence]
    windows: list[range]
    drawn: list[list[int]]


def load_pool(work: Path, news: Path, spans: Path, questions: int, encoder: Encoder) -> Pool:
    """The sentences with their vectors, kept in a folder so that they are encoded the first time only.

    Args:
        work: The folder.
        news: A folder with ``articles`` and ``questions.jsonl``.
        spans: A gzipped file of JSON lines, each with a ``context`` and a ``question``.
        questions: How many questions to draw, at most; a third of them about the news.
        encoder: The encoder.
    """
    texts, vectors = work / "pool.json", work / "pool.npy"
    if not texts.exists():
        sentences = list(dict.fromkeys(_real_sentences(news / "articles", spans)))
        asked = _real_questions(news / "questions.jsonl", spans, questions)
        work.mkdir(parents=True, exist_ok=True)
        np.save(vectors, encoder.encode(sentences + asked))
        texts.write_text(json.dumps([sentences, asked]))
    sentences, asked = json.loads(texts.read_text())
    kept = np.load(vectors)
    return Pool(sentences, kept[: len(sentences)], asked, kept[len(sentences) :])


def made_articles(pool: Pool, passages: int, seed: int) -> Iterator[Made]:
    """Articles of recombined sentences, with this many passages in all; the same for the same seed."""
    chance = random.Random(seed)
    for number in count():
        wanted = min(PASSAGES_OF_ARTICLE, passages - number * PASSAGES_OF_ARTICLE)
        if wanted <= 0:
            return
        yield _article(pool, number, [_passage(pool, chance) for _ in range(wanted)], chance)


def mean_vectors(pool: Pool, drawn: Sequence[Sequence[int]]) -> Vectors:
    """The vectors of some passages, shape ``(len(drawn), dimension)``."""
    means = np.stack([pool.vectors[list(passage)].mean(axis=0) for passage in drawn])
    return np.asarray(means / np.linalg.norm(means, axis=1, keepdims=True), np.float32)


def _article(pool: Pool, number: int, drawn: list[list[int]], chance: random.Random) -> Made:
    sentences: list[Sentence] = []
    windows: list[range] = []
    texts: list[str] = []
    end = -1
    for passage in drawn:
        first = len(sentences)
        for place in passage:
            texts.append(pool.sentences[place])
            sentences.append(Sentence(end + 1, end + 1 + len(texts[-1])))
            end = sentences[-1].end
        windows.append(range(first, len(sentences)))
    title = " ".join(chance.choice(pool.sentences).split()[:_WORDS_OF_TITLE])
    day = _FIRST_DAY + timedelta(chance.randrange(_DAYS))
    article = Article(f"{number:016x}", f"{number}.txt", title, "", day, "", " ".join(texts), "utf-8")
    return Made(article, sentences, windows, drawn)


def _passage(pool: Pool, chance: random.Random) -> list[int]:
    anchor = chance.randrange(len(pool.sentences))
    drawn = [anchor]
    for _ in range(chance.randint(*_SENTENCES) - 1):
        near = min(max(anchor + chance.randint(-_NEAR, _NEAR), 0), len(pool.sentences) - 1)
        drawn.append(near if chance.random() < _FROM_NEAR else chance.randrange(len(pool.sentences)))
    return sorted(set(drawn))


def _real_sentences(articles: Path, spans: Path) -> Iterator[str]:
    for file in discover(articles)[0]:
        for taken in take_in(file, read_file(file)):
            if not isinstance(taken, Skipped):
                yield from _of_text(taken.article.text, taken.sentences)
    for context in dict.fromkeys(row["context"] for row in _rows(spans)):
        yield from _of_text(context, split_sentences(context, (Span(0, len(context), Kind.BODY),)))


def _of_text(text: str, sentences: Sequence[Sentence]) -> Iterator[str]:
    for sentence in sentences:
        words = " ".join(text[sentence.start : sentence.end].split())
        if _SHORTEST <= len(words) <= _LONGEST:
            yield words


def _real_questions(news: Path, spans: Path, wanted: int) -> list[str]:
    chance = random.Random(wanted)
    about_news = [json.loads(line)["question"] for line in news.read_text("utf-8").splitlines()][: wanted // 3]
    others = sorted({row["question"] for row in _rows(spans)})
    return about_news + chance.sample(others, wanted - len(about_news))


def _rows(spans: Path) -> Iterator[dict[str, str]]:
    with gzip.open(spans, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)
