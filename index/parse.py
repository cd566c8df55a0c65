"""Files to articles."""

import hashlib
from collections.abc import Iterator

from index.decode import Undecodable, decode, decode_mended
from index.discover import (
    DUMP_SUFFIXES,
    MARKDOWN_SUFFIXES,
    PAGE_SUFFIXES,
    SourceFile,
    too_large,
)
from index.front_matter import front_matter
from index.metadata import Draft, draft_from_fields
from index.parse_html import decode_page, read_page
from index.parse_json import read_document, read_lines
from index.records import Article, Skipped


def parse_bytes(file: SourceFile, data: bytes) -> Iterator[Article | Skipped]:
    """Take the articles out of a file. Bad input is named, never raised.

    Args:
        file: A file that ``discover`` found.
        data: Its content, as ``read_file`` of ``index.discover`` gives it.

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
        for number, record in records:
            yield record if isinstance(record, Skipped) else _article(file, number, record, encoding)
    except Undecodable as error:
        yield Skipped(file.relative, error.reason)
    except MemoryError:
        # The process that reads files has a budget, and tells that it was not enough.
        raise
    except Exception as error:  # files are anyone's, and one that a parser stumbles over shall not cost the others
        yield Skipped(file.relative, f"cannot be read: its parser failed ({type(error).__name__})")


def _article(file: SourceFile, number: int, draft: Draft, encoding: str) -> Article:
    return Article(
        id=article_id(file.relative, number),
        path=str(file.path),
        title=draft.title,
        publisher=draft.publisher,
        published=draft.published,
        url=draft.url,
        text=draft.text,
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
    fields = front_matter(text).fields if suffix in MARKDOWN_SUFFIXES else {}
    return encoding, iter([(0, draft_from_fields(text, fields))])
