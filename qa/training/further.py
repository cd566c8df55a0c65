"""What a training that goes on from earlier ones learns from: what these still mistake."""

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from index.digests import digest_of
from qa.span_model import SpanModel
from qa.training.contexts import is_self_contained, limited, surrounded
from qa.training.export import export_reader
from qa.training.hard_negatives import hard_negatives
from qa.training.loop import Settings, mean_network
from qa.training.rows import Row, read_rows, write_rows
from qa.training.terse import terse


def further_rows(
    rows: Sequence[Row],
    start: Sequence[Path],
    encoder: Path,
    work: Path,
    settings: Settings,
    tell: Callable[[str], None],
) -> list[Row]:
    """Questions that could be asked of many articles, with the negatives that the mean of earlier networks mistakes.

    The negatives are kept, so that a training that goes on where it stopped need not seek them again.

    Args:
        rows: What is trained on.
        start: The checkpoints of the earlier networks.
        encoder: The folder of the encoder that these started from.
        work: A folder for the negatives.
        settings: How it is trained; ``epochs`` is the share of the questions that is used.
        tell: Called with one line of text at a time.

    Returns:
        The rows in no order, some of their questions in a few words, as users type them.
    """
    chance = random.Random(settings.seed)
    usable = [row for row in surrounded(limited(rows, settings.seed), settings.seed) if is_self_contained(row)]
    tell(f"{len(usable):,} questions mean something without their passage; only these are learned from")
    some = [row for row in usable if chance.random() < settings.epochs]
    path = work / f"negatives-{_identity(some, start, settings.seed)}.jsonl"
    if not path.exists():
        tell("seeking questions that the earlier networks mistake for answered; it takes minutes")
        with TemporaryDirectory() as folder:
            export_reader(mean_network(encoder, start), encoder, Path(folder), {})
            made = hard_negatives(some, SpanModel(Path(folder)), settings.seed)
        write_rows(made, path)
    made = read_rows(path)[0] if path.stat().st_size else []
    return to_learn(some, made, settings.terse, chance)


def to_learn(rows: Sequence[Row], negatives: Sequence[Row], share_terse: float, chance: random.Random) -> list[Row]:
    """Rows and some of the negatives made of them, some of all with their question in a few words.

    Args:
        rows: Rows with and without an answer.
        negatives: Rows without an answer.
        share_terse: The share of questions that is asked in a few words.
        chance: What is random.

    Returns:
        All rows, and so many negatives that there are no more without an answer than with one, where the rows allow it:
        of more it would learn to refuse.

    Example:
        >>> answered, none = Row("Who hid?", "Owls hid.", (0, 4)), Row("Who sang?", "Owls hid.", None)
        >>> to_learn([answered], [none, none], 0.0, random.Random(1)) == [answered, none]
        True
    """
    room = max(0, sum(1 if row.answer else -1 for row in rows))
    learned = [*rows, *chance.sample(negatives, min(room, len(negatives)))]
    return [
        replace(row, question=terse(row.question, chance)) if chance.random() < share_terse else row for row in learned
    ]


def _identity(rows: Sequence[Row], start: Sequence[Path], seed: int) -> str:
    """A name for what hard negatives are made of: the rows, the networks that read them, and the seed."""
    read = [
        *sorted(map(digest_of, start)),
        str(seed),
        *(f"{row.question}\n{row.context}\n{row.answer}" for row in rows),
    ]
    return sha256("\n".join(read).encode()).hexdigest()[:16]
