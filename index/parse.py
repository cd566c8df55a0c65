"""Files to articles."""

import hashlib
from collections.abc import Iterator

from index.decode import Undecodable, decode, decode_mended
from index.discover import (
    DUMP_SUFFIXES,
    MARKDOWN_SUFFIXES,
    PAGE_SUFFIXES,
    SourceFile,
    read_error,
    size_limit,
    too_large,
)
from index.metadata import Draft, draft_from_fields, normalise_names
from index.parse_html import decode_page, read_page
from index.parse_json import read_document, read_lines
from index.records import Article, Skipped

_FRONT_MATTER_LINES = 100


def parse(file: SourceFile) -> Iterator[Article | Skipped]:
    """Read one file and take the articles out of it. Bad input is named, never raised.

    Args:
        file: A file that ``discover`` found.

    Yields:
        The articles, and what could not be read, in the order of the file.

    Example:
        >>> import tempfile
        >>> from pathlib import Path
        >>> from index.discover import discover
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     _ = Path(folder, "rain.txt").write_text("It rained.")
        ...     files, _ = discover(Path(folder))
        ...     [article.text for article in parse(files[0])]
        ['It rained.']
    """
    try:
        with file.path.open("rb") as stream:
            data = stream.read(size_limit(file.path) + 1)  # the file may have grown since it was discovered
    except OSError as error:
        yield Skipped(file.relative, read_error(error))
        return
    yield from parse_bytes(file, data)


def parse_bytes(file: SourceFile, data: bytes) -> Iterator[Article | Skipped]:
    """Like ``parse``, for a caller that has read the file already.

    Args:
        file: A file that ``discover`` found.
        data: Its whole content.

    Yields:
        The articles, and what could not be read, in the order of the file.

    Example:
        >>> from pathlib import Path
        >>> file = SourceFile(Path("/news/rain.jsonl"), "rain.jsonl", 22, "")
        >>> [article.text for article in parse_bytes(file, b'{"text": "It rained."}')]
        ['It rained.']
    """
    if reason := too_large(len(data), file.path):
        yield Skipped(file.relative, reason)
        return
    try:
        encoding, records = _read(file, data)
    except Undecodable as error:
        yield Skipped(file.relative, error.reason)
        return
    for number, record in records:
        if isinstance(record, Skipped):
            yield record
        else:
            yield Article(
                id=article_id(file.relative, number),
                path=str(file.path),
                title=record.title,
                publisher=record.publisher,
                published=record.published,
                url=record.url,
                text=record.text,
                encoding=encoding,
            )


def article_id(relative: str, record: int) -> str:
    """The stable id of an article: the same as long as its file keeps its name and the record its place in it.

    Args:
        relative: The file's path in its folder, with ``/`` between the parts.
        record: The line or the place in the list, counted from 1; 0 where the file is one article.

    Returns:
        16 hex digits.

    Example:
        >>> article_id("2022/rain.txt", 0)
        'd27ec1e96d01a29b'
    """
    return hashlib.sha256(f"{relative}#{record}".encode()).hexdigest()[:16]


def _read(file: SourceFile, data: bytes) -> tuple[str, Iterator[tuple[int, Draft | Skipped]]]:
    """The encoding of a file, and its numbered records.

    Raises:
        Undecodable: The file is no text.
    """
    suffix = file.path.suffix.lower()
    if suffix in PAGE_SUFFIXES:
        text, encoding = decode_page(data)
        return encoding, iter([(0, read_page(text) or Skipped(file.relative, "no article text found in the page"))])
    if suffix in DUMP_SUFFIXES:
        text, encoding = decode_mended(data)
        read = read_document if suffix == ".json" else read_lines
        return encoding, read(text, file.relative)
    text, encoding = decode(data)
    if not text.strip():
        return encoding, iter([(0, Skipped(file.relative, "no text"))])
    fields = _front_matter(text) if suffix in MARKDOWN_SUFFIXES else {}
    return encoding, iter([(0, draft_from_fields(text, fields))])


def _front_matter(text: str) -> dict[str, object]:
    """The ``key: value`` lines between two ``---`` lines at the top of a Markdown file; empty where there are none."""
    first, *lines = text[: _FRONT_MATTER_LINES * 200].splitlines()[:_FRONT_MATTER_LINES]
    if first.strip() != "---":
        return {}
    fields: dict[str, object] = {}
    for line in lines:
        if line.strip() in ("---", "..."):
            return normalise_names(fields)
        key, colon, value = line.partition(":")
        if colon and not line[0].isspace():  # an indented line belongs to the value above it
            fields[key.strip()] = value.strip().strip("\"'")
    return {}  # never closed: a thematic break, not front matter
