from hypothesis import given

from qa.evaluation.changes import comparison_section
from qa.evaluation.outcomes import Outcome
from tests.qa.evaluation.made import evaluations, outcome
from tests.qa.evaluation.pages import Element, document, read_page

BEFORE = [outcome(2, name="a"), outcome(1, name="b"), outcome(0, answerable=False, name="c"), outcome(name="<gone>")]
AFTER = [
    outcome(1, name="a"),
    outcome(3, name="b", ms=20),
    outcome(0, answerable=False, answered=False, name="c"),
    outcome(name="new"),
]


def section(after: list[Outcome], before: list[Outcome]) -> Element:
    made = document(after, before)
    return read_page(comparison_section(made["comparison"], made["outcomes"]))


def test_each_measure_is_shown_before_and_after() -> None:
    page = section(AFTER, BEFORE)
    rows = {row.one("th").text: [cell.text for cell in row.all("td")] for row in page.one("tbody").all("tr")}
    assert page.one("caption").text == "On the 3 questions in both"
    assert rows["top-1"] == ["0.500", "0.500", "0.000"]
    assert rows["top-3"] == ["1.000", "1.000", "0.000"]
    assert rows["MRR"] == ["0.750", "0.667", "\u22120.083"]
    assert rows["refused when not in the articles"] == ["0.000", "1.000", "+1.000"]
    assert rows["refusal precision"] == ["n/a", "1.000", ""]
    assert rows["p95 ms"] == ["10", "20", "+10"]


def test_the_questions_that_became_better_and_worse_are_named_and_linked() -> None:
    first = section(AFTER, BEFORE).all("details")[0]
    assert first.one("summary").text == "first sentence right: 1 better, 1 worse, p\xa0=\xa01.000"
    assert [line.text for line in first.all("li")] == ["a Who?", "b Who?"]
    assert [link.attributes["href"] for link in first.all("a")] == ["#q-a", "#q-b"]


def test_where_nothing_changed_there_is_nothing_to_open() -> None:
    page = section(AFTER, AFTER)
    assert not page.all("details")
    assert [part.one("b").text for part in page.all("div", class_="changes")] == [
        "first sentence right",
        "refusal right",
        "right outcome",
    ]


def test_questions_that_only_one_evaluation_holds_are_named() -> None:
    told = [line.text for line in section(AFTER, BEFORE).all("p", class_="explained")]
    assert told[-2:] == ["Only in the earlier evaluation: <gone>.", "Only in this evaluation: new."]


@given(evaluations())
def test_any_comparison_can_be_shown(made: list[Outcome]) -> None:
    page = section([Outcome(each.gold, 1, answered=True, confidence=0.5) for each in made], made)
    measures = [row.one("th").text for row in page.one("tbody").all("tr")]
    assert (measures[0], measures[-1]) == ("top-1", "p95 ms")
