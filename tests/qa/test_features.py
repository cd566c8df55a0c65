from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from index.library import Index
from qa.corpus import open_corpus
from qa.features import FEATURES, extract
from qa.question import read_question

SHORT = "The ULV sent 412 boats."
LONG = "The Union of Lake Villages sent 412 boats."
OTHER = "The Board of the Harbour sent 412 boats."


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder: Path = tmp_path_factory.mktemp("stories")
    for number, sentence in enumerate((SHORT, LONG, OTHER)):
        (folder / f"{number}.txt").write_text(f"Boats for the dry lakes\n\n{sentence}\n", "utf-8")
    with closing(open_corpus(folder, None).index) as opened:
        yield opened


def features_of(text: str, index: Index) -> dict[str, dict[str, float]]:
    """The features of each sentence by their names."""
    question = read_question(text)
    found, features = extract(question, index.search(question.text, 10), index)
    return {
        item.article.text[item.sentence.start : item.sentence.end]: dict(zip(FEATURES, row.tolist(), strict=True))
        for item, row in zip(found, features, strict=True)
    }


@pytest.mark.parametrize(
    "name",
    ["coverage_sentence", "coverage_around", "coverage_passage", "names_sentence", "names_passage", "things_passage"],
)
def test_a_name_that_is_spelled_out_counts_as_the_acronym_of_the_question(name: str, index: Index) -> None:
    told = features_of("How many boats has the ULV sent?", index)
    assert told[LONG][name] == told[SHORT][name] == 1.0
    assert told[OTHER][name] < 1.0


def test_only_an_acronym_of_the_question_is_looked_for_in_names(index: Index) -> None:
    told = features_of("How many boats has the Ulv sent?", index)
    assert told[SHORT]["names_sentence"] == 1.0
    assert told[LONG]["names_sentence"] == 0.0


@pytest.mark.parametrize(
    "text", ["How many boats has the ULV sent?", "Why?", "Which villages lie at the lake in 2018?"]
)
def test_features_are_shares_or_cosines(text: str, index: Index) -> None:
    for told in features_of(text, index).values():
        assert np.isfinite(list(told.values())).all()
        assert -1 <= told.pop("cosine_passage") <= 1
        assert all(0 <= value <= 1 for value in told.values())
