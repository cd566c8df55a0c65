"""What a training that goes on from earlier ones learns from: what these still mistake."""

import random
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from index.digests import digest_of
from qa.span_model import SpanModel
from qa.training.contexts import limited, surrounded
from qa.training.export import export_reader
from qa.training.hard_negatives import hard_negatives
from qa.training.loop import Settings, mean_network
from qa.training.rows import Row, read_rows, write_rows


def further_rows(
    rows: Sequence[Row],
    start: Sequence[Path],
    encoder: Path,
    work: Path,
    settings: Settings,
    tell: Callable[[str], None],
) -> list[Row]:
    """A share of an epoch, with the negatives that the mean of earlier networks mistakes.

    The negatives are kept, so that a training that goes on where it stopped need not seek them again.

    Args:
        rows: What is trained on.
        start: The checkpoints of the earlier networks.
        encoder: The folder of the encoder that these started from.
        work: A folder for the negatives.
        settings: How it is trained; ``epochs`` is the share of the rows that is used.
        tell: Called with one line of text at a time.

    Returns:
        The rows, then their negatives.

    Raises:
        UsageError: A checkpoint is missing, damaged, or of another network.
    """
    passages = surrounded(limited(rows, settings.seed), settings.seed)
    some = random.Random(settings.seed).sample(passages, round(settings.epochs * len(passages)))
    path = work / f"negatives-{_identity(some, start, settings.seed)}.jsonl"
    if not path.exists():
        tell("seeking questions that the earlier networks mistake for answered; it takes minutes")
        with TemporaryDirectory() as folder:
            export_reader(mean_network(encoder, start), encoder, Path(folder), {})
            made = hard_negatives(some, SpanModel(Path(folder)), settings.seed)
        write_rows(made, path)
    return [*some, *(read_rows(path)[0] if path.stat().st_size else [])]


def _identity(rows: Sequence[Row], start: Sequence[Path], seed: int) -> str:
    """A name for what hard negatives are made of: the rows, the networks that read them, and the seed."""
    digest = sha256(f"{seed} {sorted(map(digest_of, start))}".encode())
    for row in rows:
        digest.update(repr(row).encode())
    return digest.hexdigest()[:16]
