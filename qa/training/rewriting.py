"""Questions with one word changed: so that their passage does not answer them, or so that it still does.

One word exchanged for another of its kind, an opposite, a negation: these are the commonest kinds of the unanswerable
questions that people wrote for SQuAD 2.0 (Rajpurkar, Jia and Liang, "Know What You Don't Know", 2018, table 2). Some
words are exchanged for others that mean the same, or the reader would learn that only the passage's own will do. Which
of the two a change is, the sentence encoder tells: it was trained to put questions that mean the same close together.
"""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from index.encoder import Encoder
from index.terms import content_words
from qa.candidates import candidates
from qa.question import Kind, Question, read_question
from qa.training.neighbours import Neighbours
from qa.training.opposites import NEGATABLE, OF_A_SERIES, OPPOSITES, OPPOSITES_OF
from qa.training.rows import Row

# The cosine of a question and one with a word exchanged: below the first it asks for another thing, above the second
# for the same, but for opposites. Between them lie both "mined, excavated" (.81) and "largest, smallest" (.79).
_ANOTHER, _THE_SAME = 0.82, 0.95
_TRIES = 4
_SHARE_OF_WORDS = 0.5
# How often a name, an opposite, a number or a negation is tried.
_KINDS = (0.35, 0.4, 0.2, 0.05)
_FOREIGN_NAMES = 4
_FURTHEST_NUMBER = 30
_LONGEST_NUMBER = 9
_NUMBER = re.compile(r"\d[\d,.]*\d|\d")
_WORD = re.compile(r"[^\W\d_]{3,}")
_PLURAL = re.compile(r"\b(?:[a-z]{2,}(?:[a-hj-rtv-z]s|men)|men|people|children)\b")
# What could be said of anything that is counted.
ANYTHING = frozenset({"people", "persons", "times", "things", "others", "different", "total"})
# A counting word, and up to two words between it and what it counts.
_COUNTED = re.compile(
    r"(?:(?<![\w.,])\d[\d.,]{0,20}|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty"
    r"|forty|fifty|dozens?|hundreds?|thousands?|millions?|many|some|several|few|both|all|no))"
    r"((?:\s+(?:of\s+)?[\w-]+){1,3})",
    re.IGNORECASE,
)
_ASKED_WHEN = re.compile(r"(when)\s+(?:did|was|were)\b", re.IGNORECASE)
_REASON = re.compile(
    r"\b(?:because|due to|owing to|in order to|reasons?|so that|caused|results?|resulted|therefore|led to|since)\b",
    re.IGNORECASE,
)
# Words that can be exchanged without a change of what is asked.
_EMPTY = frozenset(
    "name names named type kind year date day time number amount person people place thing things called known many"
    " much different term word other another used happen happened happens".split()
)


@dataclass(frozen=True, slots=True)
class Change:
    """Words of a question, and others to put in their place.

    Attributes:
        start: Where they start.
        end: Where they end.
        words: The other words.

    Example:
        >>> Change(4, 7, "sang").of("Who hid?")
        'Who sang?'
    """

    start: int
    end: int
    words: str

    def of(self, question: str) -> str:
        """The question with this change."""
        return question[: self.start] + self.words + question[self.end :]


class Rewriter:
    """Changes one word of answered questions.

    Example:
        >>> from index.encoder import encoder_for
        >>> from index.models import find_model, verified_folder
        >>> model = find_model()
        >>> neighbours = Neighbours(verified_folder(model))
        >>> row = Row("Who founded the northern mill?", "Ida Brandt founded the northern mill of Karn.", (0, 10))
        >>> rewriter = Rewriter(neighbours, encoder_for(model.name, model.digest), [row])
        >>> rewriter.unanswerable(row, random.Random(1)).answer is None
        True
    """

    def __init__(self, neighbours: Neighbours, encoder: Encoder, rows: Sequence[Row]) -> None:
        """Gather what can be put in place of what.

        Args:
            neighbours: Words near others.
            encoder: The sentence encoder.
            rows: Rows whose questions give names to exchange for others.
        """
        self._neighbours = neighbours
        self._encoder = encoder
        self._names = sorted({name for row in rows for name in read_question(row.question).names})

    def unanswerable(self, row: Row, chance: random.Random) -> Row | None:
        """The question with a change after which its passage does not answer it; None where none is found."""
        if row.answer is None:
            return None
        change = None if chance.random() < _SHARE_OF_WORDS else self._drawn(row, chance)
        if change is None:
            exchanged = [chance.choice(some) for some in self._words_exchanged(row)]
            change = self._first(row.question, exchanged, chance, lambda cosine: cosine < _ANOTHER)
        return Row(change.of(row.question), row.context, None) if change else None

    def paraphrased(self, row: Row, chance: random.Random) -> Row | None:
        """The question with a word exchanged for one that means the same; None where none is found."""
        if row.answer is None:
            return None
        nearest = [some[0] for some in self._words_exchanged(row)]
        others = [change for change in nearest if not _turns_around(row.question[change.start : change.end], change)]
        change = self._first(row.question, others, chance, lambda cosine: cosine > _THE_SAME)
        return Row(change.of(row.question), row.context, row.answer) if change else None

    def _first(
        self, question: str, changes: Sequence[Change], chance: random.Random, wanted: Callable[[float], bool]
    ) -> Change | None:
        """The first of some changes, in random order, that leaves the question as near to itself as is wanted."""
        some = chance.sample(changes, min(_TRIES, len(changes)))
        if not some:
            return None
        vectors = self._encoder.encode([question, *(change.of(question) for change in some)])
        cosines = vectors[1:] @ vectors[0]
        return next((change for change, cosine in zip(some, cosines, strict=True) if wanted(float(cosine))), None)

    def _drawn(self, row: Row, chance: random.Random) -> Change | None:
        """A name, opposite or number exchanged, or a negation; None where the kind that is drawn cannot be made."""
        asked = read_question(row.question)
        made = (
            self._names_exchanged(asked, row, chance),
            _opposites(row.question),
            _numbers_exchanged(row, chance),
            _negated(row.question),
        )
        (kind,) = chance.choices(made, _KINDS)
        changes = list(kind)
        return chance.choice(changes) if changes else None

    def _words_exchanged(self, row: Row) -> Iterator[list[Change]]:
        """For each word that says something, the words near it, nearest first."""
        content = set(content_words(row.question)) - _EMPTY
        answer = row.context[slice(*row.answer)].lower() if row.answer else ""
        question = row.question.lower()
        for place in _WORD.finditer(row.question):
            word = place.group()
            if word.lower() in content:
                others = (other for other in self._neighbours.of(word) if other not in answer and other not in question)
                changes = [Change(*place.span(), _cased(other, word)) for other in others]
                if changes:
                    yield changes

    def _names_exchanged(self, asked: Question, row: Row, chance: random.Random) -> Iterator[Change]:
        """Names for others of the passage, or of other questions."""
        foreign = chance.sample(self._names, min(_FOREIGN_NAMES, len(self._names)))
        yield from _exchanged_for(asked, row, [*_names_within(row), *foreign])


def tempting(row: Row, chance: random.Random) -> list[list[Change]]:
    """Changes after which the passage of a row still speaks of all that its question names, but does not answer it.

    Args:
        row: A row with an answer.
        chance: What is random.

    Returns:
        The changes by kind: names and numbers for others of the passage, words for their opposites, what is counted for
        something that the passage does not count, and when for why.

    Example:
        >>> row = Row("Who opened the mill?", "Ida Brandt opened the mill.", (0, 10))
        >>> [change.of(row.question) for kind in tempting(row, random.Random(1)) for change in kind]
        ['Who closed the mill?']
    """
    asked = read_question(row.question)
    return [
        list(_exchanged_for(asked, row, _names_within(row))),
        list(_numbers_exchanged(row, chance)),
        list(_opposites(row.question)),
        list(_counts_exchanged(asked, row)),
        list(_asked_why(row)),
    ]


def _names_within(row: Row) -> list[str]:
    return sorted({row.context[start:end] for start, end in candidates(row.context, Kind.NAME)})


def _exchanged_for(asked: Question, row: Row, others: Sequence[str]) -> Iterator[Change]:
    """Names of a question for others that it does not hold and that are no answer."""
    question = row.question.casefold()
    for name in asked.names:
        start = row.question.find(name)
        for other in others:
            known = any(word in question for word in other.casefold().split())
            if start >= 0 and not known and not _in_answer(other, row):
                yield Change(start, start + len(name), other)


def _counts_exchanged(asked: Question, row: Row) -> Iterator[Change]:
    """What is counted for other things of the passage, before which it has no number."""
    if not asked.counts or asked.degree != "many":
        return
    counted = next((word for word in reversed(asked.focus.split()) if _PLURAL.fullmatch(word)), "")
    start = row.question.find(counted)
    if counted:
        known = {word for found in _COUNTED.findall(row.context) for word in found.split()} | ANYTHING
        for other in sorted({found.group() for found in _PLURAL.finditer(row.context)} - known):
            if other not in row.question:
                yield Change(start, start + len(counted), other)


def _asked_why(row: Row) -> Iterator[Change]:
    """When for why, where the passage has no word that gives a reason."""
    asking = _ASKED_WHEN.match(row.question)
    if asking and not _REASON.search(row.context):
        yield Change(*asking.span(1), "Why")


def _opposites(question: str) -> Iterator[Change]:
    for place in OPPOSITES.finditer(question):
        for opposite in OPPOSITES_OF[place.group()]:
            yield Change(*place.span(), opposite)


def _turns_around(word: str, change: Change) -> bool:
    """Whether a word is exchanged for its opposite, or for another of its series."""
    word, other = word.lower(), change.words.lower()
    return other in OPPOSITES_OF.get(word, ()) or {word, other} <= OF_A_SERIES


def _negated(question: str) -> Iterator[Change]:
    for place in NEGATABLE.finditer(question):
        yield Change(*place.span(), f"{place.group()}n't")


def _numbers_exchanged(row: Row, chance: random.Random) -> Iterator[Change]:
    """Numbers for others of the passage that are as long, or for one a little off."""
    within = {found.group() for found in _NUMBER.finditer(row.context)}
    for place in _NUMBER.finditer(row.question):
        number = place.group()
        others = sorted(other for other in within if len(other) == len(number) and other != number)
        if number.isdecimal() and len(number) <= _LONGEST_NUMBER:
            others.append(str(int(number) + chance.randint(1, _FURTHEST_NUMBER)))
        for other in others:
            if not _in_answer(other, row):
                yield Change(*place.span(), other)


def _in_answer(words: str, row: Row) -> bool:
    answer = row.context[slice(*row.answer)].casefold() if row.answer else ""
    return words.casefold() in answer or answer in words.casefold()


def _cased(word: str, like: str) -> str:
    return word.capitalize() if like[0].isupper() else word
