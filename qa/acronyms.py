"""Acronyms and the names they stand for: a question may use the one, and a passage the other."""

import re
from collections.abc import Iterable

ACRONYM = re.compile(r"\b[A-Z]{2,6}\b")
# "Collective Security Treaty Organization", "League of Northern Ports", but not "The League of Northern Ports".
_NAME = re.compile(r"\b(?!(?:The|A|An)\s)[A-Z][\w-]+(?:\s+(?:(?:of|the|and|for|on|in)\s+){0,2}[A-Z][\w-]+)+")


def initials(name: str) -> str:
    """The capitals that the words of a name begin with.

    Example:
        >>> initials("League of Northern Ports")
        'LNP'
    """
    return "".join(word[0] for word in name.split() if word[0].isupper())


def spelled_out(text: str) -> dict[str, str]:
    """The names of several words in a text by their initials, each as it stands first.

    Example:
        >>> spelled_out("It joined the League of Northern Ports.")
        {'LNP': 'League of Northern Ports'}
    """
    names: dict[str, str] = {}
    for match in _NAME.finditer(text):
        names.setdefault(initials(match.group()), " ".join(match.group().split()))
    return names


def as_written_in(passage: str, question: str, names: dict[str, str]) -> str:
    """A question with its acronyms spelled out, or its names shortened, where a passage has only the other form.

    Args:
        passage: The passage that is about to be read.
        question: The question.
        names: The names that are spelled out anywhere near, by their initials.

    Example:
        >>> names = spelled_out("The League of Northern Ports met.")
        >>> as_written_in("The League of Northern Ports has nine members.", "Who leads the LNP?", names)
        'Who leads the League of Northern Ports?'
        >>> as_written_in("Ida Brandt leads the LNP.", "Who leads the League of Northern Ports?", names)
        'Who leads the LNP?'
    """
    # A name may be broken across two lines.
    passage = " ".join(passage.split())
    for acronym, name in names.items():
        short = re.compile(rf"\b{re.escape(acronym)}\b")
        if short.search(question):
            if name in passage and not short.search(passage):
                question = name.join(short.split(question))
        elif name in question and name not in passage and short.search(passage):
            question = question.replace(name, acronym)
    return question


def names_for(question: str, texts: Iterable[str]) -> dict[str, str]:
    """The acronyms that bear on a question, with their names, as some texts spell them out.

    Args:
        question: The question.
        texts: The passages that were found for it.

    Returns:
        Those whose acronym, or whose name, stands in the question.

    Example:
        >>> names_for("Who leads the LNP?", ["The League of Northern Ports met Ida Brandt."])
        {'LNP': 'League of Northern Ports'}
    """
    found: dict[str, str] = {}
    for text in texts:
        for acronym, name in spelled_out(text).items():
            if ACRONYM.fullmatch(acronym) and (name in question or re.search(rf"\b{acronym}\b", question)):
                found.setdefault(acronym, name)
    return found
