"""Make a Hugging Face folder of pullquote's reader, so that other systems can read with the same weights.

    python benchmarks/peer_reader.py FOLDER

The reader is shipped as int8 ONNX only. Its weights are taken out of that file and multiplied by their scales, which
gives the very numbers that the int8 network computes with; what is left out is that it also rounds what flows between
the layers. The folder then holds a ``BertForQuestionAnswering``: logits of the first and the last token, with ``[CLS]``
for "not in this passage". How far its logits are from those of the ONNX file is printed at the end.

Needs onnx and safetensors, and for the comparison onnxruntime, torch and transformers.
"""

import argparse
import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import ModelProto, NodeProto, numpy_helper
from safetensors.numpy import save_file

from qa.span_model import BUNDLED, MODEL_FILE, TOKENIZER_FILE, SpanModel, TokenLogits

# A head of MiniLM sees 32 dimensions; the number of heads cannot be told from the weights.
HEAD_SIZE = 32
PAIRS = (
    (
        "How many ferries were moored?",
        "The harbour was calm. Four ferries were moored at the quay on Tuesday, the port said.",
    ),
    (
        "Who opened the bridge?",
        "Rain fell. The mayor, Ines Moreau, opened the footbridge in 2019; it cost 3.2 million euros.",
    ),
    ("When did the strike end?", "Bakers struck for nine days. No agreement was reached by Friday evening."),
)


def weights_of(model: ModelProto) -> dict[str, NDArray[np.float32]]:
    """The weights of the reader's network by the names that ``BertForQuestionAnswering`` gives them.

    Weights of matrices lie in the file as inputs of anonymous operations; the names of those tell the layers.
    """
    stored = {each.name: numpy_helper.to_array(each) for each in model.graph.initializer}
    found = {}
    for name, values in stored.items():
        if values.dtype == np.float32 and name.startswith(("encoder.", "head.")) and not name.endswith("_scale"):
            found[_renamed(name)] = values
        elif name.startswith("encoder.") and name.endswith("_quantized"):
            found[_renamed(name.removesuffix("_quantized"))] = _restored(stored, name.removesuffix("_quantized"))
    for node in model.graph.node:
        if node.op_type == "MatMulInteger":
            matrix = _restored(stored, node.input[1].removesuffix("_quantized"))
            found[_renamed(_layer(node))] = np.ascontiguousarray(matrix.T)
    return found


def _restored(stored: dict[str, NDArray[Any]], name: str) -> NDArray[np.float32]:
    """A quantised tensor in full precision: with one scale, or one for each column."""
    values = stored[f"{name}_quantized"].astype(np.float32)
    zero = stored[f"{name}_zero_point"].astype(np.float32)
    restored: NDArray[np.float32] = (values - zero) * stored[f"{name}_scale"]
    return restored


def _layer(node: NodeProto) -> str:
    """``/encoder/encoder/layer.0/…/query/MatMul_quant`` is the weight ``encoder.encoder.layer.0.….query.weight``."""
    return node.name.strip("/").removesuffix("/MatMul_quant").replace("/", ".") + ".weight"


def _renamed(name: str) -> str:
    return (
        name.replace("encoder.", "bert.", 1) if name.startswith("encoder.") else name.replace("head", "qa_outputs", 1)
    )


def config_of(model: ModelProto, weights: dict[str, NDArray[np.float32]]) -> dict[str, Any]:
    """The settings of the network, as they show in the shapes of its weights."""
    words, size = weights["bert.embeddings.word_embeddings.weight"].shape
    norm = next(node for node in model.graph.node if node.op_type == "LayerNormalization")
    return {
        "architectures": ["BertForQuestionAnswering"],
        "model_type": "bert",
        "vocab_size": words,
        "hidden_size": size,
        "num_attention_heads": size // HEAD_SIZE,
        "num_hidden_layers": len({name.split(".")[3] for name in weights if ".layer." in name}),
        "intermediate_size": len(weights["bert.encoder.layer.0.intermediate.dense.bias"]),
        "max_position_embeddings": len(weights["bert.embeddings.position_embeddings.weight"]),
        "type_vocab_size": len(weights["bert.embeddings.token_type_embeddings.weight"]),
        "layer_norm_eps": next(each.f for each in norm.attribute if each.name == "epsilon"),
        "hidden_act": "gelu",
    }


def convert(folder: Path) -> None:
    """Write the network, its settings and its tokenizer into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    model = onnx.load(BUNDLED / MODEL_FILE)
    weights = weights_of(model)
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
    (folder / "config.json").write_text(json.dumps(config_of(model, weights), indent=2) + "\n", "utf-8")
    shutil.copy(BUNDLED / TOKENIZER_FILE, folder / TOKENIZER_FILE)
    longest = json.loads((BUNDLED / "reader.json").read_text("utf-8"))["max_tokens"]
    settings = {"tokenizer_class": "BertTokenizerFast", "model_max_length": longest, "do_lower_case": True}
    (folder / "tokenizer_config.json").write_text(json.dumps(settings, indent=2) + "\n", "utf-8")


def differences(folder: Path) -> dict[str, float]:
    """How far the logits of the folder's network are from those of the ONNX file, against the null score."""
    ours = SpanModel(BUNDLED).read(PAIRS)
    gaps = np.concatenate([_gap(folder, *pair, logits) for pair, logits in zip(PAIRS, ours, strict=True)])
    size = np.concatenate([np.concatenate([each.starts, each.ends]) for each in ours])
    return {
        "largest": round(float(gaps.max()), 3),
        "mean": round(float(gaps.mean()), 3),
        "mean logit": round(float(np.abs(size).mean()), 3),
        "same best first token": sum(_same_first(folder, *pair, each) for pair, each in zip(PAIRS, ours, strict=True)),
        "pairs": len(PAIRS),
    }


def _gap(folder: Path, question: str, passage: str, ours: TokenLogits) -> NDArray[np.float32]:
    starts, ends = _logits(folder, question, passage)
    return np.abs(np.concatenate([starts - ours.starts, ends - ours.ends]))


def _same_first(folder: Path, question: str, passage: str, ours: TokenLogits) -> bool:
    return bool(_logits(folder, question, passage)[0].argmax() == ours.starts.argmax())


def _logits(folder: Path, question: str, passage: str) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """What transformers makes of the folder: the logits of the passage's tokens, less those of ``[CLS]``."""
    import torch
    from transformers import AutoModelForQuestionAnswering, AutoTokenizer

    tokens = AutoTokenizer.from_pretrained(folder)(question, passage, return_tensors="pt")
    model = AutoModelForQuestionAnswering.from_pretrained(folder).eval()
    with torch.inference_mode():
        found = model(**tokens)
    within = np.array([side == 1 for side in tokens.sequence_ids(0)])
    starts, ends = (each[0].numpy() - float(each[0, 0]) for each in (found.start_logits, found.end_logits))
    return starts[within], ends[within]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="the folder to write")
    chosen = parser.parse_args().folder
    convert(chosen)
    for what, value in differences(chosen).items():
        print(f"{what}: {value}")
