"""Pieces of a page: text from articles and numbers that may be missing, as safe HTML."""

from collections.abc import Iterable
from html import escape

from qa.render import one_line


def text(value: object) -> str:
    r"""A value on one line as HTML that is nothing but text.

    Example:
        >>> text('<b onclick="x">\u202e')
        '&lt;b onclick=&quot;x&quot;&gt;\ufffd'
    """
    return escape(one_line(str(value)))


def number(value: float | None, digits: int = 3) -> str:
    """A number with so many digits after the point, a whole one without any, or "n/a" where there is none.

    Example:
        >>> number(0.5), number(26), number(None), number(-1.5, digits=1)
        ('0.500', '26', 'n/a', '\u22121.5')
    """
    if value is None:
        return "n/a"
    shown = str(value) if isinstance(value, int) else f"{value:.{digits}f}"
    return shown.replace("-", "\u2212")


def measured(name: str, value: float | None) -> str:
    """The value of a measure: a time in whole milliseconds, all else with three digits.

    Example:
        >>> measured("top-1", 0.9), measured("p50 ms", 12.7)
        ('0.900', '13')
    """
    return number(value, digits=0 if name.endswith(" ms") else 3)


def table(caption: str, head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table of HTML cells, the first of each row its header.

    Example:
        >>> table("Owls", ["name", "count"], [["barn owl", "2"]]).count("<th ")
        3
    """
    names = "".join(f'<th scope="col">{name}</th>' for name in head)
    lines = "".join(_row(*cells) for cells in rows)
    return f"<table><caption>{caption}</caption><thead><tr>{names}</tr></thead><tbody>{lines}</tbody></table>"


def _row(first: str, *others: str) -> str:
    return f'<tr><th scope="row">{first}</th>' + "".join(f"<td>{cell}</td>" for cell in others) + "</tr>"
