"""Turns of conversations, with answers that no index gave."""

from index.records import Article
from qa.answer import Answer, Evidence
from qa.followup.conversation import Turn


def turn(question: str, quote: str = "", span: str = "", *, more: str = "") -> Turn:
    """A question with a quote and the words in it that answer, or without an answer.

    Args:
        question: The question.
        quote: The quote, or ``""`` for none.
        span: The answering words.
        more: What the article tells after the quote.
    """
    if not quote:
        return Turn(question, Answer(question, "not_found", 0.1, ()))
    article = Article("0123456789abcdef", "/news/a.txt", "", "", None, "", f"{quote} {more}", "utf-8")
    start = quote.index(span)
    evidence = Evidence(1, article, 0, len(quote), start, start + len(span), 0.8)
    return Turn(question, Answer(question, "answered", 0.8, (evidence,)))
