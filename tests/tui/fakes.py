"""An engine without articles, index or model, whose pace the test decides."""

import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from index.records import Article, CatalogueEntry, Progress, Skipped
from qa.answer import Answer, Evidence, Occurrence
from qa.corpus import CorpusInfo

QUESTION = "how many buses did the city send"
SPAN = "about 40 buses"
QUOTE = f"The city of Harbourside will send {SPAN} to the flooded villages, the mayor said on Friday."
SECOND = "Before noon on the second day of the flood the town of Ferrymouth had already sent twelve boats."
PATIENCE = 10.0


def make_article(text: str, *, title: str = "City sends buses", name: str = "buses.txt") -> Article:
    """An article with all that an article can tell."""
    return Article(
        id=f"{abs(hash((title, name))):016x}"[:16],
        path=f"/articles/{name}",
        title=title,
        publisher="The Harbourside Courier",
        published=date(2022, 1, 8),
        url="",
        text=text,
        encoding="utf-8",
    )


def make_evidence(article: Article, quote: str, span: str = "", *, number: int = 1, also: bool = False) -> Evidence:
    """A sentence that stands in an article, with the answering words in it."""
    start = article.text.index(quote)
    span_start = article.text.index(span, start) if span else start
    other = make_article(quote, title="Buses on their way", name="other.txt")
    places = (Occurrence(other, 0, len(quote)),) if also else ()
    return Evidence(number, article, start, start + len(quote), span_start, span_start + len(span), 0.83, places)


def make_answer(*evidence: Evidence, found: bool = True, notes: tuple[str, ...] = ()) -> Answer:
    """An answer that is confident when it is found."""
    if found:
        return Answer(QUESTION, "answered", 0.83, evidence, notes)
    return Answer(QUESTION, "not_found", 0.2, evidence, notes)


def long_article() -> Article:
    """An article in which the quote is far down."""
    before = "\n\n".join(f"Paragraph {number} tells of the rain that fell on that day." for number in range(60))
    after = "\n\n".join(f"Paragraph {number} tells of the days that came after it." for number in range(60))
    return make_article(f"{before}\n\n{QUOTE} {SECOND}\n\n{after}\n")


def buses() -> Answer:
    """The usual answer: one sentence and a further one."""
    article = long_article()
    return make_answer(make_evidence(article, QUOTE, SPAN, also=True), make_evidence(article, SECOND, number=2))


class FakeEngine:
    """Gives the same answer to every question.

    ``opening`` and ``asking`` hold a call back until they are set.

    Args:
        answer: The answer, or the error to raise in its place.
        open_error: An error that opening raises.
        slow: Whether opening waits for ``opening``, and asking for ``asking``.
    """

    def __init__(
        self, answer: Answer | Exception | None = None, *, open_error: Exception | None = None, slow: bool = False
    ) -> None:
        self.answer = answer or buses()
        self.open_error = open_error
        self.opening = threading.Event()
        self.asking = threading.Event()
        self.progress = [Progress("Encoding passages", 30, 120)]
        self.info = CorpusInfo("/articles/flood", 12, 120, is_sample=False, skipped=(), notes=())
        self.asked: list[str] = []
        self.taken_back = 0
        self.remembered: list[Answer] = []
        self.articles: list[Article] = []
        self.suggested: list[str] = []
        if not slow:
            self.opening.set()
            self.asking.set()

    def skip(self, *names: str) -> None:
        """Pretend that some files could not be read."""
        skipped = tuple(Skipped(f"/articles/flood/{name}", "binary") for name in names)
        self.info = CorpusInfo("/articles/flood", 12, 120, is_sample=True, skipped=skipped, notes=("A note.",))

    def open(self, report: Callable[[Progress], None]) -> CorpusInfo:
        """Report, wait, and fail or succeed."""
        for progress in self.progress:
            report(progress)
        self.opening.wait(PATIENCE)
        if self.open_error is not None:
            raise self.open_error
        return self.info

    def ask(self, question: str, *, top: int = 5) -> Answer:
        """Wait, and fail or answer."""
        self.asked.append(question)
        self.asking.wait(PATIENCE)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    def take_back(self) -> None:
        """Note that the last question is to be forgotten."""
        self.taken_back += 1

    def forget(self) -> None:
        """Note that the conversation begins anew."""
        self.remembered = []

    def recall(self, answers: Sequence[Answer]) -> None:
        """Note what the next question may refer to."""
        self.remembered = list(answers)

    def catalogue(self) -> Sequence[CatalogueEntry]:
        """The articles without their text."""
        return [
            CatalogueEntry(one.id, one.path, one.title, one.publisher, one.published, len(one.text))
            for one in self.articles
        ]

    def article(self, identifier: str) -> Article | None:
        """An article that is in the list or in the answer."""
        quoted = [] if isinstance(self.answer, Exception) else [one.article for one in self.answer.evidence]
        return next((one for one in (*self.articles, *quoted) if one.id == identifier), None)

    def kept(self, article: Article) -> Sequence[tuple[int, int]]:
        """The second half of the text."""
        return [(len(article.text) // 2, len(article.text))]

    def suggestions(self) -> Iterator[str]:
        """What the test wants suggested."""
        yield from self.suggested
