"""Rows made from others: passages and questions that do not go together, and questions in other words.

A reader that has only seen answers finds one everywhere. Three kinds of rows without an answer teach it not to: another
passage that ranks high for the question, the passage without the sentence that answers, and the question with a change
(``qa.training.rewriting``).
"""

import random
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from index.cleaning import Kind as SpanKind
from index.cleaning import Span
from index.lexical import LexicalIndex
from index.sentences import split_sentences
from qa.training.contexts import says_enough
from qa.training.rewriting import Rewriter
from qa.training.rows import Row

# How often a negative is another passage, the passage without its answer, a question with a change.
_KINDS = (0.2, 0.13, 0.67)
_DEPTH = 8


def with_made(rows: Sequence[Row], negatives: float, paraphrases: float, rewriter: Rewriter, seed: int) -> list[Row]:
    """The rows, and others made from some of them.

    Args:
        rows: Rows with and without an answer.
        negatives: How many rows without an answer are made for each that has one, 0 to 1, where they can be made.
        paraphrases: How many questions in other words are made for each row that has an answer, likewise.
        rewriter: Changes questions.
        seed: The same seed makes the same rows.

    Returns:
        The rows in their order, then those that were made.
    """
    chance = random.Random(seed)
    made: list[Row | None] = []
    with TemporaryDirectory() as folder:
        others = OtherPassages({row.context for row in rows}, Path(folder))
        makers: tuple[Callable[[Row], Row | None], ...] = (
            lambda row: _one_of(others.of(row), chance),
            without_answer,
            lambda row: rewriter.unanswerable(row, chance),
        )
        for row in rows:
            if row.answer is not None and chance.random() < negatives:
                (make,) = chance.choices(makers, _KINDS)
                made.append(make(row))
            if chance.random() < paraphrases:
                made.append(rewriter.paraphrased(row, chance))
    return [*rows, *(row for row in made if row is not None)]


class OtherPassages:
    """Finds passages that rank high for a question and do not answer it.

    Example:
        >>> row = Row("Which birds hid in the mill?", "Owls hid in the mill.", (0, 4))
        >>> with TemporaryDirectory() as folder:
        ...     OtherPassages({row.context, "Crows hid in the old mill."}, Path(folder)).of(row)
        [Row(question='Which birds hid in the mill?', context='Crows hid in the old mill.', answer=None)]
    """

    def __init__(self, passages: Iterable[str], folder: Path) -> None:
        """Index passages.

        Args:
            passages: The passages.
            folder: An existing folder for the index; it must live as long as this.
        """
        self._passages = sorted(set(passages))
        self._index = LexicalIndex.create(folder / "lexical", None)
        self._index.update([], ((number, "", text, None) for number, text in enumerate(self._passages)))

    def of(self, row: Row) -> list[Row]:
        """The question with passages that BM25 ranks high and that do not hold the answer's words, best first.

        A question of few words could be answered anywhere, so that it gets none.
        """
        if row.answer is None or not says_enough(row.question):
            return []
        answer = row.context[slice(*row.answer)].casefold()
        found = (self._passages[number] for number, _ in self._index.search(row.question, _DEPTH, title_boost=0.0))
        return [
            Row(row.question, text, None) for text in found if text != row.context and answer not in text.casefold()
        ]


def without_answer(row: Row) -> Row | None:
    """The question with its passage, from which the sentence that answers is taken out.

    Example:
        >>> without_answer(Row("Who hid?", "Rain fell on Monday. Owls hid.", (21, 25)))
        Row(question='Who hid?', context='Rain fell on Monday.', answer=None)
    """
    if row.answer is None:
        return None
    start, end = row.answer
    sentences = split_sentences(row.context, (Span(0, len(row.context), SpanKind.BODY),))
    kept = [row.context[item.start : item.end] for item in sentences if item.end <= start or end <= item.start]
    rest = " ".join(kept)
    answer = row.context[start:end].casefold()
    return Row(row.question, rest, None) if rest and answer not in rest.casefold() else None


def _one_of(rows: Sequence[Row], chance: random.Random) -> Row | None:
    return chance.choice(rows) if rows else None
