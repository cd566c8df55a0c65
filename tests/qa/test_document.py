from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from index.errors import HistoryError
from index.records import Article
from qa.document import Document, Words

ARTICLE = Article("0123456789abcdef", "/news/a.txt", "", "", None, "", "Rain fell. Owls hid.", "utf-8")
HUGE = 10**400

Take = Callable[[Document], Any]

RIGHT: list[tuple[Take, Any, Any]] = [
    (lambda document: document.text("key"), "", ""),
    (lambda document: document.texts("key"), ["a", "b"], ("a", "b")),
    (lambda document: document.one_of("key", ("agree", "differ")), "differ", "differ"),
    (lambda document: document.whole("key"), 0, 0),
    (lambda document: document.number("key"), -2, -2.0),
    (lambda document: document.number_or_none("key"), None, None),
    (lambda document: document.number_or_none("key"), 0.5, 0.5),
    (lambda document: document.share("key"), 1, 1.0),
    (lambda document: document.citations("key", 3), [3, 1], (3, 1)),
    (lambda document: document.days("key"), "2022-01-07", (date(2022, 1, 7), date(2022, 1, 7))),
    (lambda document: document.days("key"), "2022-01-03/2022-01-09", (date(2022, 1, 3), date(2022, 1, 9))),
    (lambda document: document.day_or_none("key"), None, None),
    (lambda document: document.day_or_none("key"), "2022-01-07", date(2022, 1, 7)),
    (lambda document: document.part("key").text("inner"), {"inner": "a"}, "a"),
    (lambda document: [part.text("inner") for part in document.parts("key")], [{"inner": "a"}], ["a"]),
]
WRONG: list[tuple[Take, list[Any]]] = [
    (lambda document: document.text("key"), [None, 1, ["a"]]),
    (lambda document: document.texts("key"), [None, "ab", ["a", 1]]),
    (lambda document: document.one_of("key", ("agree", "differ")), [None, "agreed", ["agree"]]),
    (lambda document: document.whole("key"), [None, -1, 1.0, True, "1"]),
    (lambda document: document.number("key"), [None, "1", True, HUGE, float("nan"), float("inf"), -float("inf")]),
    (lambda document: document.number_or_none("key"), ["1", False]),
    (lambda document: document.share("key"), [None, -0.1, 1.1, float("nan")]),
    (lambda document: document.citations("key", 3), [None, 1, [0], [4], [1.0], [True], ["1"]]),
    (lambda document: document.days("key"), [None, "", "Friday", "2022-13-01", "2022-01-03/then", 7]),
    (lambda document: document.day_or_none("key"), ["", 0]),
    (lambda document: document.part("key"), [None, [], "a"]),
    (lambda document: document.parts("key"), [None, {}, [{}, 1]]),
]


@pytest.mark.parametrize(("take", "value", "taken"), RIGHT)
def test_a_value_is_taken_as_what_it_must_be(take, value, taken):
    assert take(Document({"key": value})) == taken


@pytest.mark.parametrize(("take", "value"), [(take, value) for take, values in WRONG for value in values])
def test_a_value_that_is_something_else_is_an_error(take, value):
    with pytest.raises(HistoryError, match="is missing or wrong"):
        take(Document({"key": value}))


@pytest.mark.parametrize("take", [take for take, *_ in RIGHT])
def test_a_value_that_is_missing_is_an_error_even_if_it_may_be_none(take):
    with pytest.raises(HistoryError, match="is missing or wrong"):
        take(Document({}))


def test_none_is_not_the_same_as_missing():
    assert Document({"key": None}).is_none("key")
    assert not Document({"key": 0}).is_none("key")
    assert not Document({}).is_none("key")


def test_words_must_be_as_long_as_their_place():
    document = Document({"quote": "Owls hid.", "start": 11, "end": 20, "last": 21, "low": -1, "high": 8})
    assert document.words("quote", "start", "end") == Words(11, 20, "Owls hid.")
    for start, end in (("start", "last"), ("end", "start"), ("low", "high")):
        with pytest.raises(HistoryError):
            document.words("quote", start, end)


@pytest.mark.parametrize(
    ("words", "stand"),
    [
        (Words(11, 20, "Owls hid."), True),
        (Words(10, 19, "Owls hid."), False),
        (Words(11, 21, "Owls hid.!"), False),
        (Words(0, 0, ""), True),
    ],
)
def test_words_stand_in_an_article_only_at_their_place(words, stand):
    assert words.stand_in(ARTICLE) == stand
