import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.evaluation.matching import is_right, span_exact, span_f1, words_compared
from tests.qa.evaluation.made import WORDS


@pytest.mark.parametrize(
    ("quote", "answer", "right"),
    [
        ("It has ‘about 2,500’ members.", "About 2,500", True),
        ("“It is over,” he said.", '"it is over,"', True),
        ("He can’t come.", "can't", True),
        ("It lies in New\n York.", "new york", True),
        ("It lies in York.", "new york", False),
        ("It has 12,500 members.", "2,500", False),
        ("It has 2,500,000 members.", "2,500", False),
        ("In 2019 they left.", "19", False),
        ("It rose by 3.5 metres.", "3", False),
        ("It rose by 3.5 metres.", "5", False),
        ("There were 12, 13 or more.", "12", True),
        ("There were 12.", "12", True),
        ("A 14-week break.", "14", True),
        ("Anything.", "", False),
        ("Anything.", " \n", False),
        ("", "something", False),
        ("Costs (in crowns): 5.", "(in crowns): 5", True),
    ],
)
def test_a_quote_is_right_if_it_holds_the_answer(quote: str, answer: str, right: bool) -> None:
    assert is_right(quote, [answer]) is right


def test_one_of_several_answers_is_enough_and_none_is_never_right() -> None:
    assert is_right("Twelve men left.", ["12 men", "twelve men"])
    assert not is_right("Twelve men left.", [])


@given(st.text(st.characters(categories=["L", "Zs"]), min_size=1).filter(str.strip), st.text(), st.text())
def test_words_are_found_wherever_they_stand(answer: str, before: str, after: str) -> None:
    assert is_right(f"{before} {answer} {after}", [answer])


@pytest.mark.parametrize(
    ("span", "answer", "exact", "f1"),
    [
        ("Ida Brandt", "ida brandt", True, 1.0),
        ("the mayor, Ida Brandt,", "Mayor Ida Brandt", True, 1.0),
        ("a “barn owl”", "barn owl", True, 1.0),
        ("the mayor’s cat", "the mayor's cat", True, 1.0),
        ("2,500", "2500", True, 1.0),
        ("Mayor Ida Brandt", "Ida Brandt", False, 0.8),
        ("owl owl", "owl", False, 2 / 3),
        ("owls", "owl", False, 0.0),
        ("", "owl", False, 0.0),
        ("", "?", False, 0.0),
        ("the", "A", False, 0.0),
        ("A", "a", True, 1.0),
    ],
)
def test_the_words_of_a_span_are_compared_as_in_squad(span: str, answer: str, exact: bool, f1: float) -> None:
    assert span_exact(span, [answer]) is exact
    assert span_f1(span, [answer]) == pytest.approx(f1)


def test_the_nearest_accepted_answer_counts_and_none_is_never_near() -> None:
    assert span_f1("barn owl", ["herons", "a young barn owl", "owl owl owl"]) == pytest.approx(0.8)
    assert span_exact("barn owl", ["herons", "the barn owl"])
    assert span_f1("barn owl", []) == 0.0
    assert not span_exact("barn owl", [])


@given(WORDS | st.text(), st.lists(WORDS | st.text(), max_size=3))
def test_what_matches_exactly_has_the_highest_f1_and_no_f1_leaves_its_range(span: str, answers: list[str]) -> None:
    assert span_exact(span, answers) <= span_f1(span, answers) <= 1


@given(WORDS | st.text(), WORDS | st.text())
def test_f1_does_not_depend_on_which_of_the_two_is_the_answer(one: str, other: str) -> None:
    assert span_f1(one, [other]) == span_f1(other, [one])


@given(WORDS | st.text())
def test_a_text_with_words_matches_itself(text: str) -> None:
    assert span_exact(text, [text]) is bool(words_compared(text))
