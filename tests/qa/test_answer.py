import dataclasses
import json
import shutil
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from index.records import Article
from qa.answer import Agreement, Answer, Evidence, Occurrence, TimeNote, Value
from qa.chat import Chat
from qa.corpus import SAMPLES
from qa.scores import Scores
from tests.qa.conftest import HOSTILE
from tests.qa.exactness import check_exact

SHARED = Path(__file__).resolve().parents[3] / "shared"
KAZAKHSTAN = SHARED / "corpus" / "kazakhstan"
NEWS = SHARED / "data" / "dev" / "news"

ARTICLE = Article("00ff", "/news/a.txt", "Rain", "Post", date(2021, 3, 4), "", "Rain fell. 12 men left.", "utf-8")
OTHER = Article("00fe", "/news/b.txt", "", "", None, "https://example.org", "12 men left!", "cp1252")
SCORES = Scores(2, lexical=9.123456, dense=0.7, fused=1.0, strength=2.5, span=3.25, null=None, coverage=0.5)
TIME = TimeNote(18, 22, date(2021, 3, 1), date(2021, 3, 7))
EVIDENCE = Evidence(1, ARTICLE, 11, 23, 11, 13, 0.87654321, (Occurrence(OTHER, 0, 12),), SCORES, times=(TIME,))
TWELVE, FIFTEEN = Value("12 men", (1,), 2, date(2021, 3, 4)), Value("15 men", (2,), 1, None)
DIFFER = Agreement("differ", (TWELVE, FIFTEEN))
ANSWERED = Answer("How many left?", "answered", 0.87654321, (EVIDENCE,), ("A note.",), agreement=DIFFER)
NOT_FOUND = dataclasses.replace(ANSWERED, status="not_found", confidence=0.1, missing="No article mentions it.")


def questions_of(path: Path) -> list[str]:
    return [json.loads(line)["question"] for line in path.read_text("utf-8").splitlines()]


def ask_all(chat: Chat, questions: Iterable[str]) -> list[Answer]:
    return [chat.ask(question, top=10) for question in questions]


def check_all(answers: list[Answer]) -> None:
    for answer in answers:
        check_exact(answer)
        assert answer.evidence
        assert answer.confidence == answer.evidence[0].score


def test_every_quote_of_the_samples_is_word_for_word(samples: Chat) -> None:
    answers = ask_all(samples, questions_of(SAMPLES / "questions"))
    check_all(answers)
    assert {answer.status for answer in answers} == {"answered", "not_found"}
    suffixes = {Path(evidence.article.path).suffix for answer in answers for evidence in answer.evidence}
    assert suffixes == {".txt", ".md", ".html", ".jsonl"}


def test_every_quote_of_hostile_files_is_word_for_word(hostile_answers: list[Answer]) -> None:
    check_all(hostile_answers)
    quoted = {Path(evidence.article.path).name for answer in hostile_answers for evidence in answer.evidence}
    assert quoted == set(HOSTILE)
    encodings = {evidence.article.encoding for answer in hostile_answers for evidence in answer.evidence}
    assert encodings == {"utf-8", "utf-8-sig", "utf-16", "cp1252"}


@pytest.mark.skipif(not KAZAKHSTAN.is_dir(), reason="these articles are not part of the project")
def test_every_quote_of_scraped_articles_is_word_for_word(tmp_path: Path) -> None:
    chat = Chat(KAZAKHSTAN, tmp_path / "index")
    check_all(ask_all(chat, questions_of(SHARED / "eval" / "kazakhstan-dev.jsonl")))
    chat.close()


@pytest.mark.skipif(not NEWS.is_dir(), reason="these articles are not part of the project")
def test_every_quote_of_news_is_word_for_word(tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    for path in sorted((NEWS / "articles").iterdir())[::70]:
        shutil.copy(path, folder)
    chat = Chat(folder, tmp_path / "index")
    check_all(ask_all(chat, questions_of(NEWS / "questions.jsonl")[:10]))
    chat.close()


def test_the_document_of_an_answer_is_plain_json() -> None:
    document = ANSWERED.to_dict()
    assert json.loads(json.dumps(document)) == document
    assert document == {
        "question": "How many left?",
        "resolved_question": "",
        "status": "answered",
        "text": "12 men left.",
        "confidence": 0.8765,
        "parts": [1],
        "missing": "",
        "notes": ["A note."],
        "agreement": {
            "verdict": "differ",
            "values": [
                {"text": "12 men", "evidence": [1], "sources": 2, "published": "2021-03-04"},
                {"text": "15 men", "evidence": [2], "sources": 1, "published": None},
            ],
        },
        "evidence": [
            {
                "number": 1,
                "quote": "12 men left.",
                "start": 11,
                "end": 23,
                "span": "12",
                "span_start": 11,
                "span_end": 13,
                "context": "",
                "context_start": 0,
                "context_end": 0,
                "times": [{"start": 18, "end": 22, "days": "2021-03-01/2021-03-07"}],
                "score": 0.8765,
                "article": {
                    "id": "00ff",
                    "path": "/news/a.txt",
                    "title": "Rain",
                    "publisher": "Post",
                    "published": "2021-03-04",
                    "url": "",
                    "encoding": "utf-8",
                },
                "also": [
                    {
                        "start": 0,
                        "end": 12,
                        "article": {
                            "id": "00fe",
                            "path": "/news/b.txt",
                            "title": "",
                            "publisher": "",
                            "published": None,
                            "url": "https://example.org",
                            "encoding": "cp1252",
                        },
                    }
                ],
                "scores": {
                    "passage_rank": 2,
                    "lexical": 9.1235,
                    "dense": 0.7,
                    "fused": 1.0,
                    "strength": 2.5,
                    "span": 3.25,
                    "null": None,
                    "coverage": 0.5,
                },
            }
        ],
    }


def test_the_documents_of_real_answers_survive_json(hostile_answers: list[Answer]) -> None:
    for answer in hostile_answers:
        document = answer.to_dict()
        assert json.loads(json.dumps(document)) == document


def test_what_is_not_found_has_no_text_but_shows_the_nearest_sentences() -> None:
    assert NOT_FOUND.text == ""
    assert (NOT_FOUND.to_dict()["text"], NOT_FOUND.to_dict()["parts"]) == ("", [])
    assert NOT_FOUND.to_dict()["missing"] == "No article mentions it."
    assert NOT_FOUND.evidence[0].quote == "12 men left."


def test_the_text_of_an_answer_is_its_parts_each_after_what_it_leans_on() -> None:
    text = "Rain fell.\nIt lasted 12 hours. Owls hid."
    article = dataclasses.replace(ARTICLE, text=text)
    lasting = Evidence(1, article, 11, 30, 21, 29, 0.9, context_start=0, context_end=10)
    owls = Evidence(3, article, 31, 40, 31, 35, 0.8)
    answer = Answer("How long did it rain, and who hid?", "answered", 0.9, (lasting, EVIDENCE, owls), parts=(1, 3))
    assert lasting.context == "Rain fell."
    assert answer.quoted == (lasting, owls)
    assert answer.text == "Rain fell. It lasted 12 hours. Owls hid."
    document = answer.to_dict()
    assert document["parts"] == [1, 3]
    first = document["evidence"][0]
    assert (first["context"], first["context_start"], first["context_end"]) == ("Rain fell.", 0, 10)


def test_an_answer_prints_its_quote_its_citation_and_every_source() -> None:
    printed = str(ANSWERED)
    assert printed.splitlines()[0] == "12 men left. [1]"
    for part in ("Rain", "Post", "4 March 2021", "/news/a.txt", "b.txt", "A note."):
        assert part in printed


def test_printing_a_real_answer_names_each_article_that_is_quoted(town: Chat) -> None:
    answer = town.ask("How many people live on the far bank?")
    printed = str(answer)
    assert "About 230 people live on the far bank. [1]" in printed
    for evidence in answer.evidence:
        assert f"[{evidence.number}]" in printed
        for place in (evidence, *evidence.also):
            assert place.article.label in printed


def test_nothing_of_an_article_can_steer_the_terminal_that_an_answer_is_printed_on(
    hostile_answers: list[Answer],
) -> None:
    assert any("\x1b" in evidence.quote for answer in hostile_answers for evidence in answer.evidence)
    for answer in hostile_answers:
        printed = str(answer)
        assert not {character for character in printed if character < " " and character != "\n"}
        if any("seaplane" in evidence.quote for evidence in answer.evidence):
            assert "␛]0;owned␇Ivo Brand landed ␛[2Jthe blue seaplane" in printed


@pytest.mark.parametrize(("record", "field"), [(ANSWERED, "status"), (EVIDENCE, "start"), (EVIDENCE.also[0], "end")])
def test_an_answer_cannot_be_changed(record: object, field: str) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(record, field, getattr(record, field))


def test_a_figure_that_changes_over_time_has_a_timeline_with_the_latest_last() -> None:
    over_time = Agreement("differ_over_time", (dataclasses.replace(TWELVE, published=date(2021, 3, 6)), FIFTEEN))
    answer = dataclasses.replace(ANSWERED, agreement=over_time)
    assert [value.text for value in answer.timeline] == ["15 men", "12 men"]


@pytest.mark.parametrize("agreement", [None, DIFFER, Agreement("agree", (TWELVE,))])
def test_what_does_not_change_over_time_has_no_timeline(agreement: Agreement | None) -> None:
    assert dataclasses.replace(ANSWERED, agreement=agreement).timeline == ()
