"""Hard negatives: questions and passages without an answer in which a trained reader finds one all the same.

What is made at random is mostly too easy: a reader that has been trained for an hour tells four of five apart. So many
are made of each row, the reader reads them, and those are kept that it takes for answered, or nearly so (Xiong et al.,
"Approximate Nearest Neighbor Negative Contrastive Learning", 2021, do the same for retrieval).
"""

import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from qa.span_model import SpanModel
from qa.spans import null_probability
from qa.training.contexts import is_like_news
from qa.training.negatives import OtherPassages, without_answer
from qa.training.rewriting import tempting
from qa.training.rows import Row

# A row is kept where the reader is less sure than this that the passage does not answer.
_SURE = 0.9
# How many candidates are read of each row, and of each kind at most.
_READ, _OF_A_KIND = 4, 3
_CHANGES_OF_A_KIND = 2
_SHORTEST_REST = 80
_PAIRS_AT_ONCE = 2_048


def hard_negatives(rows: Sequence[Row], reader: SpanModel, seed: int) -> list[Row]:
    """Rows without an answer, made of rows with one, that a reader mistakes for answered.

    Args:
        rows: Rows; of those without an answer none are made. Other passages are sought among theirs.
        reader: The trained network.
        seed: The same seed makes the same rows.

    Returns:
        The rows, some for each of those given; none that the reader already tells apart.
    """
    chance = random.Random(seed)
    with TemporaryDirectory() as folder:
        others = OtherPassages({row.context for row in rows if is_like_news(row.context)}, Path(folder))
        made = [each for row in rows for each in _some(list(_candidates(row, others, chance)), chance)]
    kept = []
    for first in range(0, len(made), _PAIRS_AT_ONCE):
        some = made[first : first + _PAIRS_AT_ONCE]
        read = reader.read([(row.question, row.context) for row in some])
        kept += [row for row, logits in zip(some, read, strict=True) if null_probability(logits) < _SURE]
    return kept


def _candidates(row: Row, others: OtherPassages, chance: random.Random) -> Iterator[list[Row]]:
    """Rows without an answer by kind: other passages, the passage without the answer, the question with a change."""
    if row.answer is None:
        return
    # A question about a review or a post could be answered anywhere.
    yield others.of(row)[:_OF_A_KIND] if is_like_news(row.context) else []
    rest = without_answer(row)
    yield [rest] if rest and len(rest.context) > _SHORTEST_REST else []
    for kind in tempting(row, chance):
        some = chance.sample(kind, min(_CHANGES_OF_A_KIND, len(kind)))
        yield [Row(change.of(row.question), row.context, None) for change in some]


def _some(kinds: Sequence[list[Row]], chance: random.Random) -> list[Row]:
    """A few of the candidates of a row: one of each kind, then others."""
    kinds = [kind for kind in kinds if kind]
    first = chance.sample([kind[0] for kind in kinds], len(kinds))
    others = [row for kind in kinds for row in kind[1:]]
    return [*first, *chance.sample(others, len(others))][:_READ]
