"""Raw text to paragraphs: a line each, but the lines of hard-wrapped text are put together again.

Whether a line break was made by a wrap is told break by break. Text is wrapped where a line stops in the middle of a
sentence; how long such lines are tells the width, and other breaks are wraps if the next word would not have fitted.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from index.abbreviations import TITLES
from index.bylines import is_metadata
from index.furniture import ends_sentence, is_furniture

_LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_BULLET = re.compile(r"(?:[•●▪◦‣■◾·○□](?=\w)|(?:[•●▪◦‣■◾·○□*–—-]|\d{1,2}[.)])\s+)(?=\S)")
# A dash or the day of a month at the head of a wrapped line looks like a bullet.
_PERHAPS_BULLET = re.compile(r"[–—-]\s|\d{1,2}[.)]\s")
# A sentence never ends with one of these words, nor does a headline.
_UNFINISHED = re.compile(
    r"(?:,|(?<![\w.’'-])(?:an?|and|are|as|at|be|been|but|by|for|from|had|has|have|he|her|his|in|into|is|its|my|nor|of|on|or"
    r"|our|she|than|that|the|their|they|to|was|we|were|which|while|who|whose|with|would))$"
)
_MONTHS = ("Jan.", "Feb.", "Mar.", "Apr.", "Aug.", "Sept.", "Sep.", "Oct.", "Nov.", "Dec.")
_HEADING_OR_QUOTED = re.compile(r"#{1,6}\s|[>|]")
_TABLE_GAP = re.compile(r"\S(?:\t| {3,})\S")
_WIDEST_WRAP = 135
_NARROWEST_WRAP = 36
_LONGER_THAN_HEADLINES = 90
_LONGEST_LABEL = 0.75
_SHORTEST_IN_SENTENCE = 0.6
_SHORTEST_OF_RAGGED = 0.8
# How much wider or narrower than the width the longest line of a block may be.
_WIDER, _NARROWER = 1.2, 0.8


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


@dataclass(frozen=True, slots=True)
class _Line:
    """A line without surrounding white space, the range of it, and how far it was indented."""

    start: int
    end: int
    text: str
    indent: int

    @property
    def columns(self) -> int:
        return self.indent + len(self.text)


@dataclass(frozen=True, slots=True)
class _Wrap:
    """How the lines of a block were wrapped: at how many columns, and whether evenly."""

    width: int
    ragged: bool = False


def split_paragraphs(text: str, start: int = 0) -> list[Paragraph]:
    r"""Split raw text into paragraphs.

    A line is a paragraph, except that lines which a hard wrap divided are one: lines broken at a width of up to 135
    columns, in the middle of sentences.

    Args:
        text: The raw text.
        start: Where in it to begin.

    Example:
        >>> [p.text for p in split_paragraphs("Title\n\n• First thing\n")]
        ['Title', 'First thing']
    """
    blocks = _blocks(text, start)
    wraps = [_wrap_of(block) for block in blocks]
    widths = {wrap.width for wrap in wraps if wrap}
    return [
        _paragraph(text, first.start, last.end)
        for block, wrap in zip(blocks, wraps, strict=True)
        for first, last in _unwrapped(block, wrap or _wrap_of_others(block, widths))
    ]


def _blocks(text: str, begin: int) -> list[list[_Line]]:
    """The lines, in blocks that blank lines divide."""
    blocks: list[list[_Line]] = []
    previous_end = None
    for match in _LINE.finditer(text, begin):
        stripped = match.group().strip()
        if not stripped:
            continue
        indent = match.group().index(stripped[0])
        line = _Line(match.start() + indent, match.start() + indent + len(stripped), stripped, indent)
        gap = text[previous_end : line.start] if previous_end is not None else "\n\n"
        if gap.replace("\r\n", "\n").count("\n") != 1:
            blocks.append([])
        previous_end = line.end
        blocks[-1].append(line)
    return blocks


def _wrap_of(block: list[_Line]) -> _Wrap | None:
    """How a block was wrapped, by its own sentences that go on in the next line; None where none does."""
    if all(line.text[0].islower() for line in block):
        return None  # a list without bullets
    breaks = [pair for pair in pairwise(block) if max(line.columns for line in pair) <= _WIDEST_WRAP]
    within = [pair for pair in breaks if _goes_on(*pair) and not _stands_apart(*pair)]
    if not within and len(breaks) == len(block) - 1:
        within = [pair for pair in breaks if _is_cut_off(*pair) and not _stands_apart(*pair)]
    widest = max((line.columns for pair in within for line in pair), default=0)
    if widest < _NARROWEST_WRAP:
        return None
    width = max(line.columns for line in block if line.columns <= min(_WIDER * widest, _WIDEST_WRAP))
    many = len(within) > 1 and 2 * len(within) >= len(breaks)
    return _Wrap(width, ragged=many and not all(_is_full(*pair, width) for pair in within))


def _wrap_of_others(block: list[_Line], widths: Iterable[int]) -> _Wrap | None:
    """How a block was wrapped if it was wrapped at about the same width as others of the same text."""
    widest = max(line.columns for line in block)
    alike = [width for width in widths if _NARROWER * width <= widest <= _WIDER * width]
    return _Wrap(max(widest, *alike)) if alike else None


def _unwrapped(block: list[_Line], wrap: _Wrap | None) -> Iterator[tuple[_Line, _Line]]:
    """The first and the last line of each paragraph of a block."""
    first = block[0]
    for line, following in pairwise(block):
        if wrap is None or not _is_wrapped(line, following, first, wrap):
            yield first, line
            first = following
    yield first, block[-1]


def _is_wrapped(line: _Line, following: _Line, first: _Line, wrap: _Wrap) -> bool:
    """Whether a wrap divided two lines, of which one belongs to the paragraph that begins with ``first``."""
    if max(line.columns, following.columns) > _WIDER * wrap.width:
        return False
    full = _is_full(line, following, wrap.width)
    ended = ends_sentence(line.text)
    if _BULLET.match(following.text):
        perhaps = _PERHAPS_BULLET.match(following.text) and not _BULLET.match(first.text)
        if not (perhaps and full and not ended and not line.text.endswith(":")):
            return False
    elif ended and following.indent > _text_column(line):
        return False  # the indent of a new paragraph
    late = wrap.ragged and line.columns >= _SHORTEST_OF_RAGGED * wrap.width
    inside = _goes_on(line, following) and line.columns >= _SHORTEST_IN_SENTENCE * wrap.width
    return (full or late or inside) and not _stands_apart(line, following)


def _is_full(line: _Line, following: _Line, width: int) -> bool:
    """Whether the first word of the next line would not have fitted."""
    return line.columns + 1 + len(following.text.split(maxsplit=1)[0]) > width


def _text_column(line: _Line) -> int:
    """Where the words of a line begin, behind the bullet."""
    bullet = _BULLET.match(line.text)
    return line.indent + (bullet.end() if bullet else 0)


def _goes_on(line: _Line, following: _Line) -> bool:
    """Whether a sentence goes on over a line break, by its words."""
    if _stops_at_abbreviation(line, following):
        return True
    if _BULLET.match(following.text) or _has_ended(line.text):
        return False
    return following.text[0].islower() or bool(_UNFINISHED.search(line.text)) or _leaves_open(line.text)


def _stops_at_abbreviation(line: _Line, following: _Line) -> bool:
    """Whether a line ends with a title before a name, or with a month before its day."""
    last = line.text.rsplit(maxsplit=1)[-1]
    if last in _MONTHS:
        return following.text[0].isdigit()
    return last.endswith(".") and last[0].isupper() and last[:-1].lower() in TITLES and following.text[0].isupper()


def _is_cut_off(line: _Line, following: _Line) -> bool:
    """Whether a line ends without a full stop though it is longer than a headline."""
    return line.columns >= _LONGER_THAN_HEADLINES and not (_BULLET.match(following.text) or _has_ended(line.text))


def _has_ended(text: str) -> bool:
    return ends_sentence(text) or text.endswith(":")


def _leaves_open(text: str) -> bool:
    """Whether a quotation or a bracket is opened in a line and not closed."""
    return text.count("“") > text.count("”") or text.count('"') % 2 == 1 or text.count("(") > text.count(")")


def _stands_apart(line: _Line, following: _Line) -> bool:
    """Whether one of two lines is no wrapped prose: a heading, a row of a table, a rule, a byline, a button.

    A piece of a sentence may have the words of a button. So a line that goes on in small letters is none, nor is the
    line below if it is about as long.
    """
    if any(_HEADING_OR_QUOTED.match(text) or _TABLE_GAP.search(text) for text in (line.text, following.text)):
        return True
    is_short = following.columns < _LONGEST_LABEL * line.columns
    if not any(map(str.isalnum, following.text)) or (is_short and _is_label(following.text)):
        return True
    return not following.text[0].islower() and (_is_label(line.text) or is_metadata(following.text))


def _is_label(text: str) -> bool:
    """Whether a line is a byline, a stamp or a button, and no end of a sentence."""
    return not ends_sentence(text) and (is_metadata(text) or is_furniture(text))


def _paragraph(text: str, start: int, end: int) -> Paragraph:
    bullet = _BULLET.match(text, start, end)
    if bullet and bullet.end() < end:
        return Paragraph(bullet.end(), end, text[bullet.end() : end], bulleted=True)
    return Paragraph(start, end, text[start:end], bulleted=False)
