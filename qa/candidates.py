"""Words in a sentence that could answer: numbers, dates, names, places.

Found by their form alone, without a model: a number by its digits or number words, a date by its month or day, a name
by its capitals. What a name names is guessed from the words around it.
"""

import re
from collections.abc import Iterator

from qa.question import Kind

Range = tuple[int, int]

_MONTHS = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_WEEKDAYS = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_DATE_FORMS = (
    rf"(?:{_WEEKDAYS},?\s+)?{_MONTHS}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,\s+\d{{4}})?\b",
    rf"(?:{_WEEKDAYS},?\s+)?\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTHS}(?:,?\s+\d{{4}})?\b",
    rf"{_MONTHS},?\s+\d{{4}}\b",
    r"\b\d{4}-\d{2}-\d{2}\b",
    r"\b(?:early|late|mid)?-?\s?(?:1[5-9]|20)\d{2}s?\b(?![%,.]\d)",
    rf"\b(?:early |late |last |next |this )?{_WEEKDAYS}(?:\s+(?:morning|afternoon|evening|night))?\b",
    rf"\b(?:in|since|by|until|last|next|this)\s+{_MONTHS}",
    r"\b(?:yesterday|today|tomorrow|Christmas|Easter|New Year['’]s(?: Day| Eve)?|Thanksgiving)\b",
    (
        r"\b(?:last|next|this|earlier this|later this)\s+"
        r"(?:week|month|year|summer|winter|spring|fall|autumn|weekend|decade|century)\b"
    ),
    r"\b(?:\w+)\s+(?:days?|weeks?|months?|years?|decades?|hours?)\s+(?:ago|earlier|later)\b",
    r"\bsince\s+(?:\w+\s+){0,2}independence\b",
)
_DATE = re.compile("|".join(_DATE_FORMS))
_ONES = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    r"|eighteen|nineteen)"
)
_TENS = r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
_WORDS = (
    rf"(?:{_TENS}(?:-{_ONES})?|{_ONES}|half|a dozen|dozens|scores|hundreds|thousands|millions|a third|a quarter"
    r"|two-thirds|twice|once|double)"
)
_SCALE = r"(?:\s+(?:hundred|thousand|million|billion|trillion|dozen)|[kKmMbB]\b|bn\b|m\b)"
_ABOUT = (
    r"(?:(?:about|around|almost|nearly|roughly|approximately|some|over|under|more than|less than|fewer than|at least"
    r"|up to|an estimated|an average of|as many as)\s+)?"
)
_UNIT = r"(?:year|month|week|day|hour|minute|mile|foot|page|point|metre|meter|kilometer)s?\b"
_DIGITS = r"(?<![\w.-])[$€£¥]?\d[\d,]*(?:\.\d+)?"
_NUMBER = re.compile(
    rf"{_ABOUT}(?:{_DIGITS}{_SCALE}?(?:\s?%|\s+percent\b|-{_UNIT})?"
    r"|\b(?:tens|hundreds|dozens|scores|thousands|millions) of (?:thousands|millions)\b"
    rf"|\b{_WORDS}\b{_SCALE}?(?:-{_UNIT})?)",
    re.IGNORECASE,
)
_NAME_WORD = r"[A-Z][\w'’&-]*(?:\.(?=\s[A-Z]))?"
_NAME = re.compile(
    rf"(?<![\w'’.]){_NAME_WORD}(?:(?:\s+(?:of the|of|de|al|bin|van|von|and the|for)\s+|\s+|-){_NAME_WORD})*"
)
_QUOTED = re.compile(r"[“\"]([^”\"]{2,80})[”\"]")
_PLACE_CUE = re.compile(
    r"\b(?:in|at|near|from|to|outside|across|around|inside|of|into|through|off|leave|left|visit(?:ed|ing)?"
    r"|reach(?:ed)?)\s+(?:the\s+)?(?:\w+\s+)?$"
)
_PERSON_CUE = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Gen|Sen|Rep|Gov|Sgt|Capt|Col|Lt|Prof|Rev|Sir|President|Minister|Secretary"
    r"|spokes(?:man|woman|person)|officer|director|chief|leader|coach)\.?\s+$"
)
_PERSON_TAIL = re.compile(
    r",?\s+(?:said|says|told|added|who|wrote|announced|tweeted|called|warned|argued)\b"
    r"|,\s+(?:the|a|an|\d{2}|who|head|chief|director|president|general)\b"
)
# Words that open a sentence with a capital and are no names.
_NOT_NAMES = frozenset(
    "the a an and but or if in on at by for from to of with as it its he she they we you his her their our this"
    " that these those there here i when while after before since because although though however meanwhile also"
    " more most many some all both each no not one two three four five six seven eight nine ten what which who"
    " whom how why where is was are were has have had be been do does did will would can could should may might"
    " must according despite during until under over about into than then so such just only even still yet now"
    " today yesterday tomorrow earlier later previously additionally initially photo image video monday tuesday"
    " wednesday thursday friday saturday sunday january february march april june july august september october"
    " november december jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
# What is read around a name to tell what it names.
_CUE_WINDOW = 60


def candidates(sentence: str, kind: Kind) -> list[Range]:
    """The ranges of a sentence that could answer a question of a kind; none for reasons and other questions.

    Example:
        >>> text = "On Friday about 2,500 troops landed in Almaty, Stanislav Zas said."
        >>> [text[s:e] for s, e in candidates(text, Kind.NUMBER)], [text[s:e] for s, e in candidates(text, Kind.DATE)]
        (['about 2,500'], ['Friday'])
        >>> [text[s:e] for s, e in candidates(text, Kind.PERSON)]
        ['Stanislav Zas']
    """
    match kind:
        case Kind.NUMBER:
            return list(_numbers(sentence))
        case Kind.DATE:
            return [found.span() for found in _DATE.finditer(sentence)]
        case Kind.PERSON:
            return _people(sentence)
        case Kind.PLACE:
            return _places(sentence)
        case Kind.NAME:
            return [*_names(sentence), *(found.span(1) for found in _QUOTED.finditer(sentence))]
        case _:
            return []


def _numbers(sentence: str) -> Iterator[Range]:
    dates = [found.span() for found in _DATE.finditer(sentence)]
    for found in _NUMBER.finditer(sentence):
        if not any(start < found.end() and found.start() < end for start, end in dates):
            yield found.span()


def _names(sentence: str) -> Iterator[Range]:
    for found in _NAME.finditer(sentence):
        start, end = found.span()
        for word in found.group().split():
            if word.lower().strip(".") not in _NOT_NAMES:
                break
            start += len(word)
            start += len(sentence[start:end]) - len(sentence[start:end].lstrip())
        if start < end:
            yield start, end


def _people(sentence: str) -> list[Range]:
    """Names that a title, a verb of saying or a second word marks as a person's; all names if none is marked."""
    names = list(_names(sentence))
    marked = [
        (start, end)
        for start, end in names
        if _PERSON_CUE.search(sentence[max(0, start - _CUE_WINDOW) : start])
        or _PERSON_TAIL.match(sentence[end : end + _CUE_WINDOW])
        or (
            2 <= len(sentence[start:end].split()) <= 4
            and not _PLACE_CUE.search(sentence[max(0, start - _CUE_WINDOW) : start])
            and " of " not in sentence[start:end]
        )
    ]
    return marked or names


def _places(sentence: str) -> list[Range]:
    """Names that follow a preposition of place; all names if none does."""
    names = list(_names(sentence))
    cued = [span for span in names if _PLACE_CUE.search(sentence[max(0, span[0] - _CUE_WINDOW) : span[0]])]
    return cued or names
