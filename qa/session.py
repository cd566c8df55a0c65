"""A conversation as a front end needs it: besides the answers, the articles to look through and questions to begin."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from index.contract import ArticleIndex
from index.records import Article, CatalogueEntry, Progress
from qa.answer import Answer
from qa.chat import EVIDENCE_SHOWN, Chat
from qa.corpus import CorpusInfo
from qa.followup.conversation import Turn
from qa.followup.resolve import resolve
from qa.garbage import collect_shortly
from qa.question import read_question


class Session(Chat):
    """A conversation over some articles, which can be taken up again, and the articles themselves.

    What needs the articles opens them, if ``open()`` was not called before.

    Example:
        >>> session = Session()
        >>> entry = session.catalogue()[0]
        >>> article = session.article(entry.id)
        >>> len(article.text) == entry.length
        True
        >>> next(session.suggestions())
        'How many people have been detained in Almaty?'
        >>> session.close()
    """

    _before: tuple[Turn, ...] = ()

    def catalogue(self) -> list[CatalogueEntry]:
        """Every article without its text, in the order of the files.

        Raises:
            PullquoteError: The articles or the index cannot be used.
        """
        return self._index().catalogue()

    def article(self, identifier: str) -> Article | None:
        """The article with an id, or None where there is none any more.

        Raises:
            PullquoteError: The articles or the index cannot be used.
        """
        return self._index().article(identifier)

    def kept(self, article: Article) -> list[tuple[int, int]]:
        """The ranges of an article's text that can be quoted, in order; none if it was changed in the index since.

        Args:
            article: The article, as ``article()`` or an answer gave it.

        Raises:
            PullquoteError: The articles or the index cannot be used.
        """
        return self._index().kept(article)

    def suggestions(self) -> Iterator[str]:
        """A few questions that the articles answer, each found when it is asked for, which takes a moment.

        They are tried apart from the conversation, which they do not change.

        Raises:
            PullquoteError: The articles, the index or the model cannot be used.
        """
        from qa.suggestions import suggestions

        index = self._index()
        yield from suggestions(index, lambda question: self._answerer.answer(read_question(question), EVIDENCE_SHOWN))

    def ask(
        self, question: str, *, top: int = EVIDENCE_SHOWN, since: date | None = None, until: date | None = None
    ) -> Answer:
        """Answer a question, as ``Chat.ask()`` does; ``take_back()`` then forgets it."""
        self._before = tuple(self._turns)
        return super().ask(question, top=top, since=since, until=until)

    def take_back(self) -> None:
        """Forget the last question, as if it had not been asked: the next one refers to what was before it."""
        self._turns.clear()
        self._turns.extend(self._before)

    def recall(self, answers: Sequence[Answer]) -> None:
        """Take up an earlier conversation in the place of this one: the next question may refer to its answers.

        Args:
            answers: What was answered, oldest first.
        """
        self.forget()
        for answer in answers:
            question = answer.resolved_question or answer.question
            # As when it was asked: what could not be completed says nothing of what is spoken of.
            if not resolve(question, ()).note:
                self._remember(question, answer)

    def _index(self) -> ArticleIndex:
        self.open()
        assert self._corpus is not None
        return self._corpus.index


class LongSession(Session):
    """A conversation that may go on for hours in a process of its own."""

    def open(self, report: Callable[[Progress], None] | None = None) -> CorpusInfo:
        """Open the articles, as ``Chat.open()`` does; from then on, garbage is collected in short pauses."""
        if self._corpus is not None:
            return super().open(report)
        # Building an index is hours of work too; what it loads is left out with the rest at its end.
        collect_shortly()
        info = super().open(report)
        collect_shortly()
        return info
