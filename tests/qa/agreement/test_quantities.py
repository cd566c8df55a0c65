import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.agreement.quantities import PEOPLE, Quantity, compare, noun_of, quantities_in


def only(text: str) -> Quantity:
    (quantity,) = quantities_in(text)
    return quantity


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("353 people were hurt.", PEOPLE),
        ("353 police officers were hurt.", "police"),
        ("12 law enforcement officers died.", "police"),
        ("Dozens of protesters met overnight.", "protester"),
        ("353 injured miners left.", "miner"),
        ("It left 353 injured.", PEOPLE),
        ("Two of its ships sank.", "ship"),
        ("A fine of 4.3 billion euros", "€"),
        ("It lost $1.2 billion last year.", "$"),
        ("It fell by 12 per cent.", "%"),
        ("The 43-year-old climber fell.", "year"),
        ("At 17 km, it is long.", "km"),
        ("Twelve!", ""),
    ],
)
def test_what_a_number_counts_is_read_behind_it(text: str, noun: str) -> None:
    assert only(text).noun == noun


def test_a_number_without_a_noun_counts_what_the_one_before_it_counts() -> None:
    text = "Nine guards were killed and 41 injured."
    first, second = quantities_in(text)
    assert (first.noun, first.is_named) == ("guard", True)
    assert (second.noun, second.is_named) == ("guard", False)
    assert text[second.start : second.end] == "41 injured"


@pytest.mark.parametrize(
    "text", ["Another 12 people died.", "12 more people died.", "It is 304 now, not 12.", "Earlier it was 12."]
)
def test_an_addition_and_a_former_figure_are_not_the_whole(text: str) -> None:
    assert not quantities_in(text)[-1].is_whole


def test_what_is_feared_is_not_sure() -> None:
    assert not only("It is feared that 12 people died.").is_sure
    assert not only("Up to 40 jobs could be lost.").is_sure
    assert only("12 people died.").is_sure


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ("12 police officers died.", "Twelve policemen died.", "same"),
        ("12 police officers died.", "18 police officers died.", "different"),
        ("12 people died.", "353 people were hurt.", "unclear"),
        ("12 people died.", "18 miners died.", "unclear"),
        ("150 people died.", "150 passengers died.", "same"),
        ("353 people were hurt.", "353 police officers were hurt.", "different"),
        ("Two people were hurt.", "Two police officers were hurt.", "unclear"),
        ("12 tourists died.", "9 foreign tourists died.", "unclear"),
        ("It is 120 metres tall.", "It is 394 feet tall.", "unclear"),
        ("Karn and two other towns", "Karn and one other town", "different"),
        ("two other towns", "one town", "unclear"),
    ],
)
def test_only_figures_for_the_same_thing_differ(one: str, two: str, expected: str) -> None:
    assert compare(only(one), only(two)) == expected
    assert compare(only(two), only(one)) == expected


def test_a_noun_is_read_where_a_question_has_a_verb_behind_it() -> None:
    assert noun_of("families lost") == "famili"
    assert noun_of("people died") == PEOPLE
    assert noun_of("died") == ""


@given(st.text(alphabet="12 ,.%$-abc of people killed’", max_size=60))
def test_every_quantity_stands_in_the_text(text: str) -> None:
    for quantity in quantities_in(text):
        assert 0 <= quantity.start < quantity.end <= len(text)
        assert compare(quantity, quantity) in ("same", "unclear")
