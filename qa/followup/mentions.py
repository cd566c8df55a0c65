"""Who and what a text speaks of: persons, places, things, and several of them.

Told by form alone: a name by its capitals, what it names by the words around it in the articles, other things by the
noun that a group of words ends with.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, partial
from itertools import groupby

from index.terms import is_function_word
from qa.question import LONGEST_QUESTION, read_question
from qa.span_kinds import is_of_wrong_kind

_TOKEN = re.compile(r"(?:[A-Z]\.){2,}|[$€£]?[^\W_](?:[\w'’.&-]*\w)?['’]?|[^\w\s]")
_POSSESSIVE = re.compile(r"['’]s?$")
# A word with a capital; "Russia-led" is none, and the "'s" is no part of it.
_CAPITALS = r"(?!\w+-(?:led|based|backed|born|wide)\b)[A-Z](?:[\w.&-]*\w|(?:['’](?!s\b)\w+)+)?(?!\w)"
_NAME = re.compile(rf"(?:(?:[A-Z]\.){{2,}}|{_CAPITALS})(?:\s+(?:of\s+)?{_CAPITALS})*(?:\s+\d{{1,3}}\b)?")
_NAME_OF_NAME = re.compile(rf"{_CAPITALS}\s+of\s+[A-Z]")
_OF_PHRASE = re.compile(rf"\s+of\s+(?:the\s+)?(?:{_CAPITALS}(?:\s+{_CAPITALS})*|\w+(?=\W*$))")
_OWNER = re.compile(r"[^a-z\s][\w.-]*['’]s?\s")
HELPERS = frozenset("did does do is are was were has have had will would can could should may might must".split())
_OPENING_PHRASES = frozenset("for on in at by under with from how".split())
_DETERMINERS = frozenset("the a an this that these those".split())
_DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august"
    " september october november december today yesterday tomorrow now".split()
)
_BREAKS = frozenset(
    "again ago alive already another ask asked asks began begin begins call else end go goes happen happened"
    " list many more most much name other per said say saying says start starts still such tell tells then"
    " there think thinks told want wants went yet".split()
)
_BEFORE_PERSON = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Sir|Gen|Sen|Rep|Gov|Prof|President|Minister|Chancellor|King|Queen|Prince|Princess|Senator|Governor"
    r"|Mayor|Captain|Judge|Pope|Secretary|[Ss]pokes(?:man|woman|person)|minister|mayor|engineer|director|officer|coach)"
    r"\.?\s+(?:[A-Z][\w-]+\s+)?$"
)
_BEHIND_PERSON = re.compile(r",?\s+who\b")
_BEFORE_PLACE = re.compile(r"\b(?:in|at|near|across|outside|inside|around)\s+$")
# So much of a text before a name is looked at.
_CUE_WINDOW = 40
PERSONS = frozenset(
    "activist actor actress artist astronaut athlete author baker boy brother candidate captain ceo chairman"
    " chairwoman chief coach commander director doctor driver engineer envoy father general girl governor guard head"
    " host journalist judge justice keeper king lawmaker lawyer leader man mayor minister mother nominee nurse officer"
    " official owner pilot player pope president prince princess professor queen reporter secretary senator singer"
    " sister soldier spokesman spokesperson spokeswoman star student suspect teacher winner woman writer".split()
)
TITLES = PERSONS | {"mr", "mrs", "ms", "dr", "sir", "gen", "sen", "rep", "gov", "prof", "chancellor"}
_CROWDS = frozenset("children crew media men military people police public troops women".split())
_SINGULARS = frozenset("always lens news perhaps physics politics series species summons".split())
PLACES = frozenset(
    "airport area capital city continent country county district harbour island nation place port province region"
    " state street town village".split()
)
# "Title 42" is a name, "Oslen 2021" a name and a year.
_LONGEST_NAME_NUMBER = 3
_PLACE_NAME = re.compile(
    r"^(?:Lake|Mount|Cape|Port|Fort|Gulf|River)\b"
    r"|\b(?:Airport|Bay|Bridge|Canal|City|County|Harbour|Islands?|Lake|Mountains?|Ocean|Park|River|Road|Sea|Square"
    r"|Street|Tower|Valley)$"
)
_ORGANISATION = re.compile(
    r"\b(?:Agency|Alliance|Army|Association|Authority|Bank|Board|Bureau|Club|College|Commission|Committee|Company"
    r"|Corp|Council|Court|Cross|Department|Federation|Government|Group|Herald|House|Inc|Institute|Journal|League|Ltd|Ministry"
    r"|Museum|News|Office|Organi[sz]ation|Parliament|Party|Police|Press|Radio|School|Senate|Service|Society|Television"
    r"|Times|Tribune|Trust|TV|Union|University)\b"
    # "RIA-Novosti"
    r"|^[A-Z]{2,}-"
)
_BEHIND_ORGANISATION = re.compile(
    r"\s+(?:\w+\s+)?(?:agency|airline|bank|broadcaster|channel|company|daily|magazine|newspaper|party|website)\b"
)
# Behind a noun these are its verb: "how many officers died".
_PAST = re.compile(
    r"(?:\w{2,}(?<!hundr)(?<!spe)(?<!se)(?<!ne)ed|began|came|fell|fled|left|lost|rose|sank|took|went|won)"
)


class Sort(StrEnum):
    """What a reference can stand for.

    Example:
        >>> Sort("person") is Sort.PERSON
        True
    """

    PERSON = "person"
    PLACE = "place"
    THING = "thing"
    MANY = "many"


_PERSON = frozenset({Sort.PERSON})
_PLACE = frozenset({Sort.PLACE, Sort.THING})
_ORGANISATIONS = frozenset({Sort.THING, Sort.MANY})


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody or something that a text speaks of.

    Attributes:
        text: How another question can call it.
        sorts: What it may be: a name of which nothing is known may be several.
        is_name: Whether it is a name.
        start: Where its words begin in the text, with the article before them.
        end: Where they end, exclusive.

    Example:
        >>> mentions("Who opened the old bridge?")[0].text
        'the old bridge'
    """

    text: str
    sorts: frozenset[Sort]
    is_name: bool
    start: int
    end: int


def mentions(text: str, articles: Sequence[str] = ()) -> list[Mention]:
    """What a question, or a few words, speak of, in order.

    Args:
        text: The question.
        articles: Texts that may hold the same names, which tell whether they name persons or places.

    Example:
        >>> [found.text for found in mentions("Did the mayor of Oslen thank the police?")]
        ['the mayor of Oslen', 'Oslen', 'the police']
    """
    text = text[:LONGEST_QUESTION]
    # A name is looked up in all texts: once, however often it stands in this one.
    sorts = cache(partial(sorts_of_name, texts=(text, *articles)))
    return [mention for group in _groups(text) for mention in _of_group(text, group, articles, sorts)]


def names_in(text: str, articles: Sequence[str] = ()) -> list[Mention]:
    """The names in a text, in order.

    Example:
        >>> [name.text for name in names_in("On Friday the ferry left Oslen, Runa Holt said.")]
        ['Oslen', 'Runa Holt']
    """
    return [mention for mention in mentions(text, articles) if mention.is_name]


def is_country(name: str) -> bool:
    """Whether a name is that of a country.

    Example:
        >>> is_country("Norway"), is_country("Oslen")
        (True, False)
    """
    return not is_of_wrong_kind(name, read_question("Which country?")) and " of " not in name


def is_plural(word: str) -> bool:
    """Whether a noun stands for several, by its ending.

    Example:
        >>> is_plural("troops"), is_plural("police"), is_plural("bus")
        (True, True, False)
    """
    lower = word.lower()
    return lower in _CROWDS or (
        lower not in _SINGULARS and len(lower) > 3 and bool(re.search(r"[^suia]s$|[aeiou][aeo]s$|ies$", lower))
    )


@dataclass(frozen=True, slots=True)
class _Group:
    """Words that belong together: where they begin and end, and the word before them."""

    start: int
    end: int
    before: str


def _groups(text: str) -> Iterator[_Group]:
    """The runs of words that verbs, function words and punctuation part."""
    tokens = list(_TOKEN.finditer(text))
    verbs = read_question(text).verbs if re.search(r"[^\W_]", text) else frozenset()
    if has_do := re.search(r"\b(?:did|does|do|will|would|can|could|might)\b", text, re.IGNORECASE):
        # Verbs behind "did" do not end in "s".
        verbs = frozenset(verb for verb in verbs if not is_plural(verb))
    apart: list[bool] = []
    for place, token in enumerate(tokens):
        begins = place == 0 or apart[-1]
        if has_do and not begins and is_plural(token.group()) and _follows_verb(tokens[:place], apart):
            apart[-1] = begins = True
        apart.append(_is_apart(text, tokens, place, verbs, begins=begins))
    for is_apart, run in groupby(range(len(tokens)), apart.__getitem__):
        if not is_apart:
            places = list(run)
            before = tokens[places[0] - 1].group().lower() if places[0] else ""
            yield _Group(tokens[places[0]].start(), tokens[places[-1]].end(), before)


def _is_apart(text: str, tokens: list[re.Match[str]], place: int, verbs: frozenset[str], *, begins: bool) -> bool:
    """Whether a word belongs to no group.

    Args:
        text: The text.
        tokens: Its words and marks.
        place: Which of them is meant.
        verbs: What may be a verb, by its place.
        begins: Whether the one before belongs to no group.
    """
    word = tokens[place].group()
    lower = word.lower()
    before = tokens[place - 1].group() if place else ""
    if lower == "of":
        # "League of Northern Ports"
        return begins or not _NAME_OF_NAME.match(text, tokens[place - 1].start())
    if word.isdecimal():
        # "Voyager 1", but "in Oslen 2021"
        return begins or len(word) > _LONGEST_NAME_NUMBER or not before[0].isupper()
    if not word[0].isalpha():
        return True
    if word.isupper() and len(word) > 1:
        return False
    if is_function_word(lower) or lower in _BREAKS or lower in _DAYS:
        return True
    if not begins and _PAST.fullmatch(word) and _ends_noun(tokens, place):
        return True
    # "The sent troops", "what notion", "which pop star is": no verbs, though one could stand there.
    after_determiner = begins and before.lower() in _DETERMINERS
    after_what = begins and before.lower() in {"what", "which"} and lower[-1] not in "sd"
    before_helper = place + 1 < len(tokens) and tokens[place + 1].group() in HELPERS
    return lower in verbs and word.islower() and not (after_determiner or after_what or before_helper)


def _ends_noun(tokens: list[re.Match[str]], place: int) -> bool:
    """Whether a noun has ended before a word in the past tense: no noun follows it, or several stand before it."""
    following = tokens[place + 1].group() if place + 1 < len(tokens) else "?"
    is_last = not following[0].isalnum() or is_function_word(following.lower())
    return is_plural(tokens[place - 1].group()) or (is_last and tokens[place].group().endswith("ed"))


def _follows_verb(tokens: list[re.Match[str]], apart: list[bool]) -> bool:
    """Whether the last word must be a verb, because a plural or an acronym stands before it and a plural behind it.

    So it is in "Did the pilots praise engineers?" and "Did the LNP send boats?".
    """
    if len(tokens) < 2 or apart[-2] or is_plural(tokens[-1].group()):
        return False
    before = tokens[-2].group()
    return is_plural(before) or (len(before) > 1 and before.isupper())


def _of_group(
    text: str, group: _Group, articles: Sequence[str], sorts_of: Callable[[str], frozenset[Sort]]
) -> Iterator[Mention]:
    """The mention that a group of words makes, and the names inside it."""
    words = text[group.start : group.end]
    names = [match for match in _NAME.finditer(words) if _is_name(text, group.start + match.start(), match, articles)]
    has_article = group.before in _DETERMINERS
    start = text.lower().rindex(group.before, 0, group.start) if has_article else group.start
    # "For help", "on average", "how deep" speak of nothing.
    is_phrase = group.before in _OPENING_PHRASES and " " not in words and not is_plural(words)
    # "Engineer Runa Holt" is a name, "the Oslen harbour" is not; "Is Runa Holt ill?" speaks of her alone.
    is_person = bool(names) and names[0].start() == 0 and not has_article and _is_person(names[0], words, sorts_of)
    if not (is_phrase or is_person) and (not names or not _POSSESSIVE.sub("", words).endswith(names[-1].group())):
        of = _OF_PHRASE.match(text, group.end)
        said = _POSSESSIVE.sub("", words + (of.group() if of else ""))
        owned = bool(names) and names[0].start() == 0 and bool(_OWNER.match(words))
        yield Mention(said if owned and not has_article else f"the {said}", _sorts(words), False, start, group.end)
    for name in names:
        bare = _POSSESSIVE.sub("", name.group())
        has_the = group.before == "the" and name.start() == 0
        begin = start if has_the else group.start + name.start()
        yield Mention(
            f"the {bare}" if has_the else bare, sorts_of(bare), True, begin, group.start + name.start() + len(bare)
        )


def _is_person(name: re.Match[str], words: str, sorts_of: Callable[[str], frozenset[Sort]]) -> bool:
    """Whether words begin with the whole name of a person, who owns nothing."""
    is_whole = " " in name.group() and not _OWNER.match(words) and not words[name.end() :].startswith(("'", "’"))
    return is_whole and sorts_of(name.group()) == _PERSON


def _is_name(text: str, start: int, match: re.Match[str], articles: Sequence[str]) -> bool:
    """Whether words with capitals are a name: not one that begins a sentence, and is written small elsewhere."""
    word = match.group()
    begins = start == 0 or re.search(r"[.!?“\"]\s*$", text[:start])
    if not begins or " " in word:
        return True
    small = word.lower()
    return not any(small in article and re.search(rf"\b{re.escape(small)}\b", article) for article in articles)


def _sorts(words: str) -> frozenset[Sort]:
    """What a common noun may be, by its last word."""
    noun = _POSSESSIVE.sub("", words.split()[-1]).lower()
    if is_plural(noun):
        return frozenset({Sort.MANY})
    if noun in PERSONS:
        return frozenset({Sort.PERSON})
    return frozenset({Sort.PLACE, Sort.THING}) if noun in PLACES else frozenset({Sort.THING})


def is_sure(mention: Mention) -> bool:
    """Whether it is known what a mention is: nothing is known of a single name that no article explains.

    Example:
        >>> is_sure(mentions("Who visited Oslen?")[0]), is_sure(mentions("Who lives in Oslen?")[0])
        (False, True)
    """
    return Sort.PERSON not in mention.sorts or mention.sorts == _PERSON


def sorts_of_name(name: str, texts: Sequence[str]) -> frozenset[Sort]:
    """What a name may name, by the words around it wherever it stands.

    Example:
        >>> Sort.PLACE in sorts_of_name("Oslen", ["The bridge in Oslen is closed."])
        True
        >>> Sort.PLACE in sorts_of_name("Runa Holt", ["Engineer Runa Holt said so."])
        False
    """
    if is_country(name) or _PLACE_NAME.search(name):
        return _PLACE
    if (name.isupper() and len(name) > 1) or _ORGANISATION.search(name):
        return _ORGANISATIONS
    persons = places = institutions = 0
    whole = re.compile(rf"\b{re.escape(name)}\b")
    for text in (text for text in texts if name in text):
        for found in whole.finditer(text):
            if _BEHIND_ORGANISATION.match(text, found.end()):
                return _ORGANISATIONS
            before = text[max(0, found.start() - _CUE_WINDOW) : found.start()]
            persons += bool(_BEFORE_PERSON.search(before) or _BEHIND_PERSON.match(text, found.end()))
            places += bool(_BEFORE_PLACE.search(before))
            institutions += before.lower().endswith("the ")
    if persons or places:
        return _PERSON if persons >= places else _PLACE
    if institutions:
        return _ORGANISATIONS
    return _PERSON if " " in name else frozenset({Sort.PERSON, Sort.PLACE, Sort.THING})
