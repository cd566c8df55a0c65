import copy
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import HistoryError
from index.records import Article
from qa.answer import Agreement, Answer, Evidence, Occurrence, TimeNote, Value
from qa.recall import recalled
from qa.scores import Scores
from tests.qa.exactness import check_exact

TEXT = "Harbourside floods\n\nRain fell.\nIt lasted 12 hours on Friday. Two boats left the quay before noon today."
ARTICLE = Article("00ff", "/news/a.txt", "Floods", "Post", date(2022, 1, 8), "", TEXT, "utf-8")
OTHER = Article("00fe", "/news/b.txt", "", "", None, "", "It lasted 12 hours, on Friday! Owls hid.", "cp1252")
COPY = Article("00fd", "/news/c.txt", "", "", None, "", "Two boats also left the quay before noon today.", "utf-8")


def evidence_of(article: Article, number: int, quote: str, span: str, context: str = "", **more: Any) -> Evidence:
    start, before = article.text.index(quote), article.text.index(context)
    first = article.text.index(span, start)
    return Evidence(
        number,
        article,
        start,
        start + len(quote),
        first,
        first + len(span),
        0.87654321,
        context_start=before if context else 0,
        context_end=before + len(context),
        **more,
    )


FRIDAY = TimeNote(TEXT.index("on Friday"), TEXT.index("on Friday") + 9, date(2022, 1, 7), date(2022, 1, 7))
HOURS = evidence_of(
    ARTICLE,
    1,
    "It lasted 12 hours on Friday.",
    "12 hours",
    "Rain fell.",
    also=(Occurrence(OTHER, 0, 30),),
    scores=Scores(2, lexical=9.123456, dense=None, fused=1.0, strength=2.5),
    times=(FRIDAY,),
)
BOATS = evidence_of(ARTICLE, 2, "Two boats left the quay before noon today.", "Two", also=(Occurrence(COPY, 0, 47),))
OWLS = evidence_of(OTHER, 3, "Owls hid.", "")
AGREEMENT = Agreement("agree", (Value("12 hours", (1, 3), 2, date(2022, 1, 8)), Value("Two", (2,), 1, None)))
ANSWER = Answer(
    "How long, and who left?",
    "answered",
    0.87654321,
    (HOURS, BOATS, OWLS),
    ("A note.",),
    parts=(1, 2),
    resolved_question="How long did it rain, and who left?",
    agreement=AGREEMENT,
)
NOT_FOUND = replace(ANSWER, status="not_found", missing="No article mentions it.", agreement=None)


def recall(answer: Answer, *articles: Article) -> Answer:
    """The answer after its document was kept as JSON, with the articles of today."""
    document = json.loads(json.dumps(answer.to_dict()))
    return recalled(document, {article.id: article for article in articles}.get)


@pytest.mark.parametrize("answer", [ANSWER, NOT_FOUND])
def test_where_the_articles_are_as_they_were_the_answer_is_too(answer: Answer) -> None:
    again = recall(answer, ARTICLE, OTHER, COPY)
    assert again.to_dict() == answer.to_dict()
    assert [one.article for one in again.evidence] == [ARTICLE, ARTICLE, OTHER]
    assert again.evidence[0].also == HOURS.also
    assert str(again) == str(answer)


def test_answers_about_real_articles_come_back(hostile_answers: list[Answer]) -> None:
    for answer in hostile_answers:
        articles = [place.article for one in answer.evidence for place in (one, *one.also)]
        again = recall(answer, *articles)
        assert again.to_dict() == answer.to_dict()
        check_exact(again)


def test_a_quote_of_an_article_that_is_gone_stands_with_its_context_in_one_of_its_own() -> None:
    again = recall(ANSWER, OTHER, COPY)
    first, second, third = again.evidence
    assert (first.article.text, second.article.text) == (f"Rain fell. {HOURS.quote}", BOATS.quote)
    assert replace(first.article, text=TEXT) == ARTICLE
    assert (first.quote, first.context, first.span) == (HOURS.quote, "Rain fell.", "12 hours")
    assert (second.quote, second.context, second.span) == (BOATS.quote, "", "Two")
    [friday] = first.times
    assert (first.article.text[friday.start : friday.end], friday.days) == ("on Friday", "2022-01-07")
    assert third.article is OTHER
    assert again.text == ANSWER.text
    assert again.notes == (
        "A note.",
        "The articles of [1] and [2] are not among the articles any more; the quotes are as they were then.",
    )


def test_what_an_answer_tells_besides_its_quotes_comes_back_without_any_article() -> None:
    again = recall(ANSWER)
    assert (again.question, again.resolved_question) == (ANSWER.question, ANSWER.resolved_question)
    assert (again.agreement, again.parts, again.confidence) == (AGREEMENT, (1, 2), 0.8765)
    assert again.evidence[0].scores == Scores(2, lexical=9.1235, dense=None, fused=1.0, strength=2.5)
    assert again.notes[-1].startswith("The articles of [1], [2] and [3] are not")


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        (TEXT.replace("12 hours", "14 hours"), "[1]"),
        (TEXT.replace("Rain fell", "Hail fell"), "[1]"),
        (TEXT.replace("Two boats", "Six boats"), "[2]"),
        (TEXT[:-1], "[2]"),
    ],
)
def test_a_quote_that_was_changed_is_shown_as_it_was_and_a_note_tells_so(text: str, changed: str) -> None:
    again = recall(ANSWER, replace(ARTICLE, text=text), OTHER, COPY)
    assert again.notes[1:] == (f"The article of {changed} has changed since; the quote is as it was then.",)
    assert again.text == ANSWER.text
    assert [f"[{one.number}]" for one in again.evidence if len(one.article.text) < 60] == [changed, "[3]"]


def test_quotes_that_have_moved_are_shown_as_they_were() -> None:
    again = recall(ANSWER, replace(ARTICLE, text=f"Corrected. {TEXT}"), COPY)
    assert again.notes[1:] == (
        "The articles of [1] and [2] have changed since; the quotes are as they were then.",
        "The article of [3] is not among the articles any more; the quote is as it was then.",
    )


def test_an_article_may_change_around_what_was_quoted() -> None:
    longer = replace(ARTICLE, text=f"{TEXT} Owls hid.", title="Harbourside floods again")
    again = recall(ANSWER, longer, OTHER, COPY)
    assert again.notes == ANSWER.notes
    assert again.evidence[0].article is longer


@pytest.mark.parametrize("text", ["", "It lasted 12 hours", "It lasted 14 hours, on Friday! Owls hid.", "x" * 50])
def test_a_further_place_stays_only_where_it_still_holds_the_quote(text: str) -> None:
    again = recall(ANSWER, ARTICLE, replace(OTHER, text=text), COPY)
    assert [one.also for one in again.evidence[:2]] == [(), BOATS.also]


def test_each_article_is_looked_for_once() -> None:
    looked_for = []
    recalled(ANSWER.to_dict(), lambda identifier: looked_for.append(identifier))
    assert sorted(looked_for) == ["00fd", "00fe", "00ff"]


def ways(document: Any, *way: Any) -> Iterator[tuple[Any, ...]]:
    """The way to each value of a document, which begins with its last key."""
    items = document.items() if isinstance(document, dict) else enumerate(document)
    for key, value in items:
        yield key, *way
        if isinstance(value, dict | list):
            yield from ways(value, key, *way)


def needed(way: tuple[Any, ...]) -> bool:
    """The whole text follows from the quotes, and of a further place its article of today is shown."""
    last, *before = way
    return last != "text" or bool(before) if "also" not in way else last in ("id", "start", "end", "also")


NEEDED = [way for way in ways(ANSWER.to_dict()) if needed(way)]


@pytest.mark.parametrize("way", NEEDED, ids=lambda way: ".".join(map(str, reversed(way))))
def test_a_document_with_anything_missing_or_of_another_type_is_an_error(way: tuple[Any, ...]) -> None:
    document = copy.deepcopy(ANSWER.to_dict())
    last, *before = way
    holder: Any = document
    for key in reversed(before):
        holder = holder[key]
    holder[last] = {"no": "such thing"}
    with pytest.raises(HistoryError, match="This past answer cannot be shown: its “"):
        recalled(document, lambda identifier: None)
    if isinstance(holder, dict):
        del holder[last]
        with pytest.raises(HistoryError, match="This past answer cannot be shown: its “"):
            recalled(document, lambda identifier: None)


@pytest.mark.parametrize("document", [None, [], "answer", {}])
def test_what_is_no_answer_is_an_error(document: Any) -> None:
    with pytest.raises(HistoryError, match="To fix it, ask the question again"):
        recalled(document, lambda identifier: None)


@pytest.mark.parametrize(
    "changes",
    [
        {"number": 2},
        {"start": 0},
        {"end": 99},
        {"span": "hours 12"},
        {"span_start": 0, "span_end": 8},
        {"span_start": 51, "span_end": 60, "span": "s"},
        {"context": "Rain fell"},
        {"times": [{"start": 0, "end": 9, "days": "2022-01-07"}]},
        {"score": 1.5},
    ],
)
def test_ranges_and_words_that_do_not_fit_each_other_are_an_error(changes: dict[str, Any]) -> None:
    document = ANSWER.to_dict()
    document["evidence"][0] |= changes
    with pytest.raises(HistoryError):
        recalled(document, {"00ff": ARTICLE}.get)


@pytest.mark.parametrize("changes", [{"parts": []}, {"parts": [4]}, {"status": "not_found"}])
def test_an_answer_must_quote_its_own_evidence(changes: dict[str, Any]) -> None:
    with pytest.raises(HistoryError, match="“parts”"):
        recalled(ANSWER.to_dict() | changes, {"00ff": ARTICLE}.get)


any_text = st.text(st.characters(exclude_categories=()), max_size=20)
days = st.dates()
shares = st.floats(0, 1)
numbers = st.floats(-1e6, 1e6)
scores = st.builds(Scores, st.integers(1, 99), st.none() | numbers, st.none() | numbers, numbers, numbers)
articles = st.builds(
    Article, st.uuids().map(str), any_text, any_text, st.just("Post"), st.none() | days, st.just(""), any_text, any_text
)


def ranges(first: int, last: int) -> st.SearchStrategy[tuple[int, int]]:
    return st.tuples(st.integers(first, last), st.integers(first, last)).map(lambda pair: (min(pair), max(pair)))


@st.composite
def evidences(draw: st.DrawFn, number: int, corpus: list[Article]) -> Evidence:
    article = draw(st.sampled_from(corpus))
    start, end = draw(ranges(0, len(article.text)))
    span_start, span_end = draw(ranges(start, end))
    context = draw(st.just((0, 0)) | ranges(0, start))
    first, last = sorted((draw(days), draw(days)))
    again = st.sampled_from([other for other in corpus if other.text == article.text])
    return Evidence(
        number,
        article,
        start,
        end,
        span_start,
        span_end,
        draw(shares),
        tuple(Occurrence(other, start, end) for other in draw(st.lists(again, max_size=2))),
        draw(st.none() | scores),
        *context,
        tuple(TimeNote(*place, first, last) for place in draw(st.lists(ranges(start, end), max_size=2))),
    )


@st.composite
def answers(draw: st.DrawFn) -> tuple[Answer, list[Article]]:
    """An answer with the articles that it quotes."""
    corpus = [*draw(st.lists(articles, min_size=1, max_size=3)), ARTICLE]
    corpus.append(replace(corpus[0], id="00fc"))
    count = draw(st.integers(0, 3))
    evidence = tuple(draw(evidences(number, corpus)) for number in range(1, count + 1))
    cited = st.lists(st.integers(1, count), min_size=1, max_size=3).map(tuple) if count else st.just(())
    value = st.builds(Value, any_text, cited, st.integers(0, 9), st.none() | days)
    verdict = st.sampled_from(["agree", "differ", "differ_over_time"])
    answer = Answer(
        draw(any_text),
        draw(st.sampled_from(["answered", "not_found"])) if count else "not_found",
        draw(shares),
        evidence,
        tuple(draw(st.lists(any_text, max_size=2))),
        draw(cited),
        draw(any_text),
        draw(any_text),
        draw(st.none() | st.builds(Agreement, verdict, st.lists(value, max_size=2).map(tuple))),
    )
    return answer, corpus


@given(answers())
def test_any_answer_comes_back_word_for_word(made: tuple[Answer, list[Article]]) -> None:
    answer, corpus = made
    again = recall(answer, *corpus)
    assert again.to_dict() == answer.to_dict()
    assert [one.article for one in again.evidence] == [one.article for one in answer.evidence]


@given(answers())
def test_any_answer_keeps_its_words_without_its_articles(made: tuple[Answer, list[Article]]) -> None:
    answer, _ = made
    again = recall(answer)
    assert again.text == answer.text
    for now, then in zip(again.evidence, answer.evidence, strict=True):
        assert (now.quote, now.context, now.span) == (then.quote, then.context, then.span)
        for time, before in zip(now.times, then.times, strict=True):
            assert now.article.text[time.start : time.end] == then.article.text[before.start : before.end]
    assert recall(again).to_dict()["evidence"] == again.to_dict()["evidence"]
