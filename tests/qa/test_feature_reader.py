import json
from contextlib import closing
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from index.library import Index, SearchResult
from qa import feature_reader
from qa.chat import Chat
from qa.corpus import opened_index
from qa.feature_reader import WEIGHTS_FILE, FeatureReader, load_weights
from qa.features import FEATURES
from qa.question import read_question
from qa.reading import Reading

QUESTION = read_question("How many weeks will the repairs of the bridge take?")


def read(folder: Path, reader: FeatureReader, limit: int = 10) -> tuple[Reading, SearchResult]:
    with closing(opened_index(folder, None)) as index:
        result = index.search(QUESTION.text, limit)
        return reader.read(QUESTION, result, index), result


def test_there_is_one_coefficient_for_each_feature() -> None:
    weights = load_weights()
    assert weights.ranking.shape == (len(FEATURES),)
    assert weights.calibration.shape == (len(FEATURES) + 1,)
    assert np.isfinite([*weights.ranking, *weights.calibration, weights.intercept]).all()


def test_coefficients_of_other_features_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stored = json.loads(files("qa").joinpath(WEIGHTS_FILE).read_text("utf-8"))
    stored["ranking"]["one more"] = stored["ranking"].pop(FEATURES[0])
    path = tmp_path / "weights.json"
    path.write_text(json.dumps(stored), "utf-8")
    monkeypatch.setattr(feature_reader, "WEIGHTS_FILE", str(path))
    with pytest.raises(ValueError, match="other features"):
        load_weights()


def test_every_sentence_that_was_found_is_read_once(town: Chat, town_folder: Path) -> None:
    town.open()
    reading, result = read(town_folder, FeatureReader())
    found = {
        (result.articles[hit.passage.article].id, sentence) for hit in result.hits for sentence in hit.passage.sentences
    }
    given = [(scored.article.id, scored.sentence) for scored in reading.sentences]
    assert len(given) == len(set(given))
    assert set(given) == found


def test_scores_are_probabilities_and_the_confidence_is_that_of_the_best(town: Chat, town_folder: Path) -> None:
    town.open()
    reading, _ = read(town_folder, FeatureReader())
    assert all(0 < scored.score < 1 for scored in reading.sentences)
    assert reading.confidence == reading.sentences[0].score


def test_the_answering_words_lie_inside_their_sentence(town: Chat, town_folder: Path) -> None:
    town.open()
    reading, _ = read(town_folder, FeatureReader())
    spans = [(scored.sentence, scored.span) for scored in reading.sentences if scored.span is not None]
    assert spans
    assert all(sentence.start <= span[0] < span[1] <= sentence.end for sentence, span in spans)


def test_nothing_found_is_no_answer(town: Chat, town_folder: Path) -> None:
    town.open()
    with closing(opened_index(town_folder, None)) as index:
        nothing = replace(index.search(QUESTION.text, 1), hits=(), articles={})
        assert FeatureReader().read(QUESTION, nothing, index) == Reading((), 0.0)


def test_other_coefficients_can_be_given(town: Chat, town_folder: Path) -> None:
    town.open()
    ours = load_weights()
    forwards, _ = read(town_folder, FeatureReader(ours))
    backwards, _ = read(town_folder, FeatureReader(replace(ours, ranking=-ours.ranking)))
    assert forwards.sentences[0].sentence != backwards.sentences[0].sentence
    sure = replace(ours, calibration=np.zeros_like(ours.calibration), intercept=50.0)
    certain, _ = read(town_folder, FeatureReader(sure))
    assert certain.confidence == pytest.approx(1.0)


def test_reading_twice_gives_the_same(town: Chat, town_folder: Path) -> None:
    town.open()
    assert read(town_folder, FeatureReader())[0] == read(town_folder, FeatureReader())[0]


def test_an_index_is_only_read(town: Chat, town_folder: Path) -> None:
    town.open()

    def state() -> dict[Path, bytes]:
        with closing(opened_index(town_folder, None)) as index:
            assert isinstance(index, Index)
        return {path: path.read_bytes() for path in town_folder.rglob("*") if path.is_file()}

    before = state()
    read(town_folder, FeatureReader())
    assert state() == before
