"""A quote with its citation, to be pasted into a text of one's own: plain, as Markdown or for BibTeX."""

import re
import unicodedata
from pathlib import Path

from index.errors import UsageError
from index.records import Article
from qa.answer import Evidence
from qa.escaping import markdown_line, markdown_link, markdown_text, tex_text, web_address
from qa.render import QUOTATION_MARKS, day, one_line, path_line, times_line

CITATION_FORMS = ("plain", "markdown", "bibtex")

# The names that BibTeX knows months by, whatever the language of this machine.
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WORD = re.compile(r"[a-z0-9]+")
_LONGEST_NAME = 24
_LONGEST_WORD = 16
_SHORTEST_WORD = 4


def cite(evidence: Evidence, form: str = "plain") -> str:
    """The quote, after the sentence that it leans on, and where it stands.

    The quote is word for word, but on one line, and characters that a terminal would obey are replaced.

    Args:
        evidence: The quote.
        form: One of ``CITATION_FORMS``.

    Raises:
        UsageError: There is no such form.

    Example:
        >>> from datetime import date
        >>> article = Article("00ff", "/news/a.txt", "Owls", "The Post", date(2022, 1, 6), "", "Owls hid.", "utf-8")
        >>> cite(Evidence(1, article, 0, 9, 0, 4, score=0.8))
        '“Owls hid.” — Owls, The Post, 6 January 2022, a.txt'
    """
    match form:
        case "plain":
            return _plain(evidence)
        case "markdown":
            return _markdown(evidence)
        case "bibtex":
            return _bibtex(evidence)
        case _:
            raise UsageError(
                f"There is no citation of the form {form!r}", "nothing is known by this name", f"use {_named_forms()}"
            )


def markdown_source(article: Article) -> str:
    r"""Where an article was published, as Markdown: its title with a link, its publisher and its day.

    Example:
        >>> print(markdown_source(Article("00ff", "/news/a.txt", "Owls", "", None, "https://a.example/1", "", "utf-8")))
        [Owls](https://a.example/1)
    """
    title, publisher, published, place = _source(article)
    if not web_address(article.url):
        return ", ".join(markdown_text(part) for part in (title, publisher, published, place) if part)
    known = [markdown_text(part) for part in (publisher, published) if part]
    return ", ".join([markdown_link(title or place, article.url), *known])


def _plain(evidence: Evidence) -> str:
    times = times_line(evidence)
    quote = f"{_in_marks(evidence)} [{times}]" if times else _in_marks(evidence)
    return f"{quote} — {', '.join(part for part in _source(evidence.article) if part)}"


def _markdown(evidence: Evidence) -> str:
    times = times_line(evidence)
    source = markdown_source(evidence.article) + (markdown_text(f" [{times}]") if times else "")
    return f"> {markdown_line(markdown_text(_whole(evidence)))}\n>\n> — {source}"


def _bibtex(evidence: Evidence) -> str:
    """An entry of the type ``@misc``.

    Plain BibTeX and biblatex both know it and both print its ``howpublished``; of ``@online`` the styles of plain
    BibTeX know nothing, and of its ``organization`` neither. Plain BibTeX reads ``year`` and ``month``, and sorts by
    ``key`` what has no author; biblatex prefers ``date``, which alone has the day.
    """
    article = evidence.article
    publisher, published = tex_text(one_line(article.publisher)), article.published
    fields = {
        # The inner braces keep the capitals of names.
        "title": f"{{{{{tex_text(one_line(article.label))}}}}}",
        "key": f"{{{publisher}}}" if publisher else "",
        "howpublished": f"{{{publisher}}}" if publisher else "",
        "date": f"{{{published.isoformat()}}}" if published else "",
        "year": f"{{{published.year}}}" if published else "",
        "month": _MONTHS[published.month - 1] if published else "",
        "url": f"{{{address}}}" if (address := web_address(article.url)) else "",
        "note": f"{{{tex_text(_in_marks(evidence))}}}",
    }
    lines = [f"  {name} = {value}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{_key(article)},", *lines, "}"])


def _whole(evidence: Evidence) -> str:
    """The quote after the sentence that it leans on, on one line."""
    return one_line(f"{evidence.context} {evidence.quote}")


def _in_marks(evidence: Evidence) -> str:
    """The same in quotation marks."""
    text = _whole(evidence)
    return text if text.startswith(QUOTATION_MARKS) else f"“{text}”"


def _source(article: Article) -> tuple[str, str, str, str]:
    """The title, the publisher, the day, and the address or else the file's name; ``""`` for what is not known."""
    place = one_line(article.url) or path_line(Path(article.path).name)
    published = day(article.published) if article.published else ""
    return one_line(article.title), one_line(article.publisher), published, place


def _key(article: Article) -> str:
    """What an entry is cited by: the publisher, the year, and the first longer word of the title, in ASCII.

    The file's name stands in for a title that is not known.
    """
    publisher = "".join(_ascii_words(article.publisher)).removeprefix("the")[:_LONGEST_NAME]
    year = str(article.published.year) if article.published else ""
    words = _ascii_words(article.title or Path(article.path).stem)
    word = next((word for word in words if len(word) >= _SHORTEST_WORD), "".join(words) or article.id)
    return f"{publisher or 'article'}{year}{word[:_LONGEST_WORD]}"


def _ascii_words(text: str) -> list[str]:
    """The words of a text in small letters, without accents; none of a text in another script."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    return _WORD.findall(plain.lower())


def _named_forms() -> str:
    return f"{', '.join(CITATION_FORMS[:-1])} or {CITATION_FORMS[-1]}"
