"""Questions as they are typed in haste: a few words, no capitals, the asking word first, last or left out."""

import random
import re

# A word with what binds its parts: "St. Ives" is two, "Nur-Sultan", "2,500" and "ministers'" are one each.
_WORD = re.compile(r"[^\W_](?:[\w.,:/'’&-]*[^\W_])?%?")
_HOW = r"how (?:many|much|long|old|far|often|tall|high|big)"
_ASKING = re.compile(rf"\b({_HOW}|who|whom|whose|what|which|when|where|why|how)\b(?:['’]s\b)?", re.IGNORECASE)
# Words that say little in so few. Those of direction and order stay: "from" and "to", "before" and "after".
_LEFT_OUT = frozenset(
    "a an the is are was were be been being do does did has have had will would can could of in on at for it its"
    " there their his her this that these those".split()
)
_FEWEST_WORDS = 2


def terse(question: str, chance: random.Random) -> str:
    """A question in the words that a hasty user would type; unchanged where too little would be left.

    Args:
        question: The question.
        chance: Draws the place of the asking word.

    Returns:
        The words in lower case.

    Example:
        >>> sorted({terse("When did Ida Brandt leave the council?", random.Random(seed)) for seed in range(9)})
        ['ida brandt leave council when', 'when ida brandt leave council']
        >>> terse("What was the name of the mill?", random.Random(1))
        'name mill'
    """
    asking = _ASKING.search(question)
    rest = question[: asking.start()] + question[asking.end() :] if asking else question
    words = [word for word in _WORD.findall(rest.lower()) if word not in _LEFT_OUT]
    if len(words) < _FEWEST_WORDS:
        return question
    asked = asking[1].lower() if asking else ""
    if asked in {"", "what", "which"}:
        return " ".join(words)
    return " ".join([asked, *words] if chance.random() < 0.5 else [*words, asked])
