"""Follow-up questions, completed from the conversation before they are asked of the articles.

By rule, without a model: what a question leaves out is taken from the question before (``ellipsis``), and each reference
(``references``) is replaced by what it can most recently have meant (``conversation``). A question that stands alone is
left as it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from qa.followup.conversation import Turn, articles_of, is_topic_of_question, names_quoted, spoken_of, time_told
from qa.followup.ellipsis import complete, is_incomplete
from qa.followup.mentions import Mention, Sort, is_country
from qa.followup.references import INSTITUTIONS, Reference, gender_of, references
from qa.question import LONGEST_QUESTION

_OTHERWISE = {Sort.THING: Sort.MANY, Sort.MANY: Sort.THING}
_TOWNS = frozenset({"city", "town", "village", "capital", "port"})
_COUNTRIES = frozenset({"country", "nation"})


@dataclass(frozen=True, slots=True)
class Resolved:
    """A question that is complete in itself.

    Attributes:
        text: The question to ask; the one that was given where nothing was missing or nothing could be found.
        note: What could not be found, one sentence, or ``""``.

    Example:
        >>> Resolved("Why did the strike begin?").note
        ''
    """

    text: str
    note: str = ""


def resolve(question: str, turns: Sequence[Turn]) -> Resolved:
    """Complete a question from the conversation.

    Args:
        question: The question as it was asked.
        turns: The conversation so far, oldest first.

    Example:
        >>> from qa.answer import Answer
        >>> asked = "Who is Runa Holt?"
        >>> turns = [Turn(asked, Answer(asked, "not_found", 0.1, ()))]
        >>> resolve("What did she say about the pumps?", turns).text
        'What did Runa Holt say about the pumps?'
        >>> resolve("Why did the pumps fail?", turns).text
        'Why did the pumps fail?'
        >>> resolve("What did she say?", []).note
        'It is not known what “she” refers to.'
    """
    articles = articles_of(turns)
    text = complete(question, turns[-1], articles) if turns else question
    if text is None or (not turns and is_incomplete(question)):
        return Resolved(question, "There is no earlier question that would complete this one.")
    unknown: list[str] = []
    position = 0
    while reference := next(iter(references(text, position, articles)), None):
        words = _meant(reference, turns, articles)
        if not words and reference.must_be_known:
            unknown.append(reference.words)
        replaced = text[: reference.start] + words + text[reference.end :] if words else text
        position = reference.start + len(words) if words else reference.end
        text = f"{replaced[0].upper()}{replaced[1:]}" if words and reference.start == 0 else replaced
    if len(text) > LONGEST_QUESTION:
        return Resolved(question, "With what it refers to, this question would be too long to ask.")
    note = f"It is not known what {' and '.join(f'“{words}”' for words in unknown)} refers to." if unknown else ""
    return Resolved(text, note)


def _meant(reference: Reference, turns: Sequence[Turn], articles: Sequence[str]) -> str:
    """The words for what a reference means, or ``""``."""
    if reference.is_time:
        return next((told for turn in reversed(turns) if (told := time_told(turn))), "")
    for turn in reversed(turns):
        answer, question = spoken_of(turn, articles)
        if reference.sort is not Sort.PLACE and is_topic_of_question(turn):
            answer, question = question, answer
        for mention in (*answer, *question):
            if _fits(mention, reference, reference.sort, articles):
                return reference.in_place(mention)
        # "When did the protests begin?" may be followed by "Where did it start?".
        otherwise = _OTHERWISE.get(reference.sort, reference.sort)
        for mention in () if reference.noun else (*question, *answer):
            if _fits(mention, reference, otherwise, articles) and not mention.is_name:
                return reference.in_place(mention)
        for mention in names_quoted(turn, articles):
            if _fits(mention, reference, reference.sort, articles):
                return reference.in_place(mention)
    return ""


def _fits(mention: Mention, reference: Reference, sort: Sort, articles: Sequence[str]) -> bool:
    """Whether a reference can mean something of a sort."""
    if sort not in mention.sorts:
        return False
    if reference.gender:
        return gender_of(mention, articles) in {"", reference.gender}
    noun = reference.noun
    if noun in _COUNTRIES:
        return is_country(mention.text)
    if noun in _TOWNS:
        return mention.is_name and not is_country(mention.text)
    if not noun or sort is Sort.PERSON:
        return True
    # "That alliance" may be any institution with a name; "that bridge" is a bridge.
    is_institution = noun in INSTITUTIONS and mention.is_name and Sort.MANY in mention.sorts
    return is_institution or noun in mention.text.lower().split()
