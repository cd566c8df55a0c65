"""Export of a sentence-transformers model to ONNX, once for each model.

Run as a process of its own (``python -m index.export NAME FOLDER``), so that the process that asks or indexes
never imports torch.
"""

import json
import logging
import shutil
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path
from typing import Any

from index.child import child_command, child_environment
from index.digests import digest_of
from index.durable import sync_folder, sync_tree
from index.errors import ModelError, PullquoteError
from index.exported import ENCODER_FILE, EXPORT_VERSION, SETTINGS_FILE, TOKENIZER_FILE, is_current, is_exported
from index.locations import make_private_folder, model_folder
from index.models import Model, find_model, verified_folder

_OPSET = 17
_LOCK_FILE = "export.lock"
_TEMPORARY = "export-"


def export_to_cache(model: Model, *, again: bool = False) -> None:
    """Export a model to the user's cache, in a child process; nothing is done if it is there.

    Of several processes that need it one exports it, and the others wait for that.

    Args:
        model: The model.
        again: Whether to export it although it is there, since it cannot be used.

    Raises:
        ModelError: The export failed, or the model's files cannot be used.

    Example:
        >>> model = find_model()
        >>> export_to_cache(model)
        >>> is_exported(model.digest)
        True
    """
    from filelock import FileLock

    if is_exported(model.digest) and not again:
        return
    verified_folder(model)
    folder = model_folder(model.digest)
    try:
        make_private_folder(folder.parent)
        with FileLock(folder.parent / _LOCK_FILE):
            if again or not is_current(folder):
                _remove_leftovers(folder.parent)
                _export_in_child(model, folder)
    except OSError as error:
        raise _export_failed(model, str(error)) from error


def _remove_leftovers(models: Path) -> None:
    """Remove what killed exports left behind; the lock is held, so that no other export is on its way."""
    for path in models.glob(f"{_TEMPORARY}*"):
        shutil.rmtree(path, ignore_errors=True)


def _export_in_child(model: Model, folder: Path) -> None:
    """Export to a folder that appears only when all of it is written and durable."""
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=_TEMPORARY) as temporary:
        made = Path(temporary) / "model"
        child = subprocess.run(
            child_command("index.export", model.name, str(made)),
            capture_output=True,
            text=True,
            errors="replace",
            env=child_environment({"HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false"}),
            stdin=subprocess.DEVNULL,
            check=False,
        )
        if child.returncode != 0 or not is_current(made):
            raise _export_failed(model, (child.stderr.strip().splitlines() or [f"exit code {child.returncode}"])[-1])
        sync_tree(made)
        if folder.exists():
            shutil.rmtree(folder)
        made.rename(folder)
        sync_folder(folder.parent)


def _export_failed(model: Model, why: str) -> ModelError:
    return ModelError(
        f"The embedding model {model.name} could not be exported to ONNX",
        why,
        "check that torch and sentence-transformers import, and that the disk is not full",
    )


def export(model: Model, folder: Path) -> None:
    """Write a model in int8, with its tokenizer and the encoder's settings, to a new folder.

    Weights are quantised per channel to 7 of 8 bits, which keeps the vectors close to those of the fp32 model on CPUs
    with and without VNNI instructions.

    Raises:
        ModelError: The model's files cannot be used.

    Example:
        >>> model = find_model()
        >>> export_to_cache(model)  # runs export() in a process of its own
        >>> sorted(path.name for path in model_folder(model.digest).iterdir())
        ['encoder.json', 'encoder.onnx', 'tokenizer.json']
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic

    full_precision = folder / "fp32.onnx"
    settings = _write_network(model, folder, full_precision)
    quantize_dynamic(
        full_precision, folder / ENCODER_FILE, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True
    )
    full_precision.unlink()
    _write_settings(folder, settings)


def export_full_precision(model: Model, folder: Path) -> None:
    """Write a model as it is, fp32, with its tokenizer and the encoder's settings to a new folder.

    Raises:
        ModelError: The model's files cannot be used.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as place:  # doctest: +SKIP
        ...     export_full_precision(find_model(), Path(place, "model"))
    """
    _write_settings(folder, _write_network(model, folder, folder / ENCODER_FILE))


def _write_network(model: Model, folder: Path, path: Path) -> dict[str, Any]:
    """Write a model as it is to a path in a new folder, with its tokenizer.

    Returns:
        What an encoder needs to know of it besides.
    """
    from sentence_transformers import SentenceTransformer

    source = verified_folder(model)
    network = SentenceTransformer(
        str(source),
        device="cpu",
        local_files_only=True,
        model_kwargs={"attn_implementation": "eager", "use_safetensors": True},
    ).eval()
    folder.mkdir(parents=True)
    _trace(network, path)
    network.tokenizer.backend_tokenizer.save(str(folder / TOKENIZER_FILE))
    return {
        "version": EXPORT_VERSION,
        "model": model.name,
        "digest": model.digest,
        "dimension": network.get_embedding_dimension(),
        "max_tokens": network.max_seq_length,
    }


def _write_settings(folder: Path, settings: dict[str, Any]) -> None:
    """Write the settings of an encoder last of all, with the digests of its other files."""
    settings["digests"] = {name: digest_of(folder / name) for name in (ENCODER_FILE, TOKENIZER_FILE)}
    (folder / SETTINGS_FILE).write_text(json.dumps(settings, indent=2) + "\n", "utf-8")


def _trace(network: Any, path: Path) -> None:
    """Trace the whole model, pooling and normalisation included, from token ids to vectors."""
    import torch

    features = network.preprocess(["a short text", "a text that is a little longer"])
    names = [name for name in ("input_ids", "attention_mask", "token_type_ids") if name in features]

    class Encoder(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.network = network

        def forward(self, *inputs: torch.Tensor) -> torch.Tensor:
            vectors: torch.Tensor = self.network(dict(zip(names, inputs, strict=True)))["sentence_embedding"]
            return torch.nn.functional.normalize(vectors, dim=-1)

    with torch.no_grad():
        torch.onnx.export(
            Encoder(),
            tuple(features[name] for name in names),
            str(path),
            input_names=names,
            output_names=["vectors"],
            dynamic_axes={**{name: {0: "batch", 1: "tokens"} for name in names}, "vectors": {0: "batch"}},
            opset_version=_OPSET,
            dynamo=False,
        )


def _main(name: str, folder: str) -> int:
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    try:
        export(find_model(name), Path(folder))
    except PullquoteError as error:
        sys.stderr.write(f"{error.what}: {error.why}\n")
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1], sys.argv[2]))
