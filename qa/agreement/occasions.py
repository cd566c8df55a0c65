"""Whether two quotes tell of the same occasion, so that what they say of it can be compared."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.terms import content_words, is_function_word
from qa.agreement.happenings import stem, tells_event
from qa.agreement.numerals import numbers_in
from qa.answer import Evidence
from qa.question import Question

_DAY = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_DAYS = re.compile(rf"\b(?:{_DAY})\b", re.IGNORECASE)
# The day of a saying is not that of what is said, and up to that of "by Friday" it was counted.
_NO_DAY_OF_EVENT = re.compile(
    r"\b(?:said|says|told|announced|reported|added|according|statement|by|until|since)\b[^,.;]{0,30}$", re.IGNORECASE
)
_MONTHS = "january february march april may june july august september october november december".split()
_NO_NAME = frozenset([*_DAY.split("|"), *_MONTHS])
_PLACE = re.compile(
    r"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Oo]ff|[Ff]rom|[Oo]utside)\s+(?:the\s+)?((?:[A-Z][\w'’-]+\s?)+)"
    r"|\b((?:[Aa]cross|[Tt]hroughout)\s|[Nn]ationwide|[Ww]orldwide)"
    r"|\b[Ii]n\s+(?:the|this)\s+(?:whole\s+)?(country|nation|region|province|district|county|world)\b"
    r"|\b[Ii]n\s+((?:one|an?|another)\s+(?:\w+\s+)?(?:village|town|city|district|region|province|suburb|county))\b"
)
_EVERYWHERE = "everywhere"
# Figures of another year or month stand beside those of the news.
_PERIOD = re.compile(
    r"\b(?:last (?:year|month|week)|(?:a|one|two|three) (?:year|month|week|decade)s? ago|(?:earlier )?this year"
    r"|(?:in|since|of) (?:1[5-9]|20)\d\d|the (?:1[5-9]|20)\d\d(?= [a-z]))\b",
    re.IGNORECASE,
)
_CAPITAL = re.compile(r"(?<=[a-z,;:] )(?:the )?([A-Z][\w-]+)")
_WORD = re.compile(r"[^\W\d_]+")
_AROUND, _BEGINNING = 1_000, 300
# How many of the names around one quote must stand around the other: more where the question does not tell which
# occasion it means, as "How many people were injured?" does not.
_NAMES_IN_COMMON, _NAMES_IN_COMMON_IF_UNTOLD = 0.2, 0.3
# So many of them tell of one occasion without another word in common.
_MANY_NAMES = 3
_WORDS_IN_COMMON, _FEWEST = 0.6, 3
# Words that stand in the news of every occasion.
_OF_ANY_OCCASION = frozenset(
    "according accident according agency announced authorities authority city country day days dead emergency"
    " event found government governor hospital hour hours incident including interior killed last late leader leaders"
    " least left life lives local lost made man many mayor media men minister ministry month months morning nearly new"
    " news night number office officer officers official officials overnight people person police president region"
    " reported residents rose said say says so source sources spokesman spokeswoman state statement television time"
    " today toll told total town victim victims week weeks woman women year years yesterday another other others"
    " more some first second including among".split()
)
# Stems of words that make another occasion of it: "opened" and "opened again".
_ANOTHER_TIME = frozenset("again reopen first second third former ex late plan postpon due origin re".split())
# Words that make another figure of it: "in the first half" and "in the match", but "for the second day".
_ANOTHER_PART = re.compile(
    r"\b(?:(?:first|second|third|fourth|final)\b(?!\s+(?:day|night|time|week|month|year|straight|consecutive|lady)s?\b)"
    r"|again|half|rounds?|run-?off|daily|average|annual(?:ly)?|planned|postponed|originally|re-?opened)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Occasion:
    """What tells of which occasion a quote speaks; never the words that answer.

    Attributes:
        places: The words of the places in the quote, in lower case.
        days: The names of the days on which it says that something happened, in lower case.
        periods: The years and months besides the present that it speaks of, in lower case.
        names: The names around it and where its article begins, one word each, in lower case.
        parts: The words in it for a part or a turn, in lower case.
        words: The stems of its content words.
        telling: Those that not every occasion has in common: neither numbers, nor "killed", "police" or "said".

    Example:
        >>> from index.records import Article
        >>> text = "Nine died in Karn on Monday."
        >>> evidence = Evidence(1, Article("00", "/a.txt", "", "", None, "", text, "utf-8"), 0, len(text), 0, 4, 0.9)
        >>> occasion_of(evidence).places, occasion_of(evidence).days
        (frozenset({'karn'}), frozenset({'monday'}))
    """

    places: frozenset[str] = frozenset()
    days: frozenset[str] = frozenset()
    periods: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    parts: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    telling: frozenset[str] = frozenset()


def occasion_of(evidence: Evidence) -> Occasion:
    """Read what tells of which occasion a quote speaks.

    Example:
        >>> from index.records import Article
        >>> text = "Nine guards died."
        >>> evidence = Evidence(1, Article("00", "/a.txt", "", "", None, "", text, "utf-8"), 0, len(text), 0, 4, 0.9)
        >>> sorted(occasion_of(evidence).words)
        ['die', 'guard']
    """
    text = evidence.article.text
    rest = f"{text[evidence.start : evidence.span_start]} {text[evidence.span_end : evidence.end]}"
    return Occasion(
        places=frozenset(_places(evidence)),
        days=frozenset(_days(evidence.quote)),
        periods=frozenset(match.group().lower() for match in _matches(_PERIOD, evidence)),
        names=frozenset(_names(evidence)),
        parts=frozenset(match.group().lower() for match in _matches(_ANOTHER_PART, evidence)),
        words=frozenset(stem(word) for word in content_words(rest)),
        telling=frozenset(_telling(rest)),
    )


def may_be_one(question: Question, one: Occasion, two: Occasion) -> bool:
    """Whether nothing shows that two quotes tell of different places, days or events, and something that they do not.

    The names around them have to be in common. Where there are none, or few and the question does not tell which
    occasion it means, so must be a word of the quotes that says more than what happened to whom.

    Example:
        >>> from qa.question import read_question
        >>> karn, holm = (Occasion(places=frozenset({place})) for place in ("karn", "holm"))
        >>> question = read_question("How many people died?")
        >>> may_be_one(question, karn, karn), may_be_one(question, karn, holm)
        (True, False)
    """
    for here, there in ((one.places, two.places), (one.days, two.days)):
        if here and there and here.isdisjoint(there):
            return False
    if one.periods != two.periods:
        return False
    is_told = _tells_occasion(question)
    fewest, common = min(len(one.names), len(two.names)), len(one.names & two.names)
    if common < (_NAMES_IN_COMMON if is_told else _NAMES_IN_COMMON_IF_UNTOLD) * fewest:
        return False
    is_named = common > 0 if is_told else common >= _MANY_NAMES
    return is_named or _share_a_word(question, one, two)


def are_near_paraphrases(one: Occasion, two: Occasion) -> bool:
    """Whether two quotes say the same but for the words that answer.

    Example:
        >>> prize = Occasion(words=frozenset(("prize", "town", "won")))
        >>> again = Occasion(words=frozenset(("prize", "town", "won", "again")))
        >>> are_near_paraphrases(prize, prize), are_near_paraphrases(prize, again)
        (True, False)
    """
    common = len(one.words & two.words)
    is_near = common >= _FEWEST and common >= _WORDS_IN_COMMON * min(len(one.words), len(two.words))
    return is_near and not (one.words ^ two.words) & _ANOTHER_TIME


def both_tell_all(question: Question, one: Occasion, two: Occasion) -> bool:
    """Whether two quotes both have all that a question asks about, and neither tells of a second time.

    Example:
        >>> from qa.question import read_question
        >>> mill = Occasion(words=frozenset(("mill", "built", "old")))
        >>> both_tell_all(read_question("When was the mill built?"), mill, mill)
        True
    """
    asked = {stem(word) for word in content_words(question.text)}
    return asked <= one.words & two.words and not (one.words ^ two.words) & _ANOTHER_TIME


def may_be_parts(one: Occasion, two: Occasion) -> bool:
    """Whether one of two quotes tells of another part or turn, or of one place among several, and the other does not.

    Example:
        >>> match, half = (Occasion(parts=frozenset(words)) for words in ((), ("first", "half")))
        >>> may_be_parts(match, half), may_be_parts(half, half)
        (True, False)
    """
    ours, theirs = ({place for place in each.places if " " in place} for each in (one, two))
    return one.parts != two.parts or ours != theirs


def both_tell_some(question: Question, one: Occasion, two: Occasion) -> bool:
    """Whether two quotes both have something that a question speaks of, besides what it counts.

    Example:
        >>> from qa.question import read_question
        >>> mill, crowns = (Occasion(words=frozenset({word})) for word in ("mill", "crown"))
        >>> question = read_question("How many crowns did the mill cost?")
        >>> both_tell_some(question, mill, mill), both_tell_some(question, crowns, crowns)
        (True, False)
    """
    counted = {stem(word) for word in question.focus.split()}
    asked = {stem(word) for word in content_words(question.text)} - counted
    return bool(asked & one.words & two.words)


def _tells_occasion(question: Question) -> bool:
    """Whether a question says more than what is counted and what happened to it."""
    known = {*question.focus.lower().split(), "death", "number"}
    return any(not (word in known or tells_event(word)) for word in content_words(question.text))


def _share_a_word(question: Question, one: Occasion, two: Occasion) -> bool:
    """Whether two quotes share a place, or a word besides what a question counts and what it says was done."""
    counted = {stem(word) for word in (*question.focus.lower().split(), *question.verbs)}
    asked = {stem(word) for word in content_words(question.text) if not tells_event(word)}
    shared = (one.telling & two.telling) | (one.words & two.words & asked)
    return bool(one.places & two.places or shared - counted)


def _matches(pattern: re.Pattern[str], evidence: Evidence) -> Iterator[re.Match[str]]:
    """The matches in a quote that hold none of the words that answer."""
    start, end = evidence.span_start - evidence.start, evidence.span_end - evidence.start
    for match in pattern.finditer(evidence.quote):
        if match.end() <= start or end <= match.start():
            yield match


def _places(evidence: Evidence) -> Iterator[str]:
    for match in _matches(_PLACE, evidence):
        if match[2] or match[3]:
            yield match[3] or _EVERYWHERE
            continue
        if match[4]:
            yield f"one {match[4].split()[-1]}"
            continue
        for word in match[1].split():
            name = re.sub(r"['’]s?$", "", word).lower()
            if name not in _NO_NAME and not is_function_word(name):
                yield name


def _days(quote: str) -> Iterator[str]:
    for match in _DAYS.finditer(quote):
        if not _NO_DAY_OF_EVENT.search(quote, 0, match.start()):
            yield match.group().lower()


def _telling(text: str) -> Iterator[str]:
    """The stems of the words that tell one occasion from others."""
    numbers = [(number.start, number.end) for number in numbers_in(text)]
    for match in _WORD.finditer(text):
        word = match.group().lower()
        if any(start <= match.start() < end for start, end in numbers):
            continue
        if not (is_function_word(word) or tells_event(word) or word in _OF_ANY_OCCASION or word in _NO_NAME):
            yield stem(word)


def _names(evidence: Evidence) -> Iterator[str]:
    """Words with a capital within a sentence, around a quote and where its article begins."""
    text = evidence.article.text
    first = max(0, evidence.start - _AROUND)
    for start, end in ((0, min(_BEGINNING, first)), (first, evidence.end + _AROUND)):
        for match in _CAPITAL.finditer(text, start, end):
            if match[1].lower() not in _NO_NAME and not evidence.span_start <= match.start(1) < evidence.span_end:
                yield match[1].lower()
