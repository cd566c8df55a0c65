import json
import logging
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
import torch
from tokenizers import Tokenizer

from qa.span_model import FORMAT_VERSION, MODEL_FILE, SETTINGS_FILE, TOKENIZER_FILE, SpanModel
from qa.training.batches import MAX_TOKENS, Batch, Example, batch
from qa.training.export import export_reader
from qa.training.network import SpanNetwork, tensors

PASSAGES = ("Owls hid.", "Rain fell on Karn, and the owls hid in Brandt's old barn until the storm of 1987 was over.")


@pytest.fixture(scope="module")
def network(tiny: Path) -> SpanNetwork:
    torch.manual_seed(1)
    made = SpanNetwork(tiny)
    torch.nn.init.normal_(made.head.weight)
    return made


@pytest.fixture(scope="module")
def reader(network: SpanNetwork, tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exported") / "reader"
    export_reader(network, tiny, folder, {"data": ["rows.jsonl"], "settings": {"seed": 13}})
    return folder


def inputs_of(question: str, passage: str, folder: Path) -> Batch:
    encoding = Tokenizer.from_file(str(folder / TOKENIZER_FILE)).encode(question, passage)
    return batch([Example(tuple(encoding.ids), encoding.type_ids.index(1), 0, 0)])


@pytest.mark.parametrize("passage", PASSAGES)
def test_the_exported_network_says_what_the_trained_one_says(passage: str, reader: Path, network: SpanNetwork) -> None:
    (found,) = SpanModel(reader).read([("Who hid?", passage)])
    inputs = inputs_of("Who hid?", passage, reader)
    with torch.no_grad():
        logits = network.eval()(**tensors(inputs))[0].numpy()
    within = np.flatnonzero(inputs.types[0])[:-1]
    expected = (logits - logits[0])[within]
    read = np.stack([found.starts, found.ends], axis=1)
    assert read.shape == expected.shape
    assert np.abs(expected).max() > 1
    assert np.abs(read - expected).max() < 0.1 * np.abs(expected).max()


def test_what_is_written_is_whole_and_names_how_it_was_made(reader: Path, tiny: Path) -> None:
    assert {path.name for path in reader.iterdir()} == {MODEL_FILE, TOKENIZER_FILE, SETTINGS_FILE}
    assert (reader / TOKENIZER_FILE).read_bytes() == (tiny / TOKENIZER_FILE).read_bytes()
    assert json.loads((reader / SETTINGS_FILE).read_text("utf-8")) == {
        "version": FORMAT_VERSION,
        "digests": {name: sha256((reader / name).read_bytes()).hexdigest() for name in (MODEL_FILE, TOKENIZER_FILE)},
        "max_tokens": MAX_TOKENS,
        "data": ["rows.jsonl"],
        "settings": {"seed": 13},
    }


def test_a_folder_may_hold_other_things_and_an_earlier_reader(
    reader: Path, network: SpanNetwork, tiny: Path, tmp_path: Path
) -> None:
    (tmp_path / "work").mkdir()
    (tmp_path / MODEL_FILE).write_bytes(b"an earlier reader")
    digest = export_reader(network, tiny, tmp_path, {})
    assert digest == json.loads((reader / SETTINGS_FILE).read_text("utf-8"))["digests"][MODEL_FILE]
    assert (tmp_path / MODEL_FILE).read_bytes() == (reader / MODEL_FILE).read_bytes()
    assert (tmp_path / "work").is_dir()


def test_what_other_code_logs_is_logged_again_afterwards(reader: Path, caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("another").warning("of another")
    assert caplog.messages == ["of another"]
