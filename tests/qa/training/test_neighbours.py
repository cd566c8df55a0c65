import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from safetensors.numpy import save_file
from tokenizers import Tokenizer
from tokenizers.models import WordPiece

from qa.training.neighbours import Neighbours

# Words and the angles at which they lie: all that are looked at have another opposite them, so that their mean is 0.
WHEEL = {"mill": 0, "barn": 20, "farm": 40, "millet": 3, "barns": 10, "inn": 70, "noon": 105}
# Pieces that are no words.
NO_WORDS = {"##arn": 0, "it": 0, "2nd": 0, "café": 0, "[UNK]": 0, "!!!": 0}


@pytest.fixture
def drawn(tmp_path: Path) -> Neighbours:
    """The vocabulary of an encoder whose words lie on a circle that is far from 0."""
    angles = WHEEL | {f"opposite{letter}": angle + 180 for letter, angle in zip("abcdefg", WHEEL.values(), strict=True)}
    angles |= NO_WORDS
    vocabulary = {word: place for place, word in enumerate(sorted(angles))}
    Tokenizer(WordPiece(vocabulary, unk_token="[UNK]")).save(str(tmp_path / "tokenizer.json"))
    places = np.array(
        [[math.cos(math.radians(angles[word])), math.sin(math.radians(angles[word]))] for word in vocabulary]
    )
    rows = (places + 9.0).astype(np.float16)
    save_file({"embeddings.word_embeddings.weight": rows}, tmp_path / "model.safetensors")
    return Neighbours(tmp_path)


def test_words_are_ordered_by_how_near_they_lie_and_far_ones_are_left_out(drawn: Neighbours) -> None:
    assert drawn.of("mill") == ("barn", "farm", "inn")
    assert drawn.of("farm") == ("barn", "inn", "millet", "mill", "noon")


@pytest.mark.parametrize("word", ["owl", "it", "2nd", "café", "##arn", "!!!", ""])
def test_what_is_no_word_of_the_vocabulary_has_none(word: str, drawn: Neighbours) -> None:
    assert drawn.of(word) == ()


@pytest.mark.parametrize(
    ("word", "near"), [("monday", "tuesday"), ("largest", "smallest"), ("boat", "ship"), ("quickly", "rapidly")]
)
def test_words_of_one_topic_are_near_each_other(word: str, near: str, neighbours: Neighbours) -> None:
    assert near in neighbours.of(word)
    assert word in neighbours.of(near)


def test_upper_and_lower_case_have_the_same(neighbours: Neighbours) -> None:
    assert neighbours.of("Boat") == neighbours.of("BOAT") == neighbours.of("boat")


words = st.sampled_from(
    "boat boats ship bridge northern largest quickly monday closed mined opened owls storm teacher business sing new in"
    " mayor mayors bakery karn cheese election minister first died the of weekly king kings".split()
)


@given(word=words)
def test_neighbours_are_few_other_words_with_the_same_ending(neighbours: Neighbours, word: str) -> None:
    near = neighbours.of(word)
    assert len(near) == len(set(near)) <= 14
    for other in near:
        assert other[:3] != word[:3] or other[:4] != word[:4]
        assert other.isascii()
        assert other.isalpha()
        assert other.islower()
        for ending in ("ing", "ly", "ed"):
            assert other.endswith(ending) == word.endswith(ending)
