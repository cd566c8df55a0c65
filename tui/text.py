"""The words on the screen: articles' text made safe, and every line that tells about an answer.

Text from articles is always put into ``Content`` objects, never into markup.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual.content import Content

from index.errors import PullquoteError
from qa.printable import printable
from qa.render import QUOTATION_MARKS, confidence_words, day, folded, one_line, path_line, source_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.records import Article, Skipped
    from qa.answer import Answer, Evidence
    from qa.corpus import CorpusInfo

SPAN_STYLE = "bold underline"
MUTED = "dim"
_WELCOME = "Ask the articles a question. The answer is a sentence from them, word for word, with its source."
NO_ARTICLES = (
    "There is no article here yet: put some into the folder (.txt, .md, .html, .json), and open the chat again."
)
SCORES_EXPLAINED = (
    "BM25 and cosine: how well the passage fits the question by its words and by its meaning; fused: both together,"
    " 0 to 1; coverage: the share of the question's words in the sentence; span log-odds: how much likelier the reader"
    " finds these words than no answer; null: the probability that the passage does not answer; strength: the weighed"
    " sum of all; probability: the same, calibrated."
)
_LEAD = 24
_EXCERPT = 70
_NAMED = 3


def same_length(text: str) -> str:
    r"""The text made safe to show line by line, one character for one; every kind of line end becomes a newline.

    Example:
        >>> same_length("Rain\r\nfell\tall day")
        'Rain \nfell all day'
    """
    return printable(text.replace("\r\n", " \n").replace("\r", "\n").replace("\t", " "))


def welcome(info: CorpusInfo | None, *, suggested: bool = False) -> Content:
    """What this is and how to ask.

    Args:
        info: The articles, once they are open.
        suggested: Whether questions that they answer stand below it.
    """
    how = "Type a question and press Enter"
    if suggested:
        return Content(f"{_WELCOME}\n\n{how}, or begin with one that these articles answer (Tab, Enter):")
    if info is not None and not info.articles:
        return Content(f"{_WELCOME}\n\n{NO_ARTICLES}")
    return Content(f"{_WELCOME}\n\n{how}. F1 lists the keys, / begins a command.")


def quote(evidence: Evidence) -> Content:
    """The whole sentence in quotation marks with the answering words marked, and its citation.

    The sentence that it leans on stands before it.
    """
    before, span, after = _pieces(evidence, evidence.start)
    context = one_line(evidence.context) + " " if evidence.context else ""
    opening, closing = ("", " ") if (evidence.context or evidence.quote).startswith(QUOTATION_MARKS) else ("“", "” ")
    return Content.assemble(
        opening, (context, MUTED), before, (span, SPAN_STYLE), after, closing, (f"[{evidence.number}]", "bold")
    )


def excerpt(evidence: Evidence) -> Content:
    """The sentence for a single line, which begins shortly before the answering words."""
    start = evidence.start
    fits = evidence.end - start <= _EXCERPT
    if evidence.span_start - start > _LEAD and evidence.span and not fits:
        text = evidence.article.text
        start = text.find(" ", evidence.span_start - _LEAD, evidence.span_start) + 1 or evidence.span_start
    before, span, after = _pieces(evidence, start)
    opening, closing = ("", "") if evidence.quote.startswith(QUOTATION_MARKS) else ("“", "”")
    opening += "" if start == evidence.start else "… "
    return Content.assemble((opening + before, MUTED), (span, f"{MUTED} underline"), (after + closing, MUTED))


def _pieces(evidence: Evidence, start: int) -> tuple[str, str, str]:
    """The sentence from ``start`` on: before the answering words, these, and after them."""
    text = evidence.article.text
    span_start = min(max(evidence.span_start, start), evidence.end)
    span_end = min(max(evidence.span_end, span_start), evidence.end)
    return (
        folded(text[start:span_start]),
        folded(text[span_start:span_end]),
        folded(text[span_end : evidence.end]),
    )


def details(article: Article) -> str:
    """Who published an article and when, as far as it tells: ``"The Courier · 8 January 2022"``."""
    published = day(article.published) if article.published else ""
    return " · ".join(part for part in (one_line(article.publisher), published) if part)


def also_in(evidence: Evidence) -> str:
    """The other articles that hold the same sentence, or ``""``."""
    articles = {place.article.id: place.article for place in evidence.also}
    return "also in: " + _listed([source_line(article) for article in articles.values()], "; ") if articles else ""


def confidence(answer: Answer, seconds: float) -> Content:
    """How sure the answer is, in a word and as a number, and how long it took."""
    words = confidence_words(answer.confidence)
    return Content.assemble(f"{words} · {answer.confidence:.2f}", (f" · {seconds:.1f} s", MUTED))


def corpus(info: CorpusInfo) -> str:
    """The articles in a few words: ``"news · 10 articles"``."""
    name = "sample articles" if info.is_sample else one_line(Path(info.path).name) or path_line(info.path)
    return f"{name} · {counted(info.articles, 'article')}"


def counted(number: int, noun: str) -> str:
    """A number and its noun.

    Example:
        >>> counted(1, "article"), counted(1200, "article")
        ('1 article', '1,200 articles')
    """
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def shortened(text: str, most: int = 300) -> str:
    """A text of so many characters at most, with an ellipsis where it is cut.

    Example:
        >>> shortened("Rain fell all day", 10)
        'Rain fell…'
    """
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def skipped(files: Sequence[Skipped]) -> str:
    """The files that could not be read, in one line."""
    verb = "was" if len(files) == 1 else "were"
    names = [f"{one_line(Path(file.path).name)} ({one_line(file.reason)})" for file in files]
    return f"{counted(len(files), 'file')} {verb} skipped: {_listed(names, ', ')}"


def failure(error: Exception, hint: str = "") -> Content:
    """What went wrong, why, and what to do about it, with a hint as the last line."""
    return _failure(error) + (f"\n{hint}" if hint else "")


def _failure(error: Exception) -> Content:
    if isinstance(error, PullquoteError):
        what, why, fix = one_line(error.what), one_line(error.why), one_line(error.fix)
        return Content.assemble((f"{what}.", "bold"), f"\nWhy: {why}.\nWhat to do: {fix}.")
    message = one_line(f"{type(error).__name__}: {error}")
    goes_on = "The chat goes on; /details copies the whole of it."
    return Content.assemble(("Something unexpected went wrong.", "bold"), f"\n{message}\n{goes_on}")


def _listed(names: Sequence[str], separator: str) -> str:
    """The first few names, and how many more there are."""
    more = len(names) - _NAMED
    return separator.join(names[:_NAMED]) + (f" and {more:,} more" if more > 0 else "")
