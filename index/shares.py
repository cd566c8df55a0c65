"""Which articles belong to a shard: the same ones on every machine and at every time."""

import hashlib
from dataclasses import dataclass
from pathlib import PurePosixPath

from index.discover import DUMP_SUFFIXES
from index.errors import MENDED_BY, IndexDamagedError


@dataclass(frozen=True, slots=True)
class Share:
    """One of several equal parts of the articles, chosen by a hash of their names.

    A file of one article goes to one share as a whole. The records of a dump are spread over all of them, each by its
    article's id, since one dump may hold most of the articles; what is told of the dump itself is told by one share.

    Attributes:
        number: Which part, counted from 0.
        of: How many parts there are.

    Example:
        >>> shares = [Share(number, 3) for number in range(3)]
        >>> [share.holds("today/rain.txt") for share in shares].count(True)
        1
        >>> all(share.reads("dump.jsonl") for share in shares)
        True
    """

    number: int
    of: int

    def holds(self, name: str) -> bool:
        """Whether the file with a relative path, or the article with an id, belongs to this share."""
        digest = hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        return int.from_bytes(digest, "big") % self.of == self.number

    def reads(self, file: str) -> bool:
        """Whether the file with a relative path may hold articles of this share."""
        return _is_dump(file) or self.holds(file)

    def holds_article(self, file: str, identity: str) -> bool:
        """Whether an article in a file that this share reads belongs to it."""
        return not _is_dump(file) or self.holds(identity)

    def __str__(self) -> str:
        """As an index keeps it: ``"0/4"``."""
        return f"{self.number}/{self.of}"


# What an index that is not a shard holds.
WHOLE = Share(0, 1)


def read_share(text: str) -> Share:
    """Read what an index keeps of its share.

    Raises:
        IndexDamagedError: It is no share.

    Example:
        >>> read_share("2/4")
        Share(number=2, of=4)
    """
    number, _, of = text.partition("/")
    if not (number.isdecimal() and of.isdecimal() and int(number) < int(of)):
        raise IndexDamagedError(
            "The index cannot be read",
            f"its share is “{text}”, no part of several",
            MENDED_BY,
        )
    return Share(int(number), int(of))


def _is_dump(file: str) -> bool:
    return PurePosixPath(file).suffix.lower() in DUMP_SUFFIXES
