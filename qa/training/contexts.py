"""Passages as the reader will meet them, and the questions that mean something without them.

Passages are of several sentences, and no one is asked about too often.
"""

import random
import re
from collections.abc import Sequence
from hashlib import sha256

from index.terms import content_words, is_function_word
from qa.training.rows import Row

QUESTIONS_A_CONTEXT = 12
# A passage that is shorter has hardly more than a sentence.
_SHORTEST_PASSAGE = 300
_FEWEST_WORDS = 3
_FIRST_PERSON = re.compile(r"\b(?:I|my|me|I'm|I've)\b")
_SHARE_SURROUNDED = 0.5


def is_held_out(context: str, share: float) -> bool:
    """Whether a passage is kept from training, so that what it asks can measure the reader; by its words alone.

    Args:
        context: The passage.
        share: The share of all passages that is held out, 0 to 1.

    Example:
        >>> is_held_out("Owls hid.", 1.0), is_held_out("Owls hid.", 0.0)
        (True, False)
    """
    place = int.from_bytes(sha256(context.encode("utf-8")).digest()[:8], "big") / 2**64
    return place < share


def is_self_contained(row: Row) -> bool:
    """Whether a question could be asked of many articles: one that says enough, about a passage that is like news.

    Example:
        >>> passage = "The council met on Monday. " * 30
        >>> [is_self_contained(Row(asked, passage, None)) for asked in ("Who met in the old hall?", "Who met?")]
        [True, False]
    """
    return is_like_news(row.context) and says_enough(row.question)


def says_enough(question: str) -> bool:
    """Whether a question has words enough to mean something without the passage that it was written for.

    Example:
        >>> says_enough("Who met in the old hall?"), says_enough("What did they do with it?")
        (True, False)
    """
    return sum(not is_function_word(word) for word in content_words(question)) >= _FEWEST_WORDS


def is_like_news(passage: str) -> bool:
    """Whether a passage has several sentences and is not written in the first person.

    What is asked of a review or a post ("What is the colour?") could be answered by any other.

    Example:
        >>> is_like_news("I like my kettle. " * 30), is_like_news("The council met on Monday. " * 30)
        (False, True)
    """
    return len(passage) >= _SHORTEST_PASSAGE and len(_FIRST_PERSON.findall(passage)) < 2


def limited(rows: Sequence[Row], seed: int) -> list[Row]:
    """At most ``QUESTIONS_A_CONTEXT`` rows of each context, drawn at random.

    Example:
        >>> len(limited([Row(f"Who hid {number}?", "Owls hid.", (0, 4)) for number in range(100)], seed=1))
        12
    """
    chance = random.Random(seed)
    by_context: dict[str, list[Row]] = {}
    for row in rows:
        by_context.setdefault(row.context, []).append(row)
    return [row for some in by_context.values() for row in chance.sample(some, min(QUESTIONS_A_CONTEXT, len(some)))]


def surrounded(rows: Sequence[Row], seed: int) -> list[Row]:
    """Put some of the rows whose passage is a single sentence among one to three other such sentences.

    Example:
        >>> rows = [Row("Who hid?", "Owls hid.", (0, 4)), Row("What fell?", "Rain fell.", (0, 4))] * 20
        >>> {row.context[slice(*row.answer)] for row in surrounded(rows, seed=1)} == {"Owls", "Rain"}
        True
    """
    chance = random.Random(seed)
    singles = sorted({row.context for row in rows if len(row.context) < _SHORTEST_PASSAGE})
    return [
        _among(row, chance.sample(singles, min(chance.randint(1, 3), len(singles))), chance)
        if len(row.context) < _SHORTEST_PASSAGE and chance.random() < _SHARE_SURROUNDED
        else row
        for row in rows
    ]


def _among(row: Row, others: Sequence[str], chance: random.Random) -> Row:
    others = [other for other in others if other != row.context]
    place = chance.randint(0, len(others))
    before = "".join(f"{other} " for other in others[:place])
    after = "".join(f" {other}" for other in others[place:])
    answer = (row.answer[0] + len(before), row.answer[1] + len(before)) if row.answer else None
    return Row(row.question, before + row.context + after, answer)
