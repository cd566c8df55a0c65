"""Names that a question spells otherwise than the articles do."""

import re

from index.contract import ArticleIndex
from index.terms import is_function_word
from qa.question import Question, read_question

# Places that changed their name, or its usual English spelling; each line holds the names of one.
_RENAMED = """
    Kyiv Kiev|Kharkiv Kharkov|Lviv Lvov|Odesa Odessa|Chernobyl Chornobyl|Dnipro Dnepropetrovsk|Mykolaiv Nikolaev
    |Beijing Peking|Mumbai Bombay|Kolkata Calcutta|Chennai Madras|Bengaluru Bangalore|Myanmar Burma|Yangon Rangoon
    |Türkiye Turkey|Turkiye Turkey|Czechia Czech|Eswatini Swaziland|Astana Nursultan|Almaty Alma-Ata|Tehran Teheran
    |Guangzhou Canton|Thessaloniki Salonica|Belarus Belorussia|Moldova Moldavia|Kyrgyzstan Kirghizia|Gdansk Danzig
"""
_OTHER_NAMES: dict[str, tuple[str, ...]] = {
    name: tuple(other for other in line.split() if other != name)
    for line in _RENAMED.split("|")
    for name in line.split()
}
_WORD = re.compile(r"[^\W\d_]{3,}")


def as_articles_spell(question: Question, index: ArticleIndex) -> tuple[Question, tuple[str, ...]]:
    """A question with the names that no article has, as the articles spell them.

    A word that an article has is left alone, and so is one to which no name in the articles is close.

    Args:
        question: The question.
        index: The index.

    Returns:
        The question, the same one where nothing changes, and one note for each name that was exchanged.

    Example:
        >>> from qa.corpus import open_corpus
        >>> index = open_corpus(None, None).index
        >>> as_articles_spell(read_question("Who is the president of Kazakhstan?"), index)[1]
        ()
        >>> index.close()
    """
    text = question.text
    notes = []
    for word in dict.fromkeys(_WORD.findall(" ".join(question.names) or _without_capitals(text))):
        other = _other_spelling(word, index)
        if other:
            text = re.sub(rf"\b{re.escape(word)}\b", other, text)
            notes.append(f"No article mentions “{word}”: “{other}” was taken for it.")
    return (read_question(text), tuple(notes)) if notes else (question, ())


def _without_capitals(text: str) -> str:
    """A question that is typed without capitals, as in a chat, so that any word may be a name; else nothing."""
    return " ".join(word for word in text.split() if not is_function_word(word)) if text[1:].islower() else ""


def _other_spelling(word: str, index: ArticleIndex) -> str:
    """A name that the articles have in place of one that they lack; ``""`` where there is none or no need."""
    if index.has(word):
        return ""
    renamed = [name for name in _OTHER_NAMES.get(word.capitalize(), ()) if index.has(name)]
    return next(iter(renamed or index.spellings(word)), "")
