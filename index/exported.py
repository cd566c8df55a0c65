"""Where the ONNX export of an embedding model lies, and whether it is there.

What reads an export needs no more than this; ``index.export`` makes it.
"""

import json
from pathlib import Path

from index.locations import model_folder

EXPORT_VERSION = 2
ENCODER_FILE = "encoder.onnx"
TOKENIZER_FILE = "tokenizer.json"
SETTINGS_FILE = "encoder.json"


def is_exported(digest: str) -> bool:
    """Whether the ONNX export of the model with this digest lies in the cache.

    Example:
        >>> is_exported("0" * 64)
        False
    """
    return is_current(model_folder(digest))


def is_current(folder: Path) -> bool:
    """Whether a folder holds a whole export of the present version.

    Example:
        >>> is_current(Path("/nowhere"))
        False
    """
    try:
        settings = json.loads((folder / SETTINGS_FILE).read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(settings, dict) and settings.get("version") == EXPORT_VERSION
