from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.records import Article
from qa.answer import Agreement, Answer, Evidence, Occurrence, TimeNote, Value, Verdict
from qa.render import (
    NOT_FOUND,
    agreement_line,
    answer_lines,
    confidence_words,
    day,
    days_in_words,
    one_line,
    path_line,
    plain_answer,
    quote_segments,
    score_lines,
    source_line,
)
from qa.scores import Scores
from tests.hostile import FORGERIES

TEXT = "Rain fell.\nAbout  2,500 troops\r\nlanded in Almaty, Zas said."
FIRST = Article("a1", "/news/a.txt", "Troops land", "Harbour Wire", date(2022, 1, 6), "", TEXT, "utf-8")
SECOND = Article("b2", "/news/two\nnames.txt", "", "", None, "", "Nothing was said.", "utf-8")
QUOTED = Evidence(1, FIRST, 11, len(TEXT), 11, 23, 0.83, (Occurrence(SECOND, 0, 7),))
NEXT = Evidence(2, SECOND, 0, 17, 0, 0, 0.2)
ANSWER = Answer("How many troops landed?", "answered", 0.83, (QUOTED, NEXT))


def test_an_answer_is_laid_out_quote_first_then_its_sources_then_other_sentences() -> None:
    assert plain_answer(ANSWER).splitlines() == [
        "About 2,500 troops landed in Almaty, Zas said. [1]",
        "very likely, confidence 0.83",
        "",
        "[1] Troops land · Harbour Wire · 6 January 2022",
        "    /news/a.txt",
        "    also in: two names.txt",
        "",
        "See also:",
        "[2] Nothing was said.",
        "    two names.txt",
        "    /news/two␊names.txt",
    ]


def test_what_is_not_found_is_said_before_the_nearest_sentences() -> None:
    refused = replace(ANSWER, status="not_found", confidence=0.1, evidence=(replace(NEXT, number=1),))
    assert plain_answer(refused).splitlines() == [
        NOT_FOUND,
        "confidence 0.10",
        "",
        "The nearest sentences, which do not answer:",
        "[1] Nothing was said.",
        "    two names.txt",
        "    /news/two␊names.txt",
    ]


def test_what_is_missing_is_told_below_the_refusal() -> None:
    refused = Answer("Who?", "not_found", 0.0, (), missing="The articles never mention “\x1b[2Jtanks”.")
    assert plain_answer(refused).splitlines() == [
        NOT_FOUND,
        "The articles never mention “␛[2Jtanks”.",
        "confidence 0.00",
    ]


def test_the_sentence_that_a_quote_leans_on_stands_dim_before_it() -> None:
    leaning = replace(NEXT, article=FIRST, start=11, end=len(TEXT), context_start=0, context_end=10)
    lines = list(answer_lines(replace(ANSWER, evidence=(replace(leaning, number=1), leaning))))
    assert lines[0][0] == lines[7][1] == ("Rain fell. ", "dim")
    assert lines[0][1] == ("About 2,500 troops landed in Almaty, Zas said.", "quote")
    assert "".join(text for text, _ in lines[7]).startswith("[2] Rain fell. About 2,500 troops")


def test_the_parts_of_an_answer_are_shown_with_their_numbers_before_all_their_sources() -> None:
    third = replace(QUOTED, number=3, start=0, end=10, span_start=0, span_end=4, also=())
    answer = replace(ANSWER, evidence=(QUOTED, NEXT, third), parts=(1, 3))
    assert plain_answer(answer).splitlines() == [
        "About 2,500 troops landed in Almaty, Zas said. [1]",
        "Rain fell. [3]",
        "very likely, confidence 0.83",
        "",
        "[1] Troops land · Harbour Wire · 6 January 2022",
        "    /news/a.txt",
        "    also in: two names.txt",
        "[3] Troops land · Harbour Wire · 6 January 2022",
        "    /news/a.txt",
        "",
        "See also:",
        "[2] Nothing was said.",
        "    two names.txt",
        "    /news/two␊names.txt",
    ]


SCORES = Scores(12, lexical=123.46, dense=-0.17, fused=1.0, strength=-12.5, span=-13.25, null=0.994, coverage=0.5)


def test_an_explained_answer_has_the_chain_of_scores_below_each_source() -> None:
    answer = replace(ANSWER, evidence=(replace(QUOTED, scores=SCORES), NEXT))
    lines = plain_answer(answer).splitlines()
    explained = ["".join(text for text, _ in line) for line in answer_lines(answer, explain=True)]
    chain = [
        "    passage 12: BM25 123.5, cosine -0.17, fused 1.00, coverage 0.50",
        "    span log-odds -13.2, null 0.99, strength -12.5, probability 0.83",
    ]
    assert explained == [*lines[:6], *chain, *lines[6:], "    probability 0.20"]
    assert max(map(len, chain)) < 80


def test_a_step_that_did_not_reach_a_sentence_has_a_dash() -> None:
    unread = Scores(3, lexical=None, dense=0.5, fused=0.25, strength=0.0)
    assert score_lines(replace(NEXT, scores=unread)) == [
        "passage 3: BM25 –, cosine 0.50, fused 0.25, coverage –",
        "span log-odds –, null –, strength +0.0, probability 0.20",
    ]


def test_nothing_at_all_is_still_an_answer() -> None:
    assert plain_answer(Answer("Who?", "not_found", 0.0, ())).splitlines() == [NOT_FOUND, "confidence 0.00"]


def test_notes_come_last() -> None:
    assert plain_answer(replace(ANSWER, notes=("One.", "Two."))).endswith("names.txt\n\nOne.\n\nTwo.")


def test_the_answering_words_are_marked() -> None:
    assert quote_segments(QUOTED) == [
        ("", "quote"),
        ("About  2,500".replace("  ", " "), "span"),
        (" troops landed in Almaty, Zas said.", "quote"),
    ]
    assert [style for line in answer_lines(ANSWER) for _, style in line].count("span") == 1


def test_a_quote_without_answering_words_is_one_piece() -> None:
    assert quote_segments(NEXT) == [("Nothing was said.", "quote")]


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), st.data())
def test_marking_words_changes_nothing_of_the_line(text: str, data: st.DataObject) -> None:
    text = text.strip()
    first = data.draw(st.integers(0, len(text)))
    last = data.draw(st.integers(first, len(text)))
    evidence = Evidence(1, replace(FIRST, text=text), 0, len(text), first, last, 0.5)
    line = "".join(part for part, _ in quote_segments(evidence))
    assert "".join(line.split()) == "".join(one_line(text).split())
    # White space at the edge of the marked words is shown once for each piece.
    assert "\n" not in line


@pytest.mark.parametrize(
    ("confidence", "words"),
    [
        (1.0, "very likely"),
        (0.8, "very likely"),
        (0.79, "likely"),
        (0.6, "likely"),
        (0.5, "uncertain"),
        (0.4, "uncertain"),
        (0.39, "doubtful"),
        (0.0, "doubtful"),
    ],
)
def test_a_probability_has_words(confidence: float, words: str) -> None:
    assert confidence_words(confidence) == words


def test_a_day_is_written_out() -> None:
    assert day(date(2021, 3, 4)) == "4 March 2021"


@pytest.mark.parametrize(
    ("article", "line"),
    [
        (FIRST, "Troops land · Harbour Wire · 6 January 2022"),
        (replace(FIRST, publisher=""), "Troops land · 6 January 2022"),
        (replace(FIRST, title="", publisher="", published=None), "a.txt"),
        (replace(FIRST, title="A\x1b[2J\n title", publisher="\u202eP"), "A␛[2J title · \ufffdP · 6 January 2022"),
    ],
)
def test_a_source_is_named_as_far_as_it_is_known(article: Article, line: str) -> None:
    assert source_line(article) == line


@given(st.text())
def test_one_line_is_one_line(text: str) -> None:
    line = one_line(text)
    assert len(line.splitlines()) <= 1
    assert line == line.strip()
    assert one_line(line) == line


def test_a_path_keeps_its_spaces_but_cannot_begin_a_line() -> None:
    assert path_line("/news/a  b\n[2] forged\x1b[31m.txt") == "/news/a  b␊[2] forged␛[31m.txt"


def test_of_many_reprints_the_first_are_named_and_the_rest_counted() -> None:
    quote = "It rained."
    papers = [Article(f"{n:016x}", f"/news/{n}.txt", f"Paper {n}", "", None, "", quote, "utf-8") for n in range(9)]
    places = tuple(Occurrence(paper, 0, len(quote)) for paper in papers[1:])
    evidence = Evidence(1, papers[0], 0, len(quote), 0, 0, 0.9, places)
    printed = plain_answer(Answer("Did it rain?", "answered", 0.9, (evidence,)))
    assert printed.count("also in: ") == 3
    assert "and in 5 more articles" in printed


FRIDAY, SATURDAY = date(2022, 1, 7), date(2022, 1, 8)
NOTED = replace(
    QUOTED, times=(TimeNote(11, 16, FRIDAY, FRIDAY), TimeNote(24, 30, date(2022, 1, 3), date(2022, 1, 9))), also=()
)


def test_what_words_of_a_quote_mean_is_told_below_its_source_and_not_in_it() -> None:
    lines = plain_answer(replace(ANSWER, evidence=(NOTED, replace(NEXT, times=(TimeNote(8, 11, FRIDAY, FRIDAY),)))))
    assert lines.splitlines()[0] == "About 2,500 troops landed in Almaty, Zas said. [1]"
    assert lines.splitlines()[3:6] == [
        "[1] Troops land · Harbour Wire · 6 January 2022",
        "    About: 7 January 2022 · troops: 3–9 January 2022",
        "    /news/a.txt",
    ]
    assert lines.splitlines()[-2] == "    was: 7 January 2022"


def test_the_question_that_was_asked_in_place_of_the_typed_one_stands_first() -> None:
    answer = replace(ANSWER, resolved_question="How many\ntroops\x1b[2J [AFP]?")
    assert next(answer_lines(answer)) == [("Asked as: How many troops␛[2J [AFP]?", "dim")]
    refused = replace(answer, status="not_found")
    assert plain_answer(refused).splitlines()[1] == NOT_FOUND


def agreeing(verdict: Verdict, *values: Value) -> Answer:
    return replace(ANSWER, agreement=Agreement(verdict, values))


TWELVE, EIGHTEEN = Value("12", (1,), 2, date(2022, 1, 6)), Value("18\x1b[2J [AFP]", (2, 3), 1, FRIDAY)


@pytest.mark.parametrize(
    ("answer", "line"),
    [
        (agreeing("agree", replace(TWELVE, sources=3)), "3 independent sources agree: 12"),
        (agreeing("agree", replace(TWELVE, sources=1)), ""),
        (agreeing("differ", TWELVE, EIGHTEEN), "Sources differ: 12 [1] · 18␛[2J [AFP] [2] [3]"),
        (
            agreeing("differ_over_time", EIGHTEEN, TWELVE),
            "Sources differ over time: 12 (6 January 2022) [1] → 18␛[2J [AFP] (7 January 2022, latest) [2] [3]",
        ),
        (
            agreeing("differ_over_time", replace(TWELVE, published=None), EIGHTEEN),
            "Sources differ over time: 12 [1] → 18␛[2J [AFP] (7 January 2022, latest) [2] [3]",
        ),
        (agreeing("differ"), ""),
        (ANSWER, ""),
    ],
)
def test_whether_sources_agree_is_told_in_one_line(answer: Answer, line: str) -> None:
    assert agreement_line(answer) == line
    told = [text for [(text, style), *_] in filter(None, answer_lines(answer)) if style == "dim" and "ources" in text]
    assert told == ([line] if line else [])


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (FRIDAY, FRIDAY, "7 January 2022"),
        (FRIDAY, SATURDAY, "7–8 January 2022"),
        (date(2021, 12, 27), date(2022, 1, 2), "27 December 2021 – 2 January 2022"),
        (date(2022, 1, 31), date(2022, 2, 6), "31 January – 6 February 2022"),
        (date(2022, 2, 1), date(2022, 2, 28), "February 2022"),
        (date(2022, 2, 1), date(2022, 3, 31), "1 February – 31 March 2022"),
        (date(2021, 1, 1), date(2021, 12, 31), "2021"),
        (date(9999, 12, 1), date.max, "December 9999"),
    ],
)
def test_days_are_written_no_longer_than_needed(first: date, last: date, words: str) -> None:
    assert days_in_words(first, last) == words


anything = st.sampled_from(FORGERIES) | st.lists(st.sampled_from([*FORGERIES, "\n", "\n\n", "    ", " ", "\t"])).map(
    "".join
)
anything |= st.text(st.characters(exclude_categories=()))


def holding(number: int, quote: str, title: str, publisher: str, name: str) -> Evidence:
    """A quote that is all the text of its article."""
    article = Article(f"a{number}", f"/news/{name}", title, publisher, None, "", quote, "utf-8")
    return Evidence(number, article, 0, len(quote), 0, 0, 0.5)


def read_by_place(printed: str) -> tuple[list[str], list[list[str]], list[list[str]]]:
    """The quotes of a printed answer, what is said of each, and each further quote with what is said of it.

    Only where something stands is looked at: in which part, before which line, and whether it is indented.
    """
    head, *others = printed.split("\n\n")
    about, further = (part.split("\n") for part in (*others, "")[:2])
    blocks: list[list[str]] = []
    for line in [*about, *further[1:]]:
        if line.startswith("    "):
            blocks[-1].append(line.removeprefix("    "))
        else:
            blocks.append([line])
    count = sum(not line.startswith("    ") for line in about)
    # The confidence stands below the quotes, and after it at most what the sources say together.
    return head.split("\n")[:count], blocks[:count], blocks[count:]


@given(st.lists(st.tuples(anything, anything, anything, anything), min_size=1, max_size=4), st.integers(1, 4))
def test_whatever_texts_hold_each_is_found_again_by_its_place_in_the_printed_answer(
    texts: list[tuple[str, str, str, str]], quoted: int
) -> None:
    evidence = tuple(holding(number, *each) for number, each in enumerate(texts, start=1))
    parts = tuple(one.number for one in evidence[:quoted])
    quotes, about, further = read_by_place(plain_answer(Answer("Who?", "answered", 0.8, evidence, parts=parts)))
    assert quotes == [f"{one_line(one.quote)} [{one.number}]" for one in evidence[:quoted]]
    told = [[source_line(one.article), path_line(one.article.path)] for one in evidence]
    assert about == [[f"[{n}] {source}", path] for n, (source, path) in enumerate(told[:quoted], start=1)]
    assert further == [
        [f"[{one.number}] {one_line(one.quote)}", source, path]
        for one, (source, path) in zip(evidence[quoted:], told[quoted:], strict=True)
    ]


@given(anything, anything)
def test_no_note_error_or_missing_word_adds_a_line(note: str, missing: str) -> None:
    refused = Answer("Who?", "not_found", 0.0, (), (note,), missing=f"x{missing}", resolved_question=f"x{missing}")
    assert len(plain_answer(refused).split("\n")) == 6
