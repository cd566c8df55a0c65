"""Asking: ``ask()`` for one question, ``Chat`` for a conversation over the same articles."""

import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from index.fusion import FusionSettings
from index.records import Progress
from qa.answer import Answer
from qa.corpus import Corpus, CorpusInfo, locate, open_corpus
from qa.days import check_days
from qa.garbage import give_back_memory
from qa.question import Question, read_question
from qa.reading import Reader
from qa.terminal import show_corpus

if TYPE_CHECKING:
    from qa.followup.conversation import Turn

EVIDENCE_SHOWN = 5
REFUSAL_THRESHOLD = 0.25
TURNS_REMEMBERED = 4

# The one cache of the package: opened articles, by their path and that of their index, for the life of the process.
# It lets a second ask() over the same articles cost milliseconds.
_OPENED: dict[tuple[Path, Path], "Chat"] = {}
_OPENING = threading.Lock()


class Chat:
    """Some articles, held open for one question after another, which may refer to the ones before.

    Nothing is read or loaded before the first question, or before ``open()``.

    Example:
        >>> chat = Chat()
        >>> chat.ask("How many troops did the CSTO send?").status
        'answered'
        >>> chat.ask("When?").resolved_question
        'When did the CSTO send troops?'
    """

    def __init__(
        self,
        articles: str | Path | None = None,
        index: str | Path | None = None,
        *,
        reader: Reader | str | Path | None = None,
        fusion: FusionSettings | None = None,
        threshold: float = REFUSAL_THRESHOLD,
        remembered: int = TURNS_REMEMBERED,
        ray: str | None = None,
    ) -> None:
        """Name the articles.

        Args:
            articles: A folder or a file; None stands for the bundled sample articles.
            index: The index directory; None stands for one in the user's cache.
            reader: What scores sentences, or the folder of a reader that was trained; None stands for the bundled one.
            fusion: How dense and lexical search are weighed; None stands for the measured defaults.
            threshold: The confidence below which an answer is refused, 0 to 1.
            remembered: How many of the last questions a follow-up may refer to; 0 asks each question as it stands.
            ray: Where each shard of an index of several is updated and asked: ``"local"`` for worker processes on this
                machine, or the address of a Ray cluster; None stands for this process.
        """
        self._articles = articles
        self._index_folder = index
        self._reader = reader
        self._fusion = fusion
        self._threshold = threshold
        self._ray = ray
        self._corpus: Corpus | None = None
        self._turns: deque[Turn] = deque(maxlen=remembered)

    def open(self, report: Callable[[Progress], None] | None = None) -> CorpusInfo:
        """Build the index or bring it up to date, and load it; done by the first question if not before.

        Args:
            report: Called with the progress of long work.

        Raises:
            PullquoteError: The articles, the index or the model cannot be used.
        """
        if self._corpus is None:
            with ThreadPoolExecutor(1) as beside:
                # Loading the network leaves Python to the rest meanwhile.
                loading = beside.submit(self._loaded_reader)
                from qa.answering import Answerer

                corpus = open_corpus(self._articles, self._index_folder, report, self._fusion, ray=self._ray)
                try:
                    self._answerer = Answerer(corpus.index, loading.result(), self._threshold)
                except BaseException:
                    corpus.index.close()
                    raise
            self._corpus = corpus
        return self._corpus.info

    def ask(
        self, question: str, *, top: int = EVIDENCE_SHOWN, since: date | None = None, until: date | None = None
    ) -> Answer:
        """Answer a question by quoting the articles.

        What it leaves out or refers to is first put in from the last questions and their answers; the answer then tells
        the question that was asked as ``resolved_question``. What cannot be put in is told in its notes.

        Args:
            question: The question, in English.
            top: How many sentences of evidence are returned, besides those that the text or the agreement cites.
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
        completed, note = self._completed(asked)
        answer = self._answerer.answer(completed, top, since, until)
        # What could not be completed says nothing of what is spoken of.
        if not note:
            self._remember(completed.text, answer)
        return replace(
            answer,
            question=asked.text,
            resolved_question=answer.resolved_question or ("" if completed == asked else completed.text),
            notes=(*((note,) if note else ()), *answer.notes),
        )

    def forget(self) -> None:
        """Begin a new conversation: the next question refers to nothing that was asked before."""
        self._turns.clear()

    def close(self) -> None:
        """Let go of the index."""
        if self._corpus is not None:
            self._corpus.index.close()
            self._corpus = None
            give_back_memory()

    def _completed(self, asked: Question) -> tuple[Question, str]:
        """A question, completed from the ones before, and what could not be completed."""
        if not self._turns.maxlen:
            return asked, ""
        # Imported here: the rules for follow-ups are of no use to a question that is asked by itself.
        from qa.followup.resolve import resolve

        resolved = resolve(asked.text, tuple(self._turns))
        return read_question(resolved.text), resolved.note

    def _remember(self, question: str, answer: Answer) -> None:
        """Let the next question refer to this one."""
        if not self._turns.maxlen:
            return
        from qa.followup.conversation import Turn
        from qa.followup.ellipsis import is_incomplete

        if not is_incomplete(question):
            self._turns.append(Turn(question, answer))

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
    """Answer one question by quoting articles; it is asked as it stands, whatever was asked before.

    The first call builds the index of the articles or brings it up to date; later calls in the same process use it as
    it was then opened.

    Args:
        question: The question, in English.
        articles: A folder or a file; None stands for the bundled sample articles, which is said on stderr.
        index: The index directory; None stands for one in the user's cache.
        top: How many sentences of evidence are returned, besides those that the text or the agreement cites.
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
            chat = Chat(articles, index, remembered=0)
            show_corpus(chat.open())
            _OPENED[place] = chat
    return _OPENED[place].ask(question, top=top, since=since, until=until)
