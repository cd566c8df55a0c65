import pytest

from qa.training.opposites import NEGATABLE, OF_A_SERIES, OPPOSITES, OPPOSITES_OF


@pytest.mark.parametrize(
    ("word", "opposite"),
    [
        ("first", "last"),
        ("last", "first"),
        ("before", "after"),
        ("southern", "northern"),
        ("lost", "won"),
        ("lost", "gained"),
    ],
)
def test_a_word_has_its_opposite_and_the_other_way_round(word: str, opposite: str) -> None:
    assert opposite in OPPOSITES_OF[word]


def test_every_opposite_is_another_word_that_has_one_itself() -> None:
    for word, opposites in OPPOSITES_OF.items():
        assert word not in opposites
        assert all(word in OPPOSITES_OF[opposite] for opposite in opposites)
        assert word.isalpha()
        assert word.islower()


def test_every_word_that_has_an_opposite_is_found_whole() -> None:
    for word in OPPOSITES_OF:
        assert [match.span() for match in OPPOSITES.finditer(f"Which {word}, owls?")] == [(6, 6 + len(word))]
        assert not OPPOSITES.search(f"Which x{word} and {word}x owls?")


@pytest.mark.parametrize(
    ("question", "verbs"),
    [
        ("What did owls eat?", ["did"]),
        ("What could have been there?", ["could", "have"]),
        ("Why didn't owls hide?", []),
        ("Why did not owls hide?", []),
        ("Which candid owls hid in Dorset?", []),
    ],
)
def test_a_verb_can_be_negated_once(question: str, verbs: list[str]) -> None:
    assert NEGATABLE.findall(question) == verbs


def test_days_months_and_numbers_are_of_a_series() -> None:
    assert {"monday", "sunday", "may", "december", "twelve", "third"} <= OF_A_SERIES
