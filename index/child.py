"""Child processes of pullquote itself: one of its modules, run by the same Python, with the same packages."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path


def child_command(module: str, *arguments: str) -> list[str]:
    """The command that runs one of pullquote's modules.

    Example:
        >>> child_command("index.export", "all-MiniLM-L6-v2")[1:]
        ['-P', '-m', 'index.export', 'all-MiniLM-L6-v2']
    """
    # -P: a file in the user's present folder must never be taken for a module.
    return [sys.executable, "-P", "-m", module, *arguments]


def child_environment(settings: Mapping[str, str]) -> dict[str, str]:
    """The environment of such a process: this one's, with some settings, and pullquote's own modules to be found first.

    Example:
        >>> child_environment({"HF_HUB_OFFLINE": "1"})["HF_HUB_OFFLINE"]
        '1'
    """
    package_root = str(Path(__file__).resolve().parent.parent)
    path = os.pathsep.join(filter(None, [package_root, os.environ.get("PYTHONPATH")]))
    return {**os.environ, **settings, "PYTHONPATH": path}
