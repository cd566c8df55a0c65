"""Raw article text to kept spans: what is article, what is page furniture.

The text is never rewritten. A kept span is a range of it, and what lies in none was dropped.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from index.bylines import is_metadata, publisher_of
from index.dates import parse_date
from index.furniture import ends_sentence, is_furniture, is_link, is_shouted, opens_link_block
from index.paragraphs import Paragraph, split_paragraphs
from index.stamps import date_stamp, without_stamp

CLEANER_VERSION = 1

_SENTENCE_INSIDE = re.compile(r"""\w{3}[.!]["”’]?\s+[A-Z"“(]""")
_LABELLED_VALUE = re.compile(r"(?!source|credit|contributing)[^:,]{2,40}[:,]\s+\S", re.IGNORECASE)
_CAPTION_LABEL = re.compile(r"(?:image (?:source|copyright),? [^.\n]{2,60}? )?(?:image |media |video )?caption[:,]? (?=\S)", re.IGNORECASE)
_COMMENTS_HEADING = re.compile(r"(?:\d+ )?(?:reader |view |all )*comments?(?: ?\(?\d+\)?)?|(?:join the )?(?:conversation|discussion)", re.IGNORECASE)
_REPLY_BUTTON = re.compile(r"reply|(?:like|share|report)?[ ·|]*reply(?:[ ·|]*(?:like|share|report))*", re.IGNORECASE)
_OPENING = ('"', "“", "‘", "'")
_SHORT_WORDS = 3
_SHORT_CHARACTERS = 60
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
    paragraphs = list(_divided(split_paragraphs(text)))
    kept = _keep(_without_comments(paragraphs))
    headline = _known_headline(kept, title) if title else _headline(kept)
    spans = tuple(Span(p.start, p.end, Kind.HEADLINE if p is headline else _kind(p)) for p in kept)
    return Cleaned(
        spans=spans,
        title=title or (" ".join(headline.text.split()) if headline else ""),
        publisher=publisher_of(paragraph.text for paragraph in paragraphs),
        published=_published(kept),
    )


def _divided(paragraphs: list[Paragraph]) -> Iterator[Paragraph]:
    """Divide what is glued before a first sentence from it: a date stamp, the label of a caption."""
    for paragraph in paragraphs:
        label = _CAPTION_LABEL.match(paragraph.text)
        stamp = date_stamp(paragraph.text)
        if label:
            yield _part(paragraph, label.end(), len(paragraph.text))
        elif stamp is not None and stamp.rest:
            yield _part(paragraph, 0, stamp.end)
            yield _part(paragraph, stamp.rest, len(paragraph.text))
        else:
            yield paragraph


def _part(paragraph: Paragraph, start: int, end: int) -> Paragraph:
    return Paragraph(paragraph.start + start, paragraph.start + end, paragraph.text[start:end], paragraph.bulleted)


def _without_comments(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Leave out the readers' comments: what lies between the heading of the comments and the last "Reply" button."""
    replies = [place for place, paragraph in enumerate(paragraphs) if _REPLY_BUTTON.fullmatch(paragraph.text)]
    if not replies:
        return paragraphs
    headings = [place for place in range(replies[0]) if _COMMENTS_HEADING.fullmatch(paragraphs[place].text)]
    return paragraphs[: headings[-1]] + paragraphs[replies[-1] + 1 :] if headings else paragraphs


def _keep(paragraphs: list[Paragraph]) -> list[Paragraph]:
    kept: list[Paragraph] = []
    in_link_block = in_list = False
    for paragraph, following in zip(paragraphs, [*paragraphs[1:], None], strict=True):
        text = paragraph.text
        below_headline = any(not is_metadata(earlier.text) for earlier in kept[:_FIRST])
        if opens_link_block(text):
            in_link_block, in_list = True, False
        elif is_metadata(text):
            kept.append(paragraph)
        elif is_furniture(text) or (below_headline and (is_link(text) or _is_shouted_link(text))):
            continue
        elif in_link_block and not _is_prose(text):
            continue
        elif _is_label(text) and not in_list and not _introduces(text, following):
            if not below_headline and _is_short_headline(text, following):
                kept.append(paragraph)
        else:
            in_link_block = False
            in_list = text.endswith(":") or (in_list and not _is_prose(text))
            kept.append(paragraph)
    return kept


def _is_prose(text: str) -> bool:
    """Whether a paragraph is a sentence or more; a short question may be a headline."""
    if len(text) >= _BODY_CHARACTERS or _SENTENCE_INSIDE.search(text):
        return True
    return ends_sentence(text) and not text.endswith("?") and len(text.split()) > _SHORT_WORDS


def _is_shouted_link(text: str) -> bool:
    """Below the headline, a line in capitals that is no sentence is a link."""
    return is_shouted(text) and not text.rstrip("\"”’'").endswith((".", "!"))


def _is_label(text: str) -> bool:
    """A line of up to three words that is no sentence: a menu entry, a section's name, a heading."""
    if ends_sentence(text) or len(text) > _SHORT_CHARACTERS or len(text.split()) > _SHORT_WORDS:
        return False
    return not _LABELLED_VALUE.match(text)


def _introduces(text: str, following: Paragraph | None) -> bool:
    """Whether a short line announces a list or a quotation: ``She said:``."""
    return text.endswith(":") and following is not None and (following.bulleted or following.text.startswith(_OPENING))


def _is_short_headline(text: str, following: Paragraph | None) -> bool:
    """Whether a line of three words, one in small letters, stands right above a byline or the first sentence."""
    words = text.split()
    if len(words) != _SHORT_WORDS or not any(word.islower() for word in words) or following is None:
        return False
    return is_metadata(following.text) or _is_prose(following.text)


def _headline(kept: list[Paragraph]) -> Paragraph | None:
    """The first kept line, if it reads as a headline and prose follows it."""
    candidates = [paragraph for paragraph in kept if not is_metadata(paragraph.text)]
    if not candidates:
        return None
    first = candidates[0]
    reads_as_headline = (
        len(first.text.split()) >= _SHORT_WORDS
        and len(first.text) <= _HEADLINE_CHARACTERS
        and not first.text.rstrip("\"”’'").endswith((".", ":"))
    )
    return first if reads_as_headline and any(_is_prose(later.text) for later in candidates[1:]) else None


def _known_headline(kept: list[Paragraph], title: str) -> Paragraph | None:
    """The line that repeats a title that is known from elsewhere."""
    wanted = title.casefold().split()
    return next((paragraph for paragraph in kept if paragraph.text.casefold().split() == wanted), None)


def _kind(paragraph: Paragraph) -> Kind:
    return Kind.METADATA if is_metadata(paragraph.text) else Kind.BODY


def _published(kept: list[Paragraph]) -> date | None:
    """The first whole date that a date stamp or a byline tells; a tweet's date is none."""
    for paragraph in kept:
        if "@" not in paragraph.text and is_metadata(paragraph.text):
            found = parse_date(without_stamp(" ".join(paragraph.text.split()))[1])
            if found is not None:
                return found
    return None
