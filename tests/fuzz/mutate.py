"""Changes to an input that know how news, pages and dumps are built: what a blind change of bytes rarely makes."""

import random
import re
from collections.abc import Callable

_PIECE = re.compile(rb"<[^>]*>|[\w.'-]+|\s+|[^\w\s]+")
_WORDS = (
    *(
        "\n",
        "\r\n",
        "\r",
        "\x0b",
        "\u2028",
        "\x85",
        " ",
        "\t",
        "\u00a0",
        "\u200b",
        "\u202e",
        "\x1b[31m",
        "\x00",
        "\ufeff",
    ),
    *(".", "...", "…", "?", "!", ",", ":", ";", "-", "–", "—", "|", "/", "·", "•", "►", "»", "#", "##", ">", "*", "@a"),
    *(
        "“",
        "”",
        '"',
        "‘",
        "’",
        "'",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "<",
        "&",
        "&amp;",
        "&#",
        "&#x",
        "&#0;",
        "&#99999999;",
    ),
    *(
        "a",
        "A",
        "A. ",
        "I ",
        "U.S. ",
        "No. ",
        "Mr. ",
        "said ",
        "“Why?” ",
        " he said",
        "e\u0301",
        "\u0301",
        "ß",
        "İ",
        "ﬁ",
    ),
    *(
        "0",
        "9",
        "1,",
        "1.5",
        "11:11:",
        "12.12.2022 ",
        "2022-01-06 ",
        "6 January 2022 ",
        "Jan. 6, 2022 ",
        "ago ",
        "on at ",
    ),
    *(
        "10:15 a.m. GMT | ",
        "Updated ",
        "Published: ",
        "By ",
        "Ada Moor ",
        "and ",
        "of the ",
        "Reuters/",
        "(AP) ",
        "via ",
    ),
    *(
        "OSLEN, Jan. 6 (AP) — ",
        "Photo: ",
        "© 2022 ",
        "Copyright ",
        "Share ",
        "Related",
        "Read more: ",
        "Subscribe to ",
        "3 comments",
    ),
    *(
        "http://",
        "https://a.example/ ",
        "pic.twitter.com/x",
        "www.",
        "a@b.c ",
        "— Ida (@ida) ",
        "#tag ",
        "![",
        "](",
        "---\n",
        "+++\n",
    ),
    *(
        "<p>",
        "</p>",
        "<br>",
        "<div>",
        "<div",
        "<!--",
        "-->",
        "<![CDATA[",
        "<?xml ",
        "<!DOCTYPE [",
        "<script>",
        "</script>",
        "<style>",
    ),
    *(
        "<a href='",
        "<table><tr><td>",
        "<ul><li>",
        "<svg>",
        "<math>",
        "<meta charset=",
        "<title>",
        "<time datetime='",
        " style='",
    ),
    *(
        '{"',
        '":',
        "[",
        "]",
        "{}",
        "null",
        "true",
        "NaN",
        "Infinity",
        "1e999",
        "-0",
        '"text": ',
        '"articles": [',
        "\\u0000",
        "\\ud800",
    ),
    *(
        '"published": "',
        '"title": ',
        '"body": ',
        '"question": "',
        '"answers": []',
        '"id": ',
        '"outcomes": [',
        '"data": [',
        "\\",
    ),
    *(
        "about ",
        "more than ",
        "between ",
        "one hundred ",
        "twenty-",
        "million ",
        "half a ",
        "dozens of ",
        "from ",
        "to ",
        "%",
        "$",
    ),
    *(
        "on Friday ",
        "last week ",
        "yesterday",
        "tomorrow ",
        "two days ago ",
        "9999-12-31",
        "0001-01-01",
        "he ",
        "it ",
        "who ",
        "Which ",
    ),
)
_TIMES = (2, 3, 8, 20, 60, 300, 1_000, 5_000)
_OPENING = (
    b"<div>",
    b"<p>",
    b"<b>",
    b"<ul><li>",
    b"<table><tr><td>",
    b"[",
    b'{"a":',
    b'{"articles":',
    b"(",
    "“".encode(),
    b"![",
    b"&",
)

Change = Callable[[bytes, random.Random], bytes]


def mutated(data: bytes, chance: random.Random, longest: int) -> bytes:
    """The input with one to four changes, at most so long."""
    for _ in range(chance.randint(1, 4)):
        data = chance.choice(_CHANGES)(data, chance)[:longest]
    return data


def _splice(data: bytes, chance: random.Random) -> bytes:
    """A word of the dictionary put in, once or again and again."""
    return _inserted(data, _word(chance) * chance.choice((1, 1, 1, *_TIMES)), chance)


def _splice_several(data: bytes, chance: random.Random) -> bytes:
    """Some words of the dictionary put in one behind the other, all of it again and again."""
    words = b"".join(_word(chance) for _ in range(chance.randint(2, 5)))
    return _inserted(data, words * chance.choice(_TIMES), chance)


def _repeat(data: bytes, chance: random.Random) -> bytes:
    """A piece of the input again and again."""
    start, end = _piece(data, chance)
    return data[:start] + data[start:end] * chance.choice(_TIMES) + data[end:]


def _remove(data: bytes, chance: random.Random) -> bytes:
    start, end = _piece(data, chance)
    return data[:start] + data[end:]


def _exchange(data: bytes, chance: random.Random) -> bytes:
    start, end = _piece(data, chance)
    return data[:start] + _word(chance) + data[end:]


def _nest(data: bytes, chance: random.Random) -> bytes:
    """A piece of the input put deep into brackets or elements, which are closed or not."""
    start, end = _piece(data, chance)
    opening, depth = chance.choice(_OPENING), chance.choice(_TIMES)
    closing = {b"<": b"</" + opening[1:], b"[": b"]", b"{": b"}", b"(": b")"}.get(opening[:1], b"")
    return data[:start] + opening * depth + data[start:end] + closing * chance.choice((0, depth)) + data[end:]


def _flip(data: bytes, chance: random.Random) -> bytes:
    """A few bytes changed, as a bad disk or a wrong encoding does."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 6) if changed else 0):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randint(0, len(data))]


def _encode(data: bytes, chance: random.Random) -> bytes:
    """The text in another encoding."""
    text = data.decode("utf-8", "replace")
    return text.encode(
        chance.choice(("utf-16", "utf-16-le", "utf-8-sig", "cp1252", "koi8-r", "shift_jis", "utf-32")), "replace"
    )


_CHANGES: tuple[Change, ...] = (
    *(_splice, _splice, _splice_several, _splice_several, _repeat, _repeat),
    *(_remove, _exchange, _exchange, _nest, _flip, _cut, _encode),
)


def _word(chance: random.Random) -> bytes:
    return chance.choice(_WORDS).encode()


def _inserted(data: bytes, piece: bytes, chance: random.Random) -> bytes:
    """A piece put in where a word begins or ends."""
    place = chance.choice(_piece(data, chance))
    return data[:place] + piece + data[place:]


def _piece(data: bytes, chance: random.Random) -> tuple[int, int]:
    """Where some words of the input stand, or the whole line of them."""
    near = chance.randint(0, len(data))
    found = [match.span() for match in _PIECE.finditer(data, near, near + 400)][: chance.choice((1, 2, 5, 40))]
    return (found[0][0], found[-1][1]) if found else (near, near)
