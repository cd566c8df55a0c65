"""Raw text to paragraphs: lines, and blocks of hard-wrapped lines taken as one."""

import re
from dataclasses import dataclass
from itertools import pairwise

_LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_BULLET = re.compile(r"(?:[•●▪◦‣■◾·○□](?=\w)|(?:[•●▪◦‣■◾·○□*–—-]|\d{1,2}[.)])\s+)(?=\S)")
_WIDEST_WRAP = 110
_NARROWEST_WRAP = 40
_SHORTEST_OF_RAGGED = 0.6
_RAGGED_LINES = 3
_NARROWEST_OF_ALIKE, _WIDEST_OF_ALIKE = 0.8, 1.1

_Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A range of the raw text without surrounding white space or bullet.

    Attributes:
        start: Where it begins.
        end: Where it ends, exclusive.
        text: The words, as they stand.
        bulleted: Whether a bullet or a number stood before it.

    Example:
        >>> paragraph = split_paragraphs("• First thing")[0]
        >>> paragraph.text, paragraph.start, paragraph.bulleted
        ('First thing', 2, True)
    """

    start: int
    end: int
    text: str
    bulleted: bool


def split_paragraphs(text: str, start: int = 0) -> list[Paragraph]:
    r"""Split raw text into paragraphs.

    A line is a paragraph, except that the lines of a hard-wrapped block are one: lines broken at a width, in the middle
    of sentences.

    Args:
        text: The raw text.
        start: Where in it to begin.

    Example:
        >>> [p.text for p in split_paragraphs("Title\n\n• First thing\n")]
        ['Title', 'First thing']
    """
    blocks = _blocks(text, start)
    lines = [[text[start:end] for start, end in block] for block in blocks]
    width = max((max(map(len, block)) for block in lines if _is_wrapped(block)), default=0)
    paragraphs: list[Paragraph] = []
    for block, words in zip(blocks, lines, strict=True):
        wrapped = _is_wrapped(words) or _is_as_wide(words, width)
        ranges = [(block[0][0], block[-1][1])] if wrapped else block
        paragraphs.extend(_paragraph(text, start, end) for start, end in ranges)
    return paragraphs


def _blocks(text: str, begin: int) -> list[list[_Range]]:
    """Ranges of the trimmed lines, in blocks that blank lines or bullets divide."""
    blocks: list[list[_Range]] = []
    previous_end = None
    for match in _LINE.finditer(text, begin):
        stripped = match.group().strip()
        if not stripped:
            continue
        start = match.start() + match.group().index(stripped[0])
        gap = text[previous_end:start] if previous_end is not None else "\n\n"
        if gap.replace("\r\n", "\n").count("\n") != 1 or _BULLET.match(stripped):
            blocks.append([])
        previous_end = start + len(stripped)
        blocks[-1].append((start, previous_end))
    return blocks


def _is_wrapped(lines: list[str]) -> bool:
    """Whether the lines of a block are one hard-wrapped paragraph by their own evidence.

    Sentences go on over at least half of the breaks, and the breaks are where the next word no longer fitted, or at
    least late in the line.
    """
    width = max(map(len, lines))
    if len(lines) < 2 or not _NARROWEST_WRAP <= width <= _WIDEST_WRAP:
        return False
    goes_on = sum(following[0].islower() for following in lines[1:])
    if 2 * goes_on < len(lines) - 1:
        return False
    ragged = len(lines) >= _RAGGED_LINES and all(len(line) >= _SHORTEST_OF_RAGGED * width for line in lines[:-1])
    return ragged or _breaks_at(lines, width)


def _is_as_wide(lines: list[str], width: int) -> bool:
    """Whether a block is hard-wrapped because others of the same text are, at about the same width."""
    widest = max(map(len, lines))
    alike = _NARROWEST_OF_ALIKE * width <= widest <= _WIDEST_OF_ALIKE * width
    return len(lines) > 1 and alike and _breaks_at(lines, max(widest, width))


def _breaks_at(lines: list[str], width: int) -> bool:
    """Whether each line was broken where the next word would no longer have fitted the width."""
    return all(len(line) + 1 + len(following.split(maxsplit=1)[0]) > width for line, following in pairwise(lines))


def _paragraph(text: str, start: int, end: int) -> Paragraph:
    bullet = _BULLET.match(text, start, end)
    if bullet and bullet.end() < end:
        return Paragraph(bullet.end(), end, text[bullet.end() : end], bulleted=True)
    return Paragraph(start, end, text[start:end], bulleted=False)
