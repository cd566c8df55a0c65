"""What a question asks for: the kind of answer, the thing counted or asked about, the names and numbers it gives."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from index.errors import QuestionError

LONGEST_QUESTION = 2_000


class Kind(StrEnum):
    """The kind of words that can answer.

    Example:
        >>> Kind("number") is Kind.NUMBER
        True
    """

    NUMBER = "number"
    DATE = "date"
    PERSON = "person"
    PLACE = "place"
    NAME = "name"
    REASON = "reason"
    OTHER = "other"


_PLACES = (
    "airport|area|capital|cit(?:y|ies)|continent|countr(?:y|ies)|county|district|island|location|nation|place|province"
    "|region|square|states?|street|town|village|venue|stadium"
)
_TIMES = "year|day|date|month|decade|century|time|season|holiday"
_PEOPLE = (
    "actor|actress|artist|athlete|author|candidate|ceo|coach|director|governor|king|leader|man|mayor|minister"
    "|officials?|people|person|player|president|queen|secretary|senator|singer|spokes(?:man|woman|person)|star|woman"
    "|writer"
)
_AMOUNTS = (
    "age|amount|cost|distance|fine|height|length|number|percent(?:age)?|population|price|proportion|rate|ratio|salary"
    "|score|share|size|speed|sum|temperature|total|value|weight|width"
)
_DEGREES = "many|much|long|far|old|tall|high|big|large|deep|wide|fast|heavy|often|hot|cold|expensive|frequently|soon"
_AUXILIARIES = "did|do|does|is|was|were|are|has|have|had|will|would|can|could|should|happened|happens|about"
_ANY = rf"(?!(?:{_AUXILIARIES}|the|an?)\b)[\w'’.-]+\s+"
_OF_THE = r"(?:of\s+(?:the|these|those)\s+)?"
# Things that go by a name of their own, beside people and places.
_NAMED = (
    "agency|airline|album|app|band|bank|book|brand|carmaker|chain|channel|charity|church|club|college|company"
    "|conglomerate|corporation|cryptocurrency|festival|film|firm|franchise|giant|hospital|hotel|hurricane|league"
    "|magazine|maker|manufacturer|movie|musical|network|newspaper|novel|organi[sz]ation|orchestra|outlet|planet|platform"
    "|publisher|restaurant|retailer|school|song|spacecraft|startup|store|studio|supermarket|team|tribe|union|university"
    "|website"
)
# "What is the largest ...", and after the noun what shows that it was the noun asked for.
_WHAT_IS = rf"(?:what|which)(?:['’]s)?\s+(?:(?:is|was|are|were|will be|would be)\s+)?(?:the\s+)?(?:{_ANY}){{0,3}}?"
_NOUN_END = (
    r"\b(?=['’]|\s*[?,]|\s*$|\s+(?:of|in|on|for|to|at|by|near|that|which|where|with|between|from|per|did|do|does)\b)"
)
_RULES = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (Kind.DATE, rf"when\b|(?:what|which)\s+(?:{_ANY})?(?:{_TIMES})\b|how long ago\b"),
        (Kind.NUMBER, rf"how\s+(?:{_DEGREES})\b|{_WHAT_IS}(?:{_AMOUNTS}){_NOUN_END}"),
        (
            Kind.PLACE,
            rf"where\b|(?:what|which)\s+{_OF_THE}(?:{_ANY}){{0,2}}?(?:{_PLACES})\b|{_WHAT_IS}(?:{_PLACES}){_NOUN_END}",
        ),
        (Kind.PERSON, rf"who(?:m|se)?\b|(?:what|which)\s+{_OF_THE}(?:{_ANY}){{0,2}}?(?:{_PEOPLE})\b"),
        (Kind.PERSON, rf"{_WHAT_IS}name of\b.*\b(?:{_PEOPLE})\b"),
        (
            Kind.REASON,
            rf"why\b|what (?:caused|prompted|triggered|sparked|led to)\b|{_WHAT_IS}(?:reason|cause)\b|how come\b",
        ),
        (Kind.NAME, rf"which\b|what\s+(?!(?:{_AUXILIARIES})\b)\w+"),
    )
)
# Behind it no further noun stands: "which film genre" asks for no film.
_NAMED_END = (
    rf"\b(?=\s*[?,]|\s*$|\s+(?:{_AUXILIARIES}|in|on|for|to|at|by|from|that|which|with|[a-z]+ed|became|bought|built|cut|got"
    r"|held|hit|hosts?|left|lost|made|makes?|owns?|paid|plans?|put|ran|runs?|said|sold|sued|took|wants?|went|won)\b)"
)
_ASKS_FOR_A_NAME = re.compile(
    rf"\b(?:what|which)\s+{_OF_THE}(?:{_ANY}){{0,2}}?(?:{_NAMED}|companies|agencies)s?{_NAMED_END}"
    rf"|\bnames?\s+of\s+(?:the\s+)?(?:{_ANY}){{0,2}}?(?:{_NAMED})\b",
    re.IGNORECASE,
)
_ASKING_WORDS = "who|whom|whose|what|which|when|where|why|how"
_ASKING = re.compile(rf"\b(?:{_ASKING_WORDS})\b", re.IGNORECASE)
# "When and where ...", "Who opened it, and in which year?"
_ASKING_TOO = re.compile(
    rf"\band\s+(?:(?:in|at|on|by|to|from|for|with|since|until)\s+)?(?P<asking>{_ASKING_WORDS})\b", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
_DEGREE = re.compile(rf"\bhow\s+({_DEGREES})\b", re.IGNORECASE)
_ONE_OR_TWO = rf"[\w'’-]+(?:\s+(?!(?:{_AUXILIARIES})\b)[\w'’-]+)?"
_FOCUS = re.compile(
    rf"\bhow\s+(?:many|much)\s+(?:more\s+|other\s+|of\s+the\s+)?(?P<counted>(?!(?:{_AUXILIARIES})\b){_ONE_OR_TWO})"
    rf"|\b(?:what|which)\s+(?P<asked>(?!(?:{_AUXILIARIES})\b){_ONE_OR_TWO})",
    re.IGNORECASE,
)
# "Which countries sent", "What companies did", "Who are the members of", "What are the names of".
_PLURAL = rf"(?!(?:{_AUXILIARIES})\b)[a-z-]*(?:[a-hj-rtv-z]s|men|people|children)\b(?!['’])"
_OF_MANY = r"(?:(?:other|major|main|two|three|four|five|six|\d+)\s+)?"
_SEVERAL = re.compile(
    rf"(?<!, )\bwhich\s+{_OF_MANY}{_PLURAL}"
    rf"|\bwhat\s+{_OF_MANY}{_PLURAL}\s+(?:are|were|have|did|do|will|would|can|could)\b"
    rf"|\bwho\s+(?:are|were)\s+(?:the\s+)?(?:[\w-]+\s+){{0,2}}?{_PLURAL}\s+(?:of|in|on|at|from|with|who|that)\b"
    r"|\bwhat\s+(?:are|were)\s+the\s+(?:\w+\s+)?names\b",
    re.IGNORECASE,
)
_CAPITALISED = re.compile(
    r"(?<![\w'’])(?:[A-Z][\w'’.&-]*[\w]|[A-Z])(?:\s+(?:of\s+|the\s+|de\s+|al-)?[A-Z][\w'’.&-]*\w)*"
)
_POSSESSIVE = re.compile(r"['’](?:s|re|d|ll)$")
_NUMBER = re.compile(r"\d[\d,.]*")
_OPENERS = frozenset(
    "who whom whose what which when where why how is are was were did do does has have had will would can could"
    " should in on at for by according the a an and of to from about since during after before under name list"
    " tell give if".split()
)
_WORD = re.compile(r"[^\W_]+")
_AFTER_SUBJECT = re.compile(
    r"\b(?:who|what|which \w+|be|been|being|to)\s+(?!is\b|was\b|are\b|were\b|did\b|does\b|do\b|the\b|a\b)(\w+)"
)
_AFTER_BE = re.compile(
    r"\b(?!who|what|which|where|when|why|how|that)\w+\s+(?:was|were|is|are|been|be)\s+"
    r"(?!the\b|an?\b|in\b|on\b|at\b)(\w+)"
)
_PARTICIPLES = frozenset(
    "born bought broken brought built caught chosen cut driven done drawn fallen fought found given gone grown held hit"
    " hurt kept known led left lost made met paid put read said seen sent set shot shown shut sold spent spoken stolen"
    " struck taken taught thought thrown told won worn written".split()
)
_AFTER_DO = re.compile(r"\b(?:did|do|does)\s+([^?.,;]*)")
_PREPOSITION = re.compile(
    r"\s+(?:on|in|at|to|for|from|with|by|of|about|into|over|after|before|during|against|as|since|that|the|an?)\s+|\s*$"
)
_DETERMINERS = frozenset("the a an this that these those its his her their our my your each every some any no".split())


@dataclass(frozen=True, slots=True)
class Question:
    """A question, taken apart.

    Attributes:
        text: The question, trimmed.
        kind: The kind of answer it asks for.
        further_kinds: The kinds that it asks for besides, as "when and where" does.
        several: Whether it asks for a list, as "which countries" does.
        focus: What it counts or asks to choose: ``"troops"`` in "how many troops"; ``""`` where there is none.
        degree: The word after "how" in "how long", ``""`` where there is none.
        counts: Whether the focus is counted ("how many troops"), so that an answer has to speak of it.
        named: Whether it asks which of some things that go by names of their own, such as companies and films.
        verbs: The words that are likely its verbs, in lower case.
        names: The names in it, as written.
        numbers: The numbers in it, as written.

    Example:
        >>> question = read_question("How many troops did Russia send in 2022?")
        >>> question.counts, question.focus, question.names, question.numbers
        (True, 'troops', ('Russia',), ('2022',))
    """

    text: str
    kind: Kind
    further_kinds: tuple[Kind, ...]
    several: bool
    focus: str
    degree: str
    counts: bool
    named: bool
    verbs: frozenset[str]
    names: tuple[str, ...]
    numbers: tuple[str, ...]

    @property
    def asides(self) -> frozenset[str]:
        """The words that do not name what it is about, in lower case: its verbs, and what it asks to choose."""
        chosen = "" if self.counts else self.focus
        return self.verbs | frozenset(f"{self.degree} {chosen}".lower().split())


def read_question(text: str) -> Question:
    """Take a question apart.

    Raises:
        QuestionError: It has no word, or is longer than ``LONGEST_QUESTION`` characters.

    Example:
        >>> question = read_question("How many troops did the CSTO send?")
        >>> question.kind.value, question.focus, question.names
        ('number', 'troops', ('CSTO',))
    """
    text = " ".join(text.split())
    if not any(character.isalnum() for character in text):
        raise QuestionError("There is no question", "it holds no word", "ask a question in words")
    if len(text) > LONGEST_QUESTION:
        raise QuestionError(
            "The question is too long",
            f"it has {len(text):,} characters, and {LONGEST_QUESTION:,} are read",
            "ask it in one sentence",
        )
    focus = _FOCUS.search(text)
    return Question(
        text=text,
        kind=_kind(text),
        further_kinds=tuple(_further_kinds(text)),
        several=bool(_SEVERAL.search(text)),
        focus=(focus["counted"] or focus["asked"] or "") if focus else "",
        degree=degree[1].lower() if (degree := _DEGREE.search(text)) else "",
        counts=bool(focus and focus["counted"]),
        named=bool(_ASKS_FOR_A_NAME.search(text)),
        verbs=frozenset(_verbs(text)),
        names=tuple(_names(text)),
        numbers=tuple(match.group().rstrip(".,") for match in _NUMBER.finditer(text)),
    )


def _kind(text: str) -> Kind:
    """The kind that the asking word and the words after it call for."""
    clause = next((part for part in reversed(_SENTENCE_END.split(text)) if _ASKING.search(part)), text)
    asking = [match.start() for match in _ASKING.finditer(clause)]
    # "When the war ended, who was president?" asks who.
    asking = [start for start in asking if clause[:start].rstrip().endswith(",")] or asking
    return _kind_at(clause, asking[0]) if asking else Kind.OTHER


def _kind_at(text: str, asking: int) -> Kind:
    """The kind that an asking word at a place calls for."""
    return next((kind for kind, pattern in _RULES if pattern.match(text, asking)), Kind.OTHER)


def _further_kinds(text: str) -> Iterator[Kind]:
    """The kinds that asking words call for which "and" joins to one before."""
    first = _ASKING.search(text)
    for match in _ASKING_TOO.finditer(text, first.end() if first else len(text)):
        yield _kind_at(text, match.start("asking"))


def _verbs(text: str) -> Iterator[str]:
    """The words that are likely verbs, by their place. Articles often use another verb than the question does."""
    words = _WORD.findall(text.lower())
    yield from (match[1] for match in _AFTER_SUBJECT.finditer(text.lower()))
    yield from (match[1] for match in _AFTER_BE.finditer(text.lower()))
    yield from (word for word in words if word in _PARTICIPLES or (len(word) > 4 and word.endswith(("ed", "ing"))))
    for clause in _AFTER_DO.findall(text.lower()):
        for run in _PREPOSITION.split(clause):
            inside = _WORD.findall(run)
            if len(inside) > 1 and inside[-2] not in _DETERMINERS:
                yield inside[-1]
                break


def _names(text: str) -> list[str]:
    names = []
    for match in _CAPITALISED.finditer(text):
        words = match.group().split()
        while words and _POSSESSIVE.sub("", words[0].lower()) in _OPENERS:
            words = words[1:]
        if words:
            names.append(" ".join(words))
    return names
