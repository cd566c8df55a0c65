import json
from pathlib import Path

import pytest

from index.errors import UsageError
from qa.evaluation.plan import read_plan
from tests.qa.evaluation.made import outcome

QUESTIONS = [
    {"id": "weeks", "question": "How many weeks will the repairs of the bridge in Linden take?", "answers": ["14"]},
    {"id": "hall", "question": "Which market moved to the town hall in Bramford?", "answers": ["cheese market"]},
    {"id": "cup", "question": "Who won the 2018 World Cup?", "answers": []},
]


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    path = tmp_path / "questions.jsonl"
    path.write_text("\n".join(map(json.dumps, QUESTIONS)), "utf-8")
    return path


@pytest.fixture
def squad(tmp_path: Path) -> Path:
    item = {"id": "owls", "question": "When do owls hunt?", "answers": [{"text": "at night", "answer_start": 15}]}
    paragraph = {"context": "Most barn owls hunt at night, as their ears are keen.", "qas": [item]}
    path = tmp_path / "squad.json"
    path.write_text(json.dumps({"data": [{"title": "Barn_owl", "paragraphs": [paragraph]}]}), "utf-8")
    return path


def test_the_paragraphs_of_squad_are_its_articles(squad: Path, exported: Path) -> None:
    document = read_plan(squad).carry_out()
    assert (document["questions"], document["top-1"]) == (1, 1.0)
    assert document["outcomes"][0]["source"] == "Barn owl"


def test_the_questions_of_squad_can_be_asked_of_other_articles(squad: Path, town_folder: Path) -> None:
    document = read_plan(squad, town_folder).carry_out()
    assert document["top-1"] == 0.0
    assert document["settings"]["articles"] == str(town_folder)


def test_a_sample_is_drawn_by_its_seed(questions: Path) -> None:
    drawn = {seed: read_plan(questions, sample=1, seed=seed).questions for seed in range(9)}
    assert {len(found) for found in drawn.values()} == {1}
    assert len(set(drawn.values())) > 1
    assert len(read_plan(questions).questions) == 3


def test_questions_without_an_answer_are_added_and_measured(questions: Path, town_folder: Path) -> None:
    document = read_plan(questions, town_folder).carry_out(unanswerable=2)
    added = document["outcomes"][3:]
    assert added
    assert all(item["id"].endswith("-swapped") and item["accepted"] == [] for item in added)
    assert (document["questions"], document["answerable"]) == (3 + len(added), 2)


def test_an_earlier_evaluation_is_compared_with(questions: Path, town_folder: Path, tmp_path: Path) -> None:
    before = read_plan(questions, town_folder).carry_out()
    before["outcomes"][0]["rank"] = 0
    del before["outcomes"][2]
    earlier = tmp_path / "earlier.json"
    earlier.write_text(json.dumps(before), "utf-8")
    comparison = read_plan(questions, town_folder, earlier=earlier).carry_out()["comparison"]
    assert comparison["measures"]["top-1"] == {"before": 0.5, "after": 1.0}
    assert [item["id"] for item in comparison["first sentence right"]["better"]] == ["weeks"]
    assert (comparison["only before"], comparison["only after"]) == ([], ["cup"])
    assert json.loads(json.dumps(comparison)) == comparison


def test_what_cannot_be_compared_is_told_before_anything_is_asked(questions: Path, tmp_path: Path) -> None:
    earlier = tmp_path / "earlier.json"
    earlier.write_text(json.dumps({"outcomes": [outcome().to_dict()]}), "utf-8")
    with pytest.raises(UsageError, match="cannot be compared"):
        read_plan(questions, tmp_path / "no articles", earlier=earlier)
