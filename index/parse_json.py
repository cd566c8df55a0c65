"""Dumps of news: one JSON document, or one JSON object a line."""

import json
import re
from collections.abc import Iterator, Mapping

from index.metadata import TEXT_FIELDS, Draft, draft_from_fields, normalise_names
from index.parse_html import has_tags, strip_tags
from index.records import Skipped

# Under which name a document holds its list of articles.
_LIST_FIELDS = (
    "articles",
    "data",
    "items",
    "results",
    "docs",
    "documents",
    "records",
    "entries",
    "posts",
    "stories",
    "news",
    "hits",
    "response",
    "@graph",
    "feed",
)
_LIST_DEPTH = 3
# Search engines and news services wrap an article's fields once more.
_WRAPPERS = ("fields", "attributes", "_source", "article")
# SQLite and UTF-8 cannot hold these; JSON can write them as \u0000 and \ud800.
_UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")

Record = tuple[int, Draft | Skipped]
"""An article, or why there is none, and its number: its line or its place in the list, counted from 1; 0 when alone."""


def read_document(text: str, path: str) -> Iterator[Record]:
    """Read one JSON document: an article, a list of articles, or an object that holds such a list.

    Args:
        text: The decoded file.
        path: The file's name, for what is skipped.

    Yields:
        Each article with its number.

    Example:
        >>> [draft.text for _, draft in read_document('{"articles": [{"body": "It rained."}]}', "dump.json")]
        ['It rained.']
    """
    try:
        value = _load(text)
    except ValueError as error:
        yield 0, Skipped(path, str(error))
        return
    articles = _find_articles(value, _LIST_DEPTH)
    if isinstance(articles, list):
        if not articles:
            yield 0, Skipped(path, "holds no articles")
        for number, item in enumerate(articles, start=1):
            yield number, _read_article(item, f"{path}#{number}")
    else:
        yield 0, _read_article(articles, path)


def read_lines(text: str, path: str) -> Iterator[Record]:
    r"""Read one JSON object a line. A line that is broken does not keep the others from being read.

    Args:
        text: The decoded file.
        path: The file's name, for what is skipped.

    Yields:
        Each article with its line.

    Example:
        >>> for line, result in read_lines('{"text": "It rained."}\n{"text', "dump.jsonl"):
        ...     print(line, result.text if isinstance(result, Draft) else result.path)
        1 It rained.
        2 dump.jsonl:2
    """
    # Not splitlines(): that also splits at characters that JSON strings may hold, such as U+2028.
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield number, _read_line(line, f"{path}:{number}")


def _read_line(line: str, path: str) -> Draft | Skipped:
    try:
        value = _load(line)
    except ValueError as error:
        return Skipped(path, str(error))
    return _read_article(value, path)


def _load(text: str) -> object:
    """The JSON value, its numbers as floats: Python refuses to read integers of more than a few thousand digits.

    Raises:
        ValueError: It is not JSON; the message says why.
    """
    try:
        value: object = json.loads(text, parse_int=float)
    except json.JSONDecodeError as error:
        raise ValueError(
            f"not valid JSON: {error.msg.lower().removesuffix(' at')} at character {error.pos + 1}"
        ) from error
    except RecursionError as error:
        raise ValueError("JSON that is nested too deeply") from error
    return value


def _find_articles(value: object, depth: int) -> object:
    """The list of articles inside a value, or the value itself where it holds none."""
    if not isinstance(value, dict) or depth == 0 or _text(fields := _unwrap(value)):
        return value
    held = (fields[name] for name in _LIST_FIELDS if isinstance(fields.get(name), list | dict))
    return next((_find_articles(inner, depth - 1) for inner in held), value)


def _read_article(value: object, path: str) -> Draft | Skipped:
    if not isinstance(value, dict):
        return Skipped(path, "not a JSON object")
    fields = _unwrap(value)
    text = _UNSTORABLE.sub("\ufffd", _text(fields))
    if has_tags(text):
        try:
            text = strip_tags(text)
        except Exception:  # records are anyone's, and whatever the parser stumbles over shall not cost the others
            return Skipped(path, "its HTML cannot be read")
    if not text.strip():
        return Skipped(path, "no text (looked for fields such as text, body and content)")
    return draft_from_fields(text, fields)


def _unwrap(value: Mapping[str, object]) -> dict[str, object]:
    """The fields of an article by their plain names, with those of its wrappers; its own come first."""
    fields = normalise_names(value)
    for name in _WRAPPERS:
        inner = value.get(name)
        if isinstance(inner, dict):
            fields = normalise_names(inner) | fields
    return fields


def _text(fields: Mapping[str, object]) -> str:
    """The first text field that is not blank, or ``""``."""
    return next((text for name in TEXT_FIELDS if (text := _join(fields.get(name))).strip()), "")


def _join(value: object) -> str:
    """A text field's value: itself, its paragraphs, or what a content management system wraps it in."""
    if isinstance(value, list):
        return "\n\n".join(paragraph for item in value if (paragraph := _join_item(item)).strip())
    return _join_item(value)


def _join_item(value: object) -> str:
    if isinstance(value, dict):
        value = next((value[name] for name in ("rendered", "text", "value") if isinstance(value.get(name), str)), None)
    return value if isinstance(value, str) else ""
