"""Bytes to text, and the name of the encoding that gives exactly this text again.

UTF-8 is tried first because its rules are strict: text in another encoding almost never passes as UTF-8. Among the
legacy encodings cp1252 comes first, for most English news in a legacy encoding is in it.
"""

import codecs
import re

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark is its beginning
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Control characters that text has no use for: all but tab, line ends, form feed and escape.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MOST_CONTROL = 0.02
# Text in UTF-16 has far more NULs than this, other text the odd stray one.
_MOST_NULS = 0.01
# What no language of Western Europe writes: three accented letters in a row, or a symbol between two letters.
_NOT_WESTERN = re.compile(
    r"[\xc0-\xd6\xd8-\xf6\xf8-\xff\u0152\u0153\u0160\u0161\u0178\u017d\u017e]{3,}"
    r"|(?<=[^\W\d_])"
    r"[\xa1-\xa9\xab\xac\xae-\xb3\xb5\xb6\xb8\xb9\xbb-\xbf\xd7\xf7\u201a\u201e\u2020\u2021\u2030\u2039\u203a\u2122]"
    r"(?=[^\W\d_])"
)
_MOST_NOT_WESTERN = 0.1
_SAMPLE = 1_000_000


class Undecodable(ValueError):
    """The bytes are not text, or in no encoding that can be told.

    Attributes:
        reason: Why, as a few words.
    """

    def __init__(self, reason: str) -> None:
        """Keep the reason."""
        super().__init__(reason)
        self.reason = reason


class DamagedText(Undecodable):
    """The bytes are UTF-8 for the most part, but some are broken."""


def decode(data: bytes) -> tuple[str, str]:
    r"""Turn the bytes of a text file into text.

    Args:
        data: The whole file.

    Returns:
        The text and the name of a Python codec, such that ``data.decode(encoding) == text``.

    Raises:
        DamagedText: The bytes are UTF-8 with a few broken places.
        Undecodable: The bytes are no text, or in an encoding that cannot be told.

    Example:
        >>> decode("Rain in Zürich".encode())
        ('Rain in Zürich', 'utf-8')
        >>> decode(b"Rain in Z\xfcrich, \xa35")
        ('Rain in Zürich, £5', 'cp1252')
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark) and (text := _text(data, encoding)) is not None:
            return text, encoding
    if data.count(0) > _MOST_NULS * len(data):
        return _decode_utf16_without_mark(data)
    if (text := _strict(data, "utf-8")) is not None:
        if _has_many_controls(text):
            raise Undecodable("binary data, not text")
        return text, "utf-8"
    return _decode_legacy(data)


def decode_mended(data: bytes) -> tuple[str, str]:
    r"""Like ``decode``, but damaged UTF-8 is read with U+FFFD in the place of what is broken.

    For formats that the text is taken out of: one broken byte shall not cost a whole page or dump.

    Args:
        data: The whole file.

    Returns:
        The text and the name of its encoding.

    Raises:
        Undecodable: The bytes are no text, or in an encoding that cannot be told.

    Example:
        >>> decode_mended("Zürich, Genève, Bâle".encode() + b"\xe2\x80")[0]
        'Zürich, Genève, Bâle\ufffd'
    """
    try:
        return decode(data)
    except DamagedText:
        return data.decode("utf-8", errors="replace"), "utf-8"


def _strict(data: bytes, encoding: str) -> str | None:
    """The text in this encoding, or None where a byte does not fit."""
    try:
        return data.decode(encoding)
    except UnicodeError:
        return None


def _text(data: bytes, encoding: str) -> str | None:
    """The text in this encoding, or None where a byte does not fit or the result is no text."""
    text = _strict(data, encoding)
    return None if text is None or _has_many_controls(text) else text


def _has_many_controls(text: str) -> bool:
    """Whether there are more control characters than the odd stray one."""
    return len(_CONTROL.findall(text)) > 1 + _MOST_CONTROL * len(text)


def _decode_utf16_without_mark(data: bytes) -> tuple[str, str]:
    """In UTF-16 every other byte of English text is NUL: the side they are on tells the byte order."""
    nuls_first, nuls_second = data[::2].count(0), data[1::2].count(0)
    encoding = "utf-16-be" if nuls_first > nuls_second else "utf-16-le"
    text = _text(data, encoding)
    # Binary data read as UTF-16 gives letters of many scripts: ASCII must make up a good part of real text.
    if text is None or max(nuls_first, nuls_second) < len(data) / 20:
        raise Undecodable("binary data, not text")
    return text, encoding


def _decode_legacy(data: bytes) -> tuple[str, str]:
    _refuse_damaged_utf8(data)
    western = _text(data, "cp1252")
    if western is not None and _reads_as_western(western):
        return western, "cp1252"
    encoding = _guess_encoding(data)
    if encoding is not None and (text := _text(data, encoding)) is not None:
        return text, encoding
    if western is not None:
        return western, "cp1252"
    raise Undecodable("binary data, or an encoding that cannot be told")


def _refuse_damaged_utf8(data: bytes) -> None:
    """Text in another encoding has hardly any valid UTF-8 sequences, so where most are valid the file is damaged."""
    broken = data.decode("utf-8", errors="replace").count("\ufffd")
    kept = data.decode("utf-8", errors="ignore")
    valid = len(kept) - len(kept.encode("ascii", errors="ignore"))
    if valid > broken:
        raise DamagedText("damaged UTF-8: some bytes are broken or cut off")


def _reads_as_western(text: str) -> bool:
    """Whether text decoded as cp1252 looks like it."""
    text = text[:_SAMPLE]
    not_ascii = len(text) - len(text.encode("ascii", errors="ignore"))
    not_western = sum(map(len, _NOT_WESTERN.findall(text)))
    return not_western <= _MOST_NOT_WESTERN * not_ascii


def _guess_encoding(data: bytes) -> str | None:
    """The Python codec that charset-normalizer holds most likely, or None."""
    # Imported here because hardly any file needs it.
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    return None if best is None else best.encoding
