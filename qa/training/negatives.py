"""Passages that do not answer: mined with BM25, or made from a question and a passage that do.

A reader that has only seen answers finds one everywhere. Four kinds of questions without an answer teach it not to:
another passage that ranks high for the question; the passage without the sentence that answers; the question with a
name, number or word exchanged for another; the question turned into its opposite. The last two are the commonest kinds
of unanswerable questions of SQuAD 2.0 (Rajpurkar, Jia and Liang, "Know What You Don't Know", 2018, table 2).
"""

import random
import re
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from index.cleaning import Kind as SpanKind
from index.cleaning import Span
from index.lexical import LexicalIndex, content_words
from index.sentences import split_sentences
from qa.candidates import candidates
from qa.question import Kind, Question, read_question
from qa.training.rows import Row

# Of the negatives of each kind that a row allows, one is drawn with these weights.
_MINED, _CUT, _EXCHANGED, _OPPOSITE = 0.4, 0.15, 0.35, 0.1
_DEPTH = 8
_FEWEST_WORDS = 3
_NUMBER = re.compile(r"\d[\d,.]*\d|\d")
_OPPOSITES = """
    first last|largest smallest|biggest smallest|highest lowest|most least|more fewer|before after|north south|east west
    |northern southern|eastern western|early late|earliest latest|oldest youngest|old new|increase decrease
    |increased decreased|rise fall|rose fell|best worst|better worse|long short|longest shortest|high low|higher lower
    |larger smaller|always never|men women|male female|man woman|king queen|father mother|son daughter|brother sister
    |won lost|win lose|win lost|begin end|began ended|start stop|started stopped|opened closed|open close|above below
    |inside outside|major minor|maximum minimum|same different|accept reject|accepted rejected|allowed forbidden
    |support oppose|supported opposed|strong weak|strongest weakest|rich poor|common rare|good bad|positive negative
    |public private|left right|upper lower|buy sell|bought sold|gained lost|agreed refused|agree refuse
    |present absent|easy difficult|hot cold|heavy light|fast slow|minority majority|present past|legal illegal
    |friend enemy|attack defend|create destroy|created destroyed|built demolished|include exclude|inner outer
"""
_NEGATED = {
    word: negated
    for words, negated in (
        ("did", "did not"),
        ("does", "does not"),
        ("was", "was not"),
        ("were", "were not"),
        ("is", "is not"),
        ("are", "are not"),
        ("can", "cannot"),
        ("has", "has not"),
        ("have", "have not"),
        ("will", "will not"),
    )
    for word in words.split()
}


def _pairs() -> dict[str, str]:
    pairs = [(first, second) for first, second in map(str.split, _OPPOSITES.split("|"))]
    return {second: first for first, second in pairs} | dict(pairs)


_OPPOSITE_OF = _pairs()
_EXCHANGEABLE = re.compile(rf"\b(?:{'|'.join(_OPPOSITE_OF)})\b")
_NEGATABLE = re.compile(rf"\b(?:{'|'.join(_NEGATED)})\b")


def with_negatives(rows: Sequence[Row], share: float, seed: int) -> list[Row]:
    """The rows, and negatives made from some of them.

    Args:
        rows: Rows with and without an answer.
        share: How many negatives are made for each row that has an answer, 0 to 1.
        seed: The same seed makes the same negatives.

    Returns:
        The rows in their order, then the negatives.

    Example:
        >>> row = Row("When did the first owls hide?", "Rain fell on Monday. Owls hid on Tuesday.", (33, 40))
        >>> [negative.answer for negative in with_negatives([row], share=1.0, seed=1)[1:]]
        [None]
    """
    chance = random.Random(seed)
    words = [word for row in rows for word in things(read_question(row.question))]
    negatives = []
    with TemporaryDirectory() as folder:
        contexts = sorted({row.context for row in rows})
        mine = LexicalIndex.create(Path(folder, "lexical"), None)
        mine.update([], ((number, "", context, None) for number, context in enumerate(contexts)))
        for row in rows:
            if row.answer is not None and chance.random() < share:
                made = [
                    (_MINED, mined(row, contexts, mine, chance)),
                    (_CUT, without_answer(row)),
                    (_EXCHANGED, exchanged(row, words, chance)),
                    (_OPPOSITE, opposite(row, chance)),
                ]
                possible = [(weight, negative) for weight, negative in made if negative is not None]
                if possible:
                    negatives.append(chance.choices(*reversed(list(zip(*possible, strict=True))))[0])
    return [*rows, *negatives]


def mined(row: Row, contexts: Sequence[str], index: LexicalIndex, chance: random.Random) -> Row | None:
    """The question with another passage that BM25 ranks high and that does not hold the answer's words.

    A question of few words could be answered anywhere, so that it gets none.
    """
    if row.answer is None or len(content_words(row.question)) < _FEWEST_WORDS:
        return None
    answer = row.context[slice(*row.answer)].casefold()
    found = [contexts[number] for number, _ in index.search(row.question, _DEPTH, title_boost=0.0)]
    others = [context for context in found if context != row.context and answer not in context.casefold()]
    return Row(row.question, chance.choice(others), None) if others else None


def without_answer(row: Row) -> Row | None:
    """The question with its passage, from which the sentence that answers is taken out.

    Example:
        >>> without_answer(Row("Who hid?", "Rain fell on Monday. Owls hid.", (21, 25)))
        Row(question='Who hid?', context='Rain fell on Monday.', answer=None)
    """
    if row.answer is None:
        return None
    start, end = row.answer
    sentences = split_sentences(row.context, (Span(0, len(row.context), SpanKind.BODY),))
    kept = [row.context[item.start : item.end] for item in sentences if item.end <= start or end <= item.start]
    rest = " ".join(kept)
    answer = row.context[start:end].casefold()
    return Row(row.question, rest, None) if rest and answer not in rest.casefold() else None


def exchanged(row: Row, words: Sequence[str], chance: random.Random) -> Row | None:
    """The question with a name or number exchanged for another of the passage, or a word for another question's."""
    if row.answer is None:
        return None
    asked = read_question(row.question)
    within = [*_numbers_exchanged(asked, row), *_names_exchanged(asked, row)]
    context = row.context.casefold()
    foreign = [word for word in chance.choices(words, k=4) if word.casefold() not in context] if words else []
    across = [(old, new) for old in things(asked) for new in foreign if old[0].isupper() == new[0].isupper()]
    options = within if within and (not across or chance.random() < 0.5) else across
    if not options:
        return None
    old, new = chance.choice(options)
    return Row(re.sub(rf"(?<!\w){re.escape(old)}(?!\w)", lambda _: new, row.question, count=1), row.context, None)


def opposite(row: Row, chance: random.Random) -> Row | None:
    """The question with a word exchanged for its opposite, or negated.

    Example:
        >>> opposite(Row("Who hid first?", "Owls hid first.", (0, 4)), random.Random(1)).question
        'Who hid last?'
    """
    if row.answer is None:
        return None
    opposites = [(found, _OPPOSITE_OF[found.group()]) for found in _EXCHANGEABLE.finditer(row.question)]
    negated = [(found, _NEGATED[found.group()]) for found in _NEGATABLE.finditer(row.question)]
    if not opposites and (not negated or chance.random() < 0.5):
        return None
    found, new = chance.choice(opposites or negated)
    question = row.question[: found.start()] + new + row.question[found.end() :]
    return Row(question, row.context, None)


def things(asked: Question) -> list[str]:
    """The words of a question that name what it is about: no verbs, and not what it asks to choose.

    Example:
        >>> things(read_question("Which birds did the first storm kill?"))
        ['first', 'storm']
    """
    content = set(content_words(asked.text))
    words = re.findall(r"[^\W_]{3,}", asked.text)
    return [word for word in words if word.lower() in content and word.lower() not in asked.asides]


def _numbers_exchanged(asked: Question, row: Row) -> list[tuple[str, str]]:
    others = {found.group() for found in _NUMBER.finditer(row.context)}
    return [
        (old, new)
        for old in asked.numbers
        for new in sorted(others)
        if new not in row.question and len(new) == len(old) and not _in_answer(new, row)
    ]


def _names_exchanged(asked: Question, row: Row) -> list[tuple[str, str]]:
    others = {row.context[start:end] for start, end in candidates(row.context, Kind.NAME)}
    question = row.question.casefold()
    return [
        (old, new)
        for old in asked.names
        for new in sorted(others)
        if not _in_answer(new, row) and not any(word in question for word in new.casefold().split())
    ]


def _in_answer(words: str, row: Row) -> bool:
    answer = row.context[slice(*row.answer)].casefold() if row.answer else ""
    return words.casefold() in answer or answer in words.casefold()
