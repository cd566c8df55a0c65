"""Words that are near a word in meaning, by the word embeddings of an encoder."""

from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import safe_open
from tokenizers import Tokenizer

_EMBEDDINGS = "embeddings.word_embeddings.weight"
# Words below this cosine rarely share a topic.
_LOWEST = 0.28
_MOST = 14
_SHORTEST = 3
_SAME_STEM = 4
# Two words with the same ending are likely the same part of speech and form.
_ENDINGS = ("ing", "ed", "est", "ly", "er", "ss", "s")


class Neighbours:
    """The whole words of an encoder's vocabulary, to look up others near them.

    Example:
        >>> from index.models import find_model, verified_folder
        >>> neighbours = Neighbours(verified_folder(find_model()))
        >>> neighbours.of("northern")[:3]
        ('southern', 'southwestern', 'eastern')
    """

    def __init__(self, encoder: Path) -> None:
        """Load the vocabulary of a BERT model.

        Args:
            encoder: Its folder.
        """
        vocabulary = Tokenizer.from_file(str(encoder / "tokenizer.json")).get_vocab()
        self._words = sorted(word for word in vocabulary if _is_word(word))
        self._places = {word: place for place, word in enumerate(self._words)}
        with safe_open(encoder / "model.safetensors", framework="numpy") as held:
            rows = held.get_tensor(_EMBEDDINGS)[[vocabulary[word] for word in self._words]]
        self._directions = _directions(rows.astype(np.float32))
        self._near = lru_cache(maxsize=None)(self._find)

    def of(self, word: str) -> tuple[str, ...]:
        """The words near a word, in lower case, nearest first; none for a word that is not in the vocabulary."""
        return self._near(word.lower())

    def _find(self, word: str) -> tuple[str, ...]:
        place = self._places.get(word)
        if place is None:
            return ()
        cosines = self._directions @ self._directions[place]
        near = np.flatnonzero(cosines > _LOWEST)
        ordered = (self._words[other] for other in near[np.argsort(-cosines[near], kind="stable")])
        return tuple(other for other in ordered if _is_other(word, other))[:_MOST]


def _directions(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """Rows less their mean, of unit length: word embeddings all point to one side."""
    centred = rows - rows.mean(axis=0)
    unit: NDArray[np.float32] = centred / np.linalg.norm(centred, axis=1, keepdims=True)
    return unit


def _is_word(piece: str) -> bool:
    return len(piece) >= _SHORTEST and piece.isascii() and piece.isalpha()


def _is_other(word: str, other: str) -> bool:
    """Whether a word is no form of another, and has the same ending."""
    stem = min(_SAME_STEM, len(word), len(other))
    return word[:stem] != other[:stem] and _ending(word) == _ending(other)


def _ending(word: str) -> str:
    return next((ending for ending in _ENDINGS if word.endswith(ending)), "")
