"""What SQLite knows of words: each that stands in an article, so that none need be looked for in all texts."""

import hashlib
import re

from index.database import Database

# From the first letter or digit of what stands between spaces to the last one.
_WORD = re.compile(r"[^\W_](?:\S*[^\W_])?")
# Where there are no spaces, a whole paragraph is one word: it is kept in pieces, and half a piece can be looked for.
_LONGEST = 80
_OVERLAP = 40

_SCHEMA = "CREATE TABLE IF NOT EXISTS words (word TEXT PRIMARY KEY, articles INTEGER NOT NULL) WITHOUT ROWID"
_ONE_MORE = "INSERT INTO words VALUES (?, 1) ON CONFLICT DO UPDATE SET articles = articles + 1"
_ONE_LESS = "UPDATE words SET articles = articles - 1 WHERE word = ?"


class WordStore(Database):
    """The part of the store that tells whether some letters stand in an article.

    Example:
        >>> import tempfile
        >>> from contextlib import closing
        >>> from pathlib import Path
        >>> with tempfile.TemporaryDirectory() as folder, closing(WordStore(Path(folder), create=True)) as store:
        ...     with store.writing():
        ...         store.make_tables()
        ...         store.add_words("The weather varied.")
        ...     with store.reading():
        ...         store.texts_hold("Vari"), store.texts_hold("snow")
        (True, False)
    """

    def make_tables(self) -> None:
        """Make the tables that are not there, as a part of the transaction."""
        super().make_tables()
        self._connection.execute(_SCHEMA)

    def texts_hold(self, letters: str) -> bool:
        """Whether some letters stand in the words of the articles' texts, whatever their case.

        Where there is more than one word, each is looked for on its own.
        """
        query = "SELECT EXISTS (SELECT 1 FROM words WHERE instr(word, ?))"
        return all(
            self._connection.execute(query, (word[:_OVERLAP],)).fetchone()[0]
            for word in _WORD.findall(letters.casefold())
        )

    def words_fit(self) -> bool:
        """Whether the words are those of the texts.

        The sum of a number for each word of each article is compared with the sum over all words, each as often as it
        is counted: so none of them need be kept in memory.
        """
        texts = self._connection.execute("SELECT text FROM articles")
        in_texts = sum(_number_of(word) for (text,) in texts for (word,) in _words(text))
        counted = self._connection.execute("SELECT word, articles FROM words")
        return in_texts == sum(_number_of(word) * int(count) for word, count in counted)

    def add_words(self, text: str) -> None:
        """Add the words of an article."""
        self._connection.executemany(_ONE_MORE, _words(text))

    def remove_words_of_file(self, path: str) -> None:
        """Remove the words of every article in a file."""
        for (text,) in self._connection.execute("SELECT text FROM articles WHERE file = ?", (path,)).fetchall():
            words = _words(text)
            self._connection.executemany(_ONE_LESS, words)
            self._connection.executemany("DELETE FROM words WHERE word = ? AND articles = 0", words)

    def count_words_anew(self) -> None:
        """Take the words from the texts of all articles."""
        self.clear_words()
        for (text,) in self._connection.execute("SELECT text FROM articles"):
            self.add_words(text)

    def clear_words(self) -> None:
        """Remove every word."""
        self._empty("words")


def _number_of(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def _words(text: str) -> list[tuple[str]]:
    """The words of a text, each once, as rows."""
    words = set(_WORD.findall(text.casefold()))
    for word in [word for word in words if len(word) > _LONGEST]:
        words.remove(word)
        words.update(word[begin : begin + _LONGEST] for begin in range(0, len(word) - _OVERLAP, _OVERLAP))
    # In order, neighbours in the table are written together.
    return [(word,) for word in sorted(words)]
