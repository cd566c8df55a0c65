"""A question taken apart, to be asked again in other words: "When did the strike begin?" as "Why did it begin?"."""

import re
from dataclasses import dataclass
from enum import Enum, auto

from qa.followup.conversation import Turn, as_told, span_of
from qa.followup.mentions import HELPERS, PLACES, Sort, is_plural, mentions
from qa.question import read_question

ASKING = frozenset("who whom whose what which when where why how".split())
PREPOSITIONS = frozenset(
    "about after against among around at before behind between by during for from in inside into near off on onto out"
    " outside over since through to toward towards under until up with within without according".split()
)
DEGREES = "many|much|long|far|often|old|big|tall|high|fast|soon|large"
_BE = frozenset("is are was were".split())
_DO = frozenset("did does do".split())
_IRREGULAR = dict(
    pair.split(":")
    for pair in (
        "ate:eat became:become began:begin bought:buy broke:break brought:bring built:build came:come caught:catch"
        " chose:choose did:do drew:draw drove:drive fell:fall fled:flee flew:fly forbade:forbid fought:fight found:find"
        " gave:give got:get grew:grow had:have heard:hear held:hold hid:hide kept:keep knew:know laid:lay led:lead"
        " left:leave lost:lose made:make met:meet paid:pay ran:run rode:ride rose:rise said:say sang:sing sat:sit"
        " saw:see sent:send shot:shoot sold:sell spent:spend spoke:speak stole:steal stood:stand struck:strike"
        " swore:swear taught:teach thought:think threw:throw told:tell took:take understood:understand went:go"
        " withdrew:withdraw won:win wore:wear wrote:write"
    ).split()
)
_STEM_WITH_DOUBLE = re.compile(r"([bdgmnprt])\1$")
_STEM_WITHOUT_E = re.compile(r"(?:[aeiou][cvsz]|dg|[clr]v|[^aeiou]u|n[cg]|rg|at|[^e]ir|bl|ov|id)$")
_SAYING = re.compile(r"\b(?:say|think|claim|announce|mean)\b(?!.*\b(?:would|will)\b)")
# A longer answer tells something rather than naming it.
_LONGEST_FILLER = 6


class Gap(Enum):
    """Where the words that answer a question would stand in a statement.

    Example:
        >>> clause = read_clause("Who resigned?")
        >>> clause is not None and clause.gap is Gap.SUBJECT
        True
    """

    ADVERB = auto()
    SUBJECT = auto()
    OBJECT = auto()
    COPULA = auto()


_PARTICIPLE = (
    r"(?:\w{2,}ed|beaten|bought|broken|brought|built|burnt|caught|cut|driven|found|given|held|hit|hurt|left|lost|made|put"
    r"|seen|seized|sent|set|shot|shut|sold|stolen|struck|taken|thrown|torn)"
)
_PARTICLE = r"(?:\s+(?:down|off|out|up|over|back|away|apart|on fire|ablaze)\b)?"
_WAS_DONE = re.compile(rf"\b(?:is|are|was|were|been|being)\s+({_PARTICIPLE}\b{_PARTICLE})")
_DID = re.compile(r"(?:collapsed|crashed|died|escaped|exploded|fled|fell|reopened|resigned|retired|returned|sank)")
_NAMES_WHAT_ACTS = frozenset({Gap.SUBJECT, Gap.OBJECT})


@dataclass(frozen=True, slots=True)
class Clause:
    """A question taken apart.

    Attributes:
        asking: The words that ask, "How many officers", or ``""`` in one that is answered by yes or no.
        noun: The noun among them, or ``""``.
        helper: The verb that stands before the subject, or ``""``.
        rest: What comes after.
        gap: What it asks for.

    Example:
        >>> Clause("How many officers", "officers", "were", "hurt in Oslen", Gap.SUBJECT).counts
        True
    """

    asking: str
    noun: str
    helper: str
    rest: str
    gap: Gap

    @property
    def counts(self) -> bool:
        """Whether it asks how many."""
        return self.asking.lower().startswith("how many")


def read_clause(question: str) -> Clause | None:
    """Take a question apart; None for one that does not begin with what asks.

    Example:
        >>> clause = read_clause("What did the mayor announce on Friday?")
        >>> clause.asking, clause.helper, clause.rest, clause.gap.name
        ('What', 'did', 'the mayor announce on Friday', 'OBJECT')
    """
    words = question.strip().rstrip("?.! ").split()
    lower = [word.lower() for word in words]
    if lower and lower[0] in HELPERS:
        return Clause("", "", lower[0], " ".join(words[1:]), Gap.ADVERB)
    first = 1 if lower and lower[0] in PREPOSITIONS else 0
    if len(words) < first + 2 or lower[first] not in ASKING:
        return None
    is_degree = lower[first] == "how" and lower[first + 1] not in HELPERS
    noun_at = end = first + 1 + is_degree
    if lower[noun_at - 1] in {"many", "much", "which", "what", "whose"}:
        end = _end_of_noun(question, words, noun_at)
    if end >= len(words):
        return None
    helper = lower[end] if lower[end] in HELPERS else ""
    rest = words[end + 1 :] if helper else words[end:]
    noun = " ".join(words[noun_at:end])
    is_adverb = (
        first > 0
        or lower[first] in {"when", "where", "why"}
        or (lower[first] == "how" and lower[noun_at - 1] != "many")
    )
    gap = Gap.ADVERB if is_adverb else _gap(helper, rest)
    return Clause(" ".join(words[:end]), noun, helper, " ".join(rest), gap)


def _end_of_noun(question: str, words: list[str], start: int) -> int:
    """Where the noun after "how many", "which" or "what" ends: before a verb, or after a word in the plural."""
    verbs = read_question(question).verbs
    for place in range(start, len(words)):
        lower = words[place].lower()
        if lower in HELPERS or lower in PREPOSITIONS:
            return place
        # "What caused the fire?" has none; "what city" does, though a verb could stand there.
        is_first = place == start
        if lower in verbs and (not is_first or (words[place - 1].lower() == "what" and lower not in PLACES)):
            return place
        # "Police" may go on as "police officers".
        if is_plural(lower) and not (place + 1 < len(words) and is_plural(words[place + 1])):
            return place + 1
    return start


def _gap(helper: str, rest: list[str]) -> Gap:
    if helper in _DO:
        return Gap.OBJECT
    if not helper or not rest:
        return Gap.SUBJECT
    verb = rest[0].lower()
    if helper in _BE:
        if verb in read_question(f"Who {helper} {' '.join(rest)}?").verbs:
            return Gap.SUBJECT
        return Gap.OBJECT if rest[-1].endswith("ing") else Gap.COPULA
    is_noun = verb in {"the", "a", "an", "he", "she", "it", "they"} or rest[0][0].isupper() or is_plural(verb)
    return Gap.OBJECT if is_noun else Gap.SUBJECT


def tells_state(question: str) -> bool:
    """Whether a question asks how something is, and not what happens.

    Example:
        >>> tells_state("How old is Runa Holt?"), tells_state("When was Runa Holt hurt?")
        (True, False)
    """
    clause = read_clause(question)
    return bool(clause and clause.helper in _BE and not re.search(rf"\b(?:{_PARTICIPLE}|\w+ing)\b", clause.rest))


def ask_again(asking: str, turn: Turn) -> str | None:
    """The question before, asked by other words; None where that makes no question.

    Args:
        asking: What asks: "Why", "For how long", "How many boats"; "According to whom" only if there was an answer.
        turn: The question before, and its answer.

    Example:
        >>> from qa.answer import Answer
        >>> ask_again("Why", Turn("Who was hurt in Oslen?", Answer("", "not_found", 0.1, ())))
        'Why was someone hurt in Oslen?'
    """
    clause = read_clause(turn.question)
    if clause is None:
        return None
    lower = asking.lower()
    is_claim = lower.startswith("according")
    if is_claim and not turn.answer.quoted:
        return None
    is_open = clause.gap in _NAMES_WHAT_ACTS
    if lower.startswith("how many"):
        return _ask_how_many(" ".join(asking.split()[2:]), clause, turn)
    if re.fullmatch(r"(?:who|whom|what)(?:\s+\w+)?", lower):
        # "Who?" asks for what the question before left open; "When did the mayor resign?" leaves nobody open.
        return as_question(f"{asking} {clause.helper} {clause.rest}") if is_open else None
    if re.fullmatch(r"which\s+ones?", lower):
        asking = f"Which {clause.noun}"
    if lower.startswith(("which", "what")):
        if is_open:
            return as_question(f"{asking} {clause.helper} {clause.rest}")
        asking = f"In {asking[0].lower()}{asking[1:]}"
    return as_question(f"{asking} {_body(clause, turn, is_claim=is_claim)}")


def _ask_how_many(noun: str, clause: Clause, turn: Turn) -> str | None:
    """The question before as one that counts a thing, or what it asks for."""
    if clause.gap in _NAMES_WHAT_ACTS:
        named = span_of(turn).split()[-1:]
        counted = noun or clause.noun or ("people" if clause.asking.lower() == "who" else "")
        counted = counted or "".join(word for word in named if is_plural(word))
        return as_question(f"How many {counted} {clause.helper} {clause.rest}") if counted else None
    # "Did the police hold protesters?": what is counted stands in the question before.
    told = f"{clause.helper} {clause.rest}"
    many = [found for found in mentions(told) if Sort.MANY in found.sorts and found.text.endswith(noun)]
    if not many:
        return None
    found = many[0] if clause.helper in _BE else many[-1]
    return as_question(f"How many {found.text.removeprefix('the ')} {told[: found.start]} {told[found.end :]}")


def _body(clause: Clause, turn: Turn, *, is_claim: bool) -> str:
    """The question before without what asks, and with what that stands for."""
    if done := _what_was_done(clause, turn):
        return done
    filler = _filler(clause, turn, is_claim=is_claim)
    helper, rest = clause.helper, clause.rest
    match clause.gap:
        case Gap.ADVERB:
            is_place = helper in _BE and clause.asking.lower() == "where"
            told = as_told(turn) if (is_claim and clause.asking) or is_place else ""
            return f"{helper} {rest} {told if len(told.split()) <= _LONGEST_FILLER else ''}"
        case Gap.COPULA:
            is_name = re.fullmatch(r"(?:the\s+)?[A-Z][\w-]*(?:\s+[A-Z][\w-]*)*", rest)
            return f"{helper} {rest} {filler}" if rest[:1].isupper() or is_name else f"{helper} {filler} {rest}"
        case Gap.OBJECT:
            return f"{helper} {_with_object(rest, filler)}"
        case Gap.SUBJECT if helper:
            return f"{_agreeing(helper, filler)} {filler} {rest}"
    verb, _, after = rest.partition(" ")
    return f"{_helper_of(verb)} {filler} {_base(verb)} {after}"


def _what_was_done(clause: Clause, turn: Turn) -> str:
    """After "What happened to the airport?" what the answer tells: "was the airport closed", or ``""``."""
    thing = re.fullmatch(r"happened\s+to\s+(.+)", clause.rest)
    if thing is None:
        return ""
    be = "were" if is_plural(thing[1].split()[-1]) or " and " in thing[1] else "was"
    for evidence in turn.answer.quoted[:1]:
        before = evidence.quote[: evidence.span_start - evidence.start].split()[-1:]
        done = _WAS_DONE.findall(" ".join([*before, span_of(turn)]))
        if len(done) == 1:
            return f"{be} {thing[1]} {done[0]}"
        if did := _DID.fullmatch(span_of(turn)):
            return f"did {thing[1]} {_base(did.group())}"
    return ""


def _agreeing(helper: str, subject: str) -> str:
    """A form of "be" for one or for several: "were 40 people", "was someone"."""
    words = subject.split()
    is_several = " and " in subject or (bool(words) and is_plural(words[-1]))
    if is_several:
        return {"is": "are", "was": "were"}.get(helper, helper)
    is_one = subject in {"someone", "something"}
    return {"are": "is", "were": "was"}.get(helper, helper) if is_one else helper


def _filler(clause: Clause, turn: Turn, *, is_claim: bool) -> str:
    """What the asking words of the question before stand for."""
    span = span_of(turn)
    if clause.counts:
        is_missing = is_claim and span and clause.noun not in span
        return f"{span.lower()} {clause.noun}" if is_missing else clause.noun
    if clause.rest.startswith("happen"):
        return "that"
    if clause.gap is Gap.OBJECT and _SAYING.search(clause.rest):
        return "that"
    if clause.gap is Gap.OBJECT and any(character.isdigit() for character in span):
        # "A 20-day ban" may hold what is asked for next.
        span = ""
    if span and len(span.split()) <= _LONGEST_FILLER:
        return span
    if clause.noun:
        return f"the {clause.noun}"
    if clause.gap is Gap.OBJECT:
        return ""
    return "someone" if clause.asking.lower() == "who" else "something"


def _with_object(rest: str, thing: str) -> str:
    """A subject and its verb with an object: before the first preposition, but after one that belongs to the verb."""
    words = rest.split()
    parting = PREPOSITIONS | HELPERS
    place = next((at for at in range(2, len(words)) if words[at].lower() in parting), len(words))
    if place < len(words) and (place + 1 == len(words) or words[place + 1].lower() in PREPOSITIONS):
        place += 1
    return " ".join([*words[:place], thing, *words[place:]])


def _helper_of(verb: str) -> str:
    """The "do" that belongs to a form of a verb."""
    if verb.lower() in _IRREGULAR or verb.endswith("ed"):
        return "did"
    return "does" if _base(verb) != verb else "do"


def _base(verb: str) -> str:
    """A verb as it stands after "did": "stop" for "stopped", "close" for "closed", told by the letters alone."""
    lower = verb.lower()
    if lower in _IRREGULAR:
        return _IRREGULAR[lower]
    if lower.endswith("ied"):
        # "Died", "lied" and "tied" have one letter before it; "cried" and "tried" have two.
        return lower[:-1] if len(lower) == len("died") else f"{lower[:-3]}y"
    if lower.endswith("ed"):
        stem = lower[:-2]
        if _STEM_WITH_DOUBLE.search(stem):
            return stem[:-1]
        return f"{stem}e" if _STEM_WITHOUT_E.search(stem) else stem
    return lower[:-1] if lower.endswith("s") and not lower.endswith("ss") else verb


def as_question(text: str) -> str:
    """Words as a question: with single blanks, a capital and a question mark.

    Example:
        >>> as_question("why did  it begin")
        'Why did it begin?'
    """
    text = " ".join(text.split()).rstrip("?.! ")
    return f"{text[:1].upper()}{text[1:]}?"
