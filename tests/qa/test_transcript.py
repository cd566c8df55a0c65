import json
from dataclasses import replace
from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from index.records import Article
from qa.answer import Agreement, Answer, Evidence, Occurrence, TimeNote, Value
from qa.transcript import Exchange, file_name, free_path, transcript_json, transcript_markdown, transcript_text

TEXT = "The river rose.\nIt cut off *about* 40 farms on Friday. Boats [AFP] brought bread to 38 of them."
WIRE = Article(
    "a1", "/news/flood.txt", "River <rises>", "Harbour Wire", date(2022, 1, 8), "https://wire.example/1", TEXT, "utf-8"
)
POST = Article("b2", "/news/post.txt", "", "The Post", None, "", "It cut off *about* 40 farms on Friday.", "utf-8")
FIRST = Evidence(
    1,
    WIRE,
    16,
    54,
    27,
    43,
    0.83,
    (Occurrence(POST, 0, 38),),
    context_start=0,
    context_end=15,
    times=(TimeNote(44, 53, date(2022, 1, 7), date(2022, 1, 7)),),
)
SECOND = Evidence(2, WIRE, 55, len(TEXT), 83, 85, 0.4)
ANSWER = Answer(
    "how many there?",
    "answered",
    0.83,
    (FIRST, SECOND),
    ("A *note*.",),
    resolved_question="How many farms were cut off?",
    agreement=Agreement("differ", (Value("40", (1,), 2, None), Value("38", (2,), 1, None))),
)
REFUSED = Answer(
    "# who [sang]?", "not_found", 0.1, (replace(SECOND, number=1),), missing="No article tells of a choir."
)
TALK = [
    Exchange(ANSWER, 1.26, datetime(2022, 1, 8, 14, 30, 59, tzinfo=UTC)),
    Exchange(REFUSED, 0.4, datetime(2022, 1, 8, 14, 32, tzinfo=UTC)),
]


def test_the_markdown_of_a_conversation_tells_every_question_with_its_quotes_and_sources():
    assert transcript_markdown(TALK, "/articles/flood_2022").splitlines() == [
        r"# Questions to flood\_2022",
        "",
        rf"Asked of the articles in /articles/flood\_2022 with pullquote {version('pullquote')}.",
        "",
        "## 1. how many there?",
        "",
        "8 January 2022, 14:30 · 1.3 s",
        "",
        "Asked as: How many farms were cut off?",
        "",
        r"> The river rose. It cut off **\*about\* 40 farms** on Friday. \[1\]",
        "",
        "very likely, confidence 0.83",
        "",
        r"Sources differ: 40 \[1\] · 38 \[2\]",
        "",
        r"- \[1\] [River \<rises>](https://wire.example/1), Harbour Wire, 8 January 2022",
        "  - on Friday: 7 January 2022",
        "  - also in: The Post, post.txt",
        "",
        "See also:",
        "",
        r"> Boats \[AFP\] brought bread to 38 of them. \[2\]",
        "",
        r"- \[2\] [River \<rises>](https://wire.example/1), Harbour Wire, 8 January 2022",
        "",
        r"Note: A \*note\*.",
        "",
        r"## 2. \# who \[sang\]?",
        "",
        "8 January 2022, 14:32 · 0.4 s",
        "",
        "**Not in these articles.**",
        "",
        "No article tells of a choir.",
        "",
        "confidence 0.10",
        "",
        "The nearest sentences, which do not answer:",
        "",
        r"> Boats \[AFP\] brought bread to 38 of them. \[1\]",
        "",
        r"- \[1\] [River \<rises>](https://wire.example/1), Harbour Wire, 8 January 2022",
    ]


def test_the_answering_words_are_the_only_emphasised_ones_of_an_answer():
    html = MarkdownIt("commonmark").render(transcript_markdown(TALK[:1], "/articles/flood"))
    assert html.count("<strong>") == 1
    assert "cut off <strong>*about* 40 farms</strong> on Friday. [1]" in html


any_text = st.text(st.characters(exclude_categories=()))


@given(any_text, any_text, any_text)
def test_no_text_changes_the_outline_of_the_markdown(text, title, question):
    article = replace(WIRE, text=f"x{text}", title=title)
    evidence = Evidence(1, article, 0, len(text) + 1, 0, 1, 0.8)
    told = transcript_markdown(
        [Exchange(Answer(f"x{question}", "answered", 0.8, (evidence,)), 0.1, TALK[0].asked)], "n"
    )
    tokens = MarkdownIt("gfm-like").parse(told)
    assert [token.type for token in tokens if token.level == 0 and token.nesting >= 0] == [
        "heading_open",
        "paragraph_open",
        "heading_open",
        "paragraph_open",
        "blockquote_open",
        "paragraph_open",
        "bullet_list_open",
    ]


def test_the_json_of_a_conversation_holds_every_answer_as_a_document():
    assert json.loads(transcript_json(TALK, "/articles/flood")) == {
        "pullquote": version("pullquote"),
        "corpus": "/articles/flood",
        "exchanges": [
            {"asked": "2022-01-08T14:30:59+00:00", "seconds": 1.26, "answer": ANSWER.to_dict()},
            {"asked": "2022-01-08T14:32:00+00:00", "seconds": 0.4, "answer": REFUSED.to_dict()},
        ],
    }


def test_the_json_can_be_written_whatever_the_articles_hold():
    broken = replace(WIRE, text="A lone \ud83d half of an emoji.")
    answer = replace(ANSWER, evidence=(Evidence(1, broken, 0, 27, 2, 6, 0.8),))
    assert transcript_json([replace(TALK[0], answer=answer)], "/n").encode("ascii")


def test_the_plain_text_of_a_conversation_is_its_questions_with_what_print_shows():
    assert transcript_text(TALK) == (f"Question: how many there?\n\n{ANSWER}\n\n\nQuestion: # who [sang]?\n\n{REFUSED}")


def test_a_conversation_without_a_question_is_empty():
    assert transcript_text([]) == ""
    assert json.loads(transcript_json([], "/n"))["exchanges"] == []
    assert len(transcript_markdown([], "/n").splitlines()) == 3


@pytest.mark.parametrize(
    ("corpus", "name"),
    [
        ("/articles/news", "pullquote-news-2022-01-08-1430.md"),
        ("/articles/dump.jsonl", "pullquote-dump-jsonl-2022-01-08-1430.md"),
        ("/articles/A: b/c?*<x>", "pullquote-c-x-2022-01-08-1430.md"),
        ("/articles/новости", "pullquote-2022-01-08-1430.md"),
        ("/", "pullquote-2022-01-08-1430.md"),
        ("/articles/" + "very long " * 30, "pullquote-very-long-very-long-very-long-very-long-2022-01-08-1430.md"),
    ],
)
def test_a_file_is_named_by_the_articles_and_the_time_of_the_first_question(corpus, name):
    assert file_name(TALK, corpus, ".md") == name


def test_a_file_without_questions_has_no_time_in_its_name():
    assert file_name([], "/articles/news", ".json") == "pullquote-news.json"


@given(any_text)
def test_a_file_can_have_its_name_on_every_system(corpus):
    name = file_name(TALK, corpus, ".json")
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-.")
    assert name.startswith("pullquote-")
    assert len(name) < 100
    assert Path(name).stem.count(".") == 0


def test_a_name_that_is_taken_gets_the_next_number(tmp_path):
    assert free_path(tmp_path, "talk.md") == tmp_path / "talk.md"
    (tmp_path / "talk.md").touch()
    (tmp_path / "talk-2.md").mkdir()
    assert free_path(tmp_path, "talk.md") == tmp_path / "talk-3.md"
    assert free_path(tmp_path, "talk.json") == tmp_path / "talk.json"


def test_a_link_that_leads_nowhere_is_taken_too(tmp_path):
    (tmp_path / "talk.md").symlink_to(tmp_path / "elsewhere.md")
    assert free_path(tmp_path, "talk.md") == tmp_path / "talk-2.md"
