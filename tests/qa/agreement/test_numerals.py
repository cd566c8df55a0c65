import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.agreement.numerals import Number, numbers_in


def only(text: str) -> Number:
    (number,) = numbers_in(text)
    return number


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("353 guards", 353),
        ("2,500 troops", 2_500),
        ("2000 people", 2_000),
        ("twelve men", 12),
        ("forty-six hens", 46),
        ("two hundred and fifty hens", 250),
        ("twenty thousand five hundred hens", 20_500),
        ("half a million hens", 500_000),
        ("a dozen eggs", 12),
        ("1.2 million hens", 1_200_000),
        ("$1.2bn", 1_200_000_000),
        ("$600m", 600_000_000),
        ("a 180-day siege", 180),
        ("20% of it", 20),
        ("rose from 12 to 18", 18),
    ],
)
def test_numbers_are_read_in_digits_and_in_words(text: str, amount: float) -> None:
    assert only(text).amount == amount


@pytest.mark.parametrize(
    "text",
    ["on Jan. 5, 2022", "24 February", "in 2022 people fled", "the 1990s", "Khabar-24", "2-1", "at 10:15", "9 a.m.",
     "the 3rd time", "two-thirds", "no one", "nothing"],
)  # fmt: skip
def test_dates_times_scores_ordinals_and_fractions_count_nothing(text: str) -> None:
    assert list(numbers_in(text)) == []


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("2,500", "about 2,500"),
        ("more than 1,000", "1,034"),
        ("nearly 500", "470"),
        ("dozens", "26"),
        ("about a dozen", "twelve"),
        ("between 300 and 350", "320"),
        ("10 to 15", "12"),
        ("1.2 million", "1,180,000"),
        ("up to 40", "38"),
        ("200 or more", "210"),
        ("1.2 to 1.5 million", "1,300,000"),
    ],
)
def test_vague_open_and_rounded_numbers_say_the_same_as_an_exact_one(one: str, two: str) -> None:
    assert only(one).says_same(only(two))
    assert not only(one).rules_out(only(two))


@pytest.mark.parametrize(
    ("one", "two"),
    [("12", "18"), ("about 2,500", "4,000"), ("dozens", "2"), ("more than 200", "112"), ("up to 40", "90")],
)
def test_numbers_that_fit_no_one_amount_rule_each_other_out(one: str, two: str) -> None:
    assert only(one).rules_out(only(two))


@pytest.mark.parametrize(("one", "two"), [("at least 12", "18"), ("dozens", "300"), ("hundreds", "5,000")])
def test_an_open_number_neither_says_nor_rules_out_much_more(one: str, two: str) -> None:
    assert not only(one).says_same(only(two))
    assert not only(one).rules_out(only(two))
    assert only(one).is_open


@given(
    st.lists(st.sampled_from("about 12 between and 300 dozens of $ 1.5 million to - % , 2,500 at least six".split()))
)
def test_every_number_says_less_than_it_does_not_rule_out(words: list[str]) -> None:
    text = " ".join(words)
    last = 0
    for number in numbers_in(text):
        assert last <= number.start < number.end <= len(text)
        assert number.least <= number.low <= number.high <= number.most
        assert number.says_same(number)
        assert not number.rules_out(number)
        last = number.end


@pytest.mark.parametrize(
    "text",
    [
        "9" * 400 + " hens",
        "0." + "1" * 400 + " hens",
        "1" + " million" * 60 + " hens",
        "1 to " + "9" * 400,
        "1" * 5_000,
    ],
)
def test_a_number_that_no_float_holds_breaks_nothing(text: str) -> None:
    for number in numbers_in(text):
        assert number.amount < 1e18
