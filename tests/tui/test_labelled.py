from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.records import Skipped
from qa.answer import Agreement, Answer, Evidence, Occurrence, TimeNote, Value
from qa.corpus import CorpusInfo
from tests.hostile import FORGERIES
from tests.tui.fakes import QUESTION, QUOTE, SECOND, SPAN, buses, long_article, make_answer, make_article, make_evidence
from tui import labelled

SOURCE = "City sends buses, The Harbourside Courier, 8 January 2022"


def agreement(verdict: str, *values: tuple[str, tuple[int, ...], date | None]) -> str:
    told = tuple(Value(text, numbers, len(numbers), day) for text, numbers, day in values)
    answer = replace(buses(), agreement=Agreement(verdict, told))
    return next((line for line in labelled.answer(answer) if line.startswith("Sources")), "")


def test_an_answer_is_told_in_lines_that_say_what_they_are() -> None:
    answer = replace(buses(), resolved_question="how many buses?", notes=("A note.",))
    assert list(labelled.answer(answer)) == [
        "Asked as: how many buses?",
        f"Answer: {QUOTE}",
        f"Answering words: {SPAN}",
        "Confidence: very likely, 0.83",
        f"Source 1: {SOURCE}",
        "Also in: Buses on their way, The Harbourside Courier, 8 January 2022",
        "Note: A note.",
    ]


def test_an_answer_of_several_sentences_tells_where_each_comes_from() -> None:
    lines = list(labelled.answer(replace(buses(), parts=(1, 2))))
    assert f"Answer from source 1: {QUOTE}" in lines
    assert f"Answer from source 2: {SECOND}" in lines
    assert [line.partition(":")[0] for line in lines if line.startswith("Source ")] == ["Source 1", "Source 2"]


def test_what_is_not_found_is_told_with_what_is_missing_and_the_nearest_sentence() -> None:
    answer = replace(
        make_answer(make_evidence(long_article(), QUOTE, SPAN), make_evidence(long_article(), SECOND), found=False),
        missing="The articles do not speak of trams.",
    )
    assert list(labelled.answer(answer)) == [
        "No answer: Not in these articles.",
        "Missing: The articles do not speak of trams.",
        "Confidence: doubtful, 0.20",
        f"Nearest 1: {QUOTE}",
        f"Source 1: {SOURCE}",
    ]


def test_nothing_found_at_all_is_told_without_a_sentence() -> None:
    assert list(labelled.answer(Answer(QUESTION, "not_found", 0.0, ()))) == [
        "No answer: Not in these articles.",
        "Confidence: doubtful, 0.00",
    ]


def test_sources_that_agree_differ_or_differ_over_time_are_told_in_words() -> None:
    early, late = date(2022, 1, 6), date(2022, 1, 8)
    assert agreement("agree", ("40", (1, 2), None)) == "Sources agree: 40, in 2 independent sources"
    assert agreement("agree", ("40", (1,), None)) == ""
    assert agreement("differ", ("12", (1,), early), ("18", (3, 4), late)) == (
        "Sources differ: 12, source 1; 18, source 3 and 4"
    )
    assert agreement("differ_over_time", ("18", (3,), late), ("12", (1,), early)) == (
        "Sources differ over time: 12 on 6 January 2022, source 1; latest 18 on 8 January 2022, source 3"
    )


@pytest.mark.parametrize(
    ("last", "days"), [(date(2022, 1, 7), "7 January 2022"), (date(2022, 1, 9), "7 January 2022 to 9 January 2022")]
)
def test_the_days_that_words_mean_are_told(last: date, days: str) -> None:
    article = long_article()
    evidence = make_evidence(article, QUOTE)
    start = article.text.index("on Friday")
    noted = replace(evidence, times=(TimeNote(start, start + 9, date(2022, 1, 7), last),))
    assert f"Time meant: on Friday, {days}" in labelled.answer(make_answer(noted))


def test_of_many_reprints_three_are_named_and_the_others_counted() -> None:
    places = tuple(Occurrence(make_article("x", title=f"Reprint {n}", name=f"{n}.txt"), 0, 1) for n in range(5))
    lines = list(labelled.sentences([replace(make_evidence(long_article(), QUOTE), also=(*places, places[0]))]))
    assert [line for line in lines if line.startswith("Also in")] == [
        *(f"Also in: Reprint {n}, The Harbourside Courier, 8 January 2022" for n in range(3)),
        "Also in: 2 more articles",
    ]


def test_a_quote_is_read_after_the_sentence_that_it_leans_on() -> None:
    article = make_article("The mayor spoke.\n\nShe rejected it.")
    evidence = replace(make_evidence(article, "She rejected it."), context_start=0, context_end=16)
    assert "Answer: The mayor spoke. She rejected it." in labelled.answer(make_answer(evidence))


def test_an_excerpt_sets_the_quote_off_from_what_stands_around_it() -> None:
    article = make_article("Menu\n\nRain fell all day. Owls hid. Then it ended.\n\nThe sun came out.")
    ranges = [(6, 49), (51, 68)]
    assert list(labelled.excerpt(make_evidence(article, "Owls hid."), ranges)) == [
        f"Source 1: {SOURCE}",
        "File: /articles/buses.txt",
        "Before: Rain fell all day.",
        "Quote begins.",
        "Owls hid.",
        "Quote ends.",
        "After: Then it ended.",
        "After: The sun came out.",
    ]


def test_an_excerpt_of_a_long_article_keeps_near_the_quote_and_cuts_between_words() -> None:
    article = long_article()
    lines = list(labelled.excerpt(make_evidence(article, QUOTE), [(0, len(article.text))]))
    before, after = lines[2], lines[-1]
    assert before.startswith("Before: ... ")
    assert before.endswith("Paragraph 59 tells of the rain that fell on that day.")
    assert after.startswith(f"After: {SECOND}")
    assert after.endswith(" ...")
    assert {*before.split()[2:], *after.split()[1:-1]} <= {*article.text.split()}
    assert max(map(len, lines)) < 700


def test_an_excerpt_without_ranges_is_the_quote() -> None:
    lines = list(labelled.excerpt(make_evidence(long_article(), QUOTE), []))
    assert lines[2:] == ["Quote begins.", QUOTE, "Quote ends."]


def test_nothing_that_articles_hold_moves_the_cursor_or_begins_a_line_of_its_own() -> None:
    article = replace(
        make_article("A\x1b[2J\r\nb \x9b1mowl.", title="Ti\x1btle\n"), path="/a\nb.txt", publisher="P\x07"
    )
    evidence = Evidence(1, article, 0, len(article.text), 0, 6, 0.9)
    lines = [*labelled.answer(make_answer(evidence)), *labelled.excerpt(evidence, [])]
    assert not [line for line in lines if not line.isprintable()]


def test_the_articles_are_told_with_what_could_not_be_read() -> None:
    skipped = tuple(Skipped(f"{number}.txt", "empty") for number in range(5))
    assert list(labelled.opened(CorpusInfo("/news", 1200, 9000, False, skipped, ("A note.",)))) == [
        "Articles: 1,200 in /news.",
        "Note: A note.",
        *(f"Skipped: {number}.txt, empty" for number in range(3)),
        "Skipped: 2 more; pullquote status names them all",
    ]
    assert list(labelled.opened(CorpusInfo("/x", 9, 90, True, (), ()))) == ["Articles: 9 in the samples."]


@given(st.lists(st.sampled_from([*FORGERIES, "\n", "Answer: ", "No answer: ", "x"]), min_size=1).map("".join))
@pytest.mark.parametrize("status", ["answered", "not_found"])
def test_what_each_line_is_does_not_depend_on_what_texts_hold(status: str, text: str) -> None:
    def labels(text: str) -> list[str]:
        article = replace(make_article(text, title=text, name=text), publisher=text)
        evidence = Evidence(1, article, 0, len(text), 0, len(text), 0.9)
        given = Answer("Who?", status, 0.9, (evidence,), (text,), missing=text, resolved_question=text)
        return [line.partition(":")[0] for line in (*labelled.answer(given), *labelled.excerpt(evidence, []))]

    expected = labels("plain")
    shown = labels(text)
    place = expected.index("Quote begins.") + 1
    assert (shown[:place], shown[place + 1 :]) == (expected[:place], expected[place + 1 :])
