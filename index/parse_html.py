"""Web pages: the article's text and metadata out of the page around it."""

import contextlib
import logging
import re
import sys
from collections.abc import Iterator

from index.dates import published_on
from index.decode import decode_mended
from index.metadata import Draft, clean_line, clean_url

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_CHARSET_WITHIN = 2048
# What browsers take a charset for (the WHATWG Encoding Standard), and the families that keep their name in Python.
_BROWSER_CHARSETS = {
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "iso-8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
}
_PYTHON_CHARSETS = re.compile(r"windows-125[0-8]|cp125[0-8]|iso-8859-\d{1,2}|koi8-[ru]|euc-jp|big5|gb18030|macintosh")

_TAG = re.compile(
    r"</?(?:p|br|div|span|a|b|i|em|strong|u|h[1-6]|ul|ol|li|blockquote|article|section|figure|figcaption|img|table|t[rdh]"
    r"|script|style|iframe)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_PARAGRAPH_TAG = re.compile(r"<(?:p|br)\b", re.IGNORECASE)
# What XML does not allow, as a character or as a reference: the parsers refuse a whole page for one of them.
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_REFERENCE = re.compile(r"&#(?:x0*(?P<hex>[0-9a-f]+)|0*(?P<decimal>\d+));?", re.IGNORECASE | re.ASCII)
_LONGEST_REFERENCE = 7
_BLANK_LINE = re.compile(r"\n\s*\n")
_BLOCK_TAGS = (
    *("p", "div", "article", "section", "header", "footer", "pre", "blockquote", "hr", "figure", "figcaption"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "table", "tr"),
)
_LOGGERS = ("trafilatura", "htmldate", "courlan", "justext", "charset_normalizer")


def decode_page(data: bytes) -> tuple[str, str]:
    """Turn the bytes of a web page into text, heeding the encoding that it names where it is not UTF-8.

    Args:
        data: The whole page.

    Returns:
        The text and the name of its encoding.

    Raises:
        Undecodable: The bytes are no text, or in an encoding that cannot be told.

    Example:
        >>> decode_page('<meta charset="windows-1251"><p>Дождь'.encode("cp1251"))
        ('<meta charset="windows-1251"><p>Дождь', 'windows-1251')
    """
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        declared = _declared_charset(data)
        if declared is not None and b"\0" not in data:
            with contextlib.suppress(UnicodeDecodeError, LookupError):
                return data.decode(declared), declared
    return decode_mended(data)


def _declared_charset(data: bytes) -> str | None:
    """The Python codec of the encoding that the page names, or None where it names none that is known."""
    match = _CHARSET.search(data, 0, _CHARSET_WITHIN)
    if match is None:
        return None
    name = match[1].decode("ascii", errors="replace").lower()
    if name in _BROWSER_CHARSETS:
        return _BROWSER_CHARSETS[name]
    return name if _PYTHON_CHARSETS.fullmatch(name) else None


def read_page(page: str) -> Draft | None:
    """Take the article out of a web page. Nothing is fetched.

    When in doubt a paragraph is kept; readers' comments are not.

    Args:
        page: The decoded page.

    Returns:
        The article, its paragraphs separated by newlines, or None where there is no article text in the page.

    Example:
        >>> draft = read_page("<html><title>Rain</title><p>It rained for nine hours.</p></html>")
        >>> draft.title, draft.text
        ('Rain', 'It rained for nine hours.')
    """
    # Imported here because a quarter of a second is too much for a corpus without pages.
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    page = _for_xml(page)
    if "<html" not in page[:50].lower():
        page = f"<html>{page}"  # trafilatura looks no further to tell whether it is HTML at all
    document = None
    # Pages are anyone's, so whatever the parsers under trafilatura stumble over means: nothing found.
    with _quiet_loggers(), contextlib.suppress(Exception):
        document = bare_extraction(
            page,
            favor_recall=True,
            include_comments=False,
            with_metadata=True,
            # An extensive search would take the year of a copyright line for the day of publication.
            date_extraction_params={"original_date": True, "extensive_search": False},
        )
    if not isinstance(document, Document) or not (document.text or "").strip():
        return None
    return Draft(
        text=document.text or "",
        title=clean_line(document.title or ""),
        publisher=clean_line(document.sitename or ""),
        published=published_on(document.date or ""),
        url=clean_url(document.url or ""),
    )


@contextlib.contextmanager
def _quiet_loggers() -> Iterator[None]:
    """Keep the parsers' own log messages from the user."""
    loggers = [logging.getLogger(name) for name in _LOGGERS]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


def has_tags(text: str) -> bool:
    """Whether a text is written in HTML.

    Example:
        >>> has_tags("<p>It rained.</p>"), has_tags("Rain < 3 mm, wind > 50 km/h")
        (True, False)
    """
    return _TAG.search(text) is not None


def strip_tags(text: str) -> str:
    r"""The text of a piece of HTML, all of it, with a blank line between paragraphs.

    Raises:
        Exception: Whatever the parser stumbles over; it knows no common class of errors.

    Example:
        >>> strip_tags("<p>It rained &amp; <b>poured</b>.</p><p>Then the\nsun shone.</p>")
        'It rained & poured.\n\nThen the sun shone.'
    """
    from lxml import etree, html

    text = _for_xml(text)
    if _PARAGRAPH_TAG.search(text):  # then a line end, unlike a blank line, is only where the source was wrapped
        text = "\n\n".join(" ".join(part.split()) for part in _BLANK_LINE.split(text))
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=True)
    root = html.document_fromstring(f"<div>{text}</div>", parser=parser)
    etree.strip_elements(root, "script", "style", "template", with_tail=False)
    for element in root.iter(*_BLOCK_TAGS):
        element.text = f"\n\n{element.text or ''}"
        element.tail = f"\n\n{element.tail or ''}"
    for element in root.iter("br"):
        element.tail = f"\n{element.tail or ''}"
    lines = (" ".join(line.split()) for line in "".join(root.itertext()).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _for_xml(text: str) -> str:
    """The text with a space for each character, written out or as a reference, that XML does not allow."""
    return _NOT_XML.sub(" ", _REFERENCE.sub(_allowed_reference, text))


def _allowed_reference(reference: re.Match[str]) -> str:
    digits = reference["hex"] or reference["decimal"]
    code = int(digits, 16 if reference["hex"] else 10) if len(digits) <= _LONGEST_REFERENCE else None
    allowed = code is not None and code <= sys.maxunicode and not _NOT_XML.match(chr(code))
    return reference.group() if allowed else " "
