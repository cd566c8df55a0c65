"""Asking the held-out questions of an index of passages, as a user would ask, to fit the linear models on."""

import json
import random
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.library import Index
from index.locations import make_private_folder
from index.update import update_index
from qa.answering import PASSAGES_READ
from qa.evaluation.matching import is_right
from qa.question import Question, read_question
from qa.span_model import SpanModel
from qa.span_reader import read_features
from qa.training.contexts import is_held_out, is_like_news, is_self_contained
from qa.training.fit import Asked
from qa.training.rewriting import ANYTHING, Rewriter
from qa.training.rows import Row

PASSAGES = 4_800
QUESTIONS = 1_200
_QUESTIONS_A_PASSAGE = 3
# How many of the passages that answer are left out of the index, so that nothing in it answers.
_SHARE_ABSENT = 0.25
_SHARE_CHANGED = 0.5


@dataclass(frozen=True, slots=True)
class Posed:
    """A question to ask, with the passage it was written for.

    Attributes:
        question: The question.
        answer: The words that answer, or ``""`` where nothing in the index does.

    Example:
        >>> Posed("Who hid?", "owls").answer
        'owls'
    """

    question: str
    answer: str


def ask_held_out(
    rows: Sequence[Row],
    share: float,
    rewriter: Rewriter,
    seed: int,
    model: SpanModel,
    work: Path,
    report: Callable[[str], None],
) -> list[Asked]:
    """Index passages, and ask the questions of those that were held out.

    Args:
        rows: All training data.
        share: The share of passages that was held out.
        rewriter: Changes questions.
        seed: The same seed asks the same questions.
        model: The trained network.
        work: A folder for the passages and their index.
        report: Called with one line of text at a time.

    Returns:
        The questions with the features of their sentences: those that are answered in the index, those whose passage is
        not in it, those with a word changed, and those that count something else.
    """
    chance = random.Random(seed)
    held_out = to_be_asked(rows, share)
    passages = sorted({row.context for row in held_out})
    absent = set(chance.sample(passages, round(_SHARE_ABSENT * len(passages))))
    others = sorted(
        {row.context for row in rows if row.answer is not None and is_like_news(row.context)} - set(passages)
    )
    room = max(0, PASSAGES - len(passages))
    shown = sorted({*passages, *chance.sample(others, min(room, len(others)))} - absent)
    with closing(_indexed(shown, work)) as index:
        posed = _posed(_few_of_each(held_out, chance), absent, rewriter, chance)
        report(f"asking {len(posed):,} held-out questions of {len(shown):,} passages")
        return [_ask(each, index, model) for each in posed]


def to_be_asked(rows: Sequence[Row], share: float) -> list[Row]:
    """The rows of passages that are held out, and whose question could be asked of many articles.

    Example:
        >>> row = Row("Who met in the old hall?", "The council met on Monday. " * 30, (0, 11))
        >>> to_be_asked([row], share=1.0) == [row], to_be_asked([row], share=0.0)
        (True, [])
    """
    return [
        row for row in rows if row.answer is not None and is_held_out(row.context, share) and is_self_contained(row)
    ]


def _few_of_each(rows: Sequence[Row], chance: random.Random) -> list[Row]:
    """A few rows of each passage, and no more than are asked in all."""
    by_passage: dict[str, list[Row]] = {}
    for row in rows:
        by_passage.setdefault(row.context, []).append(row)
    few = [row for some in by_passage.values() for row in chance.sample(some, min(len(some), _QUESTIONS_A_PASSAGE))]
    return chance.sample(few, min(len(few), QUESTIONS))


def _indexed(passages: Sequence[str], work: Path) -> Index:
    folder = work / "passages"
    make_private_folder(folder)
    with (folder / "passages.jsonl").open("w", encoding="utf-8") as file:
        for passage in passages:
            file.write(json.dumps({"text": passage}) + "\n")
    update_index(folder, work / "index")
    return Index(work / "index", folder)


def _posed(rows: Sequence[Row], absent: set[str], rewriter: Rewriter, chance: random.Random) -> list[Posed]:
    asked = [read_question(row.question) for row in rows]
    counted = [question.focus.split()[0] for question in asked if question.counts]
    posed = []
    for row, question in zip(rows, asked, strict=True):
        answer = row.context[slice(*row.answer)] if row.answer else ""
        posed.append(Posed(row.question, "" if row.context in absent else answer))
        if row.context not in absent and chance.random() < _SHARE_CHANGED:
            changed = rewriter.unanswerable(row, chance)
            if changed is not None:
                posed.append(Posed(changed.question, ""))
        recounted = counting_something_else(question, counted, chance)
        if recounted and row.context not in absent:
            posed.append(Posed(recounted, ""))
    return posed


def counting_something_else(question: Question, counted: Sequence[str], chance: random.Random) -> str:
    """A counting question with what it counts exchanged; ``""`` where it counts nothing.

    Example:
        >>> counting_something_else(read_question("How many tents burned?"), ["boats"], random.Random(1))
        'How many boats burned?'
    """
    others = [noun for noun in counted if noun.lower() not in question.text.lower() and noun.lower() not in ANYTHING]
    if not question.counts or not others:
        return ""
    return question.text.replace(question.focus.split()[0], chance.choice(others), 1)


def _ask(posed: Posed, index: Index, model: SpanModel) -> Asked:
    result = index.search(posed.question, PASSAGES_READ)
    found, _, features = read_features(read_question(posed.question), result, index, model)
    right = [
        bool(posed.answer) and is_right(item.article.text[item.sentence.start : item.sentence.end], [posed.answer])
        for item in found
    ]
    return Asked(features, np.array(right, bool))
