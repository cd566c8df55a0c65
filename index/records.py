"""The records that travel through pullquote, from a file to a search hit.

Every range is ``[start, end)`` in characters of the article's ``text``, which is never rewritten.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Article:
    """One document.

    Attributes:
        id: A stable id made of the file's place in its folder and the record's place in the file: 16 hex digits.
        path: The absolute path of the file.
        title: The headline, or ``""`` where the article does not tell.
        publisher: Who published it, or ``""``.
        published: The day of publication, or None. Never the file's own date.
        url: Where it was published, or ``""``.
        text: For text files the file's decoded bytes, untouched; for HTML and JSON the text taken out of them.
        encoding: The encoding of the file: ``bytes.decode(encoding)`` gives the decoded file.

    Example:
        >>> Article("0123456789abcdef", "/news/a.txt", "", "", None, "", "Rain fell.", "utf-8").label
        'a.txt'
    """

    id: str
    path: str
    title: str
    publisher: str
    published: date | None
    url: str
    text: str
    encoding: str

    @property
    def label(self) -> str:
        """The title, or the file's name where there is none."""
        return self.title or Path(self.path).name


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """An article without its text, as it stands in a list of many.

    Attributes:
        id: The article's id.
        path: The absolute path of the file.
        title: The headline, or ``""`` where the article does not tell.
        publisher: Who published it, or ``""``.
        published: The day of publication, or None.
        length: How many characters its text has.

    Example:
        >>> CatalogueEntry("0123456789abcdef", "/news/a.txt", "", "", None, 10).label
        'a.txt'
    """

    id: str
    path: str
    title: str
    publisher: str
    published: date | None
    length: int

    @property
    def label(self) -> str:
        """The title, or the file's name where there is none."""
        return self.title or Path(self.path).name


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file, or a record in a file, that could not be read.

    Attributes:
        path: The file, and the line where it is one record of many (``"dump.jsonl:17"``).
        reason: Why, as a few words.

    Example:
        >>> Skipped("dump.jsonl:17", "no text in it").reason
        'no text in it'
    """

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """The unit that is quoted: the range ``[start, end)`` of its article's text.

    Example:
        >>> text, sentence = "Rain fell. Owls hid.", Sentence(11, 20)
        >>> text[sentence.start : sentence.end]
        'Owls hid.'
    """

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Taken:
    """An article as it goes into the index.

    Attributes:
        article: The article, with what its text tells of its title, publisher and day.
        sentences: What of it can be quoted, in the order of the text; at least one.

    Example:
        >>> article = Article("0123456789abcdef", "/news/a.txt", "", "", None, "", "Rain fell.", "utf-8")
        >>> taken = Taken(article, (Sentence(0, 10),))
        >>> [article.text[sentence.start : sentence.end] for sentence in taken.sentences]
        ['Rain fell.']
    """

    article: Article
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit that is embedded and searched: a window of whole sentences.

    Attributes:
        id: The stable 64-bit id that FAISS, Tantivy and SQLite share.
        article: The row of its article in the store.
        sentences: Its sentences, in the order of the text; at least one.

    Example:
        >>> passage = Passage(7, article=1, sentences=(Sentence(0, 10), Sentence(11, 20)))
        >>> len(passage.sentences)
        2
    """

    id: int
    article: int
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage with its scores for one question.

    Attributes:
        passage: The passage found.
        score: The fused score that hits are ranked by; higher is better.
        dense: Cosine similarity of the question and the passage, or None where the dense search did not reach it.
        lexical: BM25 score, or None where the lexical search did not reach it.

    Example:
        >>> hit = Hit(Passage(7, 1, (Sentence(0, 10),)), score=0.9, dense=0.8, lexical=None)
        >>> hit.passage.id, hit.lexical is None
        (7, True)
    """

    passage: Passage
    score: float
    dense: float | None
    lexical: float | None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a long piece of work is.

    Attributes:
        stage: What is being done, for a person: ``"Reading articles"``.
        done: Units done.
        total: Units in all; 0 where that is not known.

    Example:
        >>> progress = Progress("Reading articles", done=3, total=4)
        >>> f"{progress.stage}: {progress.done}/{progress.total}"
        'Reading articles: 3/4'
    """

    stage: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class UpdateReport:
    """What one update of an index did.

    Attributes:
        added: Files that are new.
        changed: Files whose content changed.
        removed: Files that are gone.
        unchanged: Files that were left alone.
        articles: Articles in the index now.
        passages: Passages in the index now.
        encoded: Texts that this update ran through the embedding model; new passages of the same words are one text.
        skipped: Files and records that could not be read.
        notes: What was made again or otherwise than before, one sentence each.

    Example:
        >>> report = UpdateReport(1, 0, 0, unchanged=2, articles=3, passages=5, encoded=2, skipped=())
        >>> report.added, report.encoded
        (1, 2)
    """

    added: int
    changed: int
    removed: int
    unchanged: int
    articles: int
    passages: int
    encoded: int
    skipped: tuple[Skipped, ...]
    notes: tuple[str, ...] = ()
