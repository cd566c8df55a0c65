import json
import shutil
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.digests import digest_of
from index.errors import ModelDamagedError
from index.library import SearchResult
from qa.chat import Chat
from qa.corpus import opened_index
from qa.question import read_question
from qa.reading import Reading
from qa.span_model import BUNDLED, SETTINGS_FILE
from qa.span_reader import CALIBRATION, RANKING, WEIGHTS_FILE, SpanReader, calibration_inputs, load_weights

QUESTION = read_question("How many weeks will the repairs of the bridge take?")


@pytest.fixture(scope="module")
def reader() -> SpanReader:
    return SpanReader()


@pytest.fixture(scope="module")
def opened_town(town: Chat, town_folder: Path) -> Path:
    town.open()
    return town_folder


def read(folder: Path, reader: SpanReader, limit: int = 10) -> tuple[Reading, SearchResult]:
    with closing(opened_index(folder, None)) as index:
        result = index.search(QUESTION.text, limit)
        return reader.read(QUESTION, result, index), result


def test_there_is_one_coefficient_for_each_feature() -> None:
    weights = load_weights()
    assert weights.ranking.shape == (len(RANKING),)
    assert weights.calibration.shape == (len(CALIBRATION),)
    assert np.isfinite([*weights.ranking, *weights.calibration, weights.intercept]).all()


def test_features_have_different_names() -> None:
    assert len(set(RANKING)) == len(RANKING)
    assert len(set(CALIBRATION)) == len(CALIBRATION)


def write_coefficients(folder: Path, text: str) -> None:
    """Write coefficients, and settings that record them."""
    (folder / WEIGHTS_FILE).write_text(text, "utf-8")
    document = json.loads((BUNDLED / SETTINGS_FILE).read_text("utf-8"))
    document["digests"][WEIGHTS_FILE] = digest_of(folder / WEIGHTS_FILE)
    (folder / SETTINGS_FILE).write_text(json.dumps(document), "utf-8")


@pytest.mark.parametrize("name", ["ranking", "calibration"])
@pytest.mark.parametrize("has_one_more", [True, False])
def test_coefficients_of_other_features_are_refused(name: str, has_one_more: bool, tmp_path: Path) -> None:
    stored = json.loads((BUNDLED / WEIGHTS_FILE).read_text("utf-8"))
    missing = stored[name].pop("cosine_passage")
    if has_one_more:
        stored[name] |= {"cosine_passage": missing, "lead": 0.5}
    write_coefficients(tmp_path, json.dumps(stored))
    with pytest.raises(ModelDamagedError, match="coefficients cannot be used") as raised:
        load_weights(tmp_path)
    assert ("lead" if has_one_more else "cosine_passage") in raised.value.why


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", "no JSON", '{"ranking": 5, "calibration": {}, "intercept": 0}', None], ids=str
)
def test_damaged_coefficients_are_told_with_their_folder(text: str | None, tmp_path: Path) -> None:
    write_coefficients(tmp_path, text or "")
    if text is None:
        (tmp_path / WEIGHTS_FILE).unlink()
    with pytest.raises(ModelDamagedError, match="coefficients cannot be used") as raised:
        load_weights(tmp_path)
    assert str(tmp_path) in raised.value.why


def test_coefficients_that_were_changed_are_refused(tmp_path: Path) -> None:
    shutil.copytree(BUNDLED, tmp_path / "reader")
    stored = (tmp_path / "reader" / WEIGHTS_FILE).read_text("utf-8")
    (tmp_path / "reader" / WEIGHTS_FILE).write_text(stored.replace("1", "2", 1), "utf-8")
    with pytest.raises(ModelDamagedError, match=f"{WEIGHTS_FILE} is not the file that was recorded") as raised:
        SpanReader(tmp_path / "reader")
    assert raised.value.fix == "install pullquote again, or train the reader again"


def test_a_reader_without_its_coefficients_is_refused(tmp_path: Path) -> None:
    shutil.copytree(BUNDLED, tmp_path / "reader")
    (tmp_path / "reader" / WEIGHTS_FILE).unlink()
    with pytest.raises(ModelDamagedError, match="coefficients cannot be used"):
        SpanReader(tmp_path / "reader")


def test_every_sentence_that_was_found_is_read_once(opened_town: Path, reader: SpanReader) -> None:
    reading, result = read(opened_town, reader)
    found = {
        (result.articles[hit.passage.article].id, sentence) for hit in result.hits for sentence in hit.passage.sentences
    }
    given_back = [(scored.article.id, scored.sentence) for scored in reading.sentences]
    assert len(given_back) == len(set(given_back))
    assert set(given_back) == found


def test_scores_are_probabilities_and_the_confidence_is_that_of_the_best(opened_town: Path, reader: SpanReader) -> None:
    reading, _ = read(opened_town, reader)
    assert all(0 < scored.score < 1 for scored in reading.sentences)
    assert reading.confidence == reading.sentences[0].score


def test_the_answering_words_lie_inside_their_sentence(opened_town: Path, reader: SpanReader) -> None:
    reading, _ = read(opened_town, reader)
    spans = [(scored.sentence, scored.span) for scored in reading.sentences if scored.span is not None]
    assert spans
    assert all(sentence.start <= span[0] < span[1] <= sentence.end for sentence, span in spans)


def test_each_sentence_tells_the_scores_that_led_to_it(opened_town: Path, reader: SpanReader) -> None:
    reading, result = read(opened_town, reader)
    chains = [scored.scores for scored in reading.sentences if scored.scores is not None]
    assert len(chains) == len(reading.sentences)
    strengths = [chain.strength for chain in chains]
    assert strengths == sorted(strengths, reverse=True)
    for scored, chain in zip(reading.sentences, chains, strict=True):
        hit = result.hits[chain.passage_rank - 1]
        assert scored.sentence in hit.passage.sentences
        assert (chain.lexical, chain.dense, chain.fused) == (hit.lexical, hit.dense, hit.score)
        assert (chain.span is None) == (chain.null is None) == (scored.span is None)
        assert chain.null is None or 0 <= chain.null <= 1
        assert chain.coverage is not None
        assert 0 <= chain.coverage <= 1


def test_nothing_found_is_no_answer(opened_town: Path, reader: SpanReader) -> None:
    with closing(opened_index(opened_town, None)) as index:
        nothing = replace(index.search(QUESTION.text, 1), hits=(), articles={})
        assert reader.read(QUESTION, nothing, index) == Reading((), 0.0)


def test_other_coefficients_can_be_given(opened_town: Path, reader: SpanReader) -> None:
    ours = load_weights()
    forwards, _ = read(opened_town, reader)
    backwards, _ = read(opened_town, SpanReader(weights=replace(ours, ranking=-ours.ranking)))
    assert forwards.sentences[0].sentence != backwards.sentences[0].sentence
    sure = replace(ours, calibration=np.zeros_like(ours.calibration), intercept=50.0)
    certain, _ = read(opened_town, SpanReader(weights=sure))
    assert certain.confidence == pytest.approx(1.0)


def test_reading_twice_gives_the_same(opened_town: Path, reader: SpanReader) -> None:
    assert read(opened_town, reader)[0] == read(opened_town, SpanReader())[0]


def test_an_index_is_only_read(opened_town: Path, reader: SpanReader) -> None:
    with closing(opened_index(opened_town, None)) as index:
        before = index.summary()
    read(opened_town, reader)
    with closing(opened_index(opened_town, None)) as index:
        assert index.summary() == before


@given(st.integers(0, 5), st.integers(0, 2**31))
def test_a_probability_is_told_from_some_of_the_features_of_its_sentence_alone(count: int, seed: int) -> None:
    features = np.random.default_rng(seed).random((count, len(RANKING)))
    inputs = calibration_inputs(features)
    assert inputs.shape == (count, len(CALIBRATION))
    for place, name in enumerate(CALIBRATION):
        assert inputs[:, place].tolist() == features[:, RANKING.index(name)].tolist()
