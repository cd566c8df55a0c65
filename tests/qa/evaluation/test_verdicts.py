import dataclasses
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.evaluation.verdicts import VERDICTS, anchors, chain_legend, marked, verdict, verdict_sections
from qa.render import folded, one_line
from qa.scores import Scores
from tests.qa.evaluation.made import evaluations, outcome
from tests.qa.evaluation.pages import read_page

any_text = st.text(st.characters(exclude_categories=()))


def asked(**changes: Any) -> dict[str, Any]:
    """An outcome as it stands in the document."""
    return outcome().to_dict() | changes


@pytest.mark.parametrize(
    ("accepted", "answered", "rank", "title"),
    [
        (["owls"], True, 1, "Right"),
        (["owls"], True, 2, "Wrong"),
        (["owls"], True, 0, "Wrong"),
        (["owls"], False, 1, "Wrongly refused"),
        (["owls"], False, 0, "Wrongly refused"),
        ([], True, 0, "Should have been refused"),
        ([], False, 0, "Rightly refused"),
    ],
)
def test_one_of_five_things_becomes_of_a_question(accepted: list[str], answered: bool, rank: int, title: str) -> None:
    assert verdict(asked(accepted=accepted, answered=answered, rank=rank)).title == title


@given(evaluations())
def test_a_verdict_fails_exactly_where_the_outcome_is_not_right(made: list[Any]) -> None:
    assert [verdict(each.to_dict()).failed for each in made] == [not each.is_right for each in made]


@given(st.lists(any_text | st.sampled_from(["a", "a.2", "a-2", "a 2"]), max_size=9))
def test_each_question_has_a_name_in_the_page_of_its_own(ids: list[str]) -> None:
    names = anchors([{"id": identity} for identity in ids])
    assert len(set(names)) == len(ids)
    assert all(set(name) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-") for name in names)


@pytest.mark.parametrize(
    ("quote", "span", "shown"),
    [
        ("Two owls hid.", "owls", "Two <mark>owls</mark> hid."),
        ("Two owls hid.", "Two owls hid.", "<mark>Two owls hid.</mark>"),
        ("Two owls hid.", "", "Two owls hid."),
        ("Two owls hid.", "herons", "Two owls hid."),
        ("512 owls in 12 boxes", "12", "512 owls in <mark>12</mark> boxes"),
        ("512 owls", "12", "5<mark>12</mark> owls"),
        ("One owl, one owl", "owl", "One <mark>owl</mark>, one owl"),
        ("Is it (so)? It is.", "(so)?", "Is it <mark>(so)?</mark> It is."),
        ("Two\n  barn\towls", "barn\towls", "Two <mark>barn owls</mark>"),
        ("<b>owls</b>", "<b>", "<mark>&lt;b&gt;</mark>owls&lt;/b&gt;"),
        ("<i>two</i> owls", "owls", "&lt;i&gt;two&lt;/i&gt; <mark>owls</mark>"),
        ("owls &amp; herons", "&amp;", "owls <mark>&amp;amp;</mark> herons"),
        ("\u202eowls\x1b", "owls", "\ufffd<mark>owls</mark>␛"),
    ],
)
def test_the_words_that_answer_are_marked_in_the_quote(quote: str, span: str, shown: str) -> None:
    assert marked(quote, span) == shown


@given(any_text, any_text.filter(str.strip), any_text)
def test_exactly_the_words_that_answer_are_marked(before: str, span: str, after: str) -> None:
    quote = before + span + after
    page = read_page(f"<p>{marked(quote, span)}</p>").one("p")
    assert page.one("mark").text == folded(span)
    assert page.one("mark") in page.content
    assert page.text.split() == one_line(quote).split()


def test_what_went_wrong_comes_first_and_is_open() -> None:
    made = [
        asked(id="right"),
        asked(id="refused", answered=False),
        asked(id="rightly refused", answered=False, accepted=[], rank=0),
        asked(id="unrefused", accepted=[], rank=0),
        asked(id="wrong", rank=2),
    ]
    page = read_page(verdict_sections(made, 0.3))
    assert [article.one("h4").one("a").text for article in page.all("article")] == [
        "wrong",
        "unrefused",
        "refused",
        "right",
        "rightly refused",
    ]
    sections = page.all("section")
    assert [section.attributes["id"] for section in sections] == [kind.style for kind in VERDICTS]
    assert ["open" in section.all("details")[0].attributes for section in sections] == [True, True, True, False, False]


def test_the_most_confident_comes_first_and_a_verdict_without_questions_is_left_out() -> None:
    made = [asked(id=name, confidence=confidence) for name, confidence in (("low", 0.1), ("high", 0.9), ("mid", 0.5))]
    page = read_page(verdict_sections(made, None))
    assert [link.text for link in page.all("a")] == ["high", "mid", "low"]
    assert page.one("section").one("h3").text == "Right 3"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"rank": 3}, "Wrong. The right sentence came at rank 3."),
        ({"rank": 0}, "Wrong. No right sentence among the first ten."),
        ({"answered": False}, "Wrongly refused. The nearest sentence was right."),
        ({"answered": False, "rank": 2}, "Wrongly refused. The right sentence came at rank 2."),
        ({"accepted": [], "rank": 0}, "Should have been refused."),
        ({}, "Right."),
    ],
)
def test_it_is_told_where_the_right_sentence_stood(changes: dict[str, Any], reason: str) -> None:
    page = read_page(verdict_sections([asked(**changes)], 0.3))
    assert page.one("p", class_="verdict").text.strip() == reason


def test_what_was_quoted_and_expected_stands_with_the_question() -> None:
    page = read_page(verdict_sections([asked(accepted=["owls", "two owls"], span="Owls")], 0.3))
    assert page.one("h4").text == "q Who?"
    assert page.one("blockquote").one("mark").text == "Owls"
    assert page.one("figcaption").text == "Owls"
    assert [answer.text for answer in page.one("p", class_="expected").all("q")] == ["owls", "two owls"]


def test_a_refused_sentence_is_not_shown_as_an_answer_and_a_refusal_can_be_expected() -> None:
    page = read_page(verdict_sections([asked(answered=False, accepted=[], rank=0)], 0.3))
    assert page.one("p", class_="near").text == "The nearest sentence, not given as an answer:"
    assert page.one("p", class_="expected").text == "Expected: a refusal"
    assert not read_page(verdict_sections([asked()], 0.3)).all("p", class_="near")


def test_a_question_without_any_sentence_says_so() -> None:
    page = read_page(verdict_sections([asked(answered=False, rank=0, quote="", span="", source="")], 0.3))
    assert page.one("p", class_="nothing").text == "No sentence came near."
    assert not page.all("blockquote")


def test_the_chain_of_scores_tells_why() -> None:
    scores = Scores(2, lexical=9.5, dense=None, fused=1.0, strength=-2.5, span=3.25, null=0.125, coverage=0.75)
    made = asked(confidence=0.42, span="two owls", scores=scores.to_dict(), ms=12.4)
    article = read_page(verdict_sections([made], 0.3)).one("article")
    assert article.one("summary").text.strip() == "Confidence 0.42, threshold 0.30"
    assert {row.one("dt").text: row.one("dd").text for row in article.all("div")} == {
        "Passage rank": "2",
        "BM25": "9.500",
        "Dense": "n/a",
        "Fused": "1.000",
        "Reader span": "3.250",
        "Null": "0.125",
        "Coverage": "0.750",
        "Strength": "\u22122.500",
        "Span F1": "0.667",
        "Time": "12 ms",
    }


def test_scores_that_are_not_known_are_shown_as_missing() -> None:
    article = read_page(verdict_sections([asked(scores=None, accepted=[], rank=0)], None)).one("article")
    assert article.one("summary").text.strip() == "Confidence 0.50"
    assert [row.text for row in article.all("dd")] == ["n/a"] * 8 + ["10 ms"]


def test_every_score_of_the_chain_is_explained() -> None:
    explained = {term.text for term in read_page(chain_legend()).all("dt")}
    shown = {term.text for term in read_page(verdict_sections([asked()], 0.3)).all("dt")}
    assert shown - explained == {"Span F1", "Time"}
    assert len(explained) == len(dataclasses.fields(Scores))
