"""The trained reader's network on ONNX Runtime: how likely each word of a passage begins and ends an answer."""

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.encoder import cores, session_options
from index.errors import ModelDamagedError

FORMAT_VERSION = 2
MODEL_FILE = "reader.onnx"
TOKENIZER_FILE = "tokenizer.json"
SETTINGS_FILE = "reader.json"
BUNDLED = Path(__file__).resolve().parent / "model"

Logits = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class TokenLogits:
    """What the network says of the tokens of one passage, against "not in this passage".

    Attributes:
        offsets: The range of each token in the passage, in characters, shape ``(tokens, 2)``.
        starts: The logit of being the first token of the answer, less that of there being none, shape ``(tokens,)``.
        ends: The same for the last token.

    Example:
        >>> TokenLogits(np.array([[0, 4]]), np.array([1.5], np.float32), np.array([2.0], np.float32)).ends[0]
        np.float32(2.0)
    """

    offsets: NDArray[np.int64]
    starts: Logits
    ends: Logits


class SpanModel:
    """A trained network with its tokenizer.

    Example:
        >>> model = SpanModel(BUNDLED)
        >>> (found,) = model.read([("Who hid?", "Rain fell. Owls hid in the barn.")])
        >>> start, end = found.offsets[found.starts.argmax()]
        >>> "Rain fell. Owls hid in the barn."[start:end]
        'Owls'
    """

    def __init__(self, folder: Path) -> None:
        """Load the files that training wrote.

        Raises:
            ModelDamagedError: A file is missing, damaged, or of another version.
        """
        import onnxruntime
        from tokenizers import Tokenizer

        try:
            settings, contents = _verified(folder)
            self._tokenizer = Tokenizer.from_str(contents[TOKENIZER_FILE].decode("utf-8"))
            # The passage is cut where both are too long together, and the question only if it alone is very long.
            self._tokenizer.enable_truncation(settings["max_tokens"], strategy="longest_first")
            self._tokenizer.no_padding()
            # Each call runs on the thread that makes it: one passage on each core, none padded.
            self._session = onnxruntime.InferenceSession(
                contents[MODEL_FILE], session_options(), providers=["CPUExecutionProvider"]
            )
        except Exception as error:
            # Both libraries raise bare Exception for a damaged file.
            raise ModelDamagedError(
                "The reader cannot be loaded",
                f"{folder}: {next(iter(str(error).splitlines()), type(error).__name__)}",
                "install pullquote again, or name another reader",
            ) from error
        self._pool = ThreadPoolExecutor(cores())

    def read(self, pairs: Sequence[tuple[str, str]]) -> list[TokenLogits]:
        """Read passages, each on its own: what is said of one does not depend on the others.

        Args:
            pairs: Questions, each with a passage. What goes beyond the network's maximum length is not read, of the
                question only what goes beyond half of it.

        Returns:
            One for each passage.
        """
        return list(self._pool.map(lambda pair: self._read(*pair), pairs))

    def _read(self, question: str, passage: str) -> TokenLogits:
        encoding = self._tokenizer.encode(question, passage)
        types = np.array(encoding.type_ids, np.int64)
        (logits,) = self._session.run(
            ["logits"],
            {
                "ids": np.array([encoding.ids], np.int64),
                "mask": np.ones((1, len(types)), np.int64),
                "types": types[None],
            },
        )
        # The last token of the passage is the separator.
        within = np.flatnonzero(types)[:-1]
        against_null = logits[0] - logits[0, 0]
        offsets = np.array(encoding.offsets, np.int64).reshape(-1, 2)[within]
        return TokenLogits(offsets, against_null[within, 0], against_null[within, 1])


def _verified(folder: Path) -> tuple[dict[str, Any], dict[str, bytes]]:
    """The settings of a reader, and its network and tokenizer, which must be those that they name."""
    settings = json.loads((folder / SETTINGS_FILE).read_text("utf-8"))
    if settings["version"] != FORMAT_VERSION:
        raise ValueError(f"it is of version {settings['version']}, and {FORMAT_VERSION} is read")
    contents = {name: (folder / name).read_bytes() for name in (MODEL_FILE, TOKENIZER_FILE)}
    for name, content in contents.items():
        if sha256(content).hexdigest() != settings["digests"][name]:
            raise ValueError(f"{name} is not the file that {SETTINGS_FILE} names")
    return settings, contents
