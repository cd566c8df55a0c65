"""Why nothing was found: what a question speaks of and the articles, or the nearest sentences, lack.

Every sentence made here is about words, and true of them. Where nothing is certain, nothing is said.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from index.contract import ArticleIndex
from qa.acronyms import initials, spelled_out
from qa.answer import Evidence
from qa.candidates import candidates
from qa.printable import printable
from qa.question import Kind, Question
from qa.things import Thing, things_of, ways_to_write

_NEAREST = 3
_LISTED = 3
_SINGULAR = ("sentence", "mentions", "does not mention")
_PLURAL = ("sentences", "mention", "do not mention")
# What is rarer than this, by inverse document frequency, is worth telling that a sentence lacks it.
_SHARE_OF_RAREST = 0.6
_ASKS_YEAR = re.compile(r"\byears?\b", re.IGNORECASE)
_SOME_YEAR = re.compile(r"\d{4}|\d0s\b|['’]\d\d\b|\b(?:years?|decades?|century|centuries)\b", re.IGNORECASE)
_SOME_TIME = re.compile(r"\d|\b(?:years?|decades?|century|centuries)\b", re.IGNORECASE)
_SOME_NUMBER = re.compile(r"\d|\b(?:dozen|hundred|thousand|million|billion)s?\b", re.IGNORECASE)


def missing(question: Question, evidence: Sequence[Evidence], index: ArticleIndex) -> str:
    """Tell in one sentence what is missing.

    Args:
        question: The question that was refused.
        evidence: The nearest sentences, best first; of many, the first three count.
        index: The index.

    Returns:
        The words that no article mentions; else the kind of answer, or the rarest word, that the nearest sentences
        lack; ``""`` where nothing is certain.

    Example:
        >>> from qa.corpus import open_corpus
        >>> from qa.question import read_question
        >>> index = open_corpus(None, None).index
        >>> missing(read_question("How many submarines did the CSTO send to Atlantis?"), (), index)
        'The articles never mention “submarines” or “Atlantis”.'
        >>> index.close()
    """
    nearest = evidence[:_NEAREST]
    things = [thing for thing in things_of(question, index) if not _is_spelled_out(thing, nearest)]
    never = list(islice(_never_mentioned(things, index), _LISTED))
    if never:
        return printable(f"The articles never mention {_listed([f'“{word}”' for word in never], 'or')}.")
    there = [thing for thing in things if _is_mentioned(thing, nearest, index)]
    lacking = _kind_lacking(question, things, there, nearest, index) or _thing_lacking(things, nearest, index)
    if not nearest or not lacking:
        return ""
    number = "" if len(nearest) == len(evidence) else "three "
    who, mention, not_mention = _PLURAL if len(nearest) > 1 else _SINGULAR
    shown = [thing for thing in there if thing.is_name] or sorted(there, key=lambda thing: -_rarity(thing, index))
    told = _listed([thing.mention for thing in shown[:_LISTED]], "and")
    predicate = f"{mention} {told}, but {lacking}" if told else f"{not_mention} {lacking.removeprefix('not ')}"
    return printable(f"The {number}nearest {who} {predicate}.")


def _never_mentioned(things: Iterable[Thing], index: ArticleIndex) -> Iterator[str]:
    """The words that stand in no article: a name as a whole where none of its words does."""
    for thing in things:
        absent = [word for word in thing.words if not any(map(index.mentions, ways_to_write(word)))]
        if len(absent) < len(thing.words):
            yield from absent
        elif not _is_abbreviated(thing, index):
            yield thing.text


def _is_abbreviated(thing: Thing, index: ArticleIndex) -> bool:
    """Whether the initials of a name of several words stand in a passage."""
    letters = initials(thing.text)
    weights = index.term_weights(letters) if len(letters) > 1 else {}
    return any(weight < index.highest_term_weight() for weight in weights.values())


def _is_spelled_out(thing: Thing, nearest: Iterable[Evidence]) -> bool:
    """Whether a thing is the initials of a name in the nearest sentences."""
    names = (acronym for item in nearest for acronym in spelled_out(f"{item.context} {item.quote}"))
    return thing.text.isupper() and any(thing.text in acronym for acronym in names)


def _is_mentioned(thing: Thing, nearest: Iterable[Evidence], index: ArticleIndex) -> bool:
    """Whether a quote has all of a thing."""
    return any(form.issubset(index.terms(item.quote)) for form in thing.spellings for item in nearest)


def _kind_lacking(
    question: Question,
    things: Iterable[Thing],
    there: Sequence[Thing],
    nearest: Iterable[Evidence],
    index: ArticleIndex,
) -> str:
    """The kind of words that is asked for, where the sentences have all names of the question and no such words."""
    names = [thing for thing in things if thing.is_name]
    if not names or not all(name in there for name in names):
        return ""
    texts = [f"{item.context} {item.quote}" for item in nearest]
    match question.kind:
        case Kind.DATE if _ASKS_YEAR.search(question.text):
            return "" if any(map(_SOME_YEAR.search, texts)) else "no year"
        case Kind.DATE:
            told = any(_SOME_TIME.search(text) or candidates(text, Kind.DATE) for text in texts)
            return "" if told else "no date"
        case Kind.NUMBER:
            told = any(_SOME_NUMBER.search(text) or candidates(text, Kind.NUMBER) for text in texts)
            return "" if told else "no number"
        case Kind.PERSON | Kind.PLACE:
            asked = set(index.terms(question.text))
            others = (text[start:end] for text in texts for start, end in candidates(text, Kind.NAME))
            return "" if any(not asked.issuperset(index.terms(other)) for other in others) else "no other name"
        case _:
            return ""


def _thing_lacking(things: Iterable[Thing], nearest: Iterable[Evidence], index: ArticleIndex) -> str:
    """The rarest thing that the sentences have nothing of, a name before other words."""
    told = {term for item in nearest for term in index.terms(f"{item.context} {item.quote}")}
    rare = _SHARE_OF_RAREST * index.highest_term_weight()
    lacking = [thing for thing in things if told.isdisjoint(frozenset().union(*thing.spellings))]
    telling = [thing for thing in lacking if thing.is_name or _rarity(thing, index) >= rare]
    rarest = max(telling, key=lambda thing: (thing.is_name, _rarity(thing, index)), default=None)
    return f"not “{rarest.text}”" if rarest else ""


def _rarity(thing: Thing, index: ArticleIndex) -> float:
    """The highest inverse document frequency of its terms."""
    return max(index.term_weights(thing.text).values(), default=0.0)


def _listed(words: Sequence[str], last: str) -> str:
    """Words in a row: ``"a, b and c"``; ``""`` for none."""
    return f" {last} ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)
