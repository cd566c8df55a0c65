"""What the user has chosen for the chat, in a JSON file that people may edit."""

import contextlib
import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from index.durable import sync_folder
from index.locations import make_private_folder
from tui.paths import set_aside

SETTINGS_FILE = "settings.json"

# What comes of a file that holds no JSON, far too deep a JSON, or a JSON value of another type.
_NO_OBJECT = (ValueError, RecursionError, TypeError)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user has chosen.

    Attributes:
        theme: The name of the theme, or ``""`` where none was chosen.
        keymap: For the id of a binding the keys that it is given, as ``"ctrl+k,f5"``.

    Example:
        >>> Settings(theme="nord").keymap
        {}
    """

    theme: str = ""
    keymap: Mapping[str, str] = field(default_factory=dict)


def load_settings(path: Path) -> tuple[Settings, tuple[str, ...]]:
    """Read the settings. What cannot be understood is ignored.

    Args:
        path: The file; where there is none, nothing was chosen.

    Returns:
        The settings, and notes for the user on what was ignored.

    Example:
        >>> load_settings(Path("none.json"))
        (Settings(theme='', keymap={}), ())
    """
    try:
        document = _read(path)
    except FileNotFoundError:
        return Settings(), ()
    except OSError as error:
        return Settings(), (f"The settings in {path} cannot be read: {(error.strerror or str(error)).lower()}.",)
    except _NO_OBJECT:
        return Settings(), (f"The settings in {path} are ignored: they are not a JSON object.",)
    notes: list[str] = []
    theme, keymap = document.get("theme", ""), document.get("keymap", {})
    if not isinstance(theme, str):
        notes.append(f"The theme in {path} is ignored: it is not a name.")
        theme = ""
    if not isinstance(keymap, dict):
        notes.append(f"The keymap in {path} is ignored: it is not a JSON object.")
        keymap = {}
    for binding in [binding for binding, keys in keymap.items() if not isinstance(keys, str)]:
        notes.append(f'The keys of “{binding}” in {path} are ignored: they are not text such as "ctrl+k,f5".')
        del keymap[binding]
    return Settings(theme, keymap), tuple(notes)


def save_settings(path: Path, settings: Settings) -> None:
    """Write what has changed in the settings. The rest of the file stays; a file that is no JSON object is set aside.

    However this ends, by a kill or a full disk, the file holds all of the old settings or all of the new ones.

    Args:
        path: The file.
        settings: The settings.

    Raises:
        OSError: The file cannot be written.

    Example:
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     file = Path(folder, "settings.json")
        ...     _ = file.write_text('{"of a later version": 1}')
        ...     save_settings(file, Settings(theme="nord"))
        ...     json.loads(file.read_text())
        {'of a later version': 1, 'theme': 'nord'}
    """
    # A link stays a link to the file that the user keeps elsewhere.
    path = Path(os.path.realpath(path))
    try:
        document = _read(path)
    except FileNotFoundError:
        document = {}
    except _NO_OBJECT:
        set_aside(path)
        document = {}
    before, _ = load_settings(path)
    if settings.theme != before.theme:
        document["theme"] = settings.theme
    if settings.keymap != before.keymap:
        document["keymap"] = dict(settings.keymap)
    _replace(path, json.dumps(document, indent=2) + "\n")


def _read(path: Path) -> dict[str, Any]:
    """The JSON object in a file; raises one of ``_NO_OBJECT`` where there is none."""
    document = json.loads(path.read_text("utf-8-sig"))
    if not isinstance(document, dict):
        raise TypeError("no object")
    return document


def _replace(path: Path, text: str) -> None:
    """Put a text in the place of a file, whole and durably."""
    make_private_folder(path.parent)
    descriptor, name = tempfile.mkstemp(prefix=f"{path.name}-", dir=path.parent)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
    sync_folder(path.parent)
