"""Kept spans to sentences with exact offsets.

nupunkt finds the boundaries. It learned from court rulings, so what it cannot know about news is mended here: a
quotation that goes on with "he said", a tweet's signature, a photographer's credit, an everyday word that it takes for
an abbreviation, a sentence with no end in sight.
"""

import re
from collections.abc import Iterator

from index.abbreviations import ABBREVIATIONS, TITLES
from index.bylines import is_credit
from index.cleaning import Kind, Span
from index.records import Sentence

LONGEST_SENTENCE = 1_000

_SPACE = re.compile(r"\s")
_NOT_SPACE = re.compile(r"\S+")
_GOES_ON = re.compile(r"""["'”’)\]]*\s*[a-z](?![A-Z])""")
_ONLY_MARKS = re.compile(r"[\W_]+")
_LINK = re.compile(r"(?:https?://|pic\.twitter\.com/)\S+")
_LINKS_AND_SIGNATURE = re.compile(
    rf"(?:{_LINK.pattern}\s+)*(?:{_LINK.pattern}\s*)?"
    r"(?:[—–-]{1,2} ?[^—–\n]{1,60}\(@\w{1,15}\).{0,60})?",
    re.DOTALL,
)
_ATTRIBUTION = re.compile(r"[—–-]{1,2} ?[A-Z][^.!?]{2,60}")
_NUMBER = re.compile(r"\(?\d{1,2}[.)]")
_SAYS = re.compile(
    r"(?:[A-Z][\w.’'-]*\s+){1,4}(?:said|says|asked|asks|added|told|wrote|tweeted|replied|shouted|recalled|explained|joked"
    r"|continued|insisted|warned|argued|noted|cried|wondered|exclaimed|demanded)\b"
)
_QUESTION_OR_CRY = re.compile(r"""[?!]["”’']$""")
_OPENING = {"”": "“", "’": "‘"}
_LAST_WORD = re.compile(r"(?<![\w.])([^\W\d_]+)\.$")
_MISSED = re.compile(r"""(?<=[\s"“‘'(-])(?P<word>[^\W\d_]{2,})[.!?]["”’')\]]*\s+(?=["“‘'(\[]?[A-Z])""")
_CREDITED_INITIAL = re.compile(r"(?:photos?|images?|pictures?|credit) ?[:/][^.!?]{0,60}\b[A-Z]\.$", re.IGNORECASE)
_LONGEST_APPENDIX = 160
_TITLE_REACH = 20
_SHORTEST_PROPER_WORD = 4


def split_sentences(text: str, spans: tuple[Span, ...]) -> tuple[Sentence, ...]:
    """Split the quotable spans of an article into sentences.

    Args:
        text: The article's raw text.
        spans: Its kept spans. Metadata spans hold no sentences.

    Returns:
        The sentences in the order of the text, trimmed of white space, none longer than ``LONGEST_SENTENCE``
        characters, each inside one span.

    Example:
        >>> text = "The U.S. army left. “It is over,” Gen. Lee said."
        >>> [text[s.start:s.end] for s in split_sentences(text, (Span(0, len(text), Kind.BODY),))]
        ['The U.S. army left.', '“It is over,” Gen. Lee said.']
    """
    sentences: list[Sentence] = []
    for span in spans:
        if span.kind is Kind.METADATA:
            continue
        if span.kind is Kind.HEADLINE:
            sentences.extend(_shorten(text, span.start, span.end))
            continue
        for start, end in _merged(text, span):
            sentences.extend(_shorten(text, start, end))
    return tuple(sentences)


def _boundaries(text: str, span: Span) -> Iterator[tuple[int, int]]:
    """The pieces of one span, trimmed of white space or not."""
    # Imported here: answering a question on a built index never splits sentences.
    import nupunkt

    for first, last in _digestible(text, span):
        for start, end in nupunkt.sent_spans(text[first:last]):
            begin = first + start
            for match in _MISSED.finditer(text, begin, first + end):
                if _ends_here(match["word"]):
                    yield begin, match.end()
                    begin = match.end()
            yield begin, first + end


def _digestible(text: str, span: Span) -> Iterator[tuple[int, int]]:
    """The span, divided within words that are longer than a sentence may be: nupunkt takes their length squared."""
    begin = span.start
    for word in _NOT_SPACE.finditer(text, span.start, span.end):
        while word.end() - max(begin, word.start()) > LONGEST_SENTENCE:
            cut = max(begin, word.start()) + LONGEST_SENTENCE
            yield begin, cut
            begin = cut
    yield begin, span.end


def _ends_here(word: str) -> bool:
    """Whether a sentence may end with a word and a full stop before a capital: the word is no abbreviation."""
    known = word.lower() in ABBREVIATIONS
    return not known and (word.islower() or word.isupper() or len(word) >= _SHORTEST_PROPER_WORD)


def _merged(text: str, span: Span) -> list[tuple[int, int]]:
    """The ranges of one span, with those joined that are one sentence."""
    merged: list[tuple[int, int]] = []
    for start, end in _boundaries(text, span):
        if merged and _continues(text, merged[-1], start, end):
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged


def _continues(text: str, previous: tuple[int, int], start: int, end: int) -> bool:
    """Whether a piece belongs to the sentence before it."""
    piece = text[start:end].strip()
    before = text[max(previous[0], previous[1] - LONGEST_SENTENCE) : previous[1]].strip()
    if not piece or not before:
        return True
    if len(piece) <= _LONGEST_APPENDIX and _is_appendix(piece):
        return True
    # A title is short: so little is looked at, since this is done for every piece.
    last = _LAST_WORD.search(before[-_TITLE_REACH:])
    if _CREDITED_INITIAL.search(before[-90:]) and piece.count(" ") < 2:
        return True
    if (last and last[1].lower() in TITLES) or _NUMBER.fullmatch(before):
        return True
    if _ATTRIBUTION.fullmatch(piece) and before[-1] in "\"'”’":
        return True
    if _QUESTION_OR_CRY.search(before[-2:]) and _SAYS.match(piece):
        return before.rfind(_OPENING.get(before[-1], before[-1]), 0, -1) <= 0
    return bool(_GOES_ON.match(piece)) and not _LINK.match(piece)


def _is_appendix(piece: str) -> bool:
    """Whether a piece is no sentence of its own: stray marks, a link, a photographer's credit, a tweet's signature."""
    return is_credit(piece) or bool(_ONLY_MARKS.fullmatch(piece) or _LINKS_AND_SIGNATURE.fullmatch(piece))


def _shorten(text: str, start: int, end: int) -> Iterator[Sentence]:
    """Cut a range that is too long to quote at white space, or anywhere if there is none."""
    while end - start > LONGEST_SENTENCE:
        half, limit = start + LONGEST_SENTENCE // 2, start + LONGEST_SENTENCE
        spaces = [match.start() for match in _SPACE.finditer(text, half, limit)]
        cut = spaces[-1] if spaces else limit
        yield from _trimmed(text, start, cut)
        start = cut
    yield from _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Sentence]:
    stripped = text[start:end].strip()
    if stripped:
        begin = text.index(stripped, start)
        yield Sentence(begin, begin + len(stripped))
