"""Kept spans to sentences with exact offsets.

nupunkt finds the boundaries; what it cannot know about news is mended here: a quotation that goes on with "he said", a
tweet's signature, a sentence with no end in sight.
"""

import re
from collections.abc import Iterator

from index.cleaning import Kind, Span
from index.records import Sentence

CHUNKER_VERSION = 1
LONGEST_SENTENCE = 1_000

_GOES_ON = re.compile(r"""["'”’)\]]*\s*[a-z]""")
_ONLY_MARKS = re.compile(r"[\W_]+")
_LINK = re.compile(r"(?:https?://|pic\.twitter\.com/)\S+(?:\s+(?:https?://|pic\.twitter\.com/)\S+)*")
_CREDIT = re.compile(r"\|?\s*\(?(?:[\w.-]+ )?(?:photos?|images?|pictures?|credits?)\s?(?:[:/]|by\b|credit).{0,60}", re.IGNORECASE)
_SIGNATURE = re.compile(r"[—–-]\s*[^—–\n]{1,60}\(@\w{1,15}\).*", re.DOTALL)
_NAME_TAIL = re.compile(r"\S+(?:\s\S+)?(?<![.!?\"”’])")


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
    # Imported here: answering a question on a built index never splits sentences.
    import nupunkt

    body = text[span.start : span.end]
    for start, end in nupunkt.sent_spans(body):
        stripped = body[start:end].strip()
        if stripped:
            begin = span.start + body.index(stripped, start)
            yield begin, begin + len(stripped)


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
    piece = text[start:end]
    if any(pattern.fullmatch(piece) for pattern in (_ONLY_MARKS, _LINK, _CREDIT, _SIGNATURE)):
        return True
    if _CREDIT.search(text, *previous) and _NAME_TAIL.fullmatch(piece):
        return True
    return bool(_GOES_ON.match(piece)) and not _LINK.match(piece)


def _shorten(text: str, start: int, end: int) -> Iterator[Sentence]:
    """Cut a range that is too long to quote at white space, or anywhere if there is none."""
    while end - start > LONGEST_SENTENCE:
        cut = max(text.rfind(" ", start + LONGEST_SENTENCE // 2, start + LONGEST_SENTENCE), start + LONGEST_SENTENCE // 2)
        yield from _trimmed(text, start, cut)
        start = cut
    yield from _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Sentence]:
    stripped = text[start:end].strip()
    if stripped:
        begin = text.index(stripped, start)
        yield Sentence(begin, begin + len(stripped))
