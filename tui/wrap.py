"""Breaks text into screen lines without changing it: each line is a range of the text."""

import re
from collections.abc import Iterator

from rich.cells import cell_len

_WORD = re.compile(r"\S+\s*|\s+")


def wrap(text: str, width: int) -> list[tuple[int, int]]:
    r"""The lines that a text takes at a width, as ranges ``[start, end)`` of its characters.

    Lines break at newlines, which belong to no line, else before words, else inside a word that is too long. Blanks
    at the end of a line may reach over the width.

    Args:
        text: The text, without tabs.
        width: The width in terminal cells, at least 2.

    Example:
        >>> text = "Rain fell.\nAll day it rained."
        >>> [text[start:end] for start, end in wrap(text, 10)]
        ['Rain fell.', 'All day it ', 'rained.']
    """
    lines: list[tuple[int, int]] = []
    start = 0
    for paragraph in text.split("\n"):
        lines.extend(_wrap_paragraph(text, start, start + len(paragraph), width))
        start += len(paragraph) + 1
    return lines


def _wrap_paragraph(text: str, start: int, end: int, width: int) -> Iterator[tuple[int, int]]:
    line, cells = start, 0
    for match in _WORD.finditer(text, start, end):
        word = match[0].rstrip()
        if cells and cells + cell_len(word) > width:
            yield line, match.start()
            line, cells = match.start(), 0
        if cell_len(word) > width:
            for cut in _folds(word, width):
                yield line, match.start() + cut
                line = match.start() + cut
        cells += cell_len(text[max(line, match.start()) : match.end()])
    yield line, end


def _folds(word: str, width: int) -> Iterator[int]:
    """Where to cut a word so that each part but the last fills the width."""
    cells = 0
    for place, character in enumerate(word):
        size = cell_len(character)
        if cells + size > width:
            yield place
            cells = 0
        cells += size
