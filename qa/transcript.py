"""A conversation to keep: as Markdown, as JSON and as plain text, and a file's name for it."""

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path

from index.records import Article
from qa.answer import Answer, Evidence
from qa.citation import markdown_source
from qa.escaping import markdown_line, markdown_strong, markdown_text
from qa.render import (
    NOT_FOUND,
    agreement_line,
    asked_as,
    confidence_words,
    day,
    one_line,
    path_line,
    plain_answer,
    quote_segments,
    times_line,
)

_LONGEST_NAME = 40
_NOT_IN_NAMES = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and its answer, as they stand in a conversation.

    Attributes:
        answer: The answer, which knows its question.
        seconds: How long it took.
        asked: When the question was asked.

    Example:
        >>> exchange = Exchange(Answer("Who hid?", "not_found", 0.1, ()), 0.8, datetime(2022, 1, 8, 14, 30))
        >>> exchange.answer.question
        'Who hid?'
    """

    answer: Answer
    seconds: float
    asked: datetime


def transcript_text(exchanges: Sequence[Exchange]) -> str:
    """The conversation as plain text, each answer as ``print`` shows it.

    Example:
        >>> answer = Answer("Who hid?", "not_found", 0.1, ())
        >>> print(transcript_text([Exchange(answer, 0.8, datetime(2022, 1, 8, 14, 30))]))
        Question: Who hid?
        <BLANKLINE>
        Not in these articles.
        confidence 0.10
    """
    pieces = [f"Question: {one_line(item.answer.question)}\n\n{plain_answer(item.answer)}" for item in exchanges]
    return "\n\n\n".join(pieces)


def transcript_json(exchanges: Sequence[Exchange], corpus: str) -> str:
    """The conversation as a JSON document, in ASCII: every answer is the document that ``--json`` prints.

    Args:
        exchanges: The questions and answers, in order.
        corpus: The path of the articles.

    Example:
        >>> answer = Answer("Who hid?", "not_found", 0.1, ())
        >>> document = json.loads(transcript_json([Exchange(answer, 0.8, datetime(2022, 1, 8, 14, 30))], "/news"))
        >>> sorted(document), document["exchanges"][0]["asked"]
        (['corpus', 'exchanges', 'pullquote'], '2022-01-08T14:30:00')
    """
    document = {
        "pullquote": _installed(),
        "corpus": corpus,
        "exchanges": [
            {
                "asked": exchange.asked.isoformat(timespec="seconds"),
                "seconds": round(exchange.seconds, 3),
                "answer": exchange.answer.to_dict(),
            }
            for exchange in exchanges
        ],
    }
    return json.dumps(document, indent=2) + "\n"


def transcript_markdown(exchanges: Sequence[Exchange], corpus: str) -> str:
    """The conversation as a Markdown document; nothing that an article holds is obeyed as Markdown.

    Args:
        exchanges: The questions and answers, in order.
        corpus: The path of the articles.

    Example:
        >>> answer = Answer("Who hid?", "not_found", 0.1, ())
        >>> text = transcript_markdown([Exchange(answer, 0.8, datetime(2022, 1, 8, 14, 30))], "/news")
        >>> text.splitlines()[0], text.splitlines()[4]
        ('# Questions to news', '## 1. Who hid?')
    """
    blocks = [
        f"# Questions to {markdown_text(_name(corpus))}",
        f"Asked of the articles in {markdown_text(path_line(corpus))} with pullquote {_installed()}.",
    ]
    for number, exchange in enumerate(exchanges, start=1):
        blocks += [f"## {number}. {markdown_text(one_line(exchange.answer.question))}", *_told(exchange)]
    return "\n\n".join(blocks) + "\n"


def file_name(exchanges: Sequence[Exchange], corpus: str, suffix: str) -> str:
    """A name for the file of a conversation, of letters, digits, hyphens and one dot.

    Args:
        exchanges: The questions and answers, in order; the time of the first stands in the name.
        corpus: The path of the articles, whose last part stands in the name as far as it is ASCII.
        suffix: What the name ends with, such as ``".md"``.

    Example:
        >>> first = Exchange(Answer("Who hid?", "not_found", 0.1, ()), 0.8, datetime(2022, 1, 8, 14, 30))
        >>> file_name([first], "/articles/News of Österby", ".md")
        'pullquote-news-of-osterby-2022-01-08-1430.md'
    """
    plain = unicodedata.normalize("NFKD", _name(corpus)).encode("ascii", "ignore").decode("ascii")
    name = _NOT_IN_NAMES.sub("-", plain.lower())[:_LONGEST_NAME].strip("-")
    when = f"{exchanges[0].asked:%Y-%m-%d-%H%M}" if exchanges else ""
    return "-".join(part for part in ("pullquote", name, when) if part) + suffix


def free_path(folder: Path, name: str) -> Path:
    """The path of a file that is not there yet: ``name``, or else ``name-2``, ``name-3`` and so on.

    Another program may take it before it is written: open it with mode ``"x"``, which never overwrites.

    Args:
        folder: Where the file is to be.
        name: Its name, with its suffix.

    Raises:
        OSError: The folder cannot be looked into.

    Example:
        >>> free_path(Path("no-such-folder"), "talk.md").name
        'talk.md'
    """
    wanted = Path(name)
    names = (name if number == 1 else f"{wanted.stem}-{number}{wanted.suffix}" for number in count(1))
    # A link that leads nowhere is taken too: writing would create what it names.
    return next(path for path in (folder / name for name in names) if not (path.exists() or path.is_symlink()))


def _told(exchange: Exchange) -> Iterator[str]:
    """The blocks of Markdown below a question."""
    answer, asked = exchange.answer, exchange.asked
    yield f"{day(asked)}, {asked:%H:%M} · {exchange.seconds:.1f} s"
    if resolved := asked_as(answer):
        yield markdown_text(resolved)
    confidence = f"confidence {answer.confidence:.2f}"
    if answer.status == "answered":
        yield from (_quote_block(evidence, marked=True) for evidence in answer.quoted)
        yield f"{confidence_words(answer.confidence)}, {confidence}"
        if agreement := agreement_line(answer):
            yield markdown_text(agreement)
        yield "\n".join(_source_item(evidence) for evidence in answer.quoted)
    else:
        yield f"**{NOT_FOUND}**"
        if answer.missing:
            yield markdown_line(markdown_text(one_line(answer.missing)))
        yield confidence
    yield from _others(answer)
    yield from (f"Note: {markdown_text(one_line(note))}" for note in answer.notes)


def _others(answer: Answer) -> Iterator[str]:
    """The sentences that are not the answer."""
    others = [evidence for evidence in answer.evidence if evidence not in answer.quoted]
    if others:
        yield "See also:" if answer.quoted else "The nearest sentences, which do not answer:"
    for evidence in others:
        yield _quote_block(evidence, marked=False)
        yield _source_item(evidence)


def _quote_block(evidence: Evidence, *, marked: bool) -> str:
    """The quote after the sentence that it leans on, with its number, and with the answering words marked."""
    context = f"{one_line(evidence.context)} " if evidence.context else ""
    pieces = [text for text, _ in quote_segments(evidence)]
    if marked and evidence.span:
        before, span, after = pieces
        line = markdown_strong(context + before, span, after)
    else:
        line = markdown_text(context + "".join(pieces))
    return f"> {markdown_line(line)} {_number(evidence)}"


def _source_item(evidence: Evidence) -> str:
    """The source of a quote, the days that its words mean, and the other articles that hold it, as a list."""
    lines = [f"- {_number(evidence)} {markdown_source(evidence.article)}"]
    if times := times_line(evidence):
        lines.append(f"  - {markdown_line(markdown_text(times))}")
    reprints: dict[str, Article] = {place.article.id: place.article for place in evidence.also}
    lines += [f"  - also in: {markdown_source(article)}" for article in reprints.values()]
    return "\n".join(lines)


def _number(evidence: Evidence) -> str:
    return markdown_text(f"[{evidence.number}]")


def _name(corpus: str) -> str:
    return one_line(Path(corpus).name) or path_line(corpus)


def _installed() -> str:
    """The version of pullquote; what finds it takes time to import, and is needed for nothing else."""
    from importlib.metadata import version

    return version("pullquote")
