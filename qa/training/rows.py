"""Questions with their passages and answers, as training data: JSON lines, or a file in SQuAD's format."""

import gzip
import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.durable import replacing
from index.errors import QuestionError, UsageError
from qa.question import read_question

_FIX = (
    'give JSON lines of the form {"question": "…", "context": "…", "answer": "…", "start": 0}, or a file in SQuAD\'s'
    " format; either may be compressed with gzip"
)


@dataclass(frozen=True, slots=True)
class Row:
    """A question, a passage, and the words in it that answer.

    Attributes:
        question: The question.
        context: The passage.
        answer: The range of the answering words in the passage, or None where it does not answer.

    Example:
        >>> row = Row("Who hid?", "Rain fell. Owls hid.", (11, 15))
        >>> row.context[slice(*row.answer)]
        'Owls'
    """

    question: str
    context: str
    answer: tuple[int, int] | None


def read_rows(path: Path) -> tuple[list[Row], int]:
    """Read training data.

    Args:
        path: JSON lines with ``question``, ``context``, ``answer`` and ``start``, where an answer of ``""`` or ``null``
            says that the passage does not tell; or SQuAD 1.1 or 2.0 JSON; ``.gz`` is decompressed.

    Returns:
        The rows, and how many were left out because their answer does not stand where they say, or because their
        question cannot be asked.

    Raises:
        UsageError: The file cannot be read, or holds neither form.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = Path(folder, "rows.jsonl")
        ...     _ = path.write_text('{"question": "Who hid?", "context": "Owls hid.", "answer": "Owls", "start": 0}')
        ...     read_rows(path)
        ([Row(question='Who hid?', context='Owls hid.', answer=(0, 4))], 0)
    """
    try:
        data = path.read_bytes()
        text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8-sig")
    except (OSError, EOFError, UnicodeDecodeError, zlib.error) as error:
        raise _unusable(path, str(error)) from error
    try:
        found = list(_squad(json.loads(text)) if _is_one_document(text) else _lines(text))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise _unusable(path, f"{type(error).__name__}: {error}") from error
    rows = [row for row in found if row is not None]
    if not rows:
        raise _unusable(path, "it holds no question")
    return rows, len(found) - len(rows)


def write_rows(rows: Sequence[Row], path: Path) -> None:
    """Write rows as JSON lines for ``read_rows``, which takes no empty file.

    A kill at any moment leaves what was there before, or all rows.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = Path(folder, "rows.jsonl")
        ...     write_rows([Row("Who hid?", "Owls hid.", (0, 4))], path)
        ...     read_rows(path)
        ([Row(question='Who hid?', context='Owls hid.', answer=(0, 4))], 0)
    """
    with replacing(path) as file:
        for row in rows:
            start, end = row.answer or (0, 0)
            record = {
                "question": row.question,
                "context": row.context,
                "answer": row.context[start:end],
                "start": start,
            }
            file.write(f"{json.dumps(record)}\n".encode())


def _is_one_document(text: str) -> bool:
    """Whether a text is one JSON document rather than one a line."""
    first = text.lstrip().partition("\n")[0]
    try:
        return "data" in json.loads(first)
    except ValueError:
        return True


def _lines(text: str) -> Iterator[Row | None]:
    for line in text.split("\n"):
        if line.strip():
            record = json.loads(line)
            if record["answer"] in ("", None):
                yield _row(record["question"], record["context"], None, 0)
            else:
                yield _row(record["question"], record["context"], _text(record["answer"]), record["start"])


def _squad(document: dict[str, Any]) -> Iterator[Row | None]:
    for article in document["data"]:
        for paragraph in article["paragraphs"]:
            for question in paragraph["qas"]:
                answers = question["answers"]
                if answers:
                    answer, start = _text(answers[0]["text"]), answers[0]["answer_start"]
                    yield _row(question["question"], paragraph["context"], answer, start)
                else:
                    yield _row(question["question"], paragraph["context"], None, 0)


def _row(question: Any, context: Any, answer: str | None, start: int) -> Row | None:
    """A row, or None where the answer does not stand there or the question cannot be asked."""
    place = None if answer is None else (start, start + len(answer))
    row = Row(_text(question), _text(context), place)
    try:
        read_question(row.question)
    except QuestionError:
        return None
    if answer is None or place is None:
        return row
    return row if start >= 0 and answer.strip() and row.context[slice(*place)] == answer else None


def _text(value: Any) -> str:
    """A text of which half a character, as JSON can hold, is replaced: it cannot be encoded."""
    if not isinstance(value, str):
        raise TypeError(f"a text was expected in place of {type(value).__name__}")
    return value.encode("utf-8", "replace").decode("utf-8")


def _unusable(path: Path, why: str) -> UsageError:
    return UsageError("The training data cannot be used", f"{path}: {why}", _FIX)
