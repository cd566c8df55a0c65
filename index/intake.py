"""One file to what an index keeps of it: its articles, cleaned, with their sentences.

Loading the rules takes a tenth of a second. ``index.intake_process`` runs them in a process of its own.
"""

from collections.abc import Iterator
from dataclasses import replace

from index.cleaning import clean
from index.discover import SourceFile
from index.parse import parse_bytes
from index.records import Article, Skipped, Taken
from index.sentences import split_sentences
from index.shares import WHOLE, Share


def take_in(file: SourceFile, data: bytes, share: Share = WHOLE) -> Iterator[Taken | Skipped]:
    """Take the articles out of a file. Bad input is named, never raised.

    Args:
        file: A file that ``discover`` found.
        data: Its content, as ``index.discover.read_file`` gives it.
        share: Which articles are taken; what was skipped is told by one share.

    Yields:
        The articles, and what could not be read, in the order of the file.

    Example:
        >>> from pathlib import Path
        >>> file = SourceFile(Path("/news/a.txt"), "a.txt", 42, "42-1-1")
        >>> [taken] = take_in(file, b"Rain fell on Monday. It stopped on Friday.")
        >>> len(taken.sentences)
        2
    """
    for item in parse_bytes(file, data):
        if isinstance(item, Skipped):
            if share.holds(file.relative):
                yield item
        elif share.holds_article(file.relative, item.id):
            yield _cleaned(item, file.relative)


def _cleaned(article: Article, file: str) -> Taken | Skipped:
    cleaned = clean(article.text, article.title)
    sentences = split_sentences(article.text, cleaned.spans)
    if not sentences:
        return Skipped(file, "no sentences in it")
    article = replace(
        article,
        title=cleaned.title,
        publisher=article.publisher or cleaned.publisher,
        published=article.published or cleaned.published,
    )
    return Taken(article, sentences)
