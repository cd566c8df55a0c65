"""What holds for every answer, whatever the articles."""

from pathlib import Path

from index.records import Article
from qa.answer import Answer

TEXT_FILES = {".txt", ".md"}


def check_exact(answer: Answer) -> None:
    """Each quote stands word for word in its article, and in the file where that is a text file."""
    assert [evidence.number for evidence in answer.evidence] == list(range(1, len(answer.evidence) + 1))
    for evidence in answer.evidence:
        assert evidence.start <= evidence.span_start <= evidence.span_end <= evidence.end
        assert evidence.span == evidence.article.text[evidence.span_start : evidence.span_end]
        assert evidence.span in evidence.quote
        assert 0 <= evidence.score <= 1
        for place in (evidence, *evidence.also):
            assert place.quote.strip() == place.quote != ""
            _check_place(place.article, place.start, place.end, place.quote)
        if evidence.context:
            assert evidence.context_end <= evidence.start
            _check_place(evidence.article, evidence.context_start, evidence.context_end, evidence.context)
        assert (evidence.context == "") == (evidence.context_start == evidence.context_end)
    pieces = [text for evidence in answer.quoted for text in (evidence.context, evidence.quote) if text]
    assert answer.text == " ".join(pieces)
    assert bool(answer.quoted) == (answer.status == "answered")
    assert not (answer.missing and answer.quoted)
    assert 0 <= answer.confidence <= 1


def _check_place(article: Article, start: int, end: int, quote: str) -> None:
    assert 0 <= start < end <= len(article.text)
    assert article.text[start:end] == quote
    path = Path(article.path)
    assert path.is_absolute()
    if path.suffix in TEXT_FILES:
        assert path.read_bytes().decode(article.encoding)[start:end] == quote
