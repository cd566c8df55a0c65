"""When a quote or a span is right: it is compared with the accepted answers of its question."""

import re
import string
from collections import Counter
from collections.abc import Sequence

_QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"'})
_NO_PUNCTUATION = str.maketrans("", "", string.punctuation)
_ARTICLES = frozenset({"a", "an", "the"})


def is_right(quote: str, answers: Sequence[str]) -> bool:
    """Whether a quote holds an accepted answer: case, white space and the shape of quotation marks do not count.

    A number must stand there as a whole.

    Example:
        >>> is_right("It has ‘about 2,500’ members", ["About 2,500"]), is_right("It has 12,500 members", ["2,500"])
        (True, False)
    """
    text = _folded(quote)
    return any(re.search(_whole_numbers(answer), text) is not None for answer in map(_folded, answers) if answer)


def span_exact(span: str, answers: Sequence[str]) -> bool:
    """Whether a span has the same words as an accepted answer, as SQuAD counts it.

    Case, punctuation and the articles "a", "an" and "the" do not count (Rajpurkar et al., "SQuAD: 100,000+ Questions
    for Machine Comprehension of Text", 2016), and curly quotation marks count as straight ones.

    Example:
        >>> span_exact("the “Barn Owl”", ["Barn owl"]), span_exact("a young barn owl", ["Barn owl"])
        (True, False)
    """
    words = words_compared(span)
    return bool(words) and any(words == words_compared(answer) for answer in answers)


def span_f1(span: str, answers: Sequence[str]) -> float:
    """The F1 of the words of a span against those of the accepted answer that it is nearest to, 0 to 1.

    Words are compared as in ``span_exact``.

    Example:
        >>> round(span_f1("a young barn owl", ["Barn owl", "owls"]), 2)
        0.8
    """
    return max((_f1(words_compared(span), words_compared(answer)) for answer in answers), default=0.0)


def words_compared(text: str) -> list[str]:
    """The words of a text that count: lower case, without punctuation and articles, unless there are only articles.

    Example:
        >>> words_compared("The mayor’s 2,500 owls"), words_compared("A")
        (['mayors', '2500', 'owls'], ['a'])
    """
    words = text.translate(_QUOTES).lower().translate(_NO_PUNCTUATION).split()
    return [word for word in words if word not in _ARTICLES] or words


def _f1(found: Sequence[str], accepted: Sequence[str]) -> float:
    common = sum((Counter(found) & Counter(accepted)).values())
    return 2 * common / (len(found) + len(accepted)) if common else 0.0


def _whole_numbers(answer: str) -> str:
    """The pattern of an answer that does not begin or end within a longer number."""
    before = r"(?<!\d)(?<!\d[.,])" if answer[0].isdigit() else ""
    after = r"(?![.,]?\d)" if answer[-1].isdigit() else ""
    return f"{before}{re.escape(answer)}{after}"


def _folded(text: str) -> str:
    return re.sub(r"\s+", " ", text.translate(_QUOTES)).casefold().strip()
