"""Front matter: the ``key: value`` lines between two fences at the top of a Markdown file."""

import re
from dataclasses import dataclass
from itertools import islice

from index.metadata import KNOWN_FIELDS, normalise_names

# YAML between dashes, TOML between plus signs.
_SEPARATORS = {"---": ":", "+++": "="}
_CLOSING = {"---": ("---", "..."), "+++": ("+++",)}
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_KEY = re.compile(r"[\w.\"'-]{1,40}(?: [\w\"'-]{1,40})? ?")
_TELLING = KNOWN_FIELDS | {"description", "author", "authors", "tags", "categories", "layout", "slug", "draft"}
_MOST_LINES = 200


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What stands before the article.

    Attributes:
        fields: The values by name, as ``normalise_names`` gives them; empty where there is no front matter.
        end: Where the article begins in the text; 0 where there is no front matter.
    """

    fields: dict[str, object]
    end: int


def front_matter(text: str) -> FrontMatter:
    r"""Read the front matter of a text, if it has one.

    A text that merely begins with a line of dashes has none: every line up to the next fence must be a key with its
    value or belong to the one above it, and one key must be known from articles, such as ``title`` or ``date``.

    Example:
        >>> text = "---\ntitle: Rain\n---\nIt rained."
        >>> found = front_matter(text)
        >>> found.fields, text[found.end :]
        ({'title': 'Rain'}, 'It rained.')
    """
    none = FrontMatter({}, 0)
    lines = islice(_LINE.finditer(text), 1 + _MOST_LINES)
    fence = next(lines).group().strip()
    if fence not in _SEPARATORS:
        return none
    fields: dict[str, object] = {}
    for match in lines:
        line = match.group()
        if line.strip() in _CLOSING[fence]:
            named = normalise_names(fields)
            return FrontMatter(named, match.end()) if _TELLING & named.keys() else none
        if not line.strip() or line[0].isspace() or line.startswith(("- ", "#", "[")):
            continue  # it belongs to the value above it, or is a comment
        key, separator, value = line.partition(_SEPARATORS[fence])
        if not separator or not _KEY.fullmatch(key):
            return none
        fields[key.strip()] = value.strip().strip("\"'")
    return none
