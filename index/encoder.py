"""Texts to vectors, on ONNX Runtime."""

import json
import logging
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.digests import check_digests, checking
from index.errors import IndexMismatchError, ModelDamagedError, ModelError
from index.exported import ENCODER_FILE, SETTINGS_FILE, TOKENIZER_FILE, is_exported
from index.locations import model_folder
from index.models import find_model

Vectors = NDArray[np.float32]

_LOG = logging.getLogger("pullquote")


class Encoder:
    """An embedding model, ready to encode.

    Attributes:
        dimension: The length of a vector.

    Example:
        >>> model = find_model()
        >>> encoder = encoder_for(model.name, model.digest)
        >>> rain, shower, owls = encoder.encode(["Rain fell.", "It rained.", "Owls hunt."])
        >>> bool(rain @ shower > rain @ owls)
        True
    """

    def __init__(self, folder: Path) -> None:
        """Load an exported model.

        Args:
            folder: A folder that ``index.export`` wrote.

        Raises:
            ModelDamagedError: A file is missing, cannot be loaded, or is not the one that was exported.
        """
        import onnxruntime
        from tokenizers import Tokenizer

        try:
            settings = json.loads((folder / SETTINGS_FILE).read_text("utf-8"))
            with checking(folder, settings["digests"], ENCODER_FILE, TOKENIZER_FILE):
                self.dimension: int = settings["dimension"]
                self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
                self._tokenizer.enable_truncation(settings["max_tokens"])
                self._tokenizer.no_padding()
                self._session = onnxruntime.InferenceSession(
                    str(folder / ENCODER_FILE), session_options(), providers=["CPUExecutionProvider"]
                )
        except Exception as error:
            # Both libraries raise bare Exception.
            if _is_whole(folder):
                # Such as too little memory or too many open files: nothing is wrong with the model.
                why = next(iter(str(error).splitlines()), type(error).__name__)
                raise ModelError("The embedding model cannot be loaded", why, "try again") from error
            raise _damaged(folder, error) from error
        self._inputs = [node.name for node in self._session.get_inputs()]

    def encode(self, texts: Sequence[str], report: Callable[[int], None] | None = None) -> Vectors:
        """Encode texts, each on its own, one for each core at a time.

        The int8 network scales its numbers to what it is given, so that a text's vector would change with the company
        it is encoded in. Alone, it is always the same, and no time goes into padding.

        Args:
            texts: The texts; what goes beyond the model's maximum length is cut off.
            report: Called after each text with the number of texts done.

        Returns:
            Unit vectors, shape ``(len(texts), dimension)``.
        """
        vectors = np.empty((len(texts), self.dimension), np.float32)
        pool = ThreadPoolExecutor(cores())
        # A question alone is not worth a thread.
        each = pool.map(self._vector, texts) if len(texts) > 1 else map(self._vector, texts)
        try:
            for position, vector in enumerate(each):
                vectors[position] = vector
                if report is not None:
                    report(position + 1)
        finally:
            # After an interrupt, what waits is not encoded any more.
            pool.shutdown(cancel_futures=True)
        return vectors

    def _vector(self, text: str) -> Vectors:
        # A command line can hold bytes that are not text; the tokenizer takes only what can be written as UTF-8.
        encoding = self._tokenizer.encode(text.encode("utf-8", "replace").decode("utf-8"))
        tokens = {
            "input_ids": np.array([encoding.ids], np.int64),
            "attention_mask": np.array([encoding.attention_mask], np.int64),
            "token_type_ids": np.array([encoding.type_ids], np.int64),
        }
        outputs = self._session.run(["vectors"], {name: tokens[name] for name in self._inputs})
        return np.asarray(outputs[0][0], np.float32)


def encoder_for(name: str, digest: str) -> Encoder:
    """Load the encoder that an index was made with, after exporting its model where that has not been done.

    An export that is damaged is replaced by a new one, and that is said.

    Args:
        name: The model's name.
        digest: The digest of its weights.

    Raises:
        IndexMismatchError: The model of that name on this machine has other weights.
        ModelError: The model cannot be found, exported or loaded.

    Example:
        >>> model = find_model()
        >>> encoder_for(model.name, model.digest).dimension
        384
    """
    damaged = False
    if is_exported(digest):
        try:
            return Encoder(model_folder(digest))
        except ModelDamagedError:
            # It is made again of weights whose digest is checked.
            _LOG.warning("The exported embedding model is damaged, and is made again.")
            damaged = True
    # Imported here: where a model was exported, nothing of this is needed.
    from index.export import export_to_cache

    model = find_model(name)
    if model.digest != digest:
        raise IndexMismatchError(
            "The index was made with other weights",
            f"{name} on this machine is not the model that made it",
            f"run: pullquote index DIR --model {name}",
        )
    export_to_cache(model, again=damaged)
    return Encoder(model_folder(digest))


def _is_whole(folder: Path) -> bool:
    """Whether an export is what was written; also where the system does not let that be told."""
    try:
        settings = json.loads((folder / SETTINGS_FILE).read_text("utf-8"))
        check_digests(folder, settings["digests"], ENCODER_FILE, TOKENIZER_FILE)
        return all(isinstance(settings[name], int) for name in ("dimension", "max_tokens"))
    except OSError as error:
        return not isinstance(error, FileNotFoundError)
    except (ValueError, KeyError, TypeError, AttributeError):
        return False


def _damaged(folder: Path, error: Exception) -> ModelDamagedError:
    return ModelDamagedError(
        "The exported embedding model cannot be loaded",
        next(iter(str(error).splitlines()), type(error).__name__),
        f"delete {folder} and run the command again",
    )


def session_options() -> Any:
    """The options of a network that reads one text on each core.

    Example:
        >>> session_options().intra_op_num_threads
        1
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    # Each call runs on the thread that makes it: one text on each core is faster than one text on all of them.
    options.intra_op_num_threads = 1
    # What lies beyond rearranges convolutions: these networks have none, and load a fifth faster without the attempt.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    return options


def cores() -> int:
    """How many cores this process may use: as many as the system lets it, or as ``OMP_NUM_THREADS`` tells it to.

    Example:
        >>> cores() >= 1
        True
    """
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    # Ray tells each worker by this variable how many of a machine's cores are its own.
    told = os.environ.get("OMP_NUM_THREADS", "")
    return min(allowed, int(told)) if told.isdecimal() and int(told) else allowed
