import pytest

from qa.agreement.sources import Telling, count_sources

MILL = "Nine guards were hurt in the fire at the old mill near the port."


def telling(quote: str, origin: str, value: str = "Nine", can_be_cited: bool = True) -> Telling:
    return Telling(quote, value, frozenset({origin}), can_be_cited)


@pytest.mark.parametrize(
    ("one", "two", "sources"),
    [
        (MILL, f"{MILL[:-1]}, he said.", 1),
        (MILL, "At the mill fire nine guards were hurt.", 2),
        ("Nine were hurt, the Eastern Wire said.", "According to the Eastern Wire, it hurt nine.", 1),
        ("Nine were hurt, the Eastern Wire said.", "According to the Port Post, it hurt nine.", 2),
        ("Officials said nine were hurt.", "Officials said it hurt nine.", 2),
    ],
)
def test_copies_and_those_who_cite_one_name_are_one_source(one: str, two: str, sources: int) -> None:
    assert count_sources([telling(one, "a"), telling(two, "b")]) == sources


def test_a_speaker_who_is_the_value_is_not_cited_for_it() -> None:
    quotes = ("He spoke, and Ida Moor said no.", "Later Ida Moor said yes.")
    assert (
        count_sources([telling(q, o, "Ida Moor", can_be_cited=False) for q, o in zip(quotes, "ab", strict=True)]) == 2
    )


def test_a_copy_of_two_sources_makes_them_one() -> None:
    one, two = telling("It hurt nine.", "a"), telling("Nine were hurt.", "b")
    both = Telling("Nine.", "Nine", frozenset("ab"))
    assert count_sources([one, two]) == 2
    assert count_sources([one, two, both]) == 1
