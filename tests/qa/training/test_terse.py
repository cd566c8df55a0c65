import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.training.terse import terse
from tests.qa.training.made import ASKING, WORDS

questions = st.builds(lambda asking, words: f"{asking} {' '.join(words)}?", ASKING, st.lists(WORDS, max_size=8))


@pytest.mark.parametrize(
    ("question", "ways"),
    [
        ("When did Ida Brandt leave the council?", {"when ida brandt leave council", "ida brandt leave council when"}),
        ("How many owls were counted in Karn?", {"how many owls counted karn", "owls counted karn how many"}),
        ("What was the name of the mill?", {"name mill"}),
        ("In which year was the mill of Karn closed?", {"year mill karn closed"}),
        ("Who's the mayor of Karn?", {"who mayor karn", "mayor karn who"}),
        ("Who was not hurt in the storm?", {"who not hurt storm", "not hurt storm who"}),
        ("How tall is the tower of Karn?", {"how tall tower karn", "tower karn how tall"}),
        ("Is the ferry of Oslen running?", {"ferry oslen running"}),
        ("Who paid 2,500 crowns to Saint-Dunmore's mayor?", {
            "who paid 2,500 crowns to saint-dunmore's mayor",
            "paid 2,500 crowns to saint-dunmore's mayor who",
        }),
    ],
)  # fmt: skip
def test_a_few_words_are_left_and_the_asking_word_stands_first_or_last(question: str, ways: set[str]) -> None:
    assert {terse(question, random.Random(seed)) for seed in range(20)} == ways


@pytest.mark.parametrize("question", ["Who hid?", "What is it?", "Why?"])
def test_a_question_of_which_too_little_would_be_left_is_left_as_it_is(question: str) -> None:
    assert terse(question, random.Random(1)) == question


@given(questions, st.integers(0, 9))
def test_words_are_left_out_and_the_rest_keeps_its_order(question: str, seed: int) -> None:
    short = terse(question, random.Random(seed))
    if short == question:
        return
    asking, *words = re.findall(r"[\w,]+", question.lower())
    asking = {"what": "", "which": ""}.get(asking, asking)
    if asking == "how" and words[0] == "many":
        asking = f"how {words.pop(0)}"
    assert asking in (short[: len(asking)], short[len(short) - len(asking) :])
    rest = [word for word in short.split() if word not in asking.split()]
    left = iter(words)
    assert all(word in left for word in rest)
    assert {"the", "of"}.isdisjoint(rest)
