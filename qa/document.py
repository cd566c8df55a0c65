"""The document of an answer, as it was kept: values are taken out of it by what they must be."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from index.errors import HistoryError
from index.records import Article

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Words:
    """Words of an article, and the place where they stood.

    Attributes:
        start: Where they began in the article's text.
        end: Where they ended, exclusive.
        text: The words.

    Example:
        >>> article = Article("0123456789abcdef", "/news/a.txt", "", "", None, "", "Rain fell. Owls hid.", "utf-8")
        >>> Words(11, 20, "Owls hid.").stand_in(article)
        True
    """

    start: int
    end: int
    text: str

    def stand_in(self, article: Article) -> bool:
        """Whether they stand at this place of an article."""
        return article.text[self.start : self.end] == self.text


class Document:
    """A JSON object. What is missing or not what it must be raises ``HistoryError``.

    Example:
        >>> Document({"score": 0.8}).share("score")
        0.8
        >>> Document({"score": "high"}).share("score")
        Traceback (most recent call last):
        index.errors.HistoryError: This past answer cannot be shown: its “score” is missing or wrong. To fix it, \
ask the question again.
    """

    def __init__(self, value: object) -> None:
        """Take the object."""
        if not isinstance(value, Mapping):
            raise misfit("an object")
        self._values = value

    def text(self, key: str) -> str:
        """A text."""
        return self._take(key, str)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        texts = tuple(self._take(key, list))
        if not all(isinstance(text, str) for text in texts):
            raise misfit(key)
        return texts

    def one_of(self, key: str, choices: Sequence[_T]) -> _T:
        """One of some values."""
        for choice in choices:
            if choice == self._values.get(key):
                return choice
        raise misfit(key)

    def whole(self, key: str) -> int:
        """A whole number from 0."""
        value = self._take(key, int)
        if value < 0:
            raise misfit(key)
        return value

    def number(self, key: str) -> float:
        """A number, neither infinite nor NaN."""
        value = self._values.get(key)
        if not isinstance(value, int | float) or isinstance(value, bool) or not abs(value) <= sys.float_info.max:
            raise misfit(key)
        return float(value)

    def number_or_none(self, key: str) -> float | None:
        """A number, or None."""
        return None if self.is_none(key) else self.number(key)

    def share(self, key: str) -> float:
        """A number from 0 to 1."""
        value = self.number(key)
        if not 0 <= value <= 1:
            raise misfit(key)
        return value

    def citations(self, key: str, count: int) -> tuple[int, ...]:
        """A list of numbers from 1 to ``count``."""
        numbers = tuple(self._take(key, list))
        if not all(type(number) is int and 1 <= number <= count for number in numbers):
            raise misfit(key)
        return numbers

    def words(self, key: str, start: str, end: str) -> Words:
        """Words of an article; the other keys hold where they begin and end."""
        words = Words(self.whole(start), self.whole(end), self.text(key))
        if words.end - words.start != len(words.text):
            raise misfit(key)
        return words

    def days(self, key: str) -> tuple[date, date]:
        """The first and the last of some days, as ``2022-01-03/2022-01-09``, or ``2022-01-07`` for one day."""
        first, _, last = self.text(key).partition("/")
        try:
            return date.fromisoformat(first), date.fromisoformat(last or first)
        except ValueError as error:
            raise misfit(key) from error

    def day_or_none(self, key: str) -> date | None:
        """A day, or None."""
        return None if self.is_none(key) else self.days(key)[0]

    def is_none(self, key: str) -> bool:
        """Whether the value is there and is None."""
        return key in self._values and self._values[key] is None

    def part(self, key: str) -> "Document":
        """An object."""
        return Document(self._values.get(key))

    def parts(self, key: str) -> "tuple[Document, ...]":
        """A list of objects."""
        return tuple(Document(value) for value in self._take(key, list))

    def _take(self, key: str, kind: type[_T]) -> _T:
        value = self._values.get(key)
        # To Python, true and false are whole numbers.
        if not isinstance(value, kind) or isinstance(value, bool):
            raise misfit(key)
        return value


def misfit(key: str) -> HistoryError:
    """The error for a document that is no answer.

    Args:
        key: What is missing in it, or is not what it must be.

    Example:
        >>> misfit("quote").why
        'its “quote” is missing or wrong'
    """
    why = f"its “{key}” is missing or wrong"
    return HistoryError("This past answer cannot be shown", why, "ask the question again")
