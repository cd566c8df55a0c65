"""The one interface between retrieval and answers: a reader scores the sentences of a search result."""

from dataclasses import dataclass
from typing import Protocol

from index.contract import ArticleIndex, SearchResult
from index.records import Article, Sentence
from qa.question import Question
from qa.scores import Scores


@dataclass(frozen=True, slots=True)
class ScoredSentence:
    """A sentence with the probability that it answers.

    Attributes:
        article: The article it stands in.
        sentence: Its range there.
        span: The range of the answering words in the article's text, or None where none were picked.
        score: The probability that this sentence answers, 0 to 1.
        scores: The chain of scores that led to it, or None where it is not known.

    Example:
        >>> article = Article("0123456789abcdef", "/news/a.txt", "", "", None, "", "Rain fell. Owls hid.", "utf-8")
        >>> best = ScoredSentence(article, Sentence(11, 20), span=(11, 15), score=0.8)
        >>> best.article.text[slice(*best.span)]
        'Owls'
    """

    article: Article
    sentence: Sentence
    span: tuple[int, int] | None
    score: float
    scores: Scores | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader makes of a search result.

    Attributes:
        sentences: Every sentence that was read, best first.
        confidence: The probability that the best one answers the question, 0 to 1.

    Example:
        >>> article = Article("0123456789abcdef", "/news/a.txt", "", "", None, "", "Rain fell. Owls hid.", "utf-8")
        >>> reading = Reading((ScoredSentence(article, Sentence(11, 20), (11, 15), 0.8),), confidence=0.8)
        >>> reading.sentences[0].score == reading.confidence
        True
    """

    sentences: tuple[ScoredSentence, ...]
    confidence: float


class Reader(Protocol):
    """Scores sentences as answers. Another reader can take the place of the present one, and nothing else changes."""

    def read(self, question: Question, result: SearchResult, index: ArticleIndex) -> Reading:
        """Score the sentences of the passages that were found.

        Args:
            question: The question, taken apart.
            result: The passages, with their articles.
            index: The index they came from, for its encoder and its term statistics.
        """
        ...
