import pytest

from index.records import Article
from qa.agreement.occasions import (
    Occasion,
    are_near_paraphrases,
    both_tell_all,
    both_tell_some,
    may_be_one,
    may_be_parts,
    occasion_of,
)
from qa.answer import Evidence
from qa.question import read_question

UNTOLD = read_question("How many people died?")
FIRE = read_question("How many people died in the fire?")


def occasion(quote: str, span: str = "", rest: str = "") -> Occasion:
    article = Article("00", "/a.txt", "", "", None, "", f"{quote} {rest}", "utf-8")
    start = quote.index(span)
    return occasion_of(Evidence(1, article, 0, len(quote), start, start + len(span), 0.9))


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Six died in Karn.", "Two died in Holm."),
        ("In Karn six died.", "Across the country two died."),
        ("On Monday six died in the fire.", "On Tuesday two died in the fire."),
        ("Last year six died in the fire.", "Two died in the fire."),
    ],
)
def test_other_places_days_and_years_are_other_occasions(one: str, two: str) -> None:
    assert not may_be_one(FIRE, occasion(one), occasion(two))
    assert may_be_one(FIRE, occasion(one), occasion(one))


def test_the_day_of_a_statement_is_not_that_of_the_event() -> None:
    assert may_be_one(
        FIRE, occasion("The fire killed six, he said on Monday."), occasion("By Tuesday two died in the fire.")
    )


def test_a_flood_of_another_year_is_another_one() -> None:
    assert not may_be_one(FIRE, occasion("In the 1953 fire six died."), occasion("In the fire two died."))


def test_the_answer_itself_tells_no_occasion() -> None:
    assert may_be_one(FIRE, occasion("It began in Karn.", "Karn"), occasion("It began in Holm.", "Holm"))
    assert not occasion("It began in Karn.", "in Karn").places


def test_articles_that_share_few_names_tell_of_other_occasions() -> None:
    one = occasion("Six died.", rest="It hit Karn, Holm, Lunde and Torsby.")
    two = occasion("Two died.", rest="It hit Karn, Velgrad, Falu and Sund.")
    other = occasion("Two died.", rest="It hit Oslen, Velgrad, Falu and Sund.")
    assert may_be_one(FIRE, one, two)
    assert not may_be_one(UNTOLD, one, two)
    assert not may_be_one(FIRE, one, other)


@pytest.mark.parametrize("rest", ["", "It hit Karn, Holm and Lunde."])
def test_without_names_one_word_besides_the_event_must_be_shared(rest: str) -> None:
    crash, ferry = occasion("Six died in the bus crash."), occasion("Two died when the ferry sank.", rest=rest)
    assert not may_be_one(UNTOLD, crash, ferry)
    assert may_be_one(UNTOLD, crash, occasion("The crash killed two.", rest=rest))


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("She scored 12 in the first half.", "She scored 30 in the match."),
        ("He won 12 votes in the first round.", "He won 30 votes in the run-off."),
        ("The flood killed six in one village.", "The flood killed nine."),
        ("The victim was 54.", "The second victim was 31."),
    ],
)
def test_a_part_is_no_whole(one: str, two: str) -> None:
    assert may_be_parts(occasion(one), occasion(two))
    assert not may_be_parts(occasion(one), occasion(one))


def test_a_second_day_is_no_part() -> None:
    assert not may_be_parts(occasion("Ports were shut for the second day."), occasion("Ports were shut."))


def test_names_far_from_the_quote_do_not_count() -> None:
    near, far = "He met Ida.", "He met Tom."
    assert occasion("Six died.", rest=near + " On it went." * 200 + far).names == {"ida"}


def test_near_paraphrases_share_most_words_but_those_that_answer() -> None:
    one = occasion("The new mill was designed by Ada Moor.", "Ada Moor")
    assert are_near_paraphrases(one, occasion("Ivo Brand designed the new mill.", "Ivo Brand"))
    assert not are_near_paraphrases(one, occasion("The old mill was sold by Ivo Brand.", "Ivo Brand"))
    assert not are_near_paraphrases(one, occasion("Ivo Brand designed the new mill again.", "Ivo Brand"))


def test_what_a_question_asks_about_must_be_told() -> None:
    question = read_question("When was the mill built?")
    one, two = occasion("The mill was built in 1702.", "1702"), occasion("The mill was sold in 1850.", "1850")
    assert both_tell_all(question, one, one)
    assert not both_tell_all(question, one, two)
    assert both_tell_some(question, one, two)
    assert not both_tell_some(question, one, occasion("He sold it in 1850.", "1850"))
