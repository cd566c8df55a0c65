"""Folders to ask held-out questions of: one of many passages, and small ones about one thing each.

The more passages a sentence was chosen from, the more of them look like an answer by chance. So confidence is fitted on
folders of several sizes. The small ones hold what is near to one passage, as the articles about one event are.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from index.lexical import LexicalIndex
from qa.training.contexts import is_like_news
from qa.training.rows import Row

PASSAGES = 4_800
# How many passages small folders have, and how many folders of that size there are.
SMALL = ((25, 70), (250, 8))
# How many of the passages that answer are left out, so that nothing in the folder answers.
SHARE_ABSENT = 0.25
# A passage is looked for by so many of its characters.
_ASKED_BY = 1_500


@dataclass(frozen=True, slots=True)
class Folder:
    """Passages, and questions to ask of them.

    Attributes:
        passages: The passages that are there, sorted.
        asked: Rows to ask the questions of; the passage of some is not there.

    Example:
        >>> Folder(("Owls hid.",), (Row("Who hid?", "Owls hid.", (0, 4)),)).passages
        ('Owls hid.',)
    """

    passages: tuple[str, ...]
    asked: tuple[Row, ...]


def folders(
    rows: Sequence[Row], held_out: Sequence[Row], chance: random.Random, small: Sequence[tuple[int, int]] = SMALL
) -> Iterator[Folder]:
    """Make folders: the first has all passages that were held out and many others, the rest are small.

    Args:
        rows: All training data.
        held_out: The rows to ask.
        chance: What is random.
        small: How many passages small folders have, each with how many such folders there are. None is made that would
            have most of all passages.

    Yields:
        The folders; of each, a share of the passages that answer is left out.
    """
    mine = sorted({row.context for row in held_out})
    others = sorted({row.context for row in rows if row.answer is not None and is_like_news(row.context)} - set(mine))
    room = max(0, PASSAGES - len(mine))
    yield _folder([*mine, *chance.sample(others, min(room, len(others)))], held_out, chance)
    passages = [*mine, *others]
    with TemporaryDirectory() as folder:
        index = LexicalIndex.create(Path(folder, "lexical"), None)
        index.update([], ((number, "", text, None) for number, text in enumerate(passages)))
        for size, count in small:
            if 2 * size <= len(passages):
                for middle in chance.sample(mine, min(count, len(mine))):
                    near = index.search(middle[:_ASKED_BY], size, title_boost=0.0)
                    yield _folder([passages[number] for number, _ in near], held_out, chance)


def _folder(passages: Sequence[str], held_out: Sequence[Row], chance: random.Random) -> Folder:
    there = set(passages)
    asked = tuple(row for row in held_out if row.context in there)
    answering = sorted({row.context for row in asked})
    # Of few passages, too, the share is left out in the mean.
    count = int(SHARE_ABSENT * len(answering) + chance.random())
    absent = set(chance.sample(answering, min(count, len(answering))))
    return Folder(tuple(sorted(there - absent)), asked)
