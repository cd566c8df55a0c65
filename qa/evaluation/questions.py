"""Questions with known answers, read from JSON lines or from a file in SQuAD format."""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import QuestionError, UsageError
from qa.evaluation.files import read_text, writable
from qa.question import read_question

_FIX = 'write one {"id": "1", "question": "…", "answers": ["…"]} a line, or name a file in SQuAD format'


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question with its accepted answers.

    Attributes:
        id: The name of the question.
        question: The question.
        answers: Strings of which the quoted sentence must hold one; none where the articles do not tell.

    Example:
        >>> GoldQuestion("1", "How many troops were sent?", ("2,500", "2500")).answers
        ('2,500', '2500')
    """

    id: str
    question: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a file in SQuAD format, which its questions are about.

    Attributes:
        title: The title of the page it was taken from, or ``""``.
        text: The paragraph.

    Example:
        >>> Paragraph("Barn owl", "Barn owls hunt at night.").title
        'Barn owl'
    """

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class QuestionFile:
    """What a file of questions holds.

    Attributes:
        questions: The questions, in the order of the file; at least one.
        paragraphs: The paragraphs they are about; none in a file of JSON lines.

    Example:
        >>> QuestionFile((GoldQuestion("1", "Who hid?", ("Owls",)),)).paragraphs
        ()
    """

    questions: tuple[GoldQuestion, ...]
    paragraphs: tuple[Paragraph, ...] = ()


def read_questions(path: Path) -> QuestionFile:
    """Read a file of questions.

    It holds either one JSON object a line, ``{"id", "question", "answers"}``, of which the id may be left out: the
    number of the line then stands for it. Or it is one JSON document in the format of SQuAD 1.1 or 2.0 (Rajpurkar et
    al., 2016 and 2018), whose impossible questions have no answers.

    Raises:
        UsageError: The file cannot be read, something in it is no question, or there is none.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = Path(folder, "questions.jsonl")
        ...     _ = path.write_text('{"question": "Who hid?", "answers": ["Owls"]}')
        ...     read_questions(path).questions
        (GoldQuestion(id='1', question='Who hid?', answers=('Owls',)),)
    """
    try:
        text = read_text(path)
    except (OSError, ValueError) as error:
        raise UsageError("The questions cannot be read", f"{path}: {error}", "name a file of questions") from error
    squad = _squad_titles(text)
    found = QuestionFile(tuple(_read_lines(text, path))) if squad is None else _read_squad(squad, path)
    if not found.questions:
        raise UsageError("There is nothing to ask", f"{path} holds no question", _FIX)
    return found


def draw(questions: Sequence[GoldQuestion], count: int, seed: int) -> list[GoldQuestion]:
    """Some questions at random, in their order; all of them where there are no more.

    Args:
        questions: The questions.
        count: How many are drawn, 0 or more.
        seed: The same seed draws the same questions.

    Example:
        >>> questions = [GoldQuestion(str(number), "Who hid?", ()) for number in range(9)]
        >>> [gold.id for gold in draw(questions, 3, seed=1)]
        ['1', '2', '8']
    """
    places = random.Random(seed).sample(range(len(questions)), min(count, len(questions)))
    return [questions[place] for place in sorted(places)]


def _squad_titles(text: str) -> list[Any] | None:
    """The pages of a document in SQuAD format, or None where the text is none."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return None
    match document:
        case {"data": [*titles]} if "question" not in document:
            return titles
        case _:
            return None


def _read_lines(text: str, path: Path) -> Iterator[GoldQuestion]:
    # Not splitlines(): JSON strings may hold other line separators than the newline.
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            place = f"line {number} of {path}"
            try:
                record = json.loads(line)
            except (ValueError, RecursionError) as error:
                raise _no_question(place, f"it is no JSON: {error}") from error
            match record:
                case {"question": str(question), "answers": [*answers]}:
                    accepted = tuple(str(answer) for answer in answers)
                case _:
                    raise _no_question(place, "it has no text as its question, or no list of answers")
            yield _checked(GoldQuestion(str(record.get("id", number)), question, accepted), place)


def _read_squad(titles: Sequence[Any], path: Path) -> QuestionFile:
    questions: list[GoldQuestion] = []
    paragraphs: list[Paragraph] = []
    for title, entry in _squad_paragraphs(titles, path):
        match entry:
            case {"context": str(context), "qas": [*items]}:
                # A page's name has underscores for its spaces.
                paragraphs.append(Paragraph(writable(title.replace("_", " ")), writable(context)))
            case _:
                raise _no_squad(path, f"paragraph {len(paragraphs) + 1} has no context or no qas")
        for item in items:
            questions.append(_read_item(item, len(questions) + 1, path))
    return QuestionFile(tuple(questions), tuple(paragraphs))


def _squad_paragraphs(titles: Sequence[Any], path: Path) -> Iterator[tuple[str, Any]]:
    for number, entry in enumerate(titles, start=1):
        match entry:
            case {"paragraphs": [*paragraphs]}:
                title = entry.get("title")
                yield from ((title if isinstance(title, str) else "", paragraph) for paragraph in paragraphs)
            case _:
                raise _no_squad(path, f"entry {number} of its data has no paragraphs")


def _read_item(item: Any, number: int, path: Path) -> GoldQuestion:
    """A question of SQuAD; where several people gave the same answer, it is accepted once."""
    place = f"question {number} of {path}"
    match item:
        case {"question": str(question), "answers": [*answers]}:
            texts = [answer.get("text") if isinstance(answer, dict) else None for answer in answers]
        case _:
            raise _no_question(place, "it has no text as its question, or no list of answers")
    accepted = [text for text in texts if isinstance(text, str)]
    if len(accepted) < len(texts):
        raise _no_question(place, "one of its answers has no text")
    if item.get("is_impossible") is True:
        accepted = []
    return _checked(GoldQuestion(str(item.get("id", number)), question, tuple(dict.fromkeys(accepted))), place)


def _checked(gold: GoldQuestion, place: str) -> GoldQuestion:
    """The question, if it can be asked and judged."""
    gold = GoldQuestion(writable(gold.id), writable(gold.question), tuple(map(writable, gold.answers)))
    if not all(map(str.strip, gold.answers)):
        # Every sentence holds an empty answer.
        raise _no_question(place, "one of its answers is empty")
    try:
        read_question(gold.question)
    except QuestionError as error:
        raise _no_question(place, error.why) from error
    return gold


def _no_question(place: str, why: str) -> UsageError:
    return UsageError("The questions cannot be read", f"{place} is no question: {why}", _FIX)


def _no_squad(path: Path, why: str) -> UsageError:
    return UsageError("The questions cannot be read", f"{path} looks like SQuAD, but {why}", _FIX)
