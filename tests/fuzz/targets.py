"""What is fuzzed: everything that reads bytes which somebody else wrote, each with what must hold whatever they are.

A target takes bytes and raises where something does not hold. Bad input may be skipped, with a reason, or refused by a
``PullquoteError``; any other exception is a fault.
"""

import contextlib
import json
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from index.copies import is_copy, wording_of
from index.discover import SourceFile
from index.errors import PullquoteError
from index.intake import Taken, take_in
from index.passages import embedded_text, passage_body, window
from index.records import Article, Sentence, Skipped
from index.repeats import fingerprint
from index.sentences import LONGEST_SENTENCE
from qa.agreement.verdict import agree
from qa.answer import Answer, Evidence
from qa.candidates import candidates
from qa.citation import CITATION_FORMS, cite
from qa.evaluation.matching import is_right
from qa.evaluation.outcomes import read_outcomes
from qa.evaluation.questions import read_questions
from qa.followup.conversation import Turn
from qa.followup.resolve import resolve
from qa.printable import printable
from qa.question import Kind, Question, read_question
from qa.reference import refers_back
from qa.render import answer_lines, plain_answer
from qa.times.notes import with_times
from qa.transcript import Exchange, transcript_json, transcript_markdown, transcript_text
from tui import text as screen
from tui.settings import load_settings

SUFFIXES = (".txt", ".md", ".html", ".json", ".jsonl")
_ASKED = ("How many people were hurt?", "When did it open?", "Who said that?", "Where was it?", "Which bridge fell?")
_DAYS = (None, date(2022, 1, 7), date(1600, 1, 1), date(2999, 12, 31))


def taken_in(suffix: str, data: bytes) -> list[Taken]:
    """The articles of a file. Whatever they are, each sentence is a range of the text, and in order."""
    name = f"a{suffix}"
    file = SourceFile(Path("/news", name), name, len(data), "")
    found = []
    for item in take_in(file, data):
        if isinstance(item, Skipped):
            item.reason.encode("utf-8")
            assert "parser failed" not in item.reason, item
            continue
        _check_article(item)
        found.append(item)
    return found


def _check_article(item: Taken) -> None:
    text, end = item.article.text, 0
    text.encode("utf-8")
    assert item.sentences
    for sentence in item.sentences:
        assert end <= sentence.start < sentence.end <= len(text)
        assert sentence.end - sentence.start <= LONGEST_SENTENCE
        quote = text[sentence.start : sentence.end]
        assert quote == quote.strip()
        fingerprint(quote)
        end = sentence.end
    positions = [position for passage in window(item.sentences) for position in passage]
    assert sorted(set(positions)) == list(range(len(item.sentences)))
    for passage in window(item.sentences):
        embedded_text(item.article.title, passage_body(text, item.sentences[passage.start : passage.stop]))
    first, last = (wording_of(text[place.start : place.end]) for place in (item.sentences[0], item.sentences[-1]))
    assert is_copy(first, last) == is_copy(last, first)
    for line in (item.article.label, item.article.title, item.article.publisher, item.article.url):
        line.encode("utf-8")


def feed_file(suffix: str, data: bytes) -> None:
    """A file of articles, read twice: what is taken out of it depends on its bytes alone."""
    taken = taken_in(suffix, data)
    if len(data) < 10_000:
        assert taken == taken_in(suffix, data)
    if suffix in (".txt", ".md"):
        for item in taken:
            assert data.decode(item.article.encoding) == item.article.text


def feed_question(data: bytes) -> None:
    """A question: it is read, completed from a conversation and looked at, or refused."""
    text = data.decode("utf-8", "replace")
    question, _, rest = text.partition("\n")
    turns: list[Turn] = []
    for line in (rest[:2_000], question):
        with _refusing():
            asked = read_question(line)
            resolved = resolve(asked.text, turns)
            resolved.note.encode("utf-8")
            completed = read_question(resolved.text)
            answer = _answer(completed, [_article(line, 1)])
            turns.append(Turn(completed.text, answer))


def feed_answer(data: bytes) -> None:
    """Evidence of any text: compared, shown, cited and exported, nothing of it reaches a terminal raw."""
    asked = _ASKED[data[0] % len(_ASKED)] if data else _ASKED[0]
    published = _DAYS[data[0] // 64] if data else None
    pieces = data[1:].decode("utf-8", "replace").split("\x00")
    articles = [replace(_article(piece, number), published=published) for number, piece in enumerate(pieces[:4])]
    answer = _answer(read_question(asked), articles)
    agree(read_question(asked), answer.evidence)
    _check_safe(plain_answer(answer))
    for line in answer_lines(answer, explain=True):
        for piece, _ in line:
            _check_safe(piece)
    for evidence in answer.evidence:
        for form in CITATION_FORMS:
            _check_safe(cite(evidence, form))
        for content in (screen.quote(evidence), screen.excerpt(evidence)):
            _check_safe(content.plain)
        refers_back(evidence.quote)
        is_right(evidence.quote, [evidence.span or "a"])
    exchanges = [Exchange(answer, 0.5, datetime(2022, 1, 8, 14, 30, tzinfo=UTC))]
    _check_safe(transcript_text(exchanges))
    _check_safe(transcript_markdown(exchanges, "/news"))
    assert transcript_json(exchanges, "/news").isascii()
    resolve("What did she say about it there?", [Turn(asked, answer)])


def feed_questions(data: bytes) -> None:
    """A file of questions for ``eval``: it is read, or refused."""
    with _file(data) as path, _refusing():
        for gold in read_questions(path).questions:
            json.dumps([gold.id, gold.question, gold.answers]).encode("utf-8")
            f"{gold.id}{gold.question}{gold.answers}".encode()
            is_right("Rain fell on Monday.", gold.answers)


def feed_outcomes(data: bytes) -> None:
    """An earlier evaluation for ``eval --compare``: it is read, or refused."""
    with _file(data) as path, _refusing():
        for outcome in read_outcomes(path):
            json.dumps(outcome.to_dict(), allow_nan=False).encode("utf-8")
            assert 0 <= outcome.span_f1 <= 1


def feed_settings(data: bytes) -> None:
    """The settings of the chat: what cannot be understood is told in a note."""
    with _file(data) as path:
        settings, notes = load_settings(path)
        assert all(isinstance(keys, str) for keys in settings.keymap.values())
        for note in notes:
            _check_safe(screen.shortened(printable(note)))


TARGETS: dict[str, Callable[[bytes], None]] = {
    **{suffix: (lambda data, suffix=suffix: feed_file(suffix, data)) for suffix in SUFFIXES},
    "question": feed_question,
    "answer": feed_answer,
    "questions": feed_questions,
    "outcomes": feed_outcomes,
    "settings": feed_settings,
}

SEEDS: dict[str, tuple[str, ...]] = {
    ".txt": (
        (
            "Rain in Oslen\n\nBy Ada Moor | Updated 6 January 2022, 10:15 GMT\n\nOSLEN, Jan. 6 (AP) — Rain fell on"
            " Monday. “It rose by 1.5 m,” she said. “Why?” Holt asked. https://a.example/x — Ida (@ida) May 1\n\n"
            "Share\n"
            "\nRelated\n\nMore rain\n\n• One\n• Two\n\n3 comments\n\nReply\n\nCopyright 2022 The Post. All rights"
        ),
        "The river rose over the\nquay in the night and the\nferry could not land. The\nmayor, Ida Brandt, said\nso.\n",
    ),
    ".md": (
        "---\ntitle: Rain\ndate: 2022-01-06\nsource: The Post\n---\n\n# Rain\n\nIt *fell* on [Monday](http://a.example).\n",
        "+++\ntitle = 'Rain'\n+++\n## Rain\n![A](b.png) | [C](d)\n\n> It fell.\n",
    ),
    ".html": (
        (
            "<!DOCTYPE html><html><head><title>R</title><meta charset=utf-8><meta property='og:site_name' content='P'>"
            '<script type=\'application/ld+json\'>{"@type": "NewsArticle", "datePublished": "2022-01-06"}</script>'
            "</head><body><nav><a href=/>Home</a></nav><article><h1>Rain</h1><p>Rain fell on &#77;onday &amp; rose.</p>"
            "<ul><li>One<li>Two</ul><table><tr><td>3</table></article></body></html>"
        ),
    ),
    ".json": (
        '{"title": "Rain", "published": "2022-01-06", "text": "<p>Rain fell &amp; rose.</p>", "source": {"name": "P"}}',
        '{"articles": [{"fields": {"body": ["Rain fell.", {"text": "It stopped."}]}, "timestamp": 1641427200}]}',
    ),
    ".jsonl": ('{"text": "Rain fell."}\n{"text": "It stopped.", "url": "http://a.example", "date": "Jan. 6, 2022"}\n',),
    "question": (
        "And when did she say that about it?\nWho is Ida Brandt of the CSTO, and in which year was 2,500 sent?",
    ),
    "answer": (
        "\x40At least 12 people were hurt on Friday.\x00About 2,500 people died in Oslen last week, Holt said.",
    ),
    "questions": (
        '{"id": "1", "question": "When did rain fall?", "answers": ["Monday"]}\n',
        (
            '{"data": [{"title": "R", "paragraphs": [{"context": "Rain.", "qas": [{"id": 1, "question": "What?",'
            ' "answers": [{"text": "Rain"}], "is_impossible": false}]}]}]}'
        ),
    ),
    "outcomes": (
        (
            '{"outcomes": [{"id": "1", "question": "Who hid?", "accepted": ["Owls"], "rank": 1, "answered": true,'
            ' "confidence": 0.8, "quote": "Owls hid.", "span": "Owls", "source": "", "ms": 2, "scores": null}]}'
        ),
    ),
    "settings": ('{"theme": "nord", "keymap": {"ask": "ctrl+k,f5"}}',),
}


def _article(text: str, number: int) -> Article:
    return Article(f"{number:016x}", f"/news/{text[:20]}.txt", text[:50], text[-50:], None, text[:90], text, "utf-8")


def _answer(question: Question, articles: list[Article]) -> Answer:
    """An answer that quotes the sentences of some articles, and marks what could answer in them."""
    evidence: list[Evidence] = []
    for article in articles:
        for sentence in _sentences(article)[:3]:
            quote = article.text[sentence.start : sentence.end]
            spans = candidates(quote, question.kind) or candidates(quote, Kind.NAME) or [(0, len(quote))]
            for start, end in spans:
                assert 0 <= start <= end <= len(quote)
            start, end = spans[0]
            place = (sentence.start, sentence.end, sentence.start + start, sentence.start + end)
            evidence.append(with_times(Evidence(len(evidence) + 1, article, *place, score=0.9)))
    for one in evidence:
        assert all(one.start <= note.start < note.end <= one.end for note in one.times)
    return Answer(question.text, "answered" if evidence else "not_found", 0.5, tuple(evidence), parts=(1,))


def _sentences(article: Article) -> tuple[Sentence, ...]:
    data = article.text.encode("utf-8", "replace")
    taken = taken_in(".txt", data) if data.decode("utf-8") == article.text else []
    return taken[0].sentences if taken and taken[0].article.text == article.text else ()


def _check_safe(text: str) -> None:
    """What is shown has nothing in it that a terminal would obey, hide or refuse."""
    assert text == printable(text), text
    text.encode("utf-8")


@contextlib.contextmanager
def _refusing() -> Iterator[None]:
    """A refusal is no fault where it can be shown."""
    try:
        yield
    except PullquoteError as error:
        _check_safe(printable(str(error)))


@contextlib.contextmanager
def _file(data: bytes) -> Iterator[Path]:
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        yield Path(file.name)
