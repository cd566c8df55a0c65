"""Raw article text to kept spans: what is article, what is page furniture.

The text is never rewritten. A kept span is a range of it, and what lies in none was dropped.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from index.bylines import is_credit, is_metadata, publisher_of
from index.datelines import dateline_day
from index.front_matter import front_matter
from index.furniture import ends_sentence, furniture_tail, is_furniture, is_link, is_shouted, opens_link_block
from index.paragraphs import Paragraph, split_paragraphs
from index.stamps import StampDays, date_stamp, stamp_days, without_stamp

_SENTENCE_INSIDE = re.compile(r"""(?:\S+\s+){3,20}\S*\w[.!]["”’]?\s+[A-Z"“(]""")
_LABELLED_VALUE = re.compile(r"(?!source|credit|contributing)[^:,]{2,40}[:,]\s+\S", re.IGNORECASE)
_CAPTION_LABEL = re.compile(
    r"(?:image (?:source|copyright),? [^.\n]{2,60} )?(?:(?:image|media|video) caption[:,]?|caption:)\s+(?=\S)",
    re.IGNORECASE,
)
_COMMENTS = re.compile(
    r"(?:\d+ |(?:reader|view|all|join the) )*(?:comments?|conversation|discussion)(?: ?\(?\d+\)?)?"
    r"|\d+ (?:thoughts?|responses?|replies) (?:on|to)\b.*(?<![.!])",
    re.IGNORECASE,
)
_HEADING_MARKS = re.compile(r"#{1,6}[ \t]+(?=\S)")
_REPLY = re.compile(r"(?:(?:like|share|report|\d+)[ ·|]+)*reply(?:[ ·|]+(?:like|share|report|\d+))*", re.IGNORECASE)
_FARTHEST_REPLY = 12
_OPENING = ('"', "“", "‘", "'")
_SHORT_WORDS = 3
_SHORT_CHARACTERS = 60
_HEADLINE_CHARACTERS = 200
_BODY_CHARACTERS = 140
# A dateline stands before the first sentence, below the headline and perhaps a subheading and a caption.
_DATELINE_DEPTH = 5


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


_Kept = tuple[Paragraph, Kind]


def clean(text: str, title: str = "") -> Cleaned:
    r"""Find the kept spans of a raw text, and its headline, publisher and date where it tells them.

    Args:
        text: The raw text.
        title: The headline, where it is already known from elsewhere.

    Example:
        >>> page = "Skip to content\n\nFlood closes Linden bridge\n\nIt was closed on Monday.\n\nRelated\n\nMore rain"
        >>> [page[s.start:s.end] for s in clean(page).spans]
        ['Flood closes Linden bridge', 'It was closed on Monday.']
    """
    paragraphs = list(_divided(split_paragraphs(text, front_matter(text).end)))
    kept = _keep(_without_comments(paragraphs))
    body = [paragraph for paragraph, kind in kept if kind is Kind.BODY]
    headline = _known_headline(body, title) if title else _headline(body)
    days = list(_days(paragraph.text for paragraph, kind in kept if kind is Kind.METADATA))
    return Cleaned(
        spans=tuple(Span(p.start, p.end, Kind.HEADLINE if p is headline else kind) for p, kind in kept),
        title=title or (" ".join(headline.text.split()) if headline else ""),
        publisher=publisher_of(paragraph.text for paragraph in paragraphs),
        published=next((day.published for day in days if day.published), None)
        or dateline_day((paragraph.text for paragraph in body[:_DATELINE_DEPTH]), text)
        # Of a page that tells only when it was changed, that is the day its "today" and "Friday" go by.
        or next((day.changed for day in days if day.changed), None),
    )


def _divided(paragraphs: list[Paragraph]) -> Iterator[Paragraph]:
    """Divide from a paragraph what is glued to it: a date stamp, the label of a caption, a button at its end."""
    for paragraph in map(_without_heading_marks, paragraphs):
        text = paragraph.text
        label = _CAPTION_LABEL.match(text)
        stamp = date_stamp(text)
        start = label.end() if label else stamp.rest if stamp else 0
        end = furniture_tail(text)
        if end < len(text) and is_furniture(text):
            end = len(text)
        if stamp and stamp.rest:
            yield _part(paragraph, 0, stamp.end)
        yield _part(paragraph, start, end)
        if end < len(text):
            yield _part(paragraph, end + len(text[end:]) - len(text[end:].lstrip()), len(text))


def _without_heading_marks(paragraph: Paragraph) -> Paragraph:
    """A Markdown heading without the ``##`` before it."""
    marks = _HEADING_MARKS.match(paragraph.text)
    return _part(paragraph, marks.end(), len(paragraph.text)) if marks else paragraph


def _part(paragraph: Paragraph, start: int, end: int) -> Paragraph:
    return Paragraph(paragraph.start + start, paragraph.start + end, paragraph.text[start:end], paragraph.bulleted)


def _without_comments(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Leave out the readers' comments: what lies between the heading of the comments and the last "Reply" button.

    A counter of comments above the article is no such heading: there is no sentence above it, or no button soon below.
    """
    replies = [place for place, paragraph in enumerate(paragraphs) if _REPLY.fullmatch(paragraph.text)]
    nearest = range(max(0, replies[0] - _FARTHEST_REPLY), replies[0]) if replies else range(0)
    heading = next((place for place in nearest if _COMMENTS.fullmatch(paragraphs[place].text)), None)
    if heading is None or not any(_is_prose(paragraph.text) for paragraph in paragraphs[:heading]):
        return paragraphs
    return paragraphs[:heading] + paragraphs[replies[-1] + 1 :]


def _keep(paragraphs: list[Paragraph]) -> list[_Kept]:
    """The paragraphs that are article, with what they are."""
    kept: list[_Kept] = []
    in_link_block = in_list = below_headline = False
    for paragraph, following in zip(paragraphs, [*paragraphs[1:], None], strict=False):
        text = paragraph.text
        announced = _leads_on(text, following) or (not below_headline and _is_above_article(text, following))
        wanted = announced or _is_prose(text)
        if opens_link_block(text):
            in_link_block, in_list = True, False
        elif is_metadata(text):
            kept.append((paragraph, Kind.METADATA))
        elif is_furniture(text) or (below_headline and _links_away(text)) or (in_link_block and not wanted):
            continue
        elif announced or not _is_label(text) or (kept and _is_item(paragraph, kept[-1][0], in_list)):
            kept.append((paragraph, Kind.BODY))
            in_list = text.endswith(":") or (in_list and not _is_prose(text))
            in_link_block, below_headline = False, True
    return kept


def _is_prose(text: str) -> bool:
    """Whether a paragraph is a sentence or more; a short question may be a headline."""
    if len(text) >= _BODY_CHARACTERS or _SENTENCE_INSIDE.match(text):
        return True
    return ends_sentence(text) and not text.endswith("?") and len(text.split()) > _SHORT_WORDS


def _links_away(text: str) -> bool:
    """Whether a line below the headline is a link to another story: by its cue, or in capitals and no sentence."""
    if is_link(text):
        return True
    return is_shouted(text) and not text.rstrip("\"”’'").endswith((".", "!"))


def _is_label(text: str) -> bool:
    """A line of up to three words that is no sentence: a menu entry, a section's name, a heading."""
    if ends_sentence(text) or len(text) > _SHORT_CHARACTERS or len(text.split()) > _SHORT_WORDS:
        return False
    return not _LABELLED_VALUE.match(text)


def _is_item(paragraph: Paragraph, previous: Paragraph, in_list: bool) -> bool:
    """Whether a short line is an item of a list: of bullets, or of lines below an announcement that ends in a colon."""
    if previous.bulleted:
        return paragraph.bulleted
    return in_list


def _leads_on(text: str, following: Paragraph | None) -> bool:
    """Whether a short line announces a list or a quotation: ``She said:``."""
    return text.endswith(":") and following is not None and (following.bulleted or following.text.startswith(_OPENING))


def _is_above_article(text: str, following: Paragraph | None) -> bool:
    """Whether a line is the headline because it stands right above a byline or the first sentence.

    Three words are enough where one is in small letters: ``Flood closes bridge``, not ``Example Daily News``.
    """
    words = text.split()
    if len(words) < _SHORT_WORDS or following is None or not any(word.islower() for word in words):
        return False
    return is_metadata(following.text) or _is_prose(following.text)


def _headline(body: list[Paragraph]) -> Paragraph | None:
    """The first line, if it reads as a headline and prose follows it."""
    if not body:
        return None
    words, characters = len(body[0].text.split()), len(body[0].text)
    reads_as_headline = words >= _SHORT_WORDS and characters <= _HEADLINE_CHARACTERS
    ends_as_statement = body[0].text.rstrip("\"”’'").endswith((".", ":"))
    prose_follows = any(_is_prose(later.text) for later in body[1:])
    return body[0] if reads_as_headline and not ends_as_statement and prose_follows else None


def _known_headline(body: list[Paragraph], title: str) -> Paragraph | None:
    """The line that repeats a title that is known from elsewhere."""
    wanted = title.casefold().split()
    return next((paragraph for paragraph in body if paragraph.text.casefold().split() == wanted), None)


def _days(metadata: Iterable[str]) -> Iterator[StampDays]:
    """The days that date stamps and bylines tell; those of a tweet or a picture are another's."""
    for text in metadata:
        line = " ".join(text.split())
        if "@" not in line and not is_credit(without_stamp(line)[0]):
            yield stamp_days(line)
