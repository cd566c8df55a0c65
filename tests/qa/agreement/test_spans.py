import pytest

from index.records import Article
from qa.agreement.spans import with_right_number
from qa.answer import Evidence
from qa.question import read_question

TOLL = "Nine guards were killed and 41 injured when the depot burned."


def marked(text: str, span: str) -> Evidence:
    article = Article("00", "/news/a.txt", "", "", None, "", text, "utf-8")
    start = text.index(span) if span else 0
    return Evidence(1, article, 0, len(text), start, start + len(span), 0.9)


@pytest.mark.parametrize(
    ("question", "text", "picked", "right"),
    [
        ("How many guards were killed?", TOLL, "41", "Nine"),
        ("How many guards were injured?", TOLL, "Nine", "41"),
        ("How many guards were killed?", TOLL, "Nine guards", "Nine guards"),
        ("How many guards were killed?", f"Officials said that {TOLL[0].lower()}{TOLL[1:]}", "41", "nine"),
    ],
)
def test_the_number_of_what_is_asked_for_is_marked(question: str, text: str, picked: str, right: str) -> None:
    assert with_right_number(read_question(question), marked(text, picked)).span == right


@pytest.mark.parametrize(
    ("question", "picked"),
    [
        ("Who was killed?", "guards"),
        ("When did the depot burn?", "41"),
        ("How many ships were sunk?", "41"),
        ("How many guards were praised?", "41"),
        ("How many guards were killed?", ""),
    ],
)
def test_a_span_is_left_alone_where_the_quote_does_not_tell_better(question: str, picked: str) -> None:
    evidence = marked(TOLL, picked)
    assert with_right_number(read_question(question), evidence) == evidence
