import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from index import export
from index.encoder import Encoder, cores, encoder_for
from index.errors import IndexMismatchError, ModelDamagedError
from index.exported import ENCODER_FILE, SETTINGS_FILE, TOKENIZER_FILE
from index.locations import model_folder
from index.models import DEFAULT_DIGEST, DEFAULT_MODEL

TEXTS = ["A ferry ticket costs two crowns.", "Owls nest in the bell tower.", "", "été 橋 🦉", "word " * 5000]


def test_vectors_have_length_one(encoder):
    vectors = encoder.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), encoder.dimension)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)


def test_nothing_to_encode_is_no_vectors(encoder):
    assert encoder.encode([]).shape == (0, encoder.dimension)


def test_a_text_has_the_same_vector_whatever_it_is_encoded_with(encoder):
    alone = np.concatenate([encoder.encode([text]) for text in TEXTS])
    assert np.array_equal(encoder.encode(TEXTS), alone)
    assert np.array_equal(encoder.encode(TEXTS[::-1])[::-1], alone)


def test_what_goes_beyond_the_maximum_length_does_not_count(encoder):
    one, other = encoder.encode(["The river rose. " * 300, "The river rose. " * 300 + "Owls nest."])
    assert np.array_equal(one, other)


def test_texts_of_like_meaning_are_near(encoder):
    ferry, boat, owls = encoder.encode(["The ferry runs at night.", "A boat sails until midnight.", "Owls eat mice."])
    assert ferry @ boat > ferry @ owls + 0.2


def test_progress_is_told_after_each_text(encoder):
    seen: list[int] = []
    encoder.encode(TEXTS[:3], seen.append)
    assert seen == [1, 2, 3]


def test_bytes_of_a_command_line_that_are_no_text_can_be_encoded(encoder):
    assert np.array_equal(encoder.encode(["who \udcff"]), encoder.encode(["who ?"]))


@pytest.fixture
def copied(exported: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(exported, tmp_path / "model"))


@pytest.mark.parametrize("name", [ENCODER_FILE, TOKENIZER_FILE, SETTINGS_FILE])
@pytest.mark.parametrize("content", [b"", b"{}", b"garbage \xff", None])
def test_a_damaged_export_is_told(copied, name, content):
    if content is None:
        (copied / name).unlink()
    else:
        (copied / name).write_bytes(content)
    with pytest.raises(ModelDamagedError) as raised:
        Encoder(copied)
    assert raised.value.why
    assert raised.value.fix == f"delete {copied} and run the command again"


@pytest.mark.parametrize("place", [0, 1_000, 400_000, -1])
@pytest.mark.parametrize("name", [ENCODER_FILE, TOKENIZER_FILE])
def test_a_flipped_byte_is_told(copied, name, place):
    data = bytearray((copied / name).read_bytes())
    data[place] ^= 1
    (copied / name).write_bytes(data)
    with pytest.raises(ModelDamagedError) as raised:
        Encoder(copied)
    assert raised.value.why == f"{name} is not the file that was recorded"


def test_half_an_export_is_told(copied):
    network = copied / ENCODER_FILE
    network.write_bytes(network.read_bytes()[:1_000_000])
    with pytest.raises(ModelDamagedError):
        Encoder(copied)


def test_settings_without_a_value_are_told(copied):
    settings = json.loads((copied / SETTINGS_FILE).read_text())
    del settings["max_tokens"]
    (copied / SETTINGS_FILE).write_text(json.dumps(settings))
    with pytest.raises(ModelDamagedError):
        Encoder(copied)


def test_the_encoder_of_an_index_is_found_by_the_digest_of_its_weights(exported):
    assert encoder_for(DEFAULT_MODEL, DEFAULT_DIGEST).dimension == 384
    with pytest.raises(IndexMismatchError, match="not the model that made it"):
        encoder_for(DEFAULT_MODEL, "0" * 64)


def test_a_damaged_export_is_made_again_and_that_is_said(copied, tmp_path, monkeypatch, caplog, exported):
    """What makes it again is a stand-in here, since the true one takes half a minute."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    place = model_folder(DEFAULT_DIGEST)
    place.parent.mkdir(parents=True)
    (copied / ENCODER_FILE).write_bytes(b"damaged")
    copied.rename(place)

    def make(_model, made):
        shutil.rmtree(made)
        shutil.copytree(exported, made)

    monkeypatch.setattr(export, "_export_in_child", make)
    assert encoder_for(DEFAULT_MODEL, DEFAULT_DIGEST).dimension == 384
    assert caplog.messages == ["The exported embedding model is damaged, and is made again."]
    caplog.clear()
    assert encoder_for(DEFAULT_MODEL, DEFAULT_DIGEST).dimension == 384
    assert not caplog.messages


@pytest.mark.parametrize("told", ["", "0", "many", "9999"])
def test_without_being_told_a_process_uses_every_core_it_may(monkeypatch, told):
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    allowed = cores()
    monkeypatch.setenv("OMP_NUM_THREADS", told)
    assert cores() == allowed


def test_a_process_uses_no_more_cores_than_it_was_told(monkeypatch):
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    assert cores() == 1
