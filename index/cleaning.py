"""Raw article text to kept spans: what is article, what is page furniture.

The text is never rewritten. A kept span is a range of it, and what lies in none was dropped.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from index.dates import parse_date
from index.furniture import ends_sentence, is_furniture, is_shouted, opens_link_block
from index.bylines import date_stamp, is_metadata, publisher_of
from index.paragraphs import Paragraph, split_paragraphs

CLEANER_VERSION = 1

_SENTENCE_INSIDE = re.compile(r"""\w{3}[.!?]["”’]?\s+[A-Z"“(]""")
_LABELLED_VALUE = re.compile(r"(?!photo|image|picture|source|credit|contributing)[^:,]{2,40}[:,]\s+\S", re.IGNORECASE)
_SHORT_WORDS = 3
_HEADLINE_WORDS = 4
_HEADLINE_CHARACTERS = 200
_BODY_CHARACTERS = 140


class Kind(StrEnum):
    """What a kept span is."""

    HEADLINE = "headline"
    METADATA = "metadata"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class Span:
    """A kept range of the raw text, and what it is."""

    start: int
    end: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What the text itself tells.

    Attributes:
        spans: The kept spans, in the order of the text, not overlapping.
        title: The headline, or ``""``.
        publisher: The publisher, or ``""``.
        published: The day of publication, or None.
    """

    spans: tuple[Span, ...]
    title: str
    publisher: str
    published: date | None


def clean(text: str, title: str = "") -> Cleaned:
    """Find the kept spans of a raw text, and its headline, publisher and date where it tells them.

    Args:
        text: The raw text.
        title: The headline, where it is already known from elsewhere.

    Example:
        >>> page = "Skip to content\\n\\nFlood closes the old bridge\\n\\nThe bridge was closed on Monday.\\n\\nRelated\\n\\nMore rain"
        >>> [page[s.start:s.end] for s in clean(page).spans]
        ['Flood closes the old bridge', 'The bridge was closed on Monday.']
    """
    paragraphs = list(_without_stamps(split_paragraphs(text)))
    kept = _keep(paragraphs)
    headline = None if title else _headline(kept)
    spans = tuple(Span(p.start, p.end, Kind.HEADLINE if p is headline else _kind(p)) for p in kept)
    return Cleaned(
        spans=spans,
        title=" ".join(headline.text.split()) if headline else title,
        publisher=publisher_of(paragraph.text for paragraph in paragraphs),
        published=_published(paragraphs),
    )


def _without_stamps(paragraphs: list[Paragraph]) -> Iterator[Paragraph]:
    """Divide a date stamp that is glued to the first sentence from that sentence."""
    for paragraph in paragraphs:
        stamp = date_stamp(paragraph.text)
        if stamp is None or stamp.rest == 0:
            yield paragraph
            continue
        middle = paragraph.start + stamp.rest
        yield Paragraph(paragraph.start, paragraph.start + stamp.end, paragraph.text[: stamp.end], paragraph.bulleted)
        yield Paragraph(middle, paragraph.end, paragraph.text[stamp.rest :], bulleted=False)


def _keep(paragraphs: list[Paragraph]) -> list[Paragraph]:
    kept: list[Paragraph] = []
    in_link_block = False
    for paragraph in paragraphs:
        text = paragraph.text
        if opens_link_block(text):
            in_link_block = True
        elif is_metadata(text):
            kept.append(paragraph)
        elif is_furniture(text):
            continue
        elif in_link_block and not _is_prose(text):
            continue
        elif _is_shouted_link(text, kept) or _is_label(paragraph, kept):
            continue
        else:
            in_link_block = False
            kept.append(paragraph)
    return kept


def _is_prose(text: str) -> bool:
    if len(text) >= _BODY_CHARACTERS or _SENTENCE_INSIDE.search(text):
        return True
    return ends_sentence(text) and len(text.split()) > _SHORT_WORDS


def _is_shouted_link(text: str, kept: list[Paragraph]) -> bool:
    """A line in capitals is a headline when it comes first, and a link afterwards."""
    return is_shouted(text) and any(not is_metadata(paragraph.text) for paragraph in kept)


def _is_label(paragraph: Paragraph, kept: list[Paragraph]) -> bool:
    """A line of up to three words that is no sentence: a menu entry, a section name, a byline."""
    if ends_sentence(paragraph.text) or len(paragraph.text.split()) > _SHORT_WORDS:
        return False
    if _LABELLED_VALUE.match(paragraph.text):
        return False
    introduced = kept and (kept[-1].text.endswith(":") or (kept[-1].bulleted and paragraph.bulleted))
    return not (introduced and paragraph.bulleted)


def _headline(kept: list[Paragraph]) -> Paragraph | None:
    """The first kept line, if it reads as a headline and prose follows it."""
    candidates = [paragraph for paragraph in kept if not is_metadata(paragraph.text)]
    if not candidates:
        return None
    first = candidates[0]
    words = len(first.text.split())
    reads_as_headline = (
        words >= _HEADLINE_WORDS and len(first.text) <= _HEADLINE_CHARACTERS and not first.text.endswith((".", ".”", '."', ":"))
    )
    return first if reads_as_headline and any(_is_prose(later.text) for later in candidates[1:]) else None


def _kind(paragraph: Paragraph) -> Kind:
    return Kind.METADATA if is_metadata(paragraph.text) else Kind.BODY


def _published(paragraphs: list[Paragraph]) -> date | None:
    for paragraph in paragraphs:
        stamp = date_stamp(paragraph.text)
        if stamp is not None:
            found = parse_date(stamp.date)
            if found is not None:
                return found
    return None
