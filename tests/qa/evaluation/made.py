"""Outcomes made by hand and by hypothesis."""

from hypothesis import strategies as st

from qa.evaluation.outcomes import Outcome
from qa.evaluation.questions import GoldQuestion

WORDS = st.sampled_from(["the owls", "Owls", "2,500", "about 2,500 owls", "a", "–", "?", "Karn"])


def outcome(
    rank: int = 1,
    *,
    answerable: bool = True,
    answered: bool = True,
    confidence: float = 0.5,
    span: str = "",
    ms: float = 10.0,
    name: str = "q",
) -> Outcome:
    """An outcome of the question "Who?", whose accepted answer is "owls"."""
    gold = GoldQuestion(name, "Who?", ("owls",) if answerable else ())
    return Outcome(gold, rank, answered, confidence, quote="Owls hid.", span=span, source="Owls", ms=ms)


@st.composite
def outcomes(draw: st.DrawFn) -> Outcome:
    """Any outcome that an evaluation can have: a question without answers has no right sentence."""
    answers = draw(st.lists(WORDS, max_size=2))
    return Outcome(
        GoldQuestion(draw(st.text(max_size=3)), draw(st.text(max_size=9)), tuple(answers)),
        rank=draw(st.integers(0, 10)) if answers else 0,
        answered=draw(st.booleans()),
        confidence=draw(st.integers(0, 10_000)) / 10_000,
        quote=draw(st.text(max_size=9)),
        span=draw(WORDS | st.just("")),
        source=draw(st.text(max_size=9)),
        ms=draw(st.integers(0, 10**7)) / 10_000,
        scores=draw(st.none() | st.just({"passage_rank": 1, "span": None, "strength": -0.25})),
    )


def evaluations(least: int = 1) -> st.SearchStrategy[list[Outcome]]:
    """The outcomes of an evaluation."""
    return st.lists(outcomes(), min_size=least, max_size=30)
