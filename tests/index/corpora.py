"""Articles written for the tests, and what an index says about them."""

from collections.abc import Mapping
from pathlib import Path

from index.library import Index
from index.passages import passage_body

BRIDGE = (
    "Stone bridge closes after the flood\n\nPublished 3 March 2021\n\n"
    "The stone bridge over the Linden was closed on Monday after the river rose by three metres. "
    "Engineer Tomas Veld said that repairs would take 14 weeks.\n"
)
BRIDGE_LATER = (
    "Stone bridge opens again\n\nPublished 9 June 2021\n\n"
    "The stone bridge over the Linden was opened again on Wednesday, a week early. "
    "Engineer Tomas Veld said that the repairs had cost 900,000 crowns.\n"
)
FERRY = (
    "Ferry to run until midnight\n\nPublished 5 March 2021\n\n"
    "The ferry across the Linden will run until midnight, the harbour office said. A ticket costs two crowns.\n"
)
MARKET = (
    "Cheese market moves indoors\n\n"
    "The weekly cheese market has moved to the town hall in Bramford because of the rain. "
    "Mayor Ida Brandt opened it with a speech.\n"
)
OWLS = (
    "Owls nest in the bell tower\n\nPublished 11 April 2021\n\n"
    "Two barn owls have nested in the bell tower of Saint Odile. "
    "The sexton, Piet Harrow, has stopped ringing the bells until the chicks have flown.\n"
)
# Enough passages that a few which are removed are a small share of all.
HARBOUR_LOG = "Harbour log of the year\n\n" + "\n".join(
    f"On day {day} of the year the harbour master counted {day * 7 % 53} boats and {day * 11 % 17} swans at the quay."
    for day in range(1, 101)
)

QUESTIONS = (
    "How long will the repairs of the bridge take?",
    "What does a ferry ticket cost?",
    "Who opened the cheese market?",
    "Where do the owls nest?",
    "How many swans were counted on day 64?",
)


def write_articles(folder: Path, articles: Mapping[str, str]) -> Path:
    """Make a folder hold these files and no others; a file that is right already is left alone."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.iterdir():
        if path.name not in articles:
            path.unlink()
    for name, text in articles.items():
        path = folder / name
        if not path.is_file() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")
    return folder


def found(index: Index, question: str, limit: int = 10) -> list[tuple[str, float]]:
    """The words of the passages that a question finds, each with its score, best first."""
    result = index.search(question, limit)
    texts = {row: article.text for row, article in result.articles.items()}
    return [(passage_body(texts[hit.passage.article], hit.passage.sentences), hit.score) for hit in result.hits]


def answers(index: Index) -> dict[str, list[str]]:
    """The words of the passages that each of the questions finds, best first."""
    return {question: [text for text, _ in found(index, question)] for question in QUESTIONS}


def parts(folder: Path) -> set[str]:
    """The names of the search indexes in an index directory."""
    return {path.name for path in folder.iterdir() if path.name.startswith(("vectors-", "lexical-"))}
