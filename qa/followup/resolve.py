"""Follow-up questions, completed from the conversation before they are asked of the articles.

By rule, without a model: what a question leaves out is taken from the question before (``ellipsis``), and each
reference (``references``) is replaced by what it can most recently have meant (``conversation``). A question that
stands alone is left as it is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from qa.followup.conversation import (
    Turn,
    articles_of,
    in_full,
    is_topic_of_question,
    names_quoted,
    persons_spoken_of,
    spoken_of,
    time_told,
)
from qa.followup.ellipsis import asks_who_said, complete, is_incomplete, is_small_talk, new_subject
from qa.followup.mentions import Mention, Sort, is_country
from qa.followup.references import INSTITUTIONS, MOST_REFERENCES, Reference, gender_of, references
from qa.question import LONGEST_QUESTION

_NOT_COMPLETED = "There is no earlier question that would complete this one."
_NEW_SUBJECT = "has no place in the last question, and is asked for by itself."
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
    if is_small_talk(question):
        return Resolved(question, "Ask a question about the articles.")
    if not turns and is_incomplete(question):
        return Resolved(question, _NOT_COMPLETED)
    articles = articles_of(turns)
    text = complete(question, turns[-1], articles) if turns else question
    if text is not None:
        return _refer(question, text, turns, articles)
    if asks_who_said(question):
        return Resolved(question, "There is no answer before this that somebody could have said.")
    if subject := new_subject(question):
        asked = _refer(question, subject, turns, articles)
        return asked if asked.note else Resolved(asked.text, f"“{asked.text}” {_NEW_SUBJECT}")
    return Resolved(question, _NOT_COMPLETED)


def _refer(question: str, text: str, turns: Sequence[Turn], articles: Sequence[str]) -> Resolved:
    """A question that leaves nothing out, with what it refers to put in."""
    unknown: list[str] = []
    position = 0
    for _ in range(MOST_REFERENCES):
        reference = next(references(text, position, articles), None)
        if reference is None:
            break
        words = _meant(reference, text, turns, articles)
        if not words and reference.must_be_known:
            unknown.append(reference.words)
        replaced = text[: reference.start] + words + text[reference.end :] if words else text
        position = reference.start + len(words) if words else reference.end
        text = f"{replaced[0].upper()}{replaced[1:]}" if words and reference.start == 0 else replaced
    if len(text) > LONGEST_QUESTION:
        return Resolved(question, "With what it refers to, this question would be too long to ask.")
    note = (
        f"It is not known what {' and '.join(f'“{words}”' for words in dict.fromkeys(unknown))} refers to."
        if unknown
        else ""
    )
    return Resolved(text, note)


def _meant(reference: Reference, text: str, turns: Sequence[Turn], articles: Sequence[str]) -> str:
    """The words for what a reference in a text means, or ``""``."""
    if reference.is_time:
        return next((told for turn in reversed(turns) if (told := time_told(turn))), "")
    for turn in reversed(turns):
        spoken = _person_meant(reference, turn, articles) if reference.gender else _spoken_in(reference, turn, articles)
        if mention := next(spoken, None):
            # "What did Karn say about it?" asks about something else than Karn, and what that is cannot be told.
            is_other = reference.words.lower() == "it" and mention.is_name and mention.text in text
            return "" if is_other else reference.in_place(mention)
    return ""


def _person_meant(reference: Reference, turn: Turn, articles: Sequence[str]) -> Iterator[Mention]:
    """Whom "he" or "she" can mean after a turn, likeliest first, with their names in full."""
    # Whether articles call somebody "he" or "she" is looked up once, however often the name stands there.
    persons: dict[tuple[str, frozenset[Sort]], Mention] = {}
    for person in (*persons_spoken_of(turn, articles), *names_quoted(turn, articles)):
        persons.setdefault((person.text, person.sorts), person)
    for person in persons.values():
        if _fits(person, reference, Sort.PERSON, articles):
            yield replace(person, text=in_full(person, turn, articles)) if person.is_name else person


def _spoken_in(reference: Reference, turn: Turn, articles: Sequence[str]) -> Iterator[Mention]:
    """What another reference can mean after a turn, likeliest first."""
    answer, question = spoken_of(turn, articles)
    if reference.sort is not Sort.PLACE and is_topic_of_question(turn):
        answer, question = question, answer
    yield from (found for found in (*answer, *question) if _fits(found, reference, reference.sort, articles))
    # "When did the protests begin?" may be followed by "Where did it start?".
    otherwise = _OTHERWISE.get(reference.sort, reference.sort)
    for mention in () if reference.noun else (*question, *answer):
        if _fits(mention, reference, otherwise, articles) and not mention.is_name:
            yield mention
    quoted = names_quoted(turn, articles)
    yield from (found for found in quoted if _fits(found, reference, reference.sort, articles))


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
