import hashlib
import os
import shutil
from pathlib import Path

import pytest

from index.errors import ModelDamagedError, ModelNotFoundError
from index.models import DEFAULT_DIGEST, DEFAULT_MODEL, Model, find_model, model_digest, verified_folder, weights_digest


def test_the_default_model_has_the_weights_of_the_original_release():
    folder = verified_folder(find_model())
    assert hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest() == DEFAULT_DIGEST


def test_a_folder_is_a_model_named_by_its_absolute_path(tmp_path, monkeypatch):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "model.safetensors").write_bytes(b"weights")
    monkeypatch.chdir(tmp_path)
    model = find_model("mine")
    assert model == Model(str(tmp_path / "mine"), model_digest(tmp_path / "mine"), tmp_path / "mine")
    assert verified_folder(model) == tmp_path / "mine"


def test_a_model_in_the_hugging_face_cache_is_found_by_its_short_and_its_full_name(tmp_path, monkeypatch):
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path))
    repository = tmp_path / "models--sentence-transformers--tiny"
    snapshot = repository / "snapshots" / ("0" * 40)
    snapshot.mkdir(parents=True)
    (snapshot / "model.safetensors").write_bytes(b"weights")
    (repository / "refs").mkdir()
    (repository / "refs" / "main").write_text("0" * 40)
    for name in ("tiny", "sentence-transformers/tiny"):
        assert find_model(name) == Model(name, model_digest(snapshot), snapshot)


@pytest.mark.parametrize("name", ["no-such-model", "someone/no-such-model", "a/b/c", "\x00", "x" * 5000, "~no-one"])
def test_a_model_that_is_not_there_is_told_without_a_look_at_the_network(name):
    with pytest.raises(ModelNotFoundError, match="downloads nothing"):
        find_model(name)


def test_pickled_weights_are_refused(tmp_path):
    (tmp_path / "pytorch_model.bin").write_bytes(b"pickle")
    with pytest.raises(ModelDamagedError, match="no weights in safetensors"):
        find_model(str(tmp_path))


def test_a_model_of_which_a_part_is_pickled_is_refused(tmp_path):
    (tmp_path / "2_Dense").mkdir()
    (tmp_path / "model.safetensors").write_bytes(b"weights")
    (tmp_path / "2_Dense" / "pytorch_model.bin").write_bytes(b"pickled")
    with pytest.raises(ModelDamagedError, match="other weights than safetensors"):
        find_model(str(tmp_path))
    (tmp_path / "2_Dense" / "model.safetensors").write_bytes(b"the same")
    assert find_model(str(tmp_path)).digest


def test_other_weights_than_the_published_ones_are_refused(tmp_path):
    (tmp_path / "model.safetensors").write_bytes(b"not the published weights")
    with pytest.raises(ModelDamagedError, match=f"not {DEFAULT_DIGEST[:12]}"):
        verified_folder(Model(DEFAULT_MODEL, DEFAULT_DIGEST, tmp_path))


def test_weights_that_cannot_be_read_are_told(tmp_path):
    (tmp_path / "model.safetensors").mkdir()
    with pytest.raises(ModelDamagedError, match="cannot be read"):
        weights_digest(tmp_path)


def test_the_digest_covers_every_part_of_the_weights(tmp_path):
    for name in ("model-1.safetensors", "model-2.safetensors"):
        (tmp_path / name).write_bytes(os.urandom(8))
    before = weights_digest(tmp_path)
    Path(tmp_path, "model-2.safetensors").write_bytes(b"changed")
    assert weights_digest(tmp_path) != before


def test_the_same_weights_with_other_settings_are_another_model(tmp_path):
    for name in ("mean", "cls"):
        (tmp_path / name / "1_Pooling").mkdir(parents=True)
        (tmp_path / name / "model.safetensors").write_bytes(b"weights")
        (tmp_path / name / "1_Pooling" / "config.json").write_text(f'{{"{name}": true}}')
    mean, cls = (find_model(str(tmp_path / name)).digest for name in ("mean", "cls"))
    assert len({mean, cls, weights_digest(tmp_path / "mean")}) == 3


def test_the_default_model_with_other_settings_is_refused(tmp_path):
    shutil.copytree(verified_folder(find_model()), tmp_path / "model")
    (tmp_path / "model" / "1_Pooling" / "config.json").write_text("{}")
    with pytest.raises(ModelDamagedError, match="cannot be trusted"):
        verified_folder(Model(DEFAULT_MODEL, DEFAULT_DIGEST, tmp_path / "model"))
