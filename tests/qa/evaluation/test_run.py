import json
from pathlib import Path

from hypothesis import given

from index.fusion import FusionSettings
from index.records import Progress
from qa.answer import Answer
from qa.chat import REFUSAL_THRESHOLD
from qa.evaluation.metrics import measures, rounded
from qa.evaluation.outcomes import Outcome
from qa.evaluation.questions import GoldQuestion
from qa.evaluation.run import Result, Settings, ask_all, evaluate
from tests.qa.evaluation.made import evaluations

SETTINGS = Settings("/news", 0.06, "default", 0.6)
REPAIRS = GoldQuestion("right", "How many weeks will the repairs of the bridge take?", ("14 weeks",))


def test_asking_all_questions_counts_what_was_right_wrong_and_refused(town_folder: Path) -> None:
    asked = [
        REPAIRS,
        GoldQuestion("wrong", "What does a wheel of the oldest cheese cost?", ("4 crowns",)),
        GoldQuestion("refused", "Who won the 2018 World Cup?", ()),
    ]
    stages: list[Progress] = []
    document = evaluate(asked, town_folder, report=stages.append).to_dict()
    assert {name: document[name] for name in ("questions", "answerable", "top-1", "MRR", "balanced")} == {
        "questions": 3,
        "answerable": 2,
        "top-1": 0.5,
        "MRR": 0.5,
        "balanced": 0.75,
    }
    assert [(item["id"], item["rank"], item["answered"]) for item in document["outcomes"]] == [
        ("right", 1, True),
        ("wrong", 0, True),
        ("refused", 0, False),
    ]
    assert document["outcomes"][1]["quote"] == "A wheel of the oldest cheese costs 48 crowns."
    assert document["outcomes"][1]["source"] == "Cheese market moves to the town hall"
    assert document["settings"]["articles"] == str(town_folder)
    assert document["settings"]["threshold"] == REFUSAL_THRESHOLD
    assert document["settings"]["dense_weight"] == FusionSettings().dense
    assert json.loads(json.dumps(document)) == document
    assert stages[-1] == Progress("Asking", 3, 3)


def test_dense_search_alone_and_lexical_search_alone_can_be_measured(town_folder: Path) -> None:
    for weight in (1.0, 0.0):
        document = evaluate([REPAIRS], town_folder, dense_weight=weight).to_dict()
        assert (document["top-1"], document["settings"]["dense_weight"]) == (1.0, weight)


def test_whatever_can_answer_can_be_measured() -> None:
    asked = [GoldQuestion("a", "Who?", ()), GoldQuestion("b", "When?", ())]
    heard: list[str] = []

    def ask(question: str) -> Answer:
        heard.append(question)
        return Answer(question, "not_found", 0.25, ())

    outcomes = ask_all(asked, ask)
    assert heard == ["Who?", "When?"]
    assert [(each.gold, each.answered, each.confidence) for each in outcomes] == [(gold, False, 0.25) for gold in asked]
    assert all(each.ms >= 0 for each in outcomes)


@given(evaluations())
def test_the_document_holds_plain_types_and_the_rounded_measures(made: list[Outcome]) -> None:
    document = Result(tuple(made), SETTINGS).to_dict()
    assert json.loads(json.dumps(document)) == document
    assert document["questions"] == len(made)
    assert document["answerable"] == sum(bool(each.gold.answers) for each in made)
    assert rounded(measures(made)).items() <= document.items()
    assert 1 <= len(document["risk-coverage"]) <= 101
    assert all(each["count"] for each in document["reliability"])


def test_the_document_has_these_keys_in_this_order() -> None:
    outcome = Outcome(REPAIRS, 1, answered=True, confidence=0.8)
    document = Result((outcome,), SETTINGS).to_dict()
    assert ", ".join(document) == (
        "questions, answerable, top-1, top-3, MRR, span EM, span F1, answered and right,"
        " refused when not in the articles, balanced, refusal precision, refusal recall, refusal F1, ECE, AURC,"
        " p50 ms, p95 ms, reliability, risk-coverage, settings, outcomes"
    )
    assert ", ".join(document["outcomes"][0]) == (
        "id, question, accepted, rank, answered, confidence, quote, span, source, ms, scores"
    )
    assert document["settings"] == {
        "articles": "/news",
        "threshold": 0.06,
        "reader": "default",
        "dense_weight": 0.6,
    }
