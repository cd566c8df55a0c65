"""The trained network to the files that a reader is loaded from: int8 ONNX, tokenizer, settings."""

import json
import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from index.digests import digest_of
from index.durable import sync_file, sync_folder
from index.locations import make_private_folder
from qa.span_model import FORMAT_VERSION, MODEL_FILE, SETTINGS_FILE, TOKENIZER_FILE
from qa.training.batches import MAX_TOKENS
from qa.training.network import SpanNetwork

_OPSET = 17


def export_reader(network: SpanNetwork, encoder: Path, folder: Path, provenance: dict[str, Any]) -> str:
    """Write a reader's files.

    Weights are quantised per channel to 7 of 8 bits, which loses little on CPUs with and without VNNI instructions.

    Args:
        network: The trained network.
        encoder: The folder of the encoder it started from, for its tokenizer.
        folder: Where the files go; those that are there are replaced.
        provenance: What is kept of how it was made, in JSON types.

    Returns:
        SHA-256 of the ONNX file, in hex.
    """
    make_private_folder(folder)
    full_precision = folder / "fp32.onnx"
    with _unwarned():
        _trace(network.eval(), full_precision)
        quantize_dynamic(
            full_precision, folder / MODEL_FILE, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True
        )
    full_precision.unlink()
    (folder / TOKENIZER_FILE).write_bytes((encoder / TOKENIZER_FILE).read_bytes())
    digests = {name: digest_of(folder / name) for name in (MODEL_FILE, TOKENIZER_FILE)}
    settings = {"version": FORMAT_VERSION, "digests": digests, "max_tokens": MAX_TOKENS, **provenance}
    write_settings(folder, settings)
    for name in (MODEL_FILE, TOKENIZER_FILE):
        sync_file(folder / name)
    sync_folder(folder.parent)
    return digests[MODEL_FILE]


def write_settings(folder: Path, settings: dict[str, Any]) -> None:
    """Write the settings of a reader in place of those that are there, if any."""
    (folder / SETTINGS_FILE).write_text(json.dumps(settings, indent=2) + "\n", "utf-8")
    sync_file(folder / SETTINGS_FILE)
    sync_folder(folder)


@contextmanager
def _unwarned() -> Iterator[None]:
    """Leave out what the exporter says of its successor and of constants, and what the quantiser advises."""
    categories: tuple[type[Warning], ...] = (DeprecationWarning, UserWarning, torch.jit.TracerWarning)
    logging.disable(logging.WARNING)
    try:
        with warnings.catch_warnings():
            for category in categories:
                warnings.simplefilter("ignore", category)
            yield
    finally:
        logging.disable(logging.NOTSET)


def _trace(network: SpanNetwork, path: Path) -> None:
    """Trace the network from token ids to the logits of the first and the last token."""
    # Which tokens these are does not matter, but one must be padding, for the mask to be traced.
    ids = torch.tensor([[1, 2, 3, 4, 4, 3], [1, 2, 3, 4, 3, 0]])
    inputs = (ids, (ids > 0).long(), torch.tensor([[0, 0, 0, 1, 1, 1]] * 2))
    names = ["ids", "mask", "types"]
    with torch.no_grad():
        torch.onnx.export(
            network,
            inputs,
            str(path),
            input_names=names,
            output_names=["logits"],
            dynamic_axes={name: {0: "batch", 1: "tokens"} for name in (*names, "logits")},
            opset_version=_OPSET,
            dynamo=False,
        )
