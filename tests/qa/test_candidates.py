import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.candidates import candidates
from qa.question import Kind


def words(sentence: str, kind: Kind) -> list[str]:
    return [sentence[start:end] for start, end in candidates(sentence, kind)]


@pytest.mark.parametrize(
    ("sentence", "kind", "found"),
    [
        ("Some 412 drivers left.", Kind.NUMBER, ["Some 412"]),
        ("It cost £5 and took fourteen weeks.", Kind.NUMBER, ["£5", "fourteen"]),
        ("It grew by 3.5 percent.", Kind.NUMBER, ["3.5 percent"]),
        ("It cost $1.2 billion.", Kind.NUMBER, ["$1.2 billion"]),
        ("It opened on 9 June 2021.", Kind.NUMBER, []),
        ("It opened on 9 June 2021.", Kind.DATE, ["9 June 2021"]),
        ("It opened on June 9, 2021, at noon.", Kind.DATE, ["June 9, 2021"]),
        ("It opened last week.", Kind.DATE, ["last week"]),
        ("It rained.", Kind.DATE, []),
        ("The engineer, Tomas Veld, said so.", Kind.PERSON, ["Tomas Veld"]),
        ("Mayor Ida Brandt spoke.", Kind.PERSON, ["Mayor Ida Brandt"]),
        ("The market has moved to Bramford.", Kind.PLACE, ["Bramford"]),
        ("The ship is called “Grey Gull” now.", Kind.NAME, ["Grey Gull", "Grey Gull"]),
        ("Tomas Veld left for Bramford on Monday.", Kind.REASON, []),
        ("Tomas Veld left for Bramford on Monday.", Kind.OTHER, []),
    ],
)
def test_words_of_the_kind_asked_for_are_found(sentence: str, kind: Kind, found: list[str]) -> None:
    assert words(sentence, kind) == found


PIECES = [
    "Tomas ",
    "Veld",
    "12",
    ",",
    ". ",
    "half ",
    "$",
    "on Monday ",
    "5 May ",
    "2021",
    "“",
    "”",
    "the ",
    "of ",
    "\n",
    "-",
    "%",
]


@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map("".join)), st.sampled_from(list(Kind)))
def test_every_candidate_is_a_range_of_the_sentence(sentence: str, kind: Kind) -> None:
    for start, end in candidates(sentence, kind):
        assert 0 <= start < end <= len(sentence)
        assert sentence[start:end].strip()


@pytest.mark.parametrize("piece", ["A ", "A-", "1,", "1 ", "about ", "Jan ", "“a", "of the ", "A of the ", "$"])
@pytest.mark.parametrize("kind", list(Kind))
def test_a_long_sentence_takes_no_longer_than_it_must(piece: str, kind: Kind) -> None:
    sentence = (piece * 1_000)[:1_000]
    assert len(candidates(sentence, kind)) <= 1_000
