import pytest

from index.records import Article
from qa.agreement.occasions import (
    Occasion,
    are_near_paraphrases,
    both_tell_all,
    both_tell_some,
    may_be_one,
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
        ("On Monday six died.", "On Tuesday two died."),
        ("Last year six died.", "Two died."),
    ],
)
def test_other_places_days_and_years_are_other_occasions(one: str, two: str) -> None:
    assert not may_be_one(FIRE, occasion(one), occasion(two))
    assert may_be_one(FIRE, occasion(one), occasion(one))


def test_the_day_of_a_statement_is_not_that_of_the_event() -> None:
    assert may_be_one(FIRE, occasion("Six died, he said on Monday."), occasion("By Tuesday two died."))


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
