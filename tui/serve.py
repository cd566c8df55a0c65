"""The chat in a browser on this machine, through textual-serve."""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections.abc import Callable, Sequence

from index.errors import UsageError
from qa.terminal import note


def serve(
    arguments: Sequence[str], host: str = "localhost", port: int = 8000, announce: Callable[[str], None] = note
) -> None:
    """Serve the chat until Ctrl+C: whoever opens the address gets a chat of their own.

    Every user of this machine can open it, and nobody else.

    Args:
        arguments: The arguments of the ``pullquote`` command that each page runs, beginning with ``chat``.
        host: The name of this machine.
        port: The port.
        announce: Says where the chat can be opened.

    Raises:
        UsageError: textual-serve is not installed, or the port cannot be used.
    """
    try:
        from tui.local_server import LocalServer
    except ModuleNotFoundError as error:
        raise UsageError(
            "The chat cannot be served", "textual-serve is not installed", 'run: pip install "pullquote[serve]"'
        ) from error
    server = LocalServer(chat_command(arguments), host, port)
    try:
        server.run(lambda address: announce(f"The chat is open at {address}; Ctrl+C closes it."))
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise UsageError(f"Port {port} cannot be used", why, "name another with --port") from error


def chat_command(arguments: Sequence[str]) -> str:
    """The shell command that runs pullquote with this interpreter, whatever the arguments hold.

    Example:
        >>> chat_command(["chat", "--articles=my news"]).endswith(" -P -m qa.main chat '--articles=my news'")
        True
    """
    # -P: a file in the user's present folder must never be taken for a module.
    words = [sys.executable, "-P", "-m", "qa.main", *arguments]
    return subprocess.list2cmdline(words) if sys.platform == "win32" else shlex.join(words)
