"""Raw text to paragraphs: lines, and blocks of hard-wrapped lines taken as one."""

import re
from dataclasses import dataclass

_LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_BULLET = re.compile(r"(?:[•●▪◦‣·*○■–—-]|\d{1,2}[.)])\s+(?=\S)")
_WIDEST_WRAP = 110
_NARROWEST_WRAP = 40


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A range of the raw text without surrounding white space or bullet.

    Attributes:
        start: Where it begins.
        end: Where it ends, exclusive.
        text: The words, as they stand.
        bulleted: Whether a bullet or a number stood before it.
    """

    start: int
    end: int
    text: str
    bulleted: bool


def split_paragraphs(text: str) -> list[Paragraph]:
    """Split raw text into paragraphs.

    A line is a paragraph, except that the lines of a hard-wrapped block are one. A block is hard-wrapped when each of
    its lines was broken where the next word would no longer have fitted the width of the block.

    Example:
        >>> [p.text for p in split_paragraphs("Title\\n\\n• First thing\\n")]
        ['Title', 'First thing']
    """
    paragraphs = []
    for block in _blocks(text):
        if _is_wrapped([text[start:end] for start, end in block]):
            ranges = [(block[0][0], block[-1][1])]
        else:
            ranges = block
        paragraphs.extend(_paragraph(text, start, end) for start, end in ranges)
    return paragraphs


def _blocks(text: str) -> list[list[tuple[int, int]]]:
    """Ranges of the trimmed lines, in blocks that blank lines or indented bullets divide."""
    blocks: list[list[tuple[int, int]]] = []
    previous_end = None
    for match in _LINE.finditer(text):
        line = match.group()
        stripped = line.strip()
        if not stripped:
            continue
        start = match.start() + line.index(stripped[0])
        end = start + len(stripped)
        gap = text[previous_end:start] if previous_end is not None else "\n\n"
        new_block = gap.replace("\r\n", "\n").count("\n") != 1 or _BULLET.match(stripped)
        if new_block:
            blocks.append([])
        blocks[-1].append((start, end))
        previous_end = end
    return blocks


def _is_wrapped(lines: list[str]) -> bool:
    if len(lines) < 2:
        return False
    width = max(len(line) for line in lines)
    if not _NARROWEST_WRAP <= width <= _WIDEST_WRAP:
        return False
    return all(
        len(line) + 1 + len(following.split(maxsplit=1)[0]) > width for line, following in zip(lines, lines[1:], strict=False)
    )


def _paragraph(text: str, start: int, end: int) -> Paragraph:
    bullet = _BULLET.match(text, start, end)
    if bullet and bullet.end() < end:
        return Paragraph(bullet.end(), end, text[bullet.end() : end], bulleted=True)
    return Paragraph(start, end, text[start:end], bulleted=False)
