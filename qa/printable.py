"""Text from articles made safe to show, one character for one, so that offsets into it stay valid.

Whatever others wrote goes through here on its way to a terminal, a page or a clipboard: text and facts of articles,
names of files, questions, errors. Replaced is what a terminal obeys (controls), what reorders the text that it shows,
what it hides (so that two texts that look alike differ, or one holds more than is seen), and what it shows as a blank
that is no white space. Letters of every script and emoji stay, but for the joiners between them, which hide as well.
"""

import re
import unicodedata

_UNSAFE = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f"  # C0 controls and DEL, all but tab and newline
    "\x80-\x9f"  # C1 controls
    "\xad\u034f\u180e\u200b-\u200d\u2060-\u2065\ufeff"  # soft hyphen, joiners and other zero-width characters
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"  # marks that reorder what a terminal shows
    "\u2028\u2029"  # line and paragraph separators
    "\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"  # letters without a shape: Hangul fillers, Khmer vowels, blank Braille
    "\u180b-\u180d\u180f\U000e0100-\U000e01ef"  # variation selectors that no sign in English news has
    "\ufff0-\ufffb\ufffe\uffff"  # invisible annotations, and what is no character
    "\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"  # layout of hieroglyphs, shorthand and music
    "\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"  # tags, which spell hidden text
    "\ud800-\udfff"  # lone surrogates, which cannot be written as UTF-8
    "]"
)
_DELETE = "\x7f"
_PICTURES = 0x2400
_PICTURE_OF_DELETE = "\u2421"
_STAND_IN = "\ufffd"

# No script stacks more marks on a letter; a flood of them is drawn over the lines above and below. Among the marks are
# the variation selectors of emoji, so that these cannot pile up to a hidden text either.
_MOST_MARKS = 4
# Where such a flood may be: every mark has one of these codes, and so has little of the text of English news.
_MAY_BE_MARKS = re.compile(f"[\u0300-\u1fff\u20d0-\U0010ffff]{{{_MOST_MARKS + 1},}}")


def printable(text: str) -> str:
    r"""The text with a visible stand-in for each character that a terminal would obey, hide or refuse.

    Newlines and tabs stay. The other ASCII controls become their control pictures, everything else becomes U+FFFD, and
    so do the combining marks on a letter beyond the fourth. The length never changes.

    Example:
        >>> printable("a\x1b[31mb\n")
        'a␛[31mb\n'
        >>> len(printable("\u202eabc"))
        4
    """
    return _MAY_BE_MARKS.sub(_thinned, _UNSAFE.sub(_stand_in, text))


def _stand_in(match: re.Match[str]) -> str:
    character = match[0]
    if character == _DELETE:
        return _PICTURE_OF_DELETE
    return chr(_PICTURES + ord(character)) if character < " " else _STAND_IN


def _thinned(match: re.Match[str]) -> str:
    """The same run of characters with at most so many marks on each letter."""
    marks = 0
    shown = []
    for character in match[0]:
        marks = marks + 1 if unicodedata.category(character) in ("Mn", "Me") else 0
        shown.append(character if marks <= _MOST_MARKS else _STAND_IN)
    return "".join(shown)
