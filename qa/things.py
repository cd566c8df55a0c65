"""What a question speaks of: its names, its numbers and its other content words, as it writes them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, product

from index.contract import ArticleIndex
from index.terms import is_function_word
from qa.question import Question

_NUMBER_OR_WORD = re.compile(r"\d[\d,.]*\d(?![^\W_])|[^\W_]+")
_NEXT_WORD = re.compile(r"\s+([^\W_]+)")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")
_POSSESSIVE = re.compile(r"['’]s?(?:\s+|$)")
# Numbers with fewer are often spelled out, or stand in dates.
_DIGITS = 3
# Three numbers in a name, each written in three ways; a longer row of them is no name.
_MOST_SPELLINGS = 27
# What names the kind of answer rather than what is asked about; words of degree and order; titles; months, which are
# often shortened.
_SAYS_LITTLE = frozenset(
    "all also amount another approximately april august because believe besides best big biggest called current"
    " currently date dates day days december different dr else even ever every exactly february first former general"
    " good great here high highest january july june kind kinds known large largest last later latest like long"
    " longest low lowest made main mainly march may month months more most mr mrs ms name names need needs never new"
    " next november now number numbers october often old oldest one ones only other others own part parts people"
    " person persons place places reason reasons recent recently roughly same second september several since sir small"
    " sort still then there thing things third three time times top total two type types use used uses various very"
    " want wants way ways well without worst year years".split()
)
# A text may have another form of these, of which stems do not tell: "sent" for "send", "children" for "child".
_IRREGULAR = frozenset(
    "ate became become began begin begun bought break bring broke brought build built buy came catch caught child"
    " children choose chose come cut deal dealt did do does done draw drew drive drove eat fall feel feet fell felt"
    " fight find flew fly foot forget fought found gave get gets give given go goes going gone got grew grow half"
    " halves have hear heard held hid hide hit hold hurt keep kept knew know lead leaf leave leaves led left life"
    " lives lose lost made make makes man mean meant meet men met mice mouse paid pay put ran read ride rise rode rose"
    " run said sang sank sat saw say says see sell send sent set shake shoot shot show shut sing sink sit sleep slept"
    " sold speak spend spent spoke stand steal stole stood strike struck swam swim take taken takes taught teach teeth"
    " tell think thought threw throw told took tooth understand wear went wife win wives woman women won wore write"
    " wrote".split()
)

_Place = tuple[int, int, bool]


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that a question speaks of.

    Attributes:
        text: As the question writes it.
        words: The words of it that say something; a number is one word.
        spellings: The terms of it; for a number, those of each way to write it.
        is_name: Whether it is a name.
        has_article: Whether "the" stands before it.

    Example:
        >>> Thing("CSTO", ("CSTO",), (frozenset({"csto"}),), is_name=True, has_article=True).mention
        'the CSTO'
    """

    text: str
    words: tuple[str, ...]
    spellings: tuple[frozenset[str], ...]
    is_name: bool
    has_article: bool

    @property
    def mention(self) -> str:
        """How a sentence calls it: a name as it is, another word in quotation marks."""
        return f"{'the ' if self.has_article else ''}{self.text}" if self.is_name else f"“{self.text}”"


def things_of(question: Question, index: ArticleIndex) -> Iterator[Thing]:
    """What a question speaks of, each thing once, in the order of its words.

    Left out are its verbs, what it only chooses from ("which city"), and words that say little.

    Args:
        question: The question.
        index: The index, for its terms.

    Example:
        >>> from qa.corpus import open_corpus
        >>> from qa.question import read_question
        >>> index = open_corpus(None, None).index
        >>> [thing.text for thing in things_of(read_question("How many tanks did the CSTO send in 2022?"), index)]
        ['tanks', 'CSTO', '2022']
        >>> index.close()
    """
    asides = {term for word in question.asides for term in index.terms(word)}
    seen: set[frozenset[str]] = set()
    for start, end, is_name in _places(question):
        text = question.text[start:end]
        words = tuple(word for word in _NUMBER_OR_WORD.findall(text) if _says_something(word))
        forms = islice(product(*map(ways_to_write, words)), _MOST_SPELLINGS)
        spellings = tuple(frozenset(index.terms(" ".join(form))) for form in forms)
        if words and all(spellings) and spellings[0] not in seen and (is_name or not spellings[0] & asides):
            seen.add(spellings[0])
            has_article = question.text[:start].lower().endswith("the ")
            has_noun = has_article and not text.isupper() and _is_followed_by_noun(question, end)
            # A capital at the beginning makes no name, and "the Ottoman" is none without its noun.
            is_word = not is_name or (len(words) == 1 and not text.isupper() and (start == 0 or has_noun))
            yield Thing(text, words, spellings, not is_word, has_article and not has_noun)


def _places(question: Question) -> Iterator[_Place]:
    """The ranges of the names in a question, and of the words and numbers between them."""
    position = 0
    for name in question.names:
        start = question.text.index(name, position)
        yield from _words(question.text, position, start)
        position = start + len(name)
        # "Russia's", and "Microsoft's Windows", which is two names.
        while possessive := _POSSESSIVE.search(question.text, start, position):
            yield from _telling(question.text, start, possessive.start())
            start = possessive.end()
        yield from _telling(question.text, start, position)
    yield from _words(question.text, position, len(question.text))


def _telling(text: str, start: int, end: int) -> Iterator[_Place]:
    """The parts of a name that say something: of "January Ida Brandt" the last two words."""
    first = last = -1
    for match in _NUMBER_OR_WORD.finditer(text, start, end):
        if _says_something(match.group()):
            first, last = (match.start() if first < 0 else first), match.end()
        elif first >= 0 and not is_function_word(match.group().lower()):
            yield first, last, True
            first = -1
    if first >= 0:
        yield first, last, True


def _words(text: str, start: int, end: int) -> Iterator[_Place]:
    for match in _NUMBER_OR_WORD.finditer(text, start, end):
        yield match.start(), match.end(), False


def _is_followed_by_noun(question: Question, end: int) -> bool:
    """Whether the next word is neither a verb nor a function word, so that a name only tells which one is meant."""
    following = _NEXT_WORD.match(question.text, end)
    word = following[1].lower() if following else ""
    return bool(word) and not is_function_word(word) and word not in question.asides


def _says_something(word: str) -> bool:
    if len(word) < _DIGITS and (len(word) == 1 or word.isdecimal()):
        return False
    lower = word.lower()
    says_little = lower in _SAYS_LITTLE or lower in _IRREGULAR or is_function_word(lower)
    return not says_little and not _ORDINAL.fullmatch(lower)


def ways_to_write(word: str) -> tuple[str, ...]:
    """A word, and if it is a number, that with and without its commas, and as the decade that it begins.

    Example:
        >>> ways_to_write("2500"), ways_to_write("tanks")
        (('2500', '2,500', '2500s'), ('tanks',))
    """
    plain = word.replace(",", "")
    return (plain, f"{int(plain):,}", f"{plain}s") if plain.isdecimal() else (word,)
