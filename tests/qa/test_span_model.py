import json
import shutil
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import ModelDamagedError
from qa import span_model
from qa.span_model import BUNDLED, FORMAT_VERSION, MODEL_FILE, SETTINGS_FILE, TOKENIZER_FILE, SpanModel
from qa.spans import null_probability

QUESTION = "Who closed the mill?"
PASSAGES = (
    "The mill of Karn was closed by Tomas Veld in 1992. Owls have lived there since.",
    "It rained.",
    "The “Zürich” ferry cost £5 – a bargain, the purser Hélène Roux said. 🦉",
)


@pytest.fixture(scope="module")
def model() -> SpanModel:
    return SpanModel(BUNDLED)


def asked_of(passages: Sequence[str], question: str = QUESTION) -> list[tuple[str, str]]:
    """A question, with each of some passages."""
    return [(question, passage) for passage in passages]


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(BUNDLED, tmp_path / "reader"))


@given(passages=st.lists(st.text(max_size=30), max_size=3))
@settings(max_examples=20)
def test_the_offsets_of_tokens_lie_in_the_passage_one_behind_the_other(model: SpanModel, passages: list[str]) -> None:
    found = model.read(asked_of(passages))
    assert len(found) == len(passages)
    for passage, logits in zip(passages, found, strict=True):
        assert logits.offsets.shape == (len(logits.starts), 2)
        assert logits.starts.shape == logits.ends.shape
        assert np.isfinite(logits.starts).all()
        assert np.isfinite(logits.ends).all()
        assert ((logits.offsets >= 0) & (logits.offsets <= len(passage))).all()
        assert (logits.offsets[:, 0] <= logits.offsets[:, 1]).all()
        assert (np.diff(logits.offsets[:, 0]) >= 0).all()


def test_the_words_and_signs_of_a_passage_are_its_tokens(model: SpanModel) -> None:
    passage = "The bridge was closed, by “Anna”."
    (found,) = model.read(asked_of([passage]))
    assert [passage[start:end] for start, end in found.offsets] == "The bridge was closed , by “ Anna ” .".split()


def test_what_is_said_of_a_passage_does_not_depend_on_the_others(model: SpanModel) -> None:
    together = model.read(asked_of(PASSAGES))
    for passage, among in zip(PASSAGES, together, strict=True):
        (alone,) = model.read(asked_of([passage]))
        assert (alone.offsets == among.offsets).all()
        assert (alone.starts == among.starts).all()
        assert (alone.ends == among.ends).all()


def test_each_passage_is_asked_its_own_question(model: SpanModel) -> None:
    questions = (QUESTION, "What was closed in 1992?", "When was the mill closed?")
    together = model.read([(question, PASSAGES[0]) for question in questions])
    for question, among in zip(questions, together, strict=True):
        (alone,) = model.read([(question, PASSAGES[0])])
        assert (alone.starts == among.starts).all()
    words = [PASSAGES[0][found.offsets[found.starts.argmax()][0] :].split()[0] for found in together]
    assert words == ["Tomas", "The", "1992."]


def test_a_passage_that_answers_is_told_from_one_that_does_not(model: SpanModel) -> None:
    answering, other, _ = map(null_probability, model.read(asked_of(PASSAGES)))
    assert answering < other


def test_nothing_to_read_gives_nothing(model: SpanModel) -> None:
    assert model.read([]) == []
    (empty,) = model.read(asked_of([""]))
    assert empty.offsets.shape == (0, 2)


def test_a_long_passage_is_read_as_far_as_the_network_reaches(model: SpanModel) -> None:
    settings = json.loads((BUNDLED / SETTINGS_FILE).read_text("utf-8"))
    long = "The mill of Karn was closed. " * 200
    (found,) = model.read([("Who hid?", long)])
    # Three tokens of the question, and three that stand between and around the two.
    assert len(found.offsets) == settings["max_tokens"] - 6
    assert found.offsets[-1][1] < len(long)


def test_a_question_that_is_longer_than_the_network_reaches_can_be_asked(model: SpanModel) -> None:
    for question in ("a? " * 600, "why " * 500):
        short, long = model.read(asked_of(["Owls hid.", "The mill of Karn was closed. " * 200], question))
        assert short.offsets[-1].tolist() == [8, 9]
        assert len(long.offsets) > 100


@pytest.mark.parametrize("name", [MODEL_FILE, TOKENIZER_FILE, SETTINGS_FILE])
def test_a_missing_file_is_told_with_its_folder(name: str, copied: Path) -> None:
    (copied / name).unlink()
    check_damaged(copied)


def test_the_settings_of_the_reader_that_comes_with_the_package_are_pinned(
    copied: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(span_model, "BUNDLED", copied)
    assert SpanModel(copied)
    text = (copied / SETTINGS_FILE).read_text("utf-8")
    (copied / SETTINGS_FILE).write_text(text.replace('"max_tokens": 384', '"max_tokens": 385'), "utf-8")
    assert f"{SETTINGS_FILE} is not the file that was recorded" in check_damaged(copied)


@pytest.mark.parametrize("place", [0, 1_000, -1])
@pytest.mark.parametrize("name", [MODEL_FILE, TOKENIZER_FILE])
def test_a_flipped_byte_is_told_with_its_folder(name: str, place: int, copied: Path) -> None:
    data = bytearray((copied / name).read_bytes())
    data[place] ^= 1
    (copied / name).write_bytes(data)
    assert f"{name} is not the file that" in check_damaged(copied)


def test_the_tokenizer_of_another_reader_is_told_with_its_folder(copied: Path) -> None:
    document = json.loads((copied / TOKENIZER_FILE).read_text("utf-8"))
    document["normalizer"]["lowercase"] = not document["normalizer"]["lowercase"]
    (copied / TOKENIZER_FILE).write_text(json.dumps(document), "utf-8")
    assert TOKENIZER_FILE in check_damaged(copied)


@pytest.mark.parametrize("text", ["", "[]", "{}", "no JSON"])
@pytest.mark.parametrize("name", [TOKENIZER_FILE, SETTINGS_FILE])
def test_a_damaged_document_is_told_with_its_folder(name: str, text: str, copied: Path) -> None:
    (copied / name).write_text(text, "utf-8")
    check_damaged(copied)


@pytest.mark.parametrize("version", [FORMAT_VERSION - 1, FORMAT_VERSION + 1])
def test_another_version_is_told_with_its_folder(version: int, copied: Path) -> None:
    document = json.loads((copied / SETTINGS_FILE).read_text("utf-8"))
    (copied / SETTINGS_FILE).write_text(json.dumps({**document, "version": version}), "utf-8")
    assert f"not of version {FORMAT_VERSION}" in check_damaged(copied)


@pytest.mark.parametrize("name", [MODEL_FILE, TOKENIZER_FILE])
def test_a_file_that_only_claims_to_be_a_network_or_tokenizer_is_told(name: str, copied: Path) -> None:
    document = json.loads((copied / SETTINGS_FILE).read_text("utf-8"))
    (copied / name).write_bytes(b"neither")
    document["digests"][name] = sha256(b"neither").hexdigest()
    (copied / SETTINGS_FILE).write_text(json.dumps(document), "utf-8")
    check_damaged(copied)


def check_damaged(folder: Path) -> str:
    with pytest.raises(ModelDamagedError, match="reader cannot be loaded") as raised:
        SpanModel(folder)
    assert str(folder) in raised.value.why
    assert "\n" not in raised.value.why
    return raised.value.why
