"""What an examination finds: for each part of an index what was seen, what a fault means, and what mends it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum


class State(StrEnum):
    """How a part of an index is.

    Example:
        >>> State.SOUND.value
        'ok'
    """

    SOUND = "ok"
    # Older than the articles, the rules or what was left behind: nothing is wrong, and the next update changes it.
    OUTDATED = "outdated"
    FAULT = "FAULT"


class Part(StrEnum):
    """What is examined, in that order.

    Example:
        >>> Part.LEXICAL.value
        'lexical index'
    """

    LAYOUT = "shards.json"
    DATABASE = "database"
    RULES = "rules"
    MODEL = "model"
    VECTORS = "vectors"
    RECALL = "recall"
    LEXICAL = "lexical index"
    COPIES = "copies"
    WORDS = "words"
    ORIGINS = "origins"
    LEFTOVERS = "leftovers"
    FILES = "files"
    QUOTES = "quotes"


# For each part: what a fault in it means, and what mends it.
_MEANINGS = {
    Part.LAYOUT: (
        "which shards the index has is not known, so that none can be asked",
        "writes it again from the shards that are there",
    ),
    Part.DATABASE: ("texts, sources or the places of quotes may be wrong", "reads and indexes the articles again"),
    Part.RULES: ("it was made by rules that a later version of pullquote has changed", "brings the index up to date"),
    Part.MODEL: (
        "questions cannot be compared with the vectors of the passages",
        "exports the model again, or encodes all passages with the one that is there",
    ),
    Part.VECTORS: (
        "the search by meaning may miss passages or find wrong ones",
        "encodes all passages again; no article is read",
    ),
    Part.RECALL: ("the search by meaning finds less than it should", "encodes all passages again; no article is read"),
    Part.LEXICAL: (
        "the search by words may miss passages or find wrong ones",
        "writes the lexical index again; no article is read and nothing is encoded",
    ),
    Part.COPIES: ("reprints of one text may count as several sources", "compares the articles again"),
    Part.WORDS: ("a refusal may name a word as missing that is there", "counts the words of the texts again"),
    Part.ORIGINS: ("reprints in different shards may count as several sources", "compares the shards again"),
    Part.LEFTOVERS: ("files that an update left behind take room; or one is at work now", "removes them"),
    Part.FILES: ("answers would come from the articles as they were", "brings the index up to date"),
    Part.QUOTES: ("a quote may not stand in its file as it is shown", "reads and indexes the articles again"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """The outcome of one check.

    Attributes:
        part: What was examined.
        state: How it is.
        detail: What was seen.
        shard: Which shard it belongs to, counted from 0; None where the index has none, or it concerns all of it.
        advice: What the user has to do, where mending is not in pullquote's power.

    Example:
        >>> finding = Finding(Part.VECTORS, State.FAULT, "vectors-1.faiss is not there", shard=0)
        >>> finding.label, finding.remedy
        ('shard 1, vectors', 'encodes all passages again; no article is read')
    """

    part: Part
    state: State
    detail: str
    shard: int | None = None
    advice: str = ""

    @property
    def label(self) -> str:
        """What was examined, for a person."""
        return self.part.value if self.shard is None else f"shard {self.shard + 1}, {self.part.value}"

    @property
    def meaning(self) -> str:
        """What it means when this part is not as it should be."""
        return _MEANINGS[self.part][0]

    @property
    def remedy(self) -> str:
        """What mending does about it."""
        return _MEANINGS[self.part][1]


def sound(part: Part, detail: str) -> Finding:
    """The finding that a part is as it should be."""
    return Finding(part, State.SOUND, detail)


def fault(part: Part, detail: str, advice: str = "") -> Finding:
    """The finding that a part is not as it should be."""
    return Finding(part, State.FAULT, detail, advice=advice)


def outdated(part: Part, detail: str, advice: str = "") -> Finding:
    """The finding that a part is older than it could be."""
    return Finding(part, State.OUTDATED, detail, advice=advice)


def of_shard(number: int, findings: Iterable[Finding]) -> list[Finding]:
    """Findings as those of a shard.

    Example:
        >>> [finding.label for finding in of_shard(1, [sound(Part.WORDS, "5 words")])]
        ['shard 2, words']
    """
    return [replace(finding, shard=number) for finding in findings]
