"""Questions made by rule of a sentence that answers them, in the sentence's own words.

Few forms, and narrow ones: where a sentence is not plainly of one of them, nothing is made of it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from index.terms import is_function_word
from qa.acronyms import ACRONYM, initials
from qa.candidates import candidates
from qa.followup.mentions import PERSONS, Sort, is_country, is_plural, names_in
from qa.followup.references import gender_of
from qa.followup.resolve import Resolved, resolve
from qa.question import Kind
from qa.reference import is_whole


class Form(StrEnum):
    """What a question asks for, the forms that make the best questions first.

    Example:
        >>> Form("how many") is Form.HOW_MANY
        True
    """

    HOW_MANY = "how many"
    WHO_DID = "who did"
    WHO_HOLDS = "who holds"
    WHEN = "when"
    WHO_IS = "who is"
    STANDS_FOR = "stands for"


@dataclass(frozen=True, slots=True)
class Askable:
    """A question that a sentence answers.

    Attributes:
        question: The question.
        form: What it asks for.
        answer: The words of the sentence that answer it.

    Example:
        >>> sentence = "The lighthouse in Oslen was painted in 2019."
        >>> [found.question for found in askables(sentence, sentence)]
        ['When was the lighthouse in Oslen painted?']
    """

    question: str
    form: Form
    answer: str


_LONGEST_SENTENCE = 400
_LONGEST_QUESTION = 16

# A name ends where no further word of it follows, and owns nothing.
_NAME_WORD = r"[A-Z][\w’'-]*\w(?<!['’]s)"
_FULL_NAME = (
    rf"(?<![\w.’'-])(?<![A-Z]\.\s){_NAME_WORD}(?:\s[A-Z]\.)?(?:\s(?:(?:al|bin|da|de|der|del|la|van|von)\s)*{_NAME_WORD}){{1,2}}"
    r"(?!\s[A-Z])(?=[\s,;:)]|\.?$)"
)
_NAME = rf"{_NAME_WORD}(?:\s(?:(?:of|and|the|for|in)\s){{0,2}}{_NAME_WORD})*"
_ROLE = "|".join(sorted(PERSONS - set("boy brother father girl guard man mother owner sister winner woman".split())))
# Of these there is one at a time.
_OFFICE = (
    r"(?i:captain|ceo|chair(?:man|woman)?|chief|commander|director|founder|governor|head|king|leader|manager|mayor"
    r"|(?:prime |foreign )?minister|owner|president|queen|secretary(?: general)?|speaker)"
)
# These say that there were others before, or that there are others.
_ONE_OF_MANY = (
    r"(?i:a|acting|an|and|as|assistant|associate|but|conservative|current|democratic|deputy|ex|former|her|his|incumbent"
    r"|interim|its|late|liberal|longtime|new|one|outgoing|prime|republican|socialist|the|their|then|vice)"
)
_COUNT = (
    r"(?:\d[\d,]*(?:\.\d+)?(?:\s(?:thousand|million|billion))?"
    r"|(?i:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve))"
)
_ABOUT = r"(?:(?:[Aa]bout|[Aa]lmost|[Aa]round|[Aa]t least|[Mm]ore than|[Nn]early|[Oo]ver|[Ss]ome)\s)?"
_PARTICIPLE = r"(?:[a-z]{2,}ed|born|built|caught|found|given|held|hurt|left|made|sent|shot|sold|stolen|struck|taken)"
_BE = r"(?:are|were|have been|had been)\s(?:now\s|still\s)?"
# No other verbs: in "500 men sent to Oslen", "sent" is none of the sentence.
_ACTED = (
    r"(?:died|fell|fled|lived?|took part|voted|work(?:ed)?|(?:attended|experienced|faced|joined|signed)(?=\s[A-Za-z]))"
)
_DID = (
    r"(?:(?!said|called|added|wanted|hoped)[a-z]{2,}ed|became|began|broke|built|bought|gave|led|lost|made|met|sent|sold"
    r"|struck|took|won|wrote)"
)
# Where a clause ends.
_END = (
    r"(?=[,;:]\s|\s[–—(-]|\.?$|\sand\s\d|\s(?:according|after|although|amid|as|because|before|but|following|if|including"
    r"|since|that|though|until|when|where|which|while|who|whose|with)\b)"
)
_REST = rf"(?P<rest>(?:\s[\w.’'-]+?){{1,10}}?){_END}"

_HOW_MANY = re.compile(
    rf"(?:^|\b(?:that|said|says)\s|,\s){_ABOUT}(?P<answer>{_COUNT})\s(?P<noun>(?:[a-z-]+\s){{0,2}}[a-z]+)"
    rf"\s(?P<verb>{_BE}{_PARTICIPLE}|{_ACTED}){_REST}"
)
_WHEN = re.compile(
    rf"^(?P<subject>The(?:\s[\w’'-]+){{1,7}}?|{_NAME}(?:['’]s(?:\s[\w-]+){{1,3}})?)\s(?P<be>was|were)\s"
    rf"(?P<verb>{_PARTICIPLE})(?P<rest>(?:\s[\w.’'-]+){{0,12}}?){_END}"
)
_WHO_DID = re.compile(rf"^(?:{_NAME_WORD}\s){{0,3}}?(?P<answer>{_FULL_NAME})\s(?P<verb>{_DID}){_REST}")
# "Runa Holt, the mayor of Oslen,", "Runa Holt, the Norland prime minister,"
_HOLDS = re.compile(
    rf"(?P<answer>{_FULL_NAME}),\s(?:the\s)?(?!{_ONE_OF_MANY}\s)"
    rf"(?P<role>(?:(?!and|at|for|in|of|to)[a-z-]+\s){{0,2}}{_OFFICE}\s(?:of|at|for)\s(?:the\s)?{_NAME}|{_NAME}\s(?:[a-z]+\s)?{_OFFICE})(?=[,.])"
)
# "Norland President Runa Holt", "Oslen Herald chief editor Runa Holt"
_TITLED = re.compile(
    rf"(?<!\S)(?P<of>(?!{_ONE_OF_MANY}\s)(?:[A-Z][\w.-]*\w\.?\s){{1,4}})"
    rf"(?P<role>(?:[a-z]+\s){{0,2}}(?:{_ROLE})|(?i:(?:Prime\s|Foreign\s)?(?:{_ROLE})))\s(?P<name>{_FULL_NAME})"
)
_DESCRIBED = re.compile(
    rf"(?<!\bof )(?<!\bin )(?<!\bat )(?P<name>{_FULL_NAME}),\s"
    rf"(?P<role>(?:the|an?)\s(?:[\w’'-]+\s){{0,5}}?(?:{_ROLE})\b(?!['’])[^,.;]*)[,.]"
)
_HAS_ROLE = re.compile(rf"\b(?:{_OFFICE}|(?i:{_ROLE}))\b")
_STANDS_FOR = re.compile(rf"(?P<answer>{_NAME})\s\((?P<short>{ACRONYM.pattern})\)")

_QUOTED = re.compile(r"[“”\"]")
_POINTS_ELSEWHERE = re.compile(
    r"[^\w\s.’'?-]|\.\s(?!\w+\?)|(?<!\bin )\b\d|\d[^\w?]|\b(?:I|me|my|we|us|our|you|your|he|him|his|she|hers?|its?"
    r"|they|them|theirs?|this|these|those|that|t?here|an?other|others?|more|same|such|so|also|not|no|would|will|could"
    r"|has|had(?! been)|said|says|and|or|as|because|if|when|which|while|who)\b"
)
_TIME = re.compile(
    r"(?:\s(?:on|since|late|early|last|this|next|by|earlier|later|from|in|the|so|past|two|three|four|five|ten|few|\d+))*"
    r"\s(?:\w+day|yesterday|today|tonight|tomorrow|weeks?|months?|years?|weekend|night|morning|afternoon|evening|far"
    r"|overnight|now|ago)\b.*$"
)
_BEFORE_TIME = re.compile(r"(?:(?:^|\s)(?:on|in|since|at|by|during|early|late|the|back))+\s*$")
_NAMES_NO_DAY = re.compile(r"\b(?:today|tomorrow|yesterday)\b")
_ABBREVIATED = re.compile(r"(?<=\.[A-Z])$")
_PEOPLE = frozenset("people men women children".split())
_MEASURES = frozenset("years months weeks days hours minutes times points percent degrees yards miles dollars".split())
_NO_NAMES = frozenset(
    "January February March April May June July August September October November December Monday Tuesday Wednesday"
    " Thursday Friday Saturday Sunday".split()
)


def askables(sentence: str, article: str) -> Iterator[Askable]:
    """The questions that a sentence answers.

    Args:
        sentence: The sentence.
        article: The text of its article, which tells what its names name.
    """
    text = " ".join(sentence.split())
    if len(text) > _LONGEST_SENTENCE or not is_whole(text):
        return
    # What somebody is quoted to have said is his claim.
    for make in (_who, _stands_for) if _QUOTED.search(text) else (_who, _stands_for, _how_many, _when, _who_did):
        yield from (found for found in make(text, article) if _stands_alone(found.question))


def _who(text: str, article: str) -> Iterator[Askable]:
    if not _HAS_ROLE.search(text):
        return
    for found in _HOLDS.finditer(text):
        if _is_person(found["answer"], article):
            yield Askable(f"Who is the {found['role']}?", Form.WHO_HOLDS, found["answer"])
    for found in _DESCRIBED.finditer(text):
        if _is_person(found["name"], article):
            yield Askable(f"Who is {found['name']}?", Form.WHO_IS, found["role"])
    for found in _TITLED.finditer(text):
        of = found["of"].strip()
        if _is_person(found["name"], article) and _begins_title(text[: found.start()], of) and names_in(of, [article]):
            yield Askable(f"Who is {found['name']}?", Form.WHO_IS, found["role"])
            if re.search(rf"\b{_OFFICE}$", found["role"]):
                yield Askable(f"Who is the {of} {found['role']}?", Form.WHO_HOLDS, found["name"])


def _stands_for(text: str, _article: str) -> Iterator[Askable]:
    for found in _STANDS_FOR.finditer(text):
        if initials(found["answer"]) == found["short"]:
            yield Askable(f"What does {found['short']} stand for?", Form.STANDS_FOR, found["answer"])


def _how_many(text: str, _article: str) -> Iterator[Askable]:
    for found in _HOW_MANY.finditer(text):
        counted = found["noun"].split()[-1]
        rest = _TIME.sub("", found["rest"])
        is_counted = (is_plural(counted) or counted in _PEOPLE) and counted not in _MEASURES
        if is_counted and _ends_well(rest) and (_holds_name(rest) or " the " in rest):
            yield Askable(_question(f"How many {found['noun']} {found['verb']}{rest}"), Form.HOW_MANY, found["answer"])


def _when(text: str, article: str) -> Iterator[Askable]:
    for found in _WHEN.finditer(text):
        subject = re.sub(r"^The ", "the ", found["subject"])
        times = candidates(found["rest"], Kind.DATE)
        is_told = times and not _NAMES_NO_DAY.search(found["rest"])
        if is_told and (subject.startswith("the ") or _begins_with_name(subject, article)):
            start, end = times[0]
            rest = _BEFORE_TIME.sub("", found["rest"][:start].rstrip())
            if _holds_name(f" {subject}{rest}") and _ends_well(rest):
                asked = _question(f"When {found['be']} {subject} {found['verb']}{rest}")
                yield Askable(asked, Form.WHEN, found["rest"][start:end])


def _who_did(text: str, article: str) -> Iterator[Askable]:
    for found in _WHO_DID.finditer(text):
        name, rest = found["answer"], _TIME.sub("", found["rest"])
        if _holds_name(rest) and _ends_well(rest) and _is_person(name, article) and _has_gender(name, article):
            yield Askable(_question(f"Who {found['verb']}{rest}"), Form.WHO_DID, name)


def _question(words: str) -> str:
    """Words with a question mark, and the full stop of an abbreviation at their end, which ended the sentence."""
    return f"{_ABBREVIATED.sub('.', words.rstrip('.'))}?"


def _stands_alone(question: str) -> bool:
    """Whether nothing in a question refers to what was said before, and nothing odd was taken along."""
    is_odd = _POINTS_ELSEWHERE.search(question) or len(question.split()) > _LONGEST_QUESTION
    return not is_odd and resolve(question, ()) == Resolved(question)


def _holds_name(words: str) -> bool:
    """Whether a name stands in some words, behind the first."""
    return bool(set(re.findall(rf"(?<=\s){_NAME_WORD}", words)) - _NO_NAMES)


def _ends_well(words: str) -> bool:
    return not words or not is_function_word(words.split()[-1].lower())


def _is_person(name: str, article: str) -> bool:
    """Whether a name can be a person's, by its words and by those around it wherever its article has it."""
    words = name.split()
    is_title = any(word.lower() in PERSONS | {"prime", "vice", "the"} for word in words)
    if is_title or is_function_word(words[0].lower()) or not _NO_NAMES.isdisjoint(words):
        return False
    return [mention.sorts for mention in names_in(name, [article])] == [{Sort.PERSON}]


def _has_gender(name: str, article: str) -> bool:
    """Whether an article speaks of somebody as "he" or "she", as it does not of a storm or a company."""
    return any(gender_of(mention, [article]) for mention in names_in(name, [article]))


def _begins_with_name(subject: str, article: str) -> bool:
    word = subject.split()[0].lower()
    return bool(names_in(subject, [article])) and not is_function_word(word) and word not in PERSONS


def _begins_title(before: str, of: str) -> bool:
    """Whether a name before a title is whole, is no country's ("Norland President"), and says which one is meant."""
    words = of.split()
    last = "".join(before.split()[-1:])
    is_cut = (last[:1].isupper() and not last.endswith(",")) or last in {
        "of",
        "and",
        "&",
        "for",
        "former",
        "then",
        "new",
    }
    is_odd = is_function_word(words[0].lower()) or any(re.fullmatch(_ONE_OF_MANY, word) for word in words)
    return not (is_cut or is_odd or _NO_NAMES & set(words) or (is_country(of) and not of.isupper()))
