"""What a question leaves out because the one before it said so: "Why?", "And in Oslen?", "How many were hurt?"."""

import re
from collections.abc import Sequence

from qa.followup.clauses import ASKING, DEGREES, PREPOSITIONS, as_question, ask_again, read_clause, tells_state
from qa.followup.conversation import Turn, times_in
from qa.followup.mentions import HELPERS, Mention, Sort, is_country, mentions

_PREPOSITION = "|".join(sorted(PREPOSITIONS))
_OF_PLACE = frozenset("at around from in inside into near outside over through to toward towards within".split())
# "Well, and", "ok so"; but "Well known mills" begins with none.
_OPENER = re.compile(
    r"^(?:(?:(?:and|but|so|or),?|(?:thanks|thank you|yes|no|then|now),"
    r"|(?:ok|okay|well|oh|hm+|alright|right|please)(?:,|(?=\s+(?:and|but|so|or|please|thanks|in|"
    rf"{'|'.join(sorted(ASKING | HELPERS))})\b)))\s+)+(?=\S)",
    re.IGNORECASE,
)
_PLEASE = re.compile(r"(?:,|(?<!they)(?<!you)(?<!we)(?<!to))\s+please(?=[?.!\s]*$)", re.IGNORECASE)
_SMALL_TALK = re.compile(
    r"(?:(?:ok|okay|oh|well|and|yes|no|great),?\s+)*"
    r"(?:(?:(?:many )?thanks|thank you|thx)(?:\s+(?:a lot|(?:very|so) much))?|cheers|tell me more|go on|continue|really"
    r"|ok|okay|yes|no|hello|hi|hey|great|cool|wow|interesting|i see|bye|goodbye|please)",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"(?:what|how)\s+(?:about|of)\s+", re.IGNORECASE)
# A question of nothing but what asks.
_BARE = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # "Why?", "Since when?", "When and where?", "Who else?", "For how long?"
        rf"(?:(?:{_PREPOSITION}) |(?:when|where) and )?(?:whom?|what|when|where|why|how(?: (?:{DEGREES}))?)(?: else)?",
        r"according to (?:whom|what|which \w+)",
        # "In which city?", "Which one?", "What year?", "How many boats?"
        rf"(?:{_PREPOSITION}) (?:which|what) \w+",
        r"which \w+|what (?:city|country|day|month|time|town|village|year)",
        rf"how many (?:\w+ )?(?!(?:{'|'.join(HELPERS)})\b)\w+s",
    )
)
# Other ways to ask the same.
_SAME_AS = (
    (r"how come|why so|why (?:is|was) (?:that|this|it)|why did (?:that|this|it) happen", "Why"),
    (r"how did (?:that|this|it) happen|how so", "How"),
    (r"when was (?:that|this|it)|when did (?:that|this|it) (?:happen|take place)", "When"),
    (r"where was (?:that|this|it)|where did (?:that|this|it) (?:happen|take place)", "Where"),
    (r"(when|where|why|how) did (?:he|she|they|it) (?:do|say) (?:that|this|so|it)", r"\1"),
    (r"says who|who (?:said|says|reported|claimed) (?:so|that|this|it)|according to who", "According to whom"),
    (r"who by|by who", "By whom"),
    (r"who with|with who", "With whom"),
    (r"what for", "For what"),
    (r"where to", "To where"),
    (r"where from", "From where"),
)
# "How many in Oslen?"
_ASKED_OF_PHRASE = re.compile(
    rf"(?P<asking>how many|how much|who|when|where|why)\s+(?P<phrase>(?:{_PREPOSITION})(?:\s+[\w'’.-]+){{1,4}})",
    re.IGNORECASE,
)
# "How many were hurt?", "How many did they send?"
_ELIDED = re.compile(
    rf"(how\s+many)\s+(?=(?:{'|'.join(sorted(HELPERS))}|\w+ed|left|fled|went|came|took|fell)\b)", re.IGNORECASE
)
_ACTORS = re.compile(
    r"\b(?:police|army|government|troops|protesters|ministry|officials|company|party|union)$", re.IGNORECASE
)
_LONGEST_FRAGMENT = 8


def complete(question: str, turn: Turn, articles: Sequence[str]) -> str | None:
    """A question with what it leaves out put in from the question before.

    Args:
        question: The question.
        turn: The question before, complete in itself, and its answer.
        articles: Texts that tell what names name.

    Returns:
        The complete question; the question as it is, if nothing is left out; None if it cannot be completed.

    Example:
        >>> from qa.answer import Answer
        >>> turn = Turn("When did the strike end?", Answer("When did the strike end?", "not_found", 0.1, ()))
        >>> complete("Why?", turn, []), complete("And in Oslen?", turn, []), complete("Who is Runa Holt?", turn, [])
        ('Why did the strike end?', 'When did the strike end in Oslen?', 'Who is Runa Holt?')
    """
    text = _PLEASE.sub("", _OPENER.sub("", question))
    bare = _in_few_words(text)
    if _is_bare(bare):
        return ask_again(bare, turn)
    if about := _ABOUT.match(bare):
        return _put_in(bare[about.end() :], turn.question, articles)
    if _is_fragment(bare, is_opened=bool(_OPENER.match(question))):
        return _put_in(bare, turn.question, articles)
    split = _ASKED_OF_PHRASE.fullmatch(bare)
    if split and HELPERS.isdisjoint(bare.lower().split()):
        is_same = turn.question.lower().startswith(split["asking"].lower())
        again = turn.question if is_same else ask_again(split["asking"], turn)
        return again and _put_in(split["phrase"], again, articles)
    elided = _ELIDED.match(text)
    if elided and (counted := _counted(turn, bare)):
        return as_question(f"{elided[1]} {counted} {text[elided.end() :]}")
    return question if text == question else as_question(text)


def is_incomplete(question: str) -> bool:
    """Whether a question only makes sense after another, or is none: "thanks".

    Example:
        >>> is_incomplete("And in Oslen?"), is_incomplete("Who lives in Oslen?")
        (True, False)
    """
    bare = _in_few_words(_PLEASE.sub("", _OPENER.sub("", question)))
    is_fragment = _is_fragment(bare, is_opened=bool(_OPENER.match(question)))
    return _is_bare(bare) or bool(_ABOUT.match(bare)) or is_fragment or is_small_talk(question)


def is_small_talk(text: str) -> bool:
    """Whether words ask nothing of the articles.

    Example:
        >>> is_small_talk("ok, thanks!"), is_small_talk("Who gave thanks?")
        (True, False)
    """
    return bool(_SMALL_TALK.fullmatch(" ".join(text.split()).rstrip("?.! ")))


def asks_who_said(question: str) -> bool:
    """Whether a question asks who said what was answered last.

    Example:
        >>> asks_who_said("And who said that?"), asks_who_said("Who said that it rained?")
        (True, False)
    """
    return _in_few_words(_OPENER.sub("", question)).lower().startswith("according to who")


def new_subject(question: str) -> str:
    """What a part of a question speaks of, to be asked for by itself, or ``""``.

    Example:
        >>> new_subject("How about the airport?"), new_subject("And in 2019?")
        ('the airport', '')
    """
    bare = _in_few_words(_PLEASE.sub("", _OPENER.sub("", question)))
    about = _ABOUT.match(bare)
    if not about and not _is_fragment(bare, is_opened=bool(_OPENER.match(question))):
        return ""
    words = bare[about.end() :] if about else bare
    return words if mentions(words) and words.split()[0].lower() not in PREPOSITIONS | {"of"} else ""


def _in_few_words(text: str) -> str:
    """A question without its mark, and "Why did that happen?" as "Why"."""
    bare = " ".join(text.split()).rstrip("?.! ")
    for pattern, same in _SAME_AS:
        bare = re.sub(rf"^(?:{pattern})$", same, bare, flags=re.IGNORECASE)
    return bare


def _is_bare(text: str) -> bool:
    return any(pattern.fullmatch(text) for pattern in _BARE)


def _is_fragment(text: str, *, is_opened: bool) -> bool:
    """Whether words are only a part of a question: "and Oslen", "in Oslen"."""
    words = text.lower().split()
    if not words or len(words) > _LONGEST_FRAGMENT or not (HELPERS | ASKING).isdisjoint(words):
        return False
    return is_opened or words[0] in PREPOSITIONS


def _counted(turn: Turn, question: str) -> str:
    """What "how many" without a noun counts, after a question that counts, chooses or asks who."""
    clause = read_clause(turn.question)
    if clause is None:
        return ""
    noun = "people" if clause.asking.lower() == "who" and clause.helper != "is" else clause.noun
    # "And how many injured?" after "How many were killed?"
    is_without_helper = HELPERS.isdisjoint(question.lower().split()) and clause.helper in {"was", "were"}
    return f"{noun} were" if noun and is_without_helper else noun


def _put_in(words: str, question: str, articles: Sequence[str]) -> str | None:
    """A question with words in place of those that they correspond to, or at its end; None if they have no place."""
    body = question.rstrip("?.! ")
    spoken = mentions(words, articles)
    preposition = words.split()[0].lower()
    if not spoken and times_in(words):
        return _at_time(words, body)
    if preposition == "of" and not _takes_of(body, articles):
        return None
    if preposition in PREPOSITIONS or preposition == "of":
        start, end = _phrase_like(preposition, body, articles)
        return as_question(f"{body[:start]} {preposition}{words[len(preposition) :]} {body[end:]}")
    if not spoken:
        # "And injured?" after "How many were killed?"
        verbs = [word for word in body.split() if word.endswith("ed") and words.endswith("ed")]
        return as_question(body.replace(verbs[-1], words)) if verbs else None
    old = _counterpart(spoken[0], body, articles)
    if old is None:
        return as_question(f"{body} in {words}") if _may_lie_in(spoken[0], body, articles) else None
    before = body[: old.start]
    if before.rstrip().lower().endswith(("how many", "which", "what")):
        if Sort.MANY not in spoken[0].sorts and Sort.MANY in old.sorts:
            return None
        words = re.sub(r"^the\s+", "", words)
    return as_question(f"{before}{words}{body[old.end :]}")


def _takes_of(body: str, articles: Sequence[str]) -> bool:
    """Whether "of Karn" can be said in a question: behind another "of", or a noun at its end."""
    last = mentions(body, articles)[-1:]
    return " of " in body or any(not found.is_name and found.end == len(body) for found in last)


def _may_lie_in(place: Mention, body: str, articles: Sequence[str]) -> bool:
    """Whether a question can be asked of a place with a name: not "How old is Runa Holt in Karn?"."""
    if not place.is_name or Sort.PLACE not in place.sorts:
        return False
    names_person = any(found.is_name and Sort.PERSON in found.sorts for found in mentions(body, articles))
    return not (names_person and tells_state(body))


def _at_time(words: str, body: str) -> str:
    """A question of another time."""
    has_preposition = words.split()[0].lower() in PREPOSITIONS
    old = times_in(body)
    if not old:
        is_year = re.search(r"\d{4}$", words) and not re.search(r"\d{1,2}\b.*\d{4}", words)
        preposition = "" if has_preposition or words[0].islower() else "in" if is_year else "on"
        return as_question(f"{body} {preposition} {words}")
    start, end = old[-1]
    before = re.search(rf"\b(?:{_PREPOSITION})\s+$", body[:start])
    start = before.start() if before and has_preposition else start
    return as_question(f"{body[:start]} {words} {body[end:]}")


def _phrase_like(preposition: str, body: str, articles: Sequence[str]) -> tuple[int, int]:
    """The range that a phrase replaces: a phrase of the same preposition, or of place; else the end of the question."""
    for mention in reversed(mentions(body, articles)):
        before = re.search(rf"\b({_PREPOSITION}|of)\s+$", body[: mention.start], re.IGNORECASE)
        if before is None:
            continue
        are_of_place = {preposition, before[1].lower()} <= _OF_PLACE and Sort.PLACE in mention.sorts
        if before[1].lower() == preposition or are_of_place:
            return before.start(), mention.end
    return len(body), len(body)


def _counterpart(new: Mention, body: str, articles: Sequence[str]) -> Mention | None:
    """What a thing takes the place of in a question.

    Who acts or speaks takes the place of who did: a person, a country or an institution. A place takes that of a place,
    another thing that of one of its sort; nothing else is put in.
    """
    old = mentions(body, articles)
    subject = next((found for found in old if _acts(found) and _is_subject(found, body)), None)
    counts = body.lower().startswith("how many") and not new.is_name
    if subject and _acts(new) and not counts:
        return subject
    if new.is_name and Sort.PLACE in new.sorts and Sort.PERSON not in new.sorts:
        return next((found for found in reversed(old) if found.is_name and Sort.PLACE in found.sorts), None)
    same = [found for found in old if _is_same_sort(found, new)]
    return next((found for found in same if found.is_name == new.is_name), next(iter(same), None))


def _is_same_sort(old: Mention, new: Mention) -> bool:
    common = old.sorts & new.sorts
    # A name of which nothing is known takes no thing's place.
    is_guess = old.is_name != new.is_name and Sort.PERSON in old.sorts | new.sorts
    return bool(common - {Sort.THING} if is_guess else common)


def _acts(mention: Mention) -> bool:
    """Whether somebody or something may act: a person, a country, an institution ("the White Tower"), but no town."""
    is_place = Sort.PLACE in mention.sorts and Sort.PERSON not in mention.sorts
    is_town = is_place and not is_country(mention.text) and not (mention.is_name and mention.text.startswith("the "))
    is_actor = mention.is_name or Sort.PERSON in mention.sorts or bool(_ACTORS.search(mention.text))
    return is_actor and not is_town


def _is_subject(mention: Mention, body: str) -> bool:
    return body[: mention.start].lower().split()[-1:] in (["did"], ["does"], ["do"])
