"""What a conversation has spoken of, by what can be meant first: the answer, the question, the quote."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from index.terms import is_function_word
from qa.answer import Answer
from qa.candidates import candidates
from qa.followup.mentions import TITLES, Mention, Sort, is_sure, mentions, names_in
from qa.question import Kind, read_question

# So much of an article is looked at to learn what its names name.
_ARTICLE_READ = 20_000
# A span that is longer tells something rather than naming it.
_LONGEST_NAME_SPAN = 7
# "The population of Norway": what is spoken of is Norway.
_MEASURE = re.compile(
    r"the (?:\w+ )?(?:age|area|border|cost|height|length|name|number|population|price|rate|reason|size|value) of\b"
)
_ADVERBIAL = re.compile(
    r"(?:when|where|why|how(?!\s+(?:many|much)\b)|(?:in|at|from|on|to|near)\s+(?:which|what))\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Turn:
    """A question of the conversation, and what came of it.

    Attributes:
        question: The question that the articles were asked, complete in itself.
        answer: Its answer.

    Example:
        >>> Turn("Who sang?", Answer("Who sang?", "not_found", 0.1, ())).answer.status
        'not_found'
    """

    question: str
    answer: Answer


def articles_of(turns: Iterable[Turn]) -> list[str]:
    """The questions, and the texts of the articles that the answers quote, from which names are learnt.

    Example:
        >>> articles_of([Turn("Who sang?", Answer("Who sang?", "not_found", 0.1, ()))])
        ['Who sang?']
    """
    texts: dict[str, str] = {}
    for turn in turns:
        texts[turn.question] = turn.question
        for evidence in turn.answer.evidence[:3]:
            texts[evidence.article.id] = evidence.article.text[:_ARTICLE_READ]
    return list(texts.values())


def spoken_of(turn: Turn, articles: Sequence[str]) -> tuple[list[Mention], list[Mention]]:
    """What the answering words of a turn, and what its question speaks of.

    The answering words count only where they name something: "about 2,500" and "that the pumps had failed" do not.

    Example:
        >>> answer, question = spoken_of(Turn("Who sang in Oslen?", Answer("", "not_found", 0.1, ())), [])
        >>> answer, question[0].text
        ([], 'Oslen')
    """
    asked = [mention for mention in mentions(turn.question, articles) if not _MEASURE.match(mention.text)]
    return _named_by_answer(turn, articles) if turn.answer.quoted else [], asked


def names_quoted(turn: Turn, articles: Sequence[str]) -> list[Mention]:
    """The names in the quotes of a turn, if it was answered: the nearest sentences of a refusal say nothing.

    Example:
        >>> names_quoted(Turn("Who sang?", Answer("Who sang?", "not_found", 0.1, ())), [])
        []
    """
    texts = [text for evidence in turn.answer.quoted for text in (evidence.quote, evidence.context)]
    return [name for text in texts for name in names_in(text, articles) if is_sure(name)]


def _named_by_answer(turn: Turn, articles: Sequence[str]) -> list[Mention]:
    span = span_of(turn)
    found = mentions(span, articles)
    names = [mention for mention in found if mention.is_name]
    kind = read_question(turn.question).kind
    if kind is Kind.PERSON and names:
        return names
    if len(span.split()) > _LONGEST_NAME_SPAN or kind in {Kind.NUMBER, Kind.DATE, Kind.REASON}:
        return []
    if len(names) > 1 and re.search(r",|\band\b", span):
        listed = span if names[0].start == 0 else f"the {re.sub(r'^(?:the|an?) ', '', span)}"
        return [Mention(listed, frozenset({Sort.MANY}), True, 0, len(span))]
    # A name that is described ("Who is Runa Holt?") is not replaced by its description.
    if _is_described(turn, articles):
        return names
    # Where no person is asked for, a name may be that of a thing.
    return [replace(mention, sorts=mention.sorts | {Sort.THING}) if mention.is_name else mention for mention in found]


def _is_described(turn: Turn, articles: Sequence[str]) -> bool:
    described = re.match(r"(?:who|what)\s+(?:is|was|are|were)\s+[A-Z]", turn.question, re.IGNORECASE)
    return bool(described) and any(mention.is_name for mention in mentions(turn.question, articles)[:1])


def persons_spoken_of(turn: Turn, articles: Sequence[str]) -> list[Mention]:
    """Who can be "he" or "she" after a turn, besides those whom only its quotes name.

    Who was asked for counts first, else who was asked about. What the answer to another question names must be known to
    be a person: it may be a news agency.

    Example:
        >>> turn = Turn("What did Runa Holt say?", Answer("What did Runa Holt say?", "not_found", 0.1, ()))
        >>> [person.text for person in persons_spoken_of(turn, [])]
        ['Runa Holt']
    """
    answer, question = spoken_of(turn, articles)
    asks_for_person = read_question(turn.question).kind is Kind.PERSON and not turn.question.lower().startswith(
        "according"
    )
    if asks_for_person and not _is_described(turn, articles):
        return [*answer, *question]
    return [*question, *(mention for mention in answer if is_sure(mention))]


def in_full(name: Mention, turn: Turn, articles: Sequence[str]) -> str:
    """A person's name in the longest form that a turn has, without a title; as it is where two may be meant.

    Example:
        >>> turn = Turn("Who is Runa Holt?", Answer("Who is Runa Holt?", "not_found", 0.1, ()))
        >>> in_full(mentions("Where is Holt?")[0], turn, [])
        'Runa Holt'
    """
    spoken = [mention for mention in names_in(turn.question, articles) if is_sure(mention)]
    found = [mention.text for mention in (*spoken, *names_quoted(turn, articles)) if Sort.PERSON in mention.sorts]
    forms = {_without_title(text) for text in found}
    longer = {form for form in forms if name.text in {form.split()[0], form.split()[-1]}} - {name.text}
    return longer.pop() if len(longer) == 1 else name.text


def _without_title(name: str) -> str:
    """A name without what stands before it: "Runa Holt" for "Karn Mayor Runa Holt"."""
    words = name.split()
    titles = [place for place, word in enumerate(words[:-1]) if word.lower().rstrip(".") in TITLES]
    return " ".join(words[titles[-1] + 1 :] if titles else words)


def span_of(turn: Turn) -> str:
    """The words of a turn's first quote that answer, without quotation marks, or ``""``.

    A word that has its capital only because the quote begins with it is written small.

    Example:
        >>> span_of(Turn("Who sang?", Answer("Who sang?", "not_found", 0.1, ())))
        ''
    """
    for evidence in turn.answer.quoted[:1]:
        span = " ".join(evidence.span.split()).strip("“”\"'‘’,.;: ")
        word = span.partition(" ")[0].lower()
        begins = evidence.span_start == evidence.start
        is_common = is_function_word(word) or re.search(rf"\b{re.escape(word)}\b", evidence.article.text)
        return f"{span[:1].lower()}{span[1:]}" if span and begins and is_common else span
    return ""


def time_told(turn: Turn) -> str:
    """The time that a turn's answer tells, with its preposition: "on Sunday"; else that of its question, or ``""``.

    Example:
        >>> time_told(Turn("Who sang in 2019?", Answer("Who sang in 2019?", "not_found", 0.1, ())))
        'in 2019'
    """
    if read_question(turn.question).kind is Kind.DATE and (told := as_told(turn)):
        return told
    times = times_in(turn.question)
    return _with_preposition(turn.question, *times[-1]) if times else ""


def times_in(text: str) -> list[tuple[int, int]]:
    """The ranges of the times in a text.

    Example:
        >>> times_in("Who won in 2019?")
        [(11, 15)]
    """
    ranges = candidates(text, Kind.DATE)
    return [(end - len(text[start:end].lstrip()), end) for start, end in ranges]


def as_told(turn: Turn) -> str:
    """The answering words of a turn's first quote with the preposition before them, or ``""``: "near the station".

    Example:
        >>> as_told(Turn("Who sang?", Answer("Who sang?", "not_found", 0.1, ())))
        ''
    """
    for evidence in turn.answer.quoted[:1]:
        start, end = evidence.span_start - evidence.start, evidence.span_end - evidence.start
        return _with_preposition(evidence.quote, start, end)
    return ""


def _with_preposition(text: str, start: int, end: int) -> str:
    before = re.search(r"\b(?:in|on|at|near|by|from|since|until|after|before|during)\s+(?:the\s+)?$", text[:start])
    return " ".join(text[before.start() if before else start : end].split())


def is_topic_of_question(turn: Turn) -> bool:
    """Whether "it" after this turn means what its question is about, and not the answer: where, when, why and how.

    Example:
        >>> is_topic_of_question(Turn("Where is the bridge?", Answer("Where is the bridge?", "not_found", 0.1, ())))
        True
    """
    return bool(_ADVERBIAL.match(turn.question))
