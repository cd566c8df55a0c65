from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.library import Index
from index.records import Article, Hit, Passage, Sentence
from qa.chat import Chat
from qa.corpus import open_corpus, opened_index
from qa.features import Candidate, extract
from qa.question import Question, read_question
from qa.span_features import SPAN_FEATURES, SpanReading, _best, read_spans, span_features
from qa.span_model import BUNDLED, SpanModel
from qa.spans import NO_SPAN, SentenceSpans

PRICE = read_question("How many crowns does a ticket cost?")
SAID = read_question("What did Piet Harrow say of the ferry?")
WHICH = read_question("Which company dug the tunnel?")
TOLD = "A ticket for the ferry costs two crowns, Piet Harrow said."


@pytest.fixture(scope="module")
def index(town: Chat, town_folder: Path) -> Iterator[Index]:
    town.open()
    with closing(opened_index(town_folder, None)) as opened:
        yield opened


@pytest.fixture(scope="module")
def model() -> SpanModel:
    return SpanModel(BUNDLED)


def best(spans: dict[str, float], index: Index, question: Question = PRICE) -> SpanReading:
    """The span that is picked in TOLD, which stands behind a headline of nine characters."""
    ranges = tuple((TOLD.index(words), TOLD.index(words) + len(words)) for words in spans)
    sentence = SentenceSpans(ranges, tuple(spans.values()), mass=6.0)
    return _best(question, set(index.terms(question.text)), f"Tickets\n\n{TOLD}", 9, sentence, 0.25, index)


def words_of(reading: SpanReading) -> str | None:
    return None if reading.span is None else f"Tickets\n\n{TOLD}"[slice(*reading.span)]


def test_the_best_span_of_the_right_kind_is_picked(index: Index) -> None:
    reading = best({"two crowns": 3.0, "two": 2.0}, index)
    assert words_of(reading) == "two crowns"
    assert (reading.margin, reading.mass, reading.null) == (3.0, 6.0, 0.25)
    assert (reading.repeats, reading.wrong_kind) == (False, False)


@pytest.mark.parametrize("other", ["A ticket", "crowns", "Piet Harrow"])
def test_a_span_that_repeats_the_question_or_is_no_number_gives_way_to_one_that_answers(
    other: str, index: Index
) -> None:
    assert words_of(best({other: 4.0, "two crowns": 3.0}, index)) == "two crowns"


def test_what_repeats_the_question_gives_way_whatever_is_asked_for(index: Index) -> None:
    assert words_of(best({"Piet Harrow": 4.0, "two crowns": 3.0}, index, SAID)) == "two crowns"


def test_unless_it_is_far_better(index: Index) -> None:
    reading = best({"A ticket": 9.0, "two crowns": 3.0}, index)
    assert words_of(reading) == "A ticket"
    assert (reading.margin, reading.repeats, reading.wrong_kind) == (9.0, True, True)


def test_a_sentence_without_spans_has_none(index: Index) -> None:
    reading = best({}, index)
    assert (reading.span, reading.margin, reading.mass) == (None, NO_SPAN, 6.0)


def test_each_sentence_that_was_found_is_read_once(index: Index, model: SpanModel) -> None:
    result = index.search(PRICE.text, 10)
    found, _ = extract(PRICE, result, index)
    readings = read_spans(found, PRICE, result, model, index)
    assert len(readings) == len(found) > 5
    for item, reading in zip(found, readings, strict=True):
        assert reading.span is not None
        assert item.sentence.start <= reading.span[0] < reading.span[1] <= item.sentence.end
        assert item.article.text[slice(*reading.span)].strip()
        assert reading.mass >= reading.margin
        assert 0 <= reading.null <= 1


def test_a_sentence_of_several_passages_has_the_best_reading_of_all(samples: Chat, model: SpanModel) -> None:
    samples.open()
    asked = read_question("How many troops did the CSTO send?")
    with closing(opened_index(None, None)) as index:
        result = index.search(asked.text, 6)
        found, _ = extract(asked, result, index)
        readings = read_spans(found, asked, result, model, index)
        alone = [read_spans(found, asked, replace(result, hits=(hit,)), model, index) for hit in result.hits]
    several = 0
    for reading, others in zip(readings, zip(*alone, strict=True), strict=True):
        margins = [other.margin for other in others if other.span is not None]
        assert reading.margin == max(margins)
        several += len(set(margins)) > 1
    assert several > 0


def test_a_sentence_that_was_not_read_has_no_span_and_does_not_answer(index: Index, model: SpanModel) -> None:
    result = index.search(PRICE.text, 10)
    found, _ = extract(PRICE, result, index)
    (reading,) = read_spans(found[:1], PRICE, replace(result, hits=()), model, index)
    assert reading == SpanReading(None, NO_SPAN, NO_SPAN, 1.0, repeats=False, wrong_kind=False)


@pytest.fixture(scope="module")
def lakes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Articles of which one only spells a name out, one only shortens another, and one spells that out."""
    folder = tmp_path_factory.mktemp("lakes")
    for name, text in {
        "boats": "The Union of Lake Villages sent 412 boats to the dry north on Monday. Nobody counted the oars.",
        "bread": "The GBK baked 950 loaves for the people of the far bank. Nobody had asked for so many.",
        "guild": "The Guild of Bakers of Karn was founded by seven families, and it still meets in a cellar.",
        "ferry": "The Harbour Board sent 30 boats to sea, and the farmers baked 12 loaves on board.",
    }.items():
        (folder / f"{name}.txt").write_text(f"News of the week\n\n{text}\n", "utf-8")
    return folder


@pytest.mark.parametrize(
    ("question", "quote", "span"),
    [
        ("How many boats did the ULV send?", "The Union of Lake Villages sent 412 boats", "412"),
        ("How many loaves did the Guild of Bakers of Karn bake?", "The GBK baked 950 loaves", "950"),
    ],
)
def test_an_acronym_is_answered_from_its_name_and_a_name_from_its_acronym(
    question: str, quote: str, span: str, lakes: Path
) -> None:
    with closing(Chat(lakes)) as chat:
        answer = chat.ask(question)
    assert answer.status == "answered"
    assert answer.evidence[0].quote.startswith(quote)
    assert answer.evidence[0].span.startswith(span)


@pytest.mark.parametrize("question", ["How many boats did the {} send?", "Who sent 412 boats, the {} or owls?"])
def test_each_passage_is_asked_in_the_words_that_it_uses(question: str, lakes: Path, model: SpanModel) -> None:
    told = []
    with closing(open_corpus(lakes, None).index) as index:
        for name in ("ULV", "Union of Lake Villages", "QRX"):
            asked = read_question(question.format(name))
            result = index.search(asked.text, 4)
            found, _ = extract(asked, result, index)
            readings = zip(found, read_spans(found, asked, result, model, index), strict=True)
            told.append({r.span: r for item, r in readings if item.article.path.endswith("boats.txt")})
    short, long, other = told
    assert short == long
    assert max(reading.margin for reading in other.values()) < max(reading.margin for reading in short.values())


def candidate(text: str, number: int) -> Candidate:
    sentence = Sentence(0, len(text))
    article = Article(f"{number:016x}", f"/news/{number}.txt", "", "", None, "", text, "utf-8")
    return Candidate(article, sentence, Hit(Passage(number, number, (sentence,)), 1.0, 0.5, None))


def features_of(said: list[tuple[str, float]], index: Index, name: str, *, of_one_article: bool = False) -> list[float]:
    """One feature of sentences of which each consists of its span, with the margins of these."""
    found = [candidate(words, 0 if of_one_article else place) for place, (words, _) in enumerate(said)]
    readings = [
        SpanReading((0, len(words)) if words else None, margin, margin, 0.5, repeats=False, wrong_kind=False)
        for words, margin in said
    ]
    column = span_features(found, readings, WHICH, index)[:, SPAN_FEATURES.index(name)]
    return [round(value, 6) for value in column.tolist()]


def test_spans_that_say_the_same_in_other_articles_support_each_other(index: Index) -> None:
    said = [("the old barn", 6.0), ("Barn", 4.0), ("a cellar", 5.0), ("", NO_SPAN)]
    assert features_of(said, index, "margin_of_others") == [0.4, 0.6, 0.0, 0.0]
    assert features_of(said, index, "margin_of_others", of_one_article=True) == [0.0] * 4


def test_a_span_that_is_worth_nothing_supports_none(index: Index) -> None:
    assert features_of([("barn", 6.0), ("barn", -4.0)], index, "margin_of_others") == [0.0, 0.6]


def test_a_part_of_a_longer_name_is_known(index: Index) -> None:
    said = [("Veld", 1.0), ("Tomas Veld", 1.0), ("Tomas", 1.0), ("Brandt", 1.0), ("the barn", 1.0)]
    assert features_of(said, index, "shorter_name") == [1.0, 0.0, 1.0, 0.0, 0.0]


def test_what_has_no_capital_is_known_where_one_of_several_is_asked_for(index: Index) -> None:
    said = [("a company", 1.0), ("Holt and Sons", 1.0)]
    assert features_of(said, index, "span_uncapitalised") == [1.0, 0.0]


def test_what_was_not_read_is_known(index: Index) -> None:
    assert features_of([("barn", 1.0), ("", NO_SPAN)], index, "no_span") == [0.0, 1.0]


readings = st.lists(
    st.builds(
        SpanReading,
        span=st.none() | st.just((0, 4)),
        margin=st.floats(-60, 60),
        mass=st.floats(-60, 60),
        null=st.floats(0, 1),
        repeats=st.booleans(),
        wrong_kind=st.booleans(),
    ),
    max_size=5,
)


@given(given_readings=readings)
def test_features_are_small_numbers_whatever_was_read(index: Index, given_readings: list[SpanReading]) -> None:
    found = [candidate("Owls hid.", number) for number in range(len(given_readings))]
    features = span_features(found, given_readings, WHICH, index)
    assert features.shape == (len(given_readings), len(SPAN_FEATURES))
    assert (np.abs(features) <= 1.5).all()
    for row, reading in zip(features, given_readings, strict=True):
        told = dict(zip(SPAN_FEATURES, row.tolist(), strict=True))
        assert told["margin_positive"] == max(0.0, told["margin"])
        assert told["null"] == reading.null
        assert told["no_span"] == (reading.span is None)
        assert told["span_is_question"] == reading.repeats
        assert told["span_of_wrong_kind"] == reading.wrong_kind
        assert told["margin_of_others"] >= 0
