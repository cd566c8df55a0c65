from dataclasses import fields

from hypothesis import given
from hypothesis import strategies as st

from qa.scores import Scores

number = st.floats(-100, 100)
scores = st.builds(
    Scores,
    passage_rank=st.integers(1, 100),
    lexical=st.none() | number,
    dense=st.none() | number,
    fused=number,
    strength=number,
    span=st.none() | number,
    null=st.none() | number,
    coverage=st.none() | number,
)


@given(scores)
def test_the_document_holds_every_score_rounded_to_four_places(chain: Scores) -> None:
    document = chain.to_dict()
    assert list(document) == [field.name for field in fields(Scores)]
    for name, value in document.items():
        kept = getattr(chain, name)
        assert (value is None) == (kept is None)
        assert value is None or (value == round(value, 4) and abs(value - kept) <= 0.00005001)


def test_what_a_step_did_not_reach_is_none() -> None:
    chain = Scores(passage_rank=2, lexical=None, dense=0.123456, fused=1.0, strength=-2.5)
    assert chain.to_dict() == {
        "passage_rank": 2,
        "lexical": None,
        "dense": 0.1235,
        "fused": 1.0,
        "strength": -2.5,
        "span": None,
        "null": None,
        "coverage": None,
    }
