"""Rows to batches of token ids, each of rows that are about as long as each other."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa.training.rows import Row

MAX_TOKENS = 384
_TEXTS_AT_ONCE = 4_000
_WIDTHS = 16

Ids = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Example:
    """A row as the network sees it.

    Attributes:
        ids: Token ids of ``[CLS] question [SEP] passage [SEP]``.
        passage: The place of the passage's first token.
        start: The place of the first token that answers; 0, that of ``[CLS]``, where none does.
        end: The place of the last one.

    Example:
        >>> Example((101, 2040, 102, 11951, 102), passage=3, start=3, end=3).start
        3
    """

    ids: tuple[int, ...]
    passage: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Batch:
    """Examples, padded to the longest of them or a little beyond.

    Attributes:
        ids: Token ids, shape ``(examples, tokens)``.
        types: 0 for the question, 1 for the passage; the same shape.
        mask: 1 for tokens, 0 for padding; the same shape.
        starts: Places of the first token that answers, shape ``(examples,)``.
        ends: Places of the last one, shape ``(examples,)``.

    Example:
        >>> batch([Example((101, 2040, 102, 11951, 102), 3, 3, 3), Example((101, 102, 7, 102), 2, 0, 0)]).ids.shape
        (2, 16)
    """

    ids: Ids
    types: Ids
    mask: Ids
    starts: Ids
    ends: Ids


def to_examples(rows: Sequence[Row], tokenizer: Any) -> list[Example]:
    """Tokenise rows; one whose answer lies beyond the longest passage is left out.

    Args:
        rows: The rows.
        tokenizer: A ``tokenizers.Tokenizer`` of the BERT kind.
    """
    tokenizer.enable_truncation(MAX_TOKENS, strategy="longest_first")
    tokenizer.no_padding()
    examples = []
    for first in range(0, len(rows), _TEXTS_AT_ONCE):
        some = rows[first : first + _TEXTS_AT_ONCE]
        encodings = tokenizer.encode_batch([(row.question, row.context) for row in some])
        for row, encoding in zip(some, encodings, strict=True):
            example = _example(row, encoding)
            if example is not None:
                examples.append(example)
    return examples


def _example(row: Row, encoding: Any) -> Example | None:
    passage = encoding.type_ids.index(1)
    if row.answer is None:
        return Example(tuple(encoding.ids), passage, 0, 0)
    start, end = encoding.char_to_token(row.answer[0], 1), encoding.char_to_token(row.answer[1] - 1, 1)
    return None if start is None or end is None else Example(tuple(encoding.ids), passage, start, end)


def in_batches(examples: Sequence[Example], tokens: int, seed: int) -> list[list[Example]]:
    """Shuffle examples into batches of the same width, and each width always of the same number of examples.

    So there are few different shapes: the matrix library prepares kernels for every new shape, which takes it longer
    than to use them. What does not fill a batch at the end makes smaller ones.

    Args:
        examples: The examples.
        tokens: How many tokens a batch has with its padding, at most, unless one example alone has more.
        seed: The same seed gives the same batches.

    Example:
        >>> long, short = Example((1,) * 30, 3, 0, 0), Example((1,) * 9, 3, 0, 0)
        >>> sorted(len(some) for some in in_batches([long, short, long, short], tokens=32, seed=1))
        [1, 1, 2]
    """
    chance = random.Random(seed)
    filling: dict[int, list[Example]] = {}
    batches: list[list[Example]] = []
    for example in chance.sample(examples, len(examples)):
        width = _width(len(example.ids))
        current = filling.setdefault(width, [])
        current.append(example)
        if (len(current) + 1) * width > tokens:
            batches.append(filling.pop(width))
    batches += filling.values()
    chance.shuffle(batches)
    return batches


def batch(examples: Sequence[Example]) -> Batch:
    """Put examples into arrays."""
    shape = (len(examples), _width(max(len(example.ids) for example in examples)))
    ids, types, mask = np.zeros(shape, np.int64), np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    for row, example in enumerate(examples):
        length = len(example.ids)
        ids[row, :length] = example.ids
        types[row, example.passage : length] = 1
        mask[row, :length] = 1
    starts = np.array([example.start for example in examples], np.int64)
    return Batch(ids, types, mask, starts, np.array([example.end for example in examples], np.int64))


def _width(length: int) -> int:
    """A length, rounded up to one of few widths."""
    return -(-length // _WIDTHS) * _WIDTHS
