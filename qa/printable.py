"""Text from articles made safe to show, one character for one, so that offsets into it stay valid."""

import re

_UNSAFE = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f"  # C0 controls and DEL, all but tab and newline
    "\x80-\x9f"  # C1 controls
    "\xad\u180e\u200b-\u200d\u2060-\u2064\ufeff"  # soft hyphen and zero-width characters
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"  # marks that reorder what a terminal shows
    "\u2028\u2029"  # line and paragraph separators
    "\ufff9-\ufffb\U000e0000-\U000e007f"  # invisible annotations and tags
    "\ud800-\udfff"  # lone surrogates, which cannot be written as UTF-8
    "]"
)
_DELETE = "\x7f"
_PICTURES = 0x2400
_PICTURE_OF_DELETE = "\u2421"
_STAND_IN = "\ufffd"


def printable(text: str) -> str:
    r"""The text with a visible stand-in for each character that a terminal would obey, hide or refuse.

    Newlines and tabs stay. The other ASCII controls become their control pictures, everything else
    becomes U+FFFD. The length never changes.

    Example:
        >>> printable("a\x1b[31mb\n")
        'a␛[31mb\n'
        >>> len(printable("\u202eabc"))
        4
    """
    return _UNSAFE.sub(_stand_in, text)


def _stand_in(match: re.Match[str]) -> str:
    character = match[0]
    if character == _DELETE:
        return _PICTURE_OF_DELETE
    return chr(_PICTURES + ord(character)) if character < " " else _STAND_IN
