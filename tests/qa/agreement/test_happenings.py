import pytest

from qa.agreement.happenings import asked_event
from qa.agreement.quantities import quantities_in
from qa.question import read_question


def events(text: str, wanted: str = "") -> list[tuple[float, str]]:
    return [(quantity.number.amount, quantity.event) for quantity in quantities_in(text, wanted)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nine guards were killed and 41 injured.", [(9, "die"), (41, "hurt")]),
        ("It killed 12 people and injured 353.", [(12, "die"), (353, "hurt")]),
        ("They killed 'dozens' of men and detained around 2,000 people.", [(20, "die"), (2_000, "arrest")]),
        ("The clashes left 353 guards hurt and nine officers dead.", [(353, "hurt"), (9, "die")]),
        ("The death toll of the flood stands at 58.", [(58, "die")]),
        ("All 150 people on board died.", [(150, "die")]),
        ("It has 640 seats.", [(640, "")]),
    ],
)
def test_each_number_gets_what_happened_to_those_it_counts(text: str, expected: list[tuple[float, str]]) -> None:
    assert events(text) == expected


def test_a_verb_of_the_question_is_found_too() -> None:
    assert events("Nine guards died, two of whom were hanged.", "hang") == [(9, "die"), (2, "hang")]


@pytest.mark.parametrize(
    ("question", "event"),
    [
        ("How many people were wounded?", "hurt"),
        ("What is the death toll?", "die"),
        ("How many guards were found hanged?", "hang"),
        ("How many seats does the hall have?", ""),
    ],
)
def test_a_question_asks_for_an_event(question: str, event: str) -> None:
    assert asked_event(question, read_question(question).verbs) == event
