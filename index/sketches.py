"""MinHash sketches of sentences: those that share many words and pairs of words share a band of their sketches."""

import struct
import zlib
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from index.copies import FEWEST_WORDS, Wording

BANDS = 8
# Of two sentences with a Jaccard similarity of .9, .7 and .5, a band of three values is shared by .9998, .96 and .66.
_ROWS = 3
_SEED = 1
_MOST_ALIKE = 5

Sketch = tuple[int, ...]


def sketch(wordings: Iterable[Wording]) -> list[Sketch | None]:
    """Sketch some sentences.

    Numbers are all alike here, so that sentences that differ in a number alone share every band.

    Returns:
        For each sentence ``BANDS`` signed 32-bit numbers, or None if it is too short to have copies.

    Example:
        >>> from index.copies import wording_of
        >>> first = wording_of("The flood shut 12 schools in the old town of Oslen.")
        >>> later = wording_of("The flood shut 13 schools in the old town of Oslen.")
        >>> one, other = sketch([first, later])
        >>> one == other, sketch([wording_of("Rain fell.")])
        (True, [None])
    """
    # Imported here: answering a question on a built index never sketches anything.
    from rensa import RMinHash

    found = list(wordings)
    tokens = [_tokens(wording.words) for wording in found if len(wording.words) >= FEWEST_WORDS]
    digests = iter(RMinHash.digests_from_token_sets(tokens, num_perm=BANDS * _ROWS, seed=_SEED) if tokens else [])
    return [_bands(next(digests)) if len(wording.words) >= FEWEST_WORDS else None for wording in found]


def kept_of_article(sketches: Iterable[Sketch | None]) -> dict[int, Sketch]:
    """The sketches of an article's sentences that are kept, by position.

    Of sentences that share a band with several before them, as the lines of a table do, the first few are kept: two
    tables of five hundred lines would have a quarter of a million pairs to compare.

    Example:
        >>> line, other = (1,) * BANDS, (2,) * BANDS
        >>> list(kept_of_article([line, None, other, *[line] * 500]))
        [0, 2, 3, 4, 5, 6]
    """
    shared: Counter[tuple[int, int]] = Counter()
    kept = {}
    for position, bands in enumerate(sketches):
        if bands is not None and all(shared[band] < _MOST_ALIKE for band in enumerate(bands)):
            kept[position] = bands
            shared.update(enumerate(bands))
    return kept


def _tokens(words: tuple[str, ...]) -> list[str]:
    return [*words, *map(" ".join, pairwise(words))]


def _bands(digest: list[int]) -> Sketch:
    pack = struct.Struct(f"<{_ROWS}I").pack
    return tuple(
        zlib.crc32(pack(*digest[band * _ROWS : (band + 1) * _ROWS])) - 2**31 for band in range(len(digest) // _ROWS)
    )
