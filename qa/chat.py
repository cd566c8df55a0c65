"""Asking: ``ask()`` for one question, ``Chat`` for many over the same articles."""

import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from index.fusion import FusionSettings
from index.records import Progress
from qa.answer import Answer, Occurrence
from qa.assembly import assemble
from qa.corpus import Corpus, CorpusInfo, locate, open_corpus
from qa.days import check_days
from qa.evidence import gather
from qa.missing import missing
from qa.question import read_question
from qa.reading import Reader
from qa.terminal import show_corpus

PASSAGES_READ = 7
EVIDENCE_SHOWN = 5
REFUSAL_THRESHOLD = 0.2

# The one cache of the package: opened articles, by their path and that of their index, for the life of the process.
# It lets a second ask() over the same articles cost milliseconds.
_OPENED: dict[tuple[Path, Path], "Chat"] = {}
_OPENING = threading.Lock()


class Chat:
    """Some articles, held open for one question after another.

    Each question is asked as it stands. Nothing is read or loaded before the first question, or before ``open()``.

    Example:
        >>> chat = Chat()
        >>> chat.ask("How many troops did the CSTO send?").status
        'answered'
    """

    def __init__(
        self,
        articles: str | Path | None = None,
        index: str | Path | None = None,
        *,
        reader: Reader | str | Path | None = None,
        fusion: FusionSettings | None = None,
        threshold: float = REFUSAL_THRESHOLD,
    ) -> None:
        """Name the articles.

        Args:
            articles: A folder or a file; None stands for the bundled sample articles.
            index: The index directory; None stands for one in the user's cache.
            reader: What scores sentences, or the folder of a reader that was trained; None stands for the bundled one.
            fusion: How dense and lexical search are weighed; None stands for the measured defaults.
            threshold: The confidence below which an answer is refused, 0 to 1.
        """
        self._articles = articles
        self._index_folder = index
        self._reader = reader
        self._fusion = fusion
        self._threshold = threshold
        self._corpus: Corpus | None = None

    def open(self, report: Callable[[Progress], None] | None = None) -> CorpusInfo:
        """Build the index or bring it up to date, and load it; done by the first question if not before.

        Args:
            report: Called with the progress of long work.

        Raises:
            PullquoteError: The articles, the index or the model cannot be used.
        """
        if self._corpus is None:
            self._corpus = open_corpus(self._articles, self._index_folder, report, self._fusion)
        return self._corpus.info

    def ask(
        self, question: str, *, top: int = EVIDENCE_SHOWN, since: date | None = None, until: date | None = None
    ) -> Answer:
        """Answer a question by quoting the articles.

        Args:
            question: The question, in English.
            top: How many sentences of evidence are returned, at most.
            since: The first day of publication that counts; undated articles are then left out.
            until: The last one.

        Returns:
            The answer. ``status`` is ``"not_found"`` where no sentence answers with enough confidence.

        Raises:
            QuestionError: The question has no word, or far too many.
            UsageError: ``since`` is after ``until``, or one is no date.
            PullquoteError: The articles, the index or the model cannot be used.
        """
        # Half a character, as a mangled command line may hold, cannot be encoded.
        asked = read_question(question.encode("utf-8", "replace").decode("utf-8"))
        since, until = check_days(since, until)
        self.open()
        assert self._corpus is not None
        index = self._corpus.index
        result = index.search(asked.text, PASSAGES_READ, since, until)
        reading = self._loaded_reader().read(asked, result, index)

        def repeats(quote: str) -> Iterator[Occurrence]:
            for article, sentence in index.repeats(quote):
                if _is_between(article.published, since, until):
                    yield Occurrence(article, sentence.start, sentence.end)

        gathered = gather(reading.sentences, max(1, top), repeats)
        evidence, parts = assemble(asked, gathered, reading.sentences, index, self._threshold)
        found = bool(evidence) and reading.confidence >= self._threshold
        notes: tuple[str, ...] = ()
        if (since or until) and not result.hits:
            notes = ("No article with a known date of publication lies in this range of dates.",)
        return Answer(
            question=asked.text,
            status="answered" if found else "not_found",
            confidence=reading.confidence,
            evidence=evidence,
            notes=notes,
            parts=parts,
            missing="" if found else missing(asked, evidence, index),
        )

    def close(self) -> None:
        """Let go of the index."""
        if self._corpus is not None:
            self._corpus.index.close()
            self._corpus = None

    def _loaded_reader(self) -> Reader:
        if self._reader is None or isinstance(self._reader, str | Path):
            from qa.span_model import BUNDLED
            from qa.span_reader import SpanReader

            self._reader = SpanReader(Path(self._reader or BUNDLED))
        return self._reader


def ask(
    question: str,
    articles: str | Path | None = None,
    *,
    index: str | Path | None = None,
    top: int = EVIDENCE_SHOWN,
    since: date | None = None,
    until: date | None = None,
) -> Answer:
    """Answer one question by quoting articles.

    The first call builds the index of the articles or brings it up to date; later calls in the same process use it as
    it was then opened.

    Args:
        question: The question, in English.
        articles: A folder or a file; None stands for the bundled sample articles, which is said on stderr.
        index: The index directory; None stands for one in the user's cache.
        top: How many sentences of evidence are returned, at most.
        since: The first day of publication that counts; undated articles are then left out.
        until: The last one.

    Raises:
        QuestionError: The question has no word, or far too many.
        UsageError: ``since`` is after ``until``, or one is no date.
        PullquoteError: The articles, the index or the model cannot be used.

    Example:
        >>> answer = ask("How many troops did the CSTO send?")
        >>> evidence = answer.evidence[0]
        >>> evidence.article.text[evidence.start:evidence.end] == evidence.quote
        True
    """
    # What cannot be asked is told before an index is built for it.
    read_question(question)
    check_days(since, until)
    with _OPENING:
        place = locate(articles, index)
        if place not in _OPENED:
            chat = Chat(articles, index)
            show_corpus(chat.open())
            _OPENED[place] = chat
    return _OPENED[place].ask(question, top=top, since=since, until=until)


def _is_between(day: date | None, since: date | None, until: date | None) -> bool:
    if since is None and until is None:
        return True
    return day is not None and (since or date.min) <= day <= (until or date.max)
