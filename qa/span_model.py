"""The trained reader's network on ONNX Runtime: how likely each word of a passage begins and ends an answer."""

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.digests import check_digests, checking
from index.encoder import cores, session_options
from index.errors import ModelDamagedError

FORMAT_VERSION = 2
MODEL_FILE = "reader.onnx"
TOKENIZER_FILE = "tokenizer.json"
SETTINGS_FILE = "reader.json"
BUNDLED = Path(__file__).resolve().parent / "model"
# SHA-256 of the settings of the reader that comes with the package, which hold the digests of its other files.
BUNDLED_DIGEST = "8ba33fc81cb998ea4046dc1441ed30c57e455331f7151960c072f339ca03d2ad"

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
            settings = read_settings(folder)
            with checking(folder, settings["digests"], MODEL_FILE, TOKENIZER_FILE):
                self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
                # The passage is cut where both are too long together, and the question only if it alone is very long.
                self._tokenizer.enable_truncation(settings["max_tokens"], strategy="longest_first")
                self._tokenizer.no_padding()
                # Each call runs on the thread that makes it: one passage on each core, none padded.
                self._session = onnxruntime.InferenceSession(
                    str(folder / MODEL_FILE), session_options(), providers=["CPUExecutionProvider"]
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


def read_settings(folder: Path) -> dict[str, Any]:
    """The settings of a reader, with the digests of its other files.

    Raises:
        OSError: They cannot be read.
        ValueError: They are of another version, or of another reader than the one that comes with the package.

    Example:
        >>> read_settings(BUNDLED)["max_tokens"]
        384
    """
    if folder == BUNDLED:
        check_digests(folder, {SETTINGS_FILE: BUNDLED_DIGEST}, SETTINGS_FILE)
    settings = json.loads((folder / SETTINGS_FILE).read_text("utf-8"))
    if not isinstance(settings, dict) or settings.get("version") != FORMAT_VERSION:
        raise ValueError(f"{SETTINGS_FILE} is not of version {FORMAT_VERSION}")
    return settings
