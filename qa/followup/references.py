"""The words of a question that refer to something outside it: "he", "its", "that country", "there"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, zip_longest

from index.terms import is_function_word
from qa.followup.mentions import HELPERS, PERSONS, PLACES, Mention, Sort, is_plural, mentions

# A question with more refers to nothing that could be told, and each takes a look at all that was said.
MOST_REFERENCES = 10

_WORD = re.compile(r"[^\W_](?:[\w'’-]*\w)?")
_SORTS = {
    **dict.fromkeys(("he", "him", "his", "she", "her", "hers"), Sort.PERSON),
    **dict.fromkeys(("it", "its"), Sort.THING),
    **dict.fromkeys(("they", "them", "their", "theirs"), Sort.MANY),
    "there": Sort.PLACE,
}
_MALE = frozenset({"he", "him", "his"})
_FEMALE = frozenset({"she", "her", "hers"})
_OWNING = frozenset({"his", "hers", "its", "their", "theirs"})
_POINTING = frozenset({"this", "that", "these", "those"})
_HELPERS = HELPERS | {"been", "be"}
_TIMES = frozenset("day month year time week moment".split())
INSTITUTIONS = frozenset("agency alliance company firm group organisation organization party team union".split())
_THINGS = INSTITUTIONS | frozenset(
    "attack bill book bridge building crash deal disease election event film fire flood law meeting newspaper plan"
    " programme program project protest ship show storm strike treaty war".split()
)
# With "the" alone these mean one that was spoken of; "the president" or "the bridge" may be the only one.
_KNOWN_BY_THE = frozenset("country city town village man woman".split()) | INSTITUTIONS - {"group", "party", "team"}
_ASKING = re.compile(r"(?:\w+\s+)?(?:which|what|how\s+many|how\s+much|whose)\s+", re.IGNORECASE)
_TELLING = frozenset("of that which who where whose".split())
_AFTER_NOUN = re.compile(r"['’]|\s*(?:[?.,!]|$)|\s+(\w+)")
# Behind these a clause of its own begins: "say he would", "cause it to rise".
_BEFORE_CLAUSE = re.compile(
    r"\b(?:say|says|said|think|thought|believe|claim|claimed|announce|know|cause[sd]?|allow(?:s|ed)?|enables?|helps?|lets?|make|makes|made)\s+$",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"[,;.!?]\s|\b(?:when|while|after|before|because|since|that|who|which|if|as|although|though|until|where|why|how"
    r"|whether|but|and|than|(?:by|without|of|for|from)\s+(?:\w+ly\s+)?\w+ing)\b",
    re.IGNORECASE,
)
# Where "it" stands for nothing: "Is it raining", "is it legal to", "does it take to", "make it hard to".
_NOTHING = (
    (r"(?:is|was)", r"(?:when|that|to)\b"),
    (
        r"(?:is|was|be)",
        r"(?:rain|snow)ing|(?:true|dark|late|called|known|unclear|clear)\s+(?:that|whether|when|if|to)\b",
    ),
    (
        r"(?:is|was|be)",
        r"(?!\w+ed\s+(?:to|for)\b|likely\b|going\b|able\b|ready\b)\w+\s+(?:for\s.*)?(?:to|that|whether|if)\s",
    ),
    (
        r"(?:does|did|will|would|can|could|might|do)",
        r"(?:rain|snow)\b|(?:take|cost|mean|matter)\s+.*?\b(?:to|for|when|that|if)\s",
    ),
    (r"\w+", r"(?:is|was)\s+(?:\w+\s+){1,2}(?:that|whether|to)\b"),
    (r"(?:make|makes|made|making|find|finds|found|finding)", r"(?:\w+\s+){0,2}(?:for|to|that)\b"),
)
_BY_GENDER = re.compile(
    r"\b(?:(he|his|him|spokesman|mr|king|father|son|man)|(she|her|spokeswoman|mrs|ms|queen|mother))\b"
)
_GOING = re.compile(
    r"\b(?:go|goes|went|going|travel\w*|mov(?:e|ed)|sen[dt]|fl(?:y|ew|own)|get|got|com(?:e|ing)|came)\s+$"
)
_ENDS_IN_PREPOSITION = re.compile(r"\b(?:from|to|in|at|near|around|into|over|through|on|by|since|until|about|of)\s+$")
_TITLED = re.compile(r"\b(?:Mrs?|Ms)\.?\s+(?:[A-Z][\w-]+\s+)?$")
_TITLE_WINDOW = 30
# So far behind a name, the pronoun that tells a man from a woman is looked for.
_GENDER_WINDOW = 150


@dataclass(frozen=True, slots=True)
class Reference:
    """Words that refer to something outside their question.

    Attributes:
        words: The words.
        start: Where they begin in the question.
        end: Where they end, exclusive.
        sort: What they can mean.
        noun: The noun among them, ``"country"`` in "that country", or ``""``.
        gender: ``"he"``, ``"she"``, or ``""`` where that is not told.
        owns: Whether they stand for something that owns: "its".
        is_time: Whether they mean a time: "then", "that day".
        acts: Whether they are a subject, as "she" is in "the ship she built".
        before: The question up to them.

    Example:
        >>> next(references("How many people live in that country?")).noun
        'country'
    """

    words: str
    start: int
    end: int
    sort: Sort
    noun: str = ""
    gender: str = ""
    owns: bool = False
    is_time: bool = False
    acts: bool = False
    before: str = ""

    @property
    def must_be_known(self) -> bool:
        """Whether the question says little while these words are unknown; "the city" may be the only one there is."""
        return not self.is_time and not self.words.lower().startswith("the ")

    def in_place(self, mention: Mention) -> str:
        """The words to put in place of these.

        Example:
            >>> next(references("Who is its mayor?")).in_place(mentions("Who lives in Oslen?")[0])
            "Oslen's"
        """
        if self.words.lower() == "there":
            preposition = "" if _ENDS_IN_PREPOSITION.search(self.before) else "in "
            return f"{'to ' if _GOING.search(self.before) else preposition}{mention.text}"
        if self.owns:
            return f"{mention.text}'" if is_plural(mention.text) and not mention.is_name else f"{mention.text}'s"
        return mention.text


def references(question: str, position: int = 0, articles: Sequence[str] = ()) -> Iterator[Reference]:
    """The words that refer to something that the question itself does not tell, in order.

    Args:
        question: The question.
        position: Where to begin.
        articles: Texts that tell what names name.

    Example:
        >>> [found.words for found in references("What did Runa Holt say about her plans for it?")]
        ['it']
    """
    words = [match for match in _WORD.finditer(question) if match.start() >= position]
    found = (
        reference
        for word, following in zip_longest(words, words[1:])
        if (reference := _pronoun(question, word) or _pointing(question, word, following))
    )
    for reference in islice(found, MOST_REFERENCES):
        if not _is_told(question, reference, articles):
            yield reference


def _pronoun(question: str, word: re.Match[str]) -> Reference | None:
    lower = word.group().lower()
    before, after = question[: word.start()], question[word.end() :]
    if word.group() not in {lower, lower.capitalize()}:
        return None
    if lower == "then" and before and not after.strip("?!. "):
        return Reference(word.group(), word.start(), word.end(), Sort.THING, is_time=True, before=before)
    if (
        lower in {"those", "these"}
        and re.search(r"\bof\s+$", before)
        and re.match(rf"\s+(?:{'|'.join(HELPERS)})\b", after)
    ):
        return Reference(word.group(), word.start(), word.end(), Sort.MANY, before=before)
    if lower not in _SORTS or word.group() == "There" or _stands_for_nothing(lower, before, after):
        return None
    gender = "he" if lower in _MALE else "she" if lower in _FEMALE else ""
    following = "".join(re.findall(r"^\s+(\w+)", after)).lower()
    owns = lower in _OWNING or (lower == "her" and following != "" and not _parts(following))
    acts = lower in {"he", "she", "they"} or (lower == "it" and following in _HELPERS)
    return Reference(word.group(), word.start(), word.end(), _SORTS[lower], "", gender, owns, acts=acts, before=before)


def _stands_for_nothing(word: str, before: str, after: str) -> bool:
    """Whether "it" or "there" only fills a place: "does it take to", "were there"."""
    if word == "there":
        be = r"\b(?:is|are|was|were|be|been)(?:n['’]t)?"
        return bool(
            re.search(rf"{be}\s+$", before, re.IGNORECASE)
            or re.match(rf"['’]s\b|\s+(?:(?:has|have|had|will|shall|ever)\s+)?{be}\b", after)
        )
    if word != "it":
        return False
    # "Who was it before him?"
    if re.search(r"\bwho\s+(?:is|was|will)\s+$", before, re.IGNORECASE):
        return True
    if re.match(r"['’]s\b", after):
        return True
    return any(
        re.search(rf"\b{leading}\s+$", before, re.IGNORECASE) and re.match(rf"\s+(?:{following})", after, re.IGNORECASE)
        for leading, following in _NOTHING
    )


def _pointing(question: str, word: re.Match[str], following: re.Match[str] | None) -> Reference | None:
    """A reference by a noun: "that country", "these protests", "the alliance"."""
    lower = word.group().lower()
    if following is None or not (lower in _POINTING or lower == "the"):
        return None
    noun = re.sub(r"['’]s?$", "", following.group().lower())
    end = following.start() + len(noun)
    after = _AFTER_NOUN.match(question, end)
    # "The city of Oslen", "the man who", "that city officials" tell themselves which.
    words, before = question[word.start() : end], question[: word.start()]
    if after is None or not _ends_noun(after[1] or "", before):
        return None
    if lower == "that" and noun in _TIMES:
        return Reference(words, word.start(), end, Sort.THING, noun, is_time=True, before=before)
    sort = _sort_of_noun(noun, is_several=lower in {"these", "those"})
    if sort is None or (lower == "the" and noun not in _KNOWN_BY_THE):
        return None
    owner = re.match(r"['’]s?", question[end:])
    end += owner.end() if owner else 0
    return Reference(question[word.start() : end], word.start(), end, sort, noun, owns=bool(owner), before=before)


def _ends_noun(following: str, before: str) -> bool:
    """Whether a noun ends before a word: "did the alliance meet", not "is the city centre" or "the city of Oslen"."""
    if not following or (_parts(following) and following not in _TELLING):
        return True
    helper = before.lower().split()[-1:]
    is_verb = helper in (["is"], ["are"]) and following.endswith(("ing", "ed"))
    return following not in _TELLING and (
        is_verb or (helper not in (["is"], ["are"]) and not _HELPERS.isdisjoint(helper))
    )


def _sort_of_noun(noun: str, *, is_several: bool) -> Sort | None:
    if is_several:
        return Sort.MANY if is_plural(noun) and noun.removesuffix("s") not in _TIMES else None
    if noun in PLACES:
        return Sort.PLACE
    if noun in _THINGS:
        return Sort.THING
    return Sort.PERSON if noun in PERSONS else None


def _parts(word: str) -> bool:
    """Whether a word is no noun and no adjective."""
    return is_function_word(word.lower()) or word.lower() in _HELPERS


def _is_told(question: str, reference: Reference, articles: Sequence[str]) -> bool:
    """Whether the question itself tells what a reference means: "What did Holt say about her plans?"."""
    before, after = reference.before, question[reference.end :]
    if reference.is_time:
        return False
    who_acts = re.match(r"who(?:se)?\s+(?:(?:was|were|has|had|have)\s+)?(\w+)", before, re.IGNORECASE)
    if reference.owns and (
        after.startswith(" own ") or (reference.sort is not Sort.THING and who_acts and not _parts(who_acts[1]))
    ):
        return True
    # "In her speech, what did Holt announce?"
    _opening, comma, main = after.partition(",")
    if comma and "," not in before and any(_can_mean(reference, m) for m in mentions(main, articles)):
        return True
    return any(_binds(mention, reference) for mention in mentions(before, articles) if _can_mean(reference, mention))


def _can_mean(reference: Reference, mention: Mention) -> bool:
    if reference.noun in mention.text.lower().split():
        return True
    return reference.sort in mention.sorts or (reference.sort is Sort.MANY and not reference.noun)


def _binds(mention: Mention, reference: Reference) -> bool:
    """Whether a mention stands where a reference behind it can mean it.

    What owns may be anything before. Who acts, or suffers, is named in another clause: in "What did Holt say about
    her?" she is somebody else.
    """
    between = reference.before[mention.end :]
    is_asked_for = bool(_ASKING.fullmatch(reference.before[: mention.start]))
    if reference.sort is Sort.MANY and mention.sorts == {Sort.PERSON} and not (is_asked_for or mention.is_name):
        return False
    if is_asked_for:
        acts = any(not is_function_word(word) and word not in _HELPERS for word in re.findall(r"\w+", between.lower()))
        if not acts:
            return False
    # "Before him" is no clause, "before he" and "before selling it" are.
    within = between if reference.acts else between.rpartition(" ")[0].rpartition(" ")[0]
    leading = reference.before.lower().split()[-1]
    begins_clause = reference.acts and not _parts(leading)
    is_apart = begins_clause or bool(_CLAUSE.search(f"{within} ") or _BEFORE_CLAUSE.search(between))
    return (mention.is_name or reference.noun in mention.text) if reference.noun else is_apart or reference.owns


def gender_of(mention: Mention, articles: Sequence[str]) -> str:
    """Whether articles speak of somebody as "he" or "she", or ``""`` where they do not tell.

    Example:
        >>> [holt] = mentions("Who is Runa Holt?")
        >>> gender_of(holt, ["Runa Holt left early. She was tired."])
        'she'
    """
    name = mention.text.split()[-1]
    votes = {"he": 0, "she": 0}
    for text in (text for text in (mention.text, *articles) if name in text):
        for found in re.finditer(rf"\b{re.escape(name)}\b", text):
            titled = _TITLED.search(text[max(0, found.start() - _TITLE_WINDOW) : found.start()])
            near = (titled.group() if titled else "") + text[found.start() : found.end() + _GENDER_WINDOW]
            if told := _BY_GENDER.search(near.lower()):
                votes["he" if told[1] else "she"] += 1
    if votes["he"] == votes["she"]:
        return ""
    return max(votes, key=lambda gender: votes[gender])
