"""The chain of scores that leads from a question to a sentence."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Scores:
    """Why a sentence stands where it stands; None where a step did not reach it.

    Attributes:
        passage_rank: The rank of its passage in the fused search, from 1.
        lexical: BM25 score of its passage.
        dense: Cosine of the question and its passage.
        fused: Fused retrieval score of its passage, 0 to 1.
        span: What the reader gives the best span in the sentence: the log-odds of that span against "not in this
            passage".
        null: The probability that its passage does not answer, 0 to 1, by the reader alone.
        coverage: The share of the question's terms, by inverse document frequency, in the sentence and around it.
        strength: What the sentences of one question are ranked by; a logit.

    Example:
        >>> Scores(passage_rank=1, lexical=9.5, dense=0.7, fused=1.0, strength=2.5).to_dict()["span"] is None
        True
    """

    passage_rank: int
    lexical: float | None
    dense: float | None
    fused: float
    strength: float
    span: float | None = None
    null: float | None = None
    coverage: float | None = None

    def to_dict(self) -> dict[str, float | None]:
        """The scores in plain JSON types, rounded."""
        return {name: None if value is None else round(value, 4) for name, value in asdict(self).items()}
