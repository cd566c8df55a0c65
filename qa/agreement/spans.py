"""The words that answer a counting question, corrected by what the quote says of its numbers."""

from dataclasses import replace

from qa.agreement.quantities import Quantity
from qa.agreement.values import value_of
from qa.answer import Evidence
from qa.question import Kind, Question


def with_right_number(question: Question, evidence: Evidence) -> Evidence:
    """Evidence whose span is the number that is asked for, where the quote says so and the reader picked another.

    Of "Nine guards were killed and 41 injured" the reader may mark 41, though it is asked how many were killed. A span
    is left alone unless the quote itself has what is counted and what happened to it.

    Args:
        question: The question.
        evidence: The evidence.

    Example:
        >>> from index.records import Article
        >>> from qa.question import read_question
        >>> text = "Nine guards were killed and 41 injured."
        >>> evidence = Evidence(1, Article("00", "/a.txt", "", "", None, "", text, "utf-8"), 0, len(text), 28, 30, 0.9)
        >>> with_right_number(read_question("How many guards were killed?"), evidence).span
        'Nine'
    """
    found = value_of(question, evidence) if question.kind is Kind.NUMBER else None
    if found is None or not isinstance(found[0], Quantity) or not found[1]:
        return evidence
    number = found[0].number
    start, end = evidence.start + number.start, evidence.start + number.end
    overlaps = start < evidence.span_end and evidence.span_start < end
    return evidence if overlaps else replace(evidence, span_start=start, span_end=end)
