import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from index import export as export_module
from index.encoder import Encoder
from index.errors import ModelDamagedError, ModelError
from index.export import export_to_cache
from index.exported import ENCODER_FILE, SETTINGS_FILE, TOKENIZER_FILE, is_exported
from index.locations import model_folder
from index.models import DEFAULT_DIGEST, DEFAULT_MODEL, Model, find_model, verified_folder

SENTENCES = (
    "The stone bridge over the Linden was closed on Monday after the river rose by three metres.",
    "How long will the repairs take?",
    "“We had no warning,” said Ida Brandt, 41, who lives on the far bank.",
    "Two barn owls have nested in the bell tower of Saint Odile since 11 April 2021.",
    "Oui.",
)

AS_THE_AUTHORS_DO = """
import json, sys
import sentence_transformers
model = sentence_transformers.SentenceTransformer(sys.argv[1], device="cpu", local_files_only=True)
vectors = model.encode(json.loads(sys.argv[2]), normalize_embeddings=True)
print(json.dumps(vectors.tolist()))
"""


def test_an_export_is_whole_and_replaces_what_a_killed_one_left(exported):
    assert {path.name for path in exported.iterdir()} == {ENCODER_FILE, TOKENIZER_FILE, SETTINGS_FILE}
    assert (exported / ENCODER_FILE).stat().st_size > 10_000_000
    assert not list(exported.parent.glob("export-*"))
    assert is_exported(DEFAULT_DIGEST)


def test_an_export_is_made_once(exported, monkeypatch):
    before = (exported / ENCODER_FILE).stat()
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(export_to_cache, [find_model()] * 2))
    assert (exported / ENCODER_FILE).stat() == before


def test_its_vectors_are_those_of_sentence_transformers_in_full_precision(encoder):
    """In a process of its own, since importing torch takes seconds."""
    command = [sys.executable, "-W", "ignore", "-c", AS_THE_AUTHORS_DO]
    folder = str(verified_folder(find_model()))
    done = subprocess.run(
        [*command, folder, json.dumps(SENTENCES)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "HF_HUB_OFFLINE": "1"},
    )
    published = np.array(json.loads(done.stdout.splitlines()[-1]))
    cosines = (published * encoder.encode(SENTENCES)).sum(axis=1)
    assert cosines.min() > 0.97


@pytest.fixture
def empty_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_wrong_weights_are_refused_before_anything_is_made(empty_cache, tmp_path):
    (tmp_path / "model.safetensors").write_bytes(b"not the published weights")
    with pytest.raises(ModelDamagedError):
        export_to_cache(Model(DEFAULT_MODEL, DEFAULT_DIGEST, tmp_path))
    assert not empty_cache.exists()


def test_a_failed_export_tells_why_and_leaves_nothing_behind(empty_cache, tmp_path):
    """The weights are no safetensors file, which is noticed only by the process that exports."""
    (tmp_path / "model.safetensors").write_bytes(b"no weights at all")
    model = find_model(str(tmp_path))
    with pytest.raises(ModelError, match="could not be exported") as raised:
        export_to_cache(model)
    assert raised.value.why
    assert not model_folder(model.digest).exists()
    assert [path.name for path in model_folder(model.digest).parent.iterdir()] in ([], ["export.lock"])


def test_a_cache_that_cannot_be_written_is_told(empty_cache):
    empty_cache.write_text("a file where the cache should be")
    with pytest.raises(ModelError, match="could not be exported"):
        export_to_cache(find_model())


def test_an_export_of_another_version_is_not_used(exported, empty_cache):
    folder = model_folder(DEFAULT_DIGEST)
    folder.mkdir(parents=True)
    settings = json.loads((exported / SETTINGS_FILE).read_text())
    for text in (json.dumps({**settings, "version": 0}), "[]", "not JSON", ""):
        (folder / SETTINGS_FILE).write_text(text)
        assert not is_exported(DEFAULT_DIGEST)
    (folder / SETTINGS_FILE).write_text(json.dumps(settings))
    assert is_exported(DEFAULT_DIGEST)


def test_this_process_has_not_imported_torch(exported):
    assert Encoder(exported).encode(["x"]).shape == (1, 384)
    assert not hasattr(export_module, "torch")
