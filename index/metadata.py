"""What is known of an article besides its text, and the many names that dumps of news give to it."""

import html
import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from index.dates import published_on

TEXT_FIELDS = (
    "text",
    "maintext",
    "articlebody",
    "bodytext",
    "articletext",
    "fulltext",
    "contenttext",
    "body",
    "content",
    "article",
    "story",
    "contenthtml",
)
_TITLE_FIELDS = ("title", "headline", "webtitle", "name")
_DATE_FIELDS = (
    "published",
    "publishedat",
    "publishdate",
    "publisheddate",
    "datepublish",
    "datepublished",
    "pubdate",
    "publicationdate",
    "webpublicationdate",
    "firstpublicationdate",
    "firstpublished",
    "firstpublishedat",
    "publishedtime",
    "article:publishedtime",
    "publishtime",
    "dateposted",
    "postedat",
    "date",
    "datecreated",
    "createdat",
    "timestamp",
)
_PUBLISHER_FIELDS = (
    "publisher",
    "publication",
    "outlet",
    "newspaper",
    "sitename",
    "site",
    "sourcename",
    "source",
    "sourcedomain",
    "domain",
)
_URL_FIELDS = ("url", "canonicalurl", "weburl", "link", "permalink", "href")
KNOWN_FIELDS = frozenset(_TITLE_FIELDS + _DATE_FIELDS + _PUBLISHER_FIELDS + _URL_FIELDS)
"""The names of the fields that tell something of an article, as ``normalise_names`` gives them."""
# Where a value is an object, the key under which it is written: {"source": {"id": "x", "name": "The X"}}.
_INNER_FIELDS = ("name", "rendered", "main", "title", "text", "value")

_LONGEST_LINE = 300
_LONGEST_URL = 2000
# So much of a line is looked at: Python refuses to read a number of more digits, as a reference may have.
_MOST_READ = 10 * _LONGEST_LINE
_WEB_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Draft:
    """An article as its file tells it, before it has an id and a path. The fields are those of ``Article``.

    Example:
        >>> draft = Draft("Rain fell.", title="Rain", published=date(2022, 1, 6))
        >>> draft.publisher, draft.published.year
        ('', 2022)
    """

    text: str
    title: str = ""
    publisher: str = ""
    published: date | None = None
    url: str = ""


def draft_from_fields(text: str, fields: Mapping[str, object]) -> Draft:
    """Make a draft of a text and the fields that came with it, under any of their common names.

    Args:
        text: The article's text.
        fields: Values by name, as ``normalise_names`` gives them.

    Returns:
        The draft; what the fields do not tell is left empty.

    Example:
        >>> draft_from_fields("It rained.", {"headline": "Rain", "source": {"name": "The Puddle"}}).publisher
        'The Puddle'
    """
    return Draft(
        text=text,
        title=_plain_line(_first_line(fields, _TITLE_FIELDS)),
        publisher=_plain_line(_first_line(fields, _PUBLISHER_FIELDS)),
        published=_first_date(fields),
        url=clean_url(_first_line(fields, _URL_FIELDS)),
    )


def normalise_names(fields: Mapping[str, object]) -> dict[str, object]:
    """The fields by their names in lower case and without separators.

    Example:
        >>> normalise_names({"publishedAt": 1, "publish_date": 2})
        {'publishedat': 1, 'publishdate': 2}
    """
    return {re.sub(r"[\s_-]", "", name).lower(): value for name, value in fields.items()}


def clean_line(text: str) -> str:
    r"""One line for people: white space collapsed, invisible characters removed, cut at 300 characters.

    Example:
        >>> clean_line(" Rain\n\tin\x07 Zürich ")
        'Rain in Zürich'
    """
    text = text[:_MOST_READ]
    visible = "".join(char for char in text if char.isspace() or not unicodedata.category(char).startswith("C"))
    return " ".join(visible.split())[:_LONGEST_LINE].rstrip()


def clean_url(text: str) -> str:
    """The address, where it is one of the web; otherwise ``""``.

    Example:
        >>> clean_url(" https://puddle.example/rain "), clean_url("javascript:alert(1)")
        ('https://puddle.example/rain', '')
    """
    url = text.strip()
    return url if len(url) <= _LONGEST_URL and _WEB_ADDRESS.fullmatch(url) and url.isprintable() else ""


def _plain_line(text: str) -> str:
    """One line for people, of a text in which characters may be written as references: ``&amp;``."""
    return clean_line(html.unescape(text[:_MOST_READ]))


def _first_line(fields: Mapping[str, object], names: tuple[str, ...]) -> str:
    """The first of these fields that is not blank."""
    return next((line for name in names if (line := _line(fields.get(name))).strip()), "")


def _line(value: object) -> str:
    """A value as text: itself, its first item, or what stands under its inner name."""
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = next((value[name] for name in _INNER_FIELDS if isinstance(value.get(name), str)), None)
    return value if isinstance(value, str) else ""


def _first_date(fields: Mapping[str, object]) -> date | None:
    return next((day for name in _DATE_FIELDS if (day := _date(fields.get(name)))), None)


def _date(value: object) -> date | None:
    if isinstance(value, float) and math.isfinite(value):
        return published_on(str(int(value)))
    return published_on(_line(value))
