"""Who wrote, photographed and published an article, by the lines that say so."""

import re
from collections.abc import Iterable

from index.agencies import agency_of
from index.stamps import date_stamp, without_stamp

_LONGEST = 160
_LONGEST_FOOTER = 400

_NAME = (
    r"(?:[a-z]\w{2,30}\.(?:com|org|net|in|co\.uk)\b|[A-Z][\w.'’-]*"
    r"|\(?@\w+\)?|de|van|von|der|den|bin|al|el|la|di|da|du|of|the|for|in|at|by|and|&)"
)
_ROLE = (
    r"(?:senior|chief|political|staff|special|foreign|economics?|business|news|science|health|sports?|diplomatic|legal"
    r"|correspondents?|reporters?|editors?|writers?|columnists?|contributors?|producer|bureau|agenc(?:y|ies)|team|desk)"
)
_BETWEEN = r"(?: ?[,|/;•·] ?| [-–—] | )"
_PEOPLE = rf"(?:{_NAME}|{_ROLE})(?:{_BETWEEN}(?:{_NAME}|{_ROLE}))*"
_WORK = r"(?i:written|reported|words|story|analysis|opinion|posted|report|text|edited|compiled|photographs?)"
_FULL_NAME = r"[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){1,2}"
_BYLINE = re.compile(
    rf"(?:{_WORK} |{_FULL_NAME} )?(?:[Bb]y|BY):? (?!The )(?=[A-Z]|\w+\.\w){_PEOPLE}(?:(?<!\.)|(?<=[JS]r\.))"
)
_OUTLET = (
    r"(?:Press|Reuters|AFP|AP|PTI|ANI|IANS|UPI|TODAY|News|Times|Post|Journal|Tribune|Herald|Guardian|BBC|CNN|NPR|Agency"
    r"|Service|Network|[Ww]riter|[Cc]orrespondent|[Rr]eporter|[Ee]ditor|[Cc]olumnist|[Cc]ontributor)"
)
_UNSIGNED = re.compile(
    rf"{_FULL_NAME}(?:(?:, | and | & ){_FULL_NAME}){{0,3}}"
    rf"(?:(?:, | [–—-] )(?:(?:{_NAME}|{_ROLE}) ){{0,3}}{_OUTLET}| \| {_PEOPLE})"
    rf"|{_FULL_NAME} in {_NAME}(?: {_NAME})? and {_FULL_NAME}(?: in {_NAME}(?: {_NAME})?)?"
)
_NAMES_ONLY = re.compile(r"[A-Z][\w.'’-]*(?:,? [A-Z][\w.'’-]*){0,2}")

_BY_NICKNAME = re.compile(r"by(?: [\w.@-]+){1,3}(?<!\.)", re.IGNORECASE)

_FOOTER_WORK = r"(?i:additional|reporting|writing|editing|contributing|by|with|and)"
_FOOTER_NAME = rf"(?:{_NAME}|{_ROLE}|{_FOOTER_WORK}:?)"
_FOOTER = re.compile(
    rf"[(\[]?(?i:(?:additional )?(?:reporting|writing|editing|contributing)(?: and \w+)?(?: by |: ?))"
    rf"{_FOOTER_NAME}(?:{_BETWEEN}{_FOOTER_NAME})*[)\].]*"
    rf"|{_PEOPLE} contributed (?:reporting|to this (?:report|story|article))\b.{{0,40}}"
    rf"|[(\[]?(?i:with )?(?i:agency )?(?i:inputs|contributions)(?: from {_PEOPLE})?[)\].]*"
)

_AGENCY = (
    r"(?:AP|AFP|EPA|PA|Reuters|REUTERS|Getty|Bloomberg|Shutterstock|Alamy|iStock(?:photo)?|Xinhua|TASS|dpa|ANI|PTI|UPI"
    r"|NurPhoto|Unsplash)"
)
_CREDIT_WORD = (
    r"(?i:(?:(?:ap|file|afp|reuters|handout|stock) )?(?:photo(?:graph)?s?|images?|pictures?|pics?|illustration|graphic)"
    r"(?: (?:credit|courtesy|source|copyright))?|credits?|courtesy)"
)
_CREDIT = re.compile(
    rf"[(\[|]? ?(?:{_NAME} )*{_CREDIT_WORD}(?: ?[:/,]| (?:by|of|via)) ?"
    rf"(?=[A-Z@]){_PEOPLE}(?: via {_PEOPLE})?[)\].]*"
    rf"|[(\[]?(?:{_NAME} )*(?:{_NAME} ?/ ?|{_NAME} via )(?:{_NAME}[ /])*(?:via )?{_AGENCY}(?: Images)?[)\]]?"
    rf"|[(\[]?{_AGENCY} ?/ ?{_PEOPLE}[)\]]?|[(\[]?(?:{_AGENCY}|Getty Images)[)\]]?"
)
_TWEET_SIGNATURE = re.compile(r"(?:[—–-]+ ?)?[^\s(][^(\n]{0,59} ?\(@\w{1,15}\)")

_PROPER = r"[A-Z0-9][\w&'’-]*(?: (?:[A-Z&][\w&'’-]*|of|and|the|for)){0,6}"
_YEARS = r"\d{4}(?: ?[-–] ?\d{4})?"
_COPYRIGHT = re.compile(
    r"(?i:(?:copyright |©|\(c\)) ?(?:© ?|\(c\) ?)?(?:copyright )?)"
    rf"(?:{_YEARS},? |(?=[Bb]y |[Tt]he |[^.]* \d{{4}}\b))(?:[Bb]y )?"
    rf"(?P<name>(?:the )?{_PROPER}?)(?: {_YEARS})? ?(?:[.,|]|(?i:all rights)|$)"
)
_READ_MORE_FROM = re.compile(r"click here to read more from (?:the )?(?P<name>.{3,40}?)[.!]?", re.IGNORECASE)
_TRUST_PRINCIPLES = re.compile(r"Our Standards: The Thomson (?P<name>Reuters) Trust Principles\.?")


def is_metadata(paragraph: str) -> bool:
    """Whether a paragraph tells who made it or when, and nothing else: a byline, a date, a credit, a tweet's signature.

    Example:
        >>> is_metadata("By Ada Moor"), is_metadata("By Friday the rain had stopped.")
        (True, False)
    """
    if len(paragraph) > _LONGEST_FOOTER:
        return False
    line = " ".join(paragraph.split())
    if _FOOTER.fullmatch(line):
        return True
    if len(line) > _LONGEST:
        return False
    stamp = date_stamp(line)
    if stamp is not None and stamp.rest == 0:
        return True
    who, date = without_stamp(line)
    if date and (_NAMES_ONLY.fullmatch(who) or _BY_NICKNAME.fullmatch(who)):
        return True
    return any(pattern.fullmatch(who) for pattern in (_BYLINE, _UNSIGNED, _CREDIT, _TWEET_SIGNATURE))


def is_credit(words: str) -> bool:
    """Whether words tell who took a picture, and nothing else.

    Example:
        >>> is_credit("(Photo by Ada Moor/Reuters)"), is_credit("Photo evidence was found.")
        (True, False)
    """
    return len(words) <= _LONGEST and bool(_CREDIT.fullmatch(" ".join(words.split())))


def publisher_of(paragraphs: Iterable[str]) -> str:
    """The publisher that the text names in a copyright line, a footer or a dateline, or ``""``.

    Example:
        >>> publisher_of(["Copyright 2022 The Example Press. All rights reserved"])
        'The Example Press'
    """
    dateline = ""
    for paragraph in paragraphs:
        line = " ".join(paragraph[: 2 * _LONGEST].split())
        match = _COPYRIGHT.match(line) or _READ_MORE_FROM.fullmatch(line) or _TRUST_PRINCIPLES.fullmatch(line)
        if match:
            return _as_name(match["name"])
        dateline = dateline or agency_of(line)
    return dateline


def _as_name(name: str) -> str:
    """A name as it is written, shouted ones in title case."""
    return name.title() if name.isupper() and len(name) > 6 else name
