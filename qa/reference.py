"""How a sentence begins: whether it stands alone, or refers back to the sentence before it.

Told by its first words alone. Where these could mean either, a sentence is taken to stand alone.
"""

import re

_OPENING = r"(?:(?:And|But|Yet|So|Then|Still|However|Instead|Later|Meanwhile|Afterwards?),?\s+)?"
_PRONOUN = re.compile(
    _OPENING + r"(?:[Hh]e|[Ss]he|[Tt]hey|[Ii]t|[Hh]is|[Hh]er|[Tt]heir|[Ii]ts)\b"
    r"(?!\s(?:Majesty|Royal|Imperial|Holiness|Excellency|Highness)\b)"
)
_IT_IS = (
    r"[Ii]t(?:['’]s|\s(?:(?:is|was)(?:n['’]t)?|(?:has|had)\sbeen|(?:will|would|may|might)\sbe|remain(?:s|ed)))"
    r"(?:\s(?:also|still|not|now))*"
)
# Said of a thing: "it is likely to close". Of nothing: "it is hard to say".
_OF_A_THING = (
    r"(?:likely|unlikely|going|set|due|able|unable|about|sure|certain|bound|ready|willing|used|free|similar|close|next"
    r"|thanks|back|home|built|made|meant|left|sent|forecast|\w+(?:ed|en))\b"
)
# "It is raining", "It is unclear whether", "It was Holt who", "It is hard to", "It took two hours to", "It turned out".
_IT_IS_NOTHING = re.compile(
    rf"{_OPENING}(?:{_IT_IS}(?:"
    r"\s(?:\w+\s)?(?:raining|snowing|windy|cold|hot|warm|dark|dawn|noon|midnight|\w+day|time|early|late)\b"
    r"|(?!\s(?:an?|the)\b)(?:\s[\w’'-]+){1,3}?\s(?:that|whether|who|how|why|what|where|when|if)\b"
    r"|[^.,;]{1,40}\s(?:years?|months?|weeks?|days?|decades?|while|time)\ssince\b"
    rf"|\s(?:\w+ly\s)?(?!{_OF_A_THING})\w+\s(?:for\s[^.,;]{{1,30}}\s)?to\b)"
    r"|[Ii]t\s(?:seems|seemed|appears|appeared)\s(?:that|as|like|likely|unlikely|possible|clear|to me)\b"
    r"|[Ii]t\s(?:rain|snow)(?:s|ed)\b|[Ii]t\sturn(?:s|ed)\sout\b"
    r"|[Ii]t\s(?:took|takes|(?:will|would|could|may|might)\stake)\b[^.;]*\sto\b)"
)
_DEMONSTRATIVE = re.compile(_OPENING + r"[Tt]h(?:is|at|ese|ose)\b")
# "This week", "These days", "This article was updated", "That said,", "That she came", "Those who"
_POINTS_ELSEWHERE = re.compile(
    _OPENING + r"(?:[Tt]h(?:is|ese)\s(?:\w+\s)?(?:week(?:end)?s?|months?|years?|mornings?|afternoon|evening|spring"
    r"|summer|autumn|fall|winter|season|century|decade|time|days?|\w+day|January|February|March|April|May|June|July"
    r"|August|September|October|November|December|article|story|report|page|post|transcript)\b"
    r"|[Tt]hat(?:\ssaid)?,|[Tt]hat\sis(?:,|\sto\ssay\b)|[Tt]hat\s(?:I|you|he|she|it|we|they|the)\b"
    r"|[Tt]hose\s(?:who|in|with|from|of|at|on|for)\b)"
)
# "Both sides", not "Both Oslen and Karn"
_BOTH = re.compile(_OPENING + r"[Bb]oth\b(?!(?:\s[\w.’'-]+){1,5}?\sand\b)")
_DEFINITE = re.compile(_OPENING + r"[Tt]he(?:\s(?![A-Z])[\w’'-]+){3}")
_ENDED = re.compile(r"""[.!…]["'”’)\]]*$""")


def refers_back(sentence: str) -> bool:
    """Whether a sentence begins with a pronoun or a demonstrative for something in the sentence before it.

    Example:
        >>> refers_back("He rejected the plan."), refers_back("It is unclear why."), refers_back("This week it rained.")
        (True, False, False)
    """
    if _PRONOUN.match(sentence):
        return not _IT_IS_NOTHING.match(sentence)
    if _DEMONSTRATIVE.match(sentence):
        return not _POINTS_ELSEWHERE.match(sentence)
    return bool(_BOTH.match(sentence))


def begins_with_definite(sentence: str) -> bool:
    """Whether a sentence begins with a thing that "the" marks as known, and that no name follows.

    Example:
        >>> begins_with_definite("The operation is its first."), begins_with_definite("The mayor of Oslen left.")
        (True, False)
    """
    return bool(_DEFINITE.match(sentence))


def is_whole(sentence: str) -> bool:
    """Whether a text ends as a sentence does, and a headline does not.

    Example:
        >>> is_whole("“We are going,” she said."), is_whole("Bridge closes after flood")
        (True, False)
    """
    return bool(_ENDED.search(sentence))
