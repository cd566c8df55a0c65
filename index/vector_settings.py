"""When vectors are searched approximately, and how well."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class VectorSettings:
    """When vectors are sorted into lists, and how well they must then be found, with defaults that were measured.

    Attributes:
        exact: The most vectors that a question is compared with one by one (docs/decisions).
        recall: The share of the passages nearest to a sentence that must be found. Of those nearest to a question,
            about half as many are then missed.
        depth: How many nearest passages that share is measured with.
        questions: How many questions it is measured with.
        sample: How many vectors are drawn for each list, to find the centres of the lists.

    Example:
        >>> VectorSettings().exact
        50000
    """

    exact: int = 50_000
    recall: float = 0.94
    depth: int = 50
    questions: int = 200
    sample: int = 48

    def lists(self, count: int) -> int:
        """Into how many lists this many vectors are sorted; 0 where a question is compared with all of them.

        Example:
            >>> VectorSettings().lists(50_000), VectorSettings().lists(1_000_000)
            (0, 2000)
        """
        return 0 if count <= self.exact else max(1, round(2 * count**0.5))
