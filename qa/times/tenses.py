"""Whether the words around a time, such as "on Friday", tell of what was or of what is to come."""

import re
from enum import StrEnum


class Tense(StrEnum):
    """What the verb of a time tells.

    Example:
        >>> Tense("past") is Tense.PAST
        True
    """

    PAST = "past"
    FUTURE = "future"
    OPEN = "open"  # the words can be read both ways: "planned to march on Friday"
    UNTOLD = "untold"  # no verb in reach


_ADVERB = r"(?: not| also| now| still| only| be| been| have| \w+ly)*"
_NEXT_WORD = rf"{_ADVERB}(?: [a-z]+)?"
_FUTURE = (
    rf"(?:will|shall|won[’']t){_NEXT_WORD}"
    rf"|(?:is|are){_ADVERB} (?:expected|scheduled|due|set|slated|planned|poised|supposed|going|to)\b"
    rf"(?: to)?{_NEXT_WORD}"
    # The present tense of timetables; newspapers write it of nothing that was.
    r"|begins|starts|ends|expires|resumes|concludes|observes?|kicks off|takes effect|falls on|turns \d+"
)
# "planned", "set" or "to march" say nothing of when, nor do words that put the time behind the verb: "resigned before
# the vote on Friday".
_OPEN = (
    rf"(?:would|could|should|can|cannot|may|might|must|is|are|am|be|been|being|has|have|do|does){_NEXT_WORD}"
    rf"|(?:was|were|had){_ADVERB} (?:planned|expected|scheduled|set|due|slated|supposed|going|to|meant)\b"
    r"|(?<!according )to (?!(?:the|an?|his|her|its|their|our|my|this|that|social)\b)[a-z]+"
    r"|planned|expected|scheduled|set|due|slated|hoped|intended|postponed|delayed|moved|rescheduled|extended|pushed"
    r"|plans?|expects?|hopes?|wants?|aims?|planning|hoping|upcoming|knows?|known|remains?|exists?"
    r"|if|until|till|before|ahead|toward|for|(?:by|through|from|between|than|like)(?= *$)|starting|beginning"
)
# "the wounded" and "indeed" end as verbs do.
_NO_VERB = (
    r"(?<!\bthe )(?<!\ban )(?<!\ba )"
    r"(?!(?:hundred|sacred|hatred|naked|wicked|unlimited|limited|alleged|embed|shed)\b|\w*(?<!gr)eed\b)"
)
_PAST = (
    rf"(?:was|were|had){_NEXT_WORD}|did|didn[’']t|said|told|began|went|took|came|gave|saw|held|found|made|met|won|lost|ran"
    r"|got|became|brought|bought|built|fell|felt|fought|fled|flew|heard|kept|knew|led|left|meant|paid|rose|sent|shot|sold|spoke"
    r"|spent|stood|struck|swept|taught|thought|threw|understood|woke|wrote|drew|drove|broke|chose|ate|grew|hung|rang"
    r"|sang|sank|sat|shook|sought|swore|swung|tore|underwent|withdrew|overthrew|arose|awoke|bore|beat|dealt|forgot"
    rf"|burst|hit|shut|spread|split|quit|hid|rode|slid|stole|stuck|{_NO_VERB}[a-z]{{2,}}ed"
)
_CUE = re.compile(rf"(?<![\w’'])(?:(?P<future>{_FUTURE})|(?P<open>{_OPEN})|(?P<past>{_PAST}))\b|[’']ll\b")
# What stands behind these words may be over though the verb is of the future: "will go after the raid".
_BEHIND = re.compile(r"\b(?:after|since|following|amid|despite)\b")
_CLAUSE = re.compile(
    r"[a-z]{3}[.!?][\"”’)]*\s+(?=[\"“A-Z]|$)|[;:()—–“\"]|(?:^|\W)-+\s"
    r"|,? (?:that|which|who|whom|whose|where|when|while|because|although|though|as|but|if|what|how)\b|, (?:and|or)\b"
)
_SENTENCE_END = re.compile(r"[a-z]{3}[.!?][\"”’)]*\s+(?=[\"“A-Z])|;")
_RELATIVE = re.compile(r"\b(?:who|which|that|where|whose|when|after|before|if|as)\b")
_FRONT = re.compile(r"[\s,“\"‘'(]*(?:(?:But|And|Then|Also|and|but|so)\b[\s,]*)?")
_SETTING = re.compile(r"\s*(?:In|At|During) ")
_RIGHT_REACH = 160


def tense_at(text: str, start: int, end: int, since: int = 0) -> Tense:
    """The tense of the verb that a time goes with: the nearest one before it in its clause, else the first behind.

    Args:
        text: One or more sentences.
        start: Where the words that tell the time begin.
        end: Where they end, exclusive.
        since: Where to begin to look: what stands before belongs to another time.

    Example:
        >>> tense_at("The port closed on Friday", 16, 25), tense_at("On Friday the port will close", 0, 9)
        (<Tense.PAST: 'past'>, <Tense.FUTURE: 'future'>)
        >>> tense_at("They planned to march on Friday", 22, 31)
        <Tense.OPEN: 'open'>
    """
    before = _clause_before(text[since:start])
    cues = list(_CUE.finditer(before))
    if cues:
        kinds = [_kind(cue) for cue in cues]
        if kinds[-1] is Tense.FUTURE:
            return Tense.OPEN if _BEHIND.search(before, cues[-1].end()) else Tense.FUTURE
        # In "will rise and spread" the second verb is of the future too.
        joined = Tense.FUTURE in kinds and before[: cues[-1].start()].endswith((" and ", " or "))
        return Tense.OPEN if joined else kinds[-1]
    after = _SENTENCE_END.split(text[end : end + _RIGHT_REACH])[0]
    cue = _CUE.search(after)
    if cue is None or _RELATIVE.search(after, 0, cue.start()):
        return Tense.UNTOLD
    if _FRONT.fullmatch(before) or (_SETTING.match(before) and after.startswith(",")):
        return _kind(cue)
    # Behind its subject a time goes with the verb that follows at once: "officials on Friday said"; but of "the march
    # on Friday was called off" only the calling off is over.
    at_once = not after[: cue.start()].strip() and not cue.group().startswith(("was", "were", "had"))
    return _kind(cue) if at_once else Tense.UNTOLD


def _clause_before(text: str) -> str:
    """The end of a text from where its last clause begins; empty where a comma ends the text."""
    if text.rstrip().endswith(","):
        return ""
    start = max((match.end() for match in _CLAUSE.finditer(text)), default=0)
    return text[start:]


def _kind(cue: re.Match[str]) -> Tense:
    if cue["open"]:
        return Tense.OPEN
    return Tense.PAST if cue["past"] else Tense.FUTURE
