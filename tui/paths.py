"""Where the chat keeps what outlives it: past conversations and the log, and the settings."""

import contextlib
from pathlib import Path

import platformdirs

from index.locations import make_private_folder


def state_folder() -> Path:
    """The folder of the history and the log, ``~/.local/state/pullquote`` on Linux; made if it is not there.

    Where it cannot be made it is named all the same: whoever writes into it tells why that fails.

    Example:
        >>> state_folder().is_dir()
        True
    """
    return _private(platformdirs.user_state_path("pullquote", appauthor=False))


def config_folder() -> Path:
    """The folder of the settings, ``~/.config/pullquote`` on Linux; made if it is not there.

    Where it cannot be made it is named all the same: whoever writes into it tells why that fails.

    Example:
        >>> config_folder().is_dir()
        True
    """
    return _private(platformdirs.user_config_path("pullquote", appauthor=False))


def set_aside(path: Path) -> Path:
    """Give a damaged file another name, ``NAME.damaged`` or ``NAME.damaged-2`` and so on, so that nothing is lost.

    Returns:
        The new path.

    Raises:
        OSError: The file cannot be renamed.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     file = Path(folder, "settings.json")
        ...     for _ in range(2):
        ...         file.touch()
        ...         print(set_aside(file).name)
        settings.json.damaged
        settings.json.damaged-2
    """
    aside = path.with_name(f"{path.name}.damaged")
    number = 1
    while aside.exists():
        number += 1
        aside = path.with_name(f"{path.name}.damaged-{number}")
    return path.rename(aside)


def _private(folder: Path) -> Path:
    """Make a folder that only its owner may look into."""
    with contextlib.suppress(OSError):
        make_private_folder(folder)
    return folder
