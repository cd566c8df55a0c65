"""What a quote tells in answer to a question, read as a value: a quantity, a range of days, or a name."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from index.spelling import edit_distance
from index.terms import is_function_word
from qa.acronyms import initials
from qa.agreement.happenings import asked_event, is_common
from qa.agreement.quantities import PEOPLE, UNITS, Quantity, Relation, compare, noun_of, quantities_in
from qa.agreement.told_days import Days, compare_days, dates_in, days_at
from qa.answer import Evidence
from qa.question import Kind, Question

# "Karn and two other towns", where the span is "Karn", or "two other towns".
_NAMED_BEFORE = re.compile(r"(?:[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)*(?:,? and |, ))+$")
_OTHERS_BEHIND = re.compile(r"(?:,| and)? and (?:\w+ ){1,3}?other (?:\w+ )?\w+")
_PART_BEFORE = re.compile(r"\b(?:including|among them)\s+(?:the\s+)?$")
_TITLES = frozenset(
    "mr mrs ms dr sir president prime minister chancellor king queen prince princess pope governor mayor senator"
    " general colonel captain professor judge secretary chief director chairman chairwoman spokesman spokeswoman"
    " former deputy acting vice".split()
)
_WORD = re.compile(r"[^\W_]+")
# A question that has nothing but a name behind "who is": "the mayor of Karn" has other words.
_WHO_IS = re.compile(r"who(?:['’]s| is| was)\s+([\w'’ .-]+?)\s*\??", re.IGNORECASE)
_NO_NAME = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_NAME_BEGUN = re.compile(r"\b[A-Z]\w*-$")
_NAME_GOES_ON = re.compile(rf"(?:-\w+)?(?: (?!(?i:{_NO_NAME})\b)[A-Z][\w’'-]*\w(?<!['’]s))*")
# "New York" is not York, nor "West Virginia" Virginia.
_ANOTHER_PLACE = frozenset("new north south east west".split())
# Words of so many letters may differ in one, and in two.
_LONG, _LONGER = 5, 9


@dataclass(frozen=True, slots=True)
class Name:
    """The name that a quote tells.

    Attributes:
        start: Where its words begin in the quote.
        end: Where they end, exclusive.
        text: The words.
        words: Those with a capital, in lower case, without titles.

    Example:
        >>> Name(0, 8, "Mr Moore", ("moore",)).words
        ('moore',)
    """

    start: int
    end: int
    text: str
    words: tuple[str, ...]


Reading = Quantity | Days | Name


def value_of(question: Question, evidence: Evidence) -> tuple[Reading, bool] | None:
    """What a piece of evidence tells in answer to a question.

    Args:
        question: The question.
        evidence: The evidence. Day names are read where its ``times`` tell their days.

    Returns:
        The value, and whether the quote itself says that it is the one asked for, beyond the span that was picked; None
        where the quote tells no value of that kind.

    Example:
        >>> from index.records import Article
        >>> from qa.question import read_question
        >>> text = "Nine guards were killed and 41 injured."
        >>> evidence = Evidence(1, Article("00", "/a.txt", "", "", None, "", text, "utf-8"), 0, len(text), 0, 4, 0.9)
        >>> value, is_certain = value_of(read_question("How many guards were injured?"), evidence)
        >>> value.number.amount, is_certain
        (41.0, True)
    """
    start, end = evidence.span_start - evidence.start, evidence.span_end - evidence.start
    if start >= end:
        return None
    if question.kind is Kind.NUMBER:
        return _quantity(question, evidence.quote, start, end)
    if question.kind is Kind.DATE:
        days = days_at(evidence, start, end)
        return (days, False) if days else None
    if question.kind is Kind.REASON:
        return None
    if question.kind is not Kind.PERSON and (others := _others(evidence.quote, start, end)):
        return others, False
    if question.kind in (Kind.PERSON, Kind.PLACE, Kind.NAME):
        if question.kind is Kind.PERSON:
            start, end = _whole_name(evidence.quote, start, end)
        name = _name(evidence.quote[start:end], start, end)
        return (name, False) if name and not _asks_who_that_is(question, name) else None
    found = _quantity(question, evidence.quote, start, end)
    return found if found and (found[0].event or found[0].noun) else None


def relation(one: Reading, two: Reading) -> Relation:
    """Whether two values are the same, different, or cannot be compared. Different names may yet mean one thing.

    Example:
        >>> relation(Name(0, 9, "Ida Moore", ("ida", "moore")), Name(0, 5, "Moore", ("moore",)))
        'same'
    """
    if isinstance(one, Quantity) and isinstance(two, Quantity):
        return compare(one, two)
    if isinstance(one, Days) and isinstance(two, Days):
        return compare_days(one, two)
    if isinstance(one, Name) and isinstance(two, Name):
        if not _is_alias(one, two):
            return "different"
        shared = set(one.words) & set(two.words)
        return "unclear" if shared and (set(one.words) ^ set(two.words)) & _ANOTHER_PLACE else "same"
    return "unclear"


def tells(question: Question, evidence: Evidence, value: Reading) -> bool:
    """Whether a quote tells a value too, be it beside another one; of a name, whether its article does.

    Example:
        >>> from index.records import Article
        >>> from qa.question import read_question
        >>> text = "Of 50 guards nine were killed."
        >>> evidence = Evidence(1, Article("00", "/a.txt", "", "", None, "", text, "utf-8"), 0, len(text), 3, 5, 0.9)
        >>> question, (nine,) = read_question("How many guards were killed?"), quantities_in("Nine guards were killed.")
        >>> tells(question, evidence, nine)
        True
    """
    if isinstance(value, Name):
        return set(_WORD.findall(evidence.article.text.lower())).issuperset(value.words)
    found: Iterable[Reading] = (
        dates_in(evidence.quote, evidence.article.published)
        if isinstance(value, Days)
        else quantities_in(evidence.quote, asked_event(question.text, question.verbs))
    )
    return any(relation(value, other) == "same" for other in found)


def _quantity(question: Question, quote: str, start: int, end: int) -> tuple[Quantity, bool] | None:
    """The quantity of a quote that a question asks for: of what it asks, with what happened, or else in the span."""
    event = asked_event(question.text, question.verbs)
    noun = noun_of(question.focus)
    focus = noun if question.counts or noun in UNITS else ""
    found = [
        quantity
        for quantity in quantities_in(quote, event)
        if _fits(quantity, focus, event)
        # Of "nine people, including two children" the two are not all people.
        and (quantity.noun == focus or not _PART_BEFORE.search(quote, 0, quantity.start))
    ]
    inside = [quantity for quantity in found if quantity.start < end and start < quantity.end]
    certain = [quantity for quantity in found if event and quantity.event == event]
    if certain:
        # "nine guards hurt, two of whom were hanged": the span may be the nine all the same.
        inside = [quantity for quantity in inside if quantity in certain or not quantity.event]
    best = [quantity for quantity in inside if quantity in certain]
    best = best or (certain or inside if is_common(event) else inside or certain)
    if not best or not best[0].is_whole or (certain and not best[0].is_sure):
        return None
    return best[0], best[0] in certain and (not focus or _counts(best[0], focus))


def _fits(quantity: Quantity, focus: str, event: str) -> bool:
    """Whether a quantity can be what is asked for: it counts such things, and nothing else happened to them."""
    if is_common(event) and quantity.event and quantity.event != event:
        return False
    return not focus or not quantity.noun or _counts(quantity, focus) or PEOPLE in (focus, quantity.noun)


def _counts(quantity: Quantity, focus: str) -> bool:
    return quantity.noun == focus or (focus == PEOPLE and quantity.noun not in UNITS) or focus == "money"


def _others(quote: str, start: int, end: int) -> Quantity | None:
    """How many others a span, or what goes on behind it, adds to what it names: "Karn and two other towns"."""
    behind = _OTHERS_BEHIND.match(quote, end)
    for quantity in quantities_in(quote[: behind.end() if behind else end]):
        if quantity.is_other and quantity.end > start:
            named = _NAMED_BEFORE.search(quote, 0, quantity.start)
            return replace(quantity, start=named.start() if named else quantity.start)
    return None


def _name(span: str, start: int, end: int) -> Name | None:
    """The name in a span: its words with a capital."""
    capital = [word.lower() for word in _WORD.findall(span) if word[0].isupper()]
    words = tuple(word for word in capital if word not in _TITLES and not is_function_word(word))
    return Name(start, end, span, words) if words else None


def _whole_name(quote: str, start: int, end: int) -> tuple[int, int]:
    """The range of a span and of the name that it begins: of "President Kassym" goes on "-Jomart Tokayev"."""
    if quote[start].isupper() and (begun := _NAME_BEGUN.search(quote, 0, start)):
        start = begun.start()
    goes_on = _NAME_GOES_ON.match(quote, end) if quote[start:end].split()[-1][0].isupper() else None
    return start, goes_on.end() if goes_on else end


def _asks_who_that_is(question: Question, name: Name) -> bool:
    """Whether a question gives the name and asks who that is: "Who is Ida Moor?", and the same in lower case."""
    asked = _WHO_IS.fullmatch(question.text)
    words = [word for word in _WORD.findall(asked[1]) if word.lower() not in _TITLES] if asked else []
    is_name = all(word[0].isupper() and not word.isupper() for word in words)
    return bool(words) and (is_name or {word.lower() for word in words} <= set(name.words))


def _is_alias(one: Name, two: Name) -> bool:
    """Whether two names can be of one: the shorter's words are all in the longer one, or are its initials."""
    shorter, longer = sorted((one, two), key=lambda name: len(name.words))
    if all(any(_are_spellings(word, other) for other in longer.words) for word in shorter.words):
        return True
    return len(shorter.words) == 1 and shorter.words[0].upper() == initials(longer.text)


def _are_spellings(one: str, two: str) -> bool:
    """Whether two words differ in no more than a letter, or two in long ones."""
    shorter = min(len(one), len(two))
    if one == two or shorter < _LONG or one[0] != two[0]:
        return one == two
    return edit_distance(one, two) <= (2 if shorter >= _LONGER else 1)
