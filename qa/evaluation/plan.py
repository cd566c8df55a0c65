"""One evaluation from its files to its document: what ``pullquote eval`` does between its options and its output."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.records import Progress
from qa.corpus import open_corpus
from qa.evaluation.compare import check_comparable, compare
from qa.evaluation.outcomes import Outcome, read_outcomes
from qa.evaluation.questions import GoldQuestion, draw, read_questions
from qa.evaluation.run import evaluate
from qa.evaluation.squad_corpus import keep_paragraphs
from qa.evaluation.unanswerable import swapped_questions


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked of which articles, and what it is compared with.

    Attributes:
        questions: The questions, read and drawn.
        articles: A folder or a file; None stands for the bundled sample articles.
        earlier: The outcomes of an earlier evaluation, or None.
        seed: The seed of what is drawn at random.

    Example:
        >>> Plan((GoldQuestion("1", "Who leads the CSTO?", ("Russia",)),), None).carry_out()["questions"]
        1
    """

    questions: tuple[GoldQuestion, ...]
    articles: str | Path | None
    earlier: tuple[Outcome, ...] | None = None
    seed: int = 0

    def carry_out(
        self,
        index: str | None = None,
        unanswerable: int = 0,
        dense_weight: float | None = None,
        report: Callable[[Progress], None] | None = None,
        reader: str | None = None,
    ) -> dict[str, Any]:
        """Ask the questions.

        Args:
            index: The index directory; None stands for one in the user's cache.
            unanswerable: How many questions that the articles do not answer are added, at most.
            dense_weight: The weight of dense search in the fusion; None stands for the default.
            report: Called with the progress.
            reader: The folder of a reader that was trained; None stands for the bundled one.

        Returns:
            The document of the result, with the comparison where there is an earlier one.

        Raises:
            PullquoteError: The articles, the index or the model cannot be used.
        """
        asked = list(self.questions)
        if unanswerable:
            with closing(open_corpus(self.articles, index, report).index) as opened:
                asked += swapped_questions(self.questions, unanswerable, self.seed, opened)
        result = evaluate(asked, self.articles, index, dense_weight, report, reader)
        document = result.to_dict()
        if self.earlier is not None:
            document["comparison"] = compare(self.earlier, result.outcomes).to_dict()
        return document


def read_plan(
    questions: Path,
    articles: str | Path | None = None,
    *,
    sample: int | None = None,
    seed: int = 0,
    earlier: Path | None = None,
) -> Plan:
    """Read the files of an evaluation, before anything is indexed or asked.

    Args:
        questions: The file of questions.
        articles: A folder or a file. None stands for the paragraphs of the file of questions if it is in SQuAD format,
            else for the bundled sample articles.
        sample: How many of the questions are drawn at random; None stands for all.
        seed: The same seed draws the same questions.
        earlier: A document that ``pullquote eval --json`` printed.

    Raises:
        UsageError: A file cannot be read or is not what it should be, or the two have no question in common.
        IndexWriteError: The paragraphs cannot be written into the user's cache.

    Example:
        >>> from qa.corpus import SAMPLES
        >>> len(read_plan(SAMPLES / "questions", sample=3).questions)
        3
    """
    asked = read_questions(questions)
    drawn = asked.questions if sample is None else tuple(draw(asked.questions, sample, seed))
    before = None if earlier is None else tuple(read_outcomes(earlier))
    if before is not None:
        check_comparable(before, drawn)
    if articles is None and asked.paragraphs:
        articles = keep_paragraphs(asked.paragraphs)
    return Plan(drawn, articles, before, seed)
