"""What a text is searched by: its terms, and which of its words count."""

import re
from functools import lru_cache
from typing import Any

_WORD = re.compile(r"[^\W_]+")
_WORDS_REMEMBERED = 50_000

# Function words say nothing about which passage is meant; the words of questions least of all.
_STOP_WORDS = frozenset(
    re.findall(
        r"\w+",
        """
        a about am an and any are as at be been being but by can could did do does doing done for from had has
        have having he her hers him his how i if in into is it its just many may me might more most much must my
        no not of on or our out over shall she should so some such than that the their them then there these
        they this those to too under up us was we were what when where which while who whom whose why will with
        would you your according s t ve re ll d m don doesn didn isn wasn weren aren won wouldn couldn shouldn
        hasn haven hadn across after against along amid among around before behind below between beyond despite
        down during except inside near off onto outside per since through throughout toward towards until upon via
        within without
        """,
    )
)


def analyzer() -> Any:
    """The analysis of text into terms: words, lower case, accents folded, English stems.

    Example:
        >>> analyzer().analyze("The mayors' 2,500 cafés")
        ['the', 'mayor', '2', '500', 'cafe']
    """
    from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

    builder = TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.remove_long(40)).filter(Filter.lowercase())
    return builder.filter(Filter.ascii_fold()).filter(Filter.stemmer("english")).build()


def content_words(text: str) -> list[str]:
    """The words of a question that can be searched for, without function words; all words if there are no others.

    Example:
        >>> content_words("How many troops did the CSTO send?")
        ['troops', 'csto', 'send']
    """
    words = "".join(character if character.isalnum() else " " for character in text.lower()).split()
    return [word for word in words if word not in _STOP_WORDS] or words


def is_function_word(word: str) -> bool:
    """Whether a word, in lower case, says nothing about what is meant.

    Example:
        >>> is_function_word("which"), is_function_word("troops")
        (True, False)
    """
    return word in _STOP_WORDS


class Terms:
    """The terms of texts, with those of the last words kept at hand.

    Attributes:
        analyzer: The analysis, as Tantivy takes it.

    Example:
        >>> Terms()("The mayors of Oslen")
        ['the', 'mayor', 'of', 'oslen']
    """

    def __init__(self) -> None:
        """Make the analysis."""
        self.analyzer = analyzer()
        self._terms_of_word = lru_cache(maxsize=_WORDS_REMEMBERED)(self.analyzer.analyze)

    def __call__(self, text: str) -> list[str]:
        """The terms of a text, in its order."""
        return [term for word in _WORD.findall(text) for term in self._terms_of_word(word)]

    def of_question(self, question: str) -> list[str]:
        """The terms of a question's content words, in its order."""
        return self(" ".join(content_words(question)))
