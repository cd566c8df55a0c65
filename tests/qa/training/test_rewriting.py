import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.encoder import Encoder
from qa.question import read_question
from qa.training.neighbours import Neighbours
from qa.training.opposites import OPPOSITES_OF
from qa.training.rewriting import Change, Rewriter, tempting
from qa.training.rows import Row
from tests.qa.training.made import news_rows, row, rows, unanswered, words_of

TALE = (
    "Ida Brandt opened the mill of Karn in 1987. Tomas Veld closed it in 1992. Owls have lived there since the storm."
)
# Few draws of the encoder: each costs a hundredth of a second.
SEEDS = range(40)
seeds = st.integers(0, 99)


def turned(question: str, answer: str, rewriter: Rewriter) -> set[str]:
    """The questions that a question becomes, where its passage is not to answer it."""
    given_row = row(question, TALE, answer)
    made = (rewriter.unanswerable(given_row, random.Random(seed)) for seed in SEEDS)
    return {each.question for each in made if each is not None}


@given(st.text(), st.text(), st.text(), st.text())
def test_a_change_puts_its_words_there_and_leaves_all_others(before: str, old: str, after: str, new: str) -> None:
    change = Change(len(before), len(before) + len(old), new)
    assert change.of(before + old + after) == before + new + after


@given(each=rows(), seed=seeds)
@settings(max_examples=25)
def test_a_question_that_is_not_answered_is_another_about_the_same_passage(
    rewriter: Rewriter, each: Row, seed: int
) -> None:
    changed = rewriter.unanswerable(each, random.Random(seed))
    if changed is not None:
        assert changed.question != each.question
        assert (changed.context, changed.answer) == (each.context, None)


@given(each=rows(), seed=seeds)
@settings(max_examples=25)
def test_a_paraphrase_is_another_question_whose_answer_stands_where_it_says(
    rewriter: Rewriter, each: Row, seed: int
) -> None:
    changed = rewriter.paraphrased(each, random.Random(seed))
    if changed is not None:
        assert changed.question != each.question
        assert words_of(changed) == words_of(each)
        assert (changed.context, changed.answer) == (each.context, each.answer)


@pytest.mark.parametrize(
    ("question", "paraphrases"),
    [
        (
            "When did the company buy the large house?",
            {"When did the company purchase the large house?", "When did the company buy the huge house?"},
        ),
        ("What is the largest mill?", {"What is the biggest mill?"}),
        ("In what city was the Film made?", {"In what city was the Movie made?"}),
        ("Who worked with Ida Brandt?", set()),
    ],
)
def test_a_word_is_exchanged_for_one_that_means_the_same(
    question: str, paraphrases: set[str], rewriter: Rewriter
) -> None:
    made = (rewriter.paraphrased(row(question, TALE, "Karn"), random.Random(seed)) for seed in SEEDS)
    assert {each.question for each in made if each is not None} == paraphrases


@pytest.mark.parametrize("question", ["Who bought the house before the war?", "What is the largest mill in the north?"])
def test_the_encoder_finds_a_paraphrase_near_and_another_question_far(
    question: str, rewriter: Rewriter, encoder: Encoder
) -> None:
    given_row = row(question, TALE, "Karn")
    vector = encoder.encode([question])[0]
    for seed in SEEDS:
        same = rewriter.paraphrased(given_row, random.Random(seed))
        if same is not None:
            assert encoder.encode([same.question])[0] @ vector > 0.9
        other = rewriter.unanswerable(given_row, random.Random(seed))
        if other is not None:
            pairs = zip(question.rstrip("?").split(), other.question.rstrip("?").split(), strict=True)
            ((old, new),) = ((one, another) for one, another in pairs if one != another)
            turned_round = new in OPPOSITES_OF.get(old, ()) or new == f"{old}n't"
            assert turned_round or encoder.encode([other.question])[0] @ vector < 0.87, other.question


def test_a_question_is_changed_in_every_way(rewriter: Rewriter) -> None:
    questions = turned("Why was Ida Brandt in the mill before 1992?", "Owls", rewriter)
    assert "Why was Ida Brandt in the mill after 1992?" in questions
    assert any(re.fullmatch(r"Why was (?!Ida)\w+(?: \w+)? in the mill before 1992\?", each) for each in questions)
    assert any(re.fullmatch(r"Why was Ida Brandt in the mill before (?!1992)\d+\?", each) for each in questions)
    assert any(re.fullmatch(r"Why was Ida (?!Brandt)\w+ in the mill before 1992\?", each) for each in questions)


def test_a_verb_is_negated(rewriter: Rewriter) -> None:
    assert "What didn't it do?" in {
        getattr(rewriter.unanswerable(row("What did it do?", TALE, "Owls"), random.Random(seed)), "question", None)
        for seed in range(200)
    }


def test_a_number_is_exchanged_for_one_of_the_passage_or_one_a_little_higher(rewriter: Rewriter) -> None:
    years = {re.findall(r"\d+", question)[0] for question in turned("Who was it in 1987?", "Tomas", rewriter)}
    assert "1992" in years
    assert all(1987 <= int(year) <= 2017 for year in years)


def test_a_name_is_exchanged_for_one_of_the_passage_or_of_another_question(rewriter: Rewriter) -> None:
    names = {
        question.removeprefix("Who went to ")[:-1] for question in turned("Who went to Grimsholm?", "Owls", rewriter)
    }
    assert names & {"Ida Brandt", "Karn", "Tomas Veld"}
    assert names & {name for each in news_rows() for name in read_question(each.question).names if name not in TALE}


@pytest.mark.parametrize(
    ("question", "answer"),
    [("Who went to Grimsholm?", "Tomas Veld"), ("Which year came after 1987?", "1992"), ("Which birds hid?", "Owls")],
)
def test_the_answer_is_never_put_into_the_question(
    question: str, answer: str, neighbours: Neighbours, encoder: Encoder
) -> None:
    # Without the names of other questions, those of the passage are drawn often.
    rewriter = Rewriter(neighbours, encoder, [])
    words = set(answer.lower().split())
    for seed in range(100):
        changed = rewriter.unanswerable(row(question, TALE, answer), random.Random(seed))
        assert changed is None or words.isdisjoint(re.findall(r"\w+", changed.question.lower()))


def test_a_word_that_begins_with_a_capital_is_exchanged_for_one_that_does(rewriter: Rewriter) -> None:
    for changed in turned("What do Whales eat?", "Karn", rewriter):
        assert re.match(r"What (?:do|don't) [A-Z]", changed), changed


def test_a_row_without_an_answer_is_not_changed(rewriter: Rewriter) -> None:
    none = unanswered(row("Who opened the northern mill before 1992?", TALE, "Ida Brandt"))
    for seed in SEEDS:
        assert rewriter.unanswerable(none, random.Random(seed)) is None
        assert rewriter.paraphrased(none, random.Random(seed)) is None


@pytest.mark.parametrize("question", ["Who?", "Why was it so?", "What is the name of the thing?"])
def test_where_nothing_can_be_exchanged_there_is_no_paraphrase(question: str, rewriter: Rewriter) -> None:
    assert rewriter.paraphrased(row(question, TALE, "Owls"), random.Random(1)) is None


def test_chance_is_that_of_the_generator_alone(rewriter: Rewriter) -> None:
    asked = row("Who opened the northern mill of Karn before 1992?", TALE, "Ida Brandt")
    drawn = []
    for place in range(2):
        random.seed(place)
        drawn.append([rewriter.unanswerable(asked, random.Random(seed)) for seed in SEEDS])
    assert drawn[0] == drawn[1]
    assert len(set(drawn[0])) > 5


def tempted(question: str, answer: str, passage: str = TALE) -> set[str]:
    """The questions that tempt with other things of the passage."""
    kinds = tempting(row(question, passage, answer), random.Random(1))
    return {change.of(question) for kind in kinds for change in kind}


def test_a_question_is_turned_to_other_things_of_its_passage() -> None:
    assert "What did Tomas Veld open?" in tempted("What did Ida Brandt open?", "the mill of Karn")
    assert "Who opened the mill in 1992?" in tempted("Who opened the mill in 1987?", "Ida Brandt")
    assert "Who closed the mill?" in tempted("Who opened the mill?", "Ida Brandt")


def test_what_is_counted_is_exchanged_for_what_the_passage_does_not_count() -> None:
    passage = "The storm broke 40 windows, two old wooden fences, twenty gates, and drove owls and people out."
    changed = tempted("How many windows broke in the storm?", "40", passage)
    assert changed == {"How many owls broke in the storm?"}
    assert tempted("How much glass broke in the storm?", "40", passage) == set()
    assert tempted("Which windows broke in the storm?", "40", passage) == set()


@pytest.mark.parametrize(
    ("question", "passage", "asked_why"),
    [
        ("When was the mill sold?", "The mill was sold in 1987.", True),
        ("When was the mill sold?", "The mill was sold in 1987 because it made a loss.", False),
        ("Since when was the mill sold?", "The mill was sold in 1987.", False),
    ],
)
def test_when_becomes_why_where_no_reason_is_given(question: str, passage: str, asked_why: bool) -> None:
    assert ("Why was the mill sold?" in tempted(question, "1987", passage)) == asked_why
    assert any("Why" in changed for changed in tempted(question, "1987", passage)) == asked_why


@given(given_row=rows(), seed=seeds)
@settings(max_examples=30)
def test_what_tempts_changes_the_question_and_puts_nothing_in_that_is_the_answer(given_row: Row, seed: int) -> None:
    answer = (words_of(given_row) or "").casefold()
    for kind in tempting(given_row, random.Random(seed)):
        for change in kind:
            assert given_row.question[change.start : change.end] != change.words
            assert change.of(given_row.question) != given_row.question
            assert answer != change.words.casefold()


def test_a_passage_of_numbers_is_read_in_no_time() -> None:
    hostile = Row("How many windows broke?", "1." * 40_000 + " windows", (0, 1))
    assert not any(tempting(hostile, random.Random(1))[3])
