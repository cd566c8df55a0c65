"""Text of articles inside Markdown and TeX: what these would obey is escaped, so that it is read as it stands."""

import re
from urllib.parse import quote

# Of CommonMark, of GitHub's Markdown (bare addresses become links) and of Pandoc's (citations, formulas, small print).
_OBEYED = re.compile(r"[\\`*_\[\]<#~|$^@]|&(?=#?\w+;)|:(?=//)|(?<=www)\.", re.IGNORECASE)
# What makes a line a list, a heading, a quotation or a definition. Everything else that does is escaped everywhere.
_OBEYED_FIRST = re.compile(r"^(\d{1,9}(?=[.)])|(?=[-+=:>]))")
_OBEYED_IN_TARGET = re.compile(r"[()]|&(?=#?\w+;)")

# Each in braces of its own: so they are balanced for BibTeX, which counts those after a backslash too, and a field
# that begins with one is not taken for one of BibTeX's "special characters", whose letters it may change.
_TEX = str.maketrans(
    {
        "\\": r"{\textbackslash}",
        "{": r"{\textbraceleft}",
        "}": r"{\textbraceright}",
        "~": r"{\textasciitilde}",
        "^": r"{\textasciicircum}",
        "<": r"{\textless}",
        ">": r"{\textgreater}",
        "|": r"{\textbar}",
    }
    | {character: f"{{\\{character}}}" for character in "$&%#_"}
)

_WEB = re.compile(r"https?://", re.IGNORECASE)
_STANDS_IN_URLS = "%/:?#[]@!$&'()*+,;="


def markdown_text(text: str) -> str:
    r"""Text within a line of Markdown, on one line already, that is shown as it stands.

    Example:
        >>> print(markdown_text("[AFP] It cost *about* $5_000"))
        \[AFP\] It cost \*about\* \$5\_000
    """
    return _OBEYED.sub(r"\\\g<0>", text)


def markdown_line(line: str) -> str:
    r"""A line of Markdown made by ``markdown_text`` that is a plain paragraph, however it begins.

    Example:
        >>> print(markdown_line("1. Rain"), markdown_line("- Rain"))
        1\. Rain \- Rain
    """
    return _OBEYED_FIRST.sub(r"\1\\", line)


def markdown_strong(before: str, text: str, after: str) -> str:
    r"""Three pieces of text that follow each other, as Markdown, with the one in the middle strongly emphasised.

    Args:
        before: What stands before it.
        text: The piece to emphasise.
        after: What stands after it.

    Example:
        >>> markdown_strong("He sent ", "40 buses", ".")
        'He sent **40 buses**.'
    """
    core = text.strip()
    if not core:
        return markdown_text(before + text + after)
    before, after = before + text[: text.index(core)], text[text.index(core) + len(core) :] + after
    # Asterisks between a letter and a sign, as in "US**$40**", are no emphasis.
    asterisks = _may_meet(before[-1:], core[0]) and _may_meet(after[:1], core[-1])
    opening, closing = ("**", "**") if asterisks else ("<strong>", "</strong>")
    return f"{markdown_text(before)}{opening}{markdown_text(core)}{closing}{markdown_text(after)}"


def _may_meet(outer: str, inner: str) -> bool:
    """Whether asterisks between these two characters are sure to be emphasis."""
    return inner.isalnum() or (outer.isascii() and not outer.isalnum())


def markdown_link(label: str, url: str) -> str:
    r"""A link in Markdown; only the label where the address is none of the web, such as ``javascript:alert(1)``.

    Example:
        >>> print(markdown_link("Rain [live]", "https://news.example/rain_(2)"))
        [Rain \[live\]](https://news.example/rain_\(2\))
    """
    address = _OBEYED_IN_TARGET.sub(r"\\\g<0>", web_address(url))
    return f"[{markdown_text(label)}]({address})" if address else markdown_text(label)


def tex_text(text: str) -> str:
    r"""Text that TeX shows as it stands, with balanced braces.

    Example:
        >>> print(tex_text("5% of {all}"))
        5{\%} of {\textbraceleft}all{\textbraceright}
    """
    return text.translate(_TEX)


def web_address(url: str) -> str:
    """An address of the web with all that may not stand in one percent-encoded; ``""`` for any other address.

    Example:
        >>> web_address("https://news.example/a b"), web_address("javascript:alert(1)")
        ('https://news.example/a%20b', '')
    """
    return quote(url, safe=_STANDS_IN_URLS, errors="replace") if _WEB.match(url) else ""
