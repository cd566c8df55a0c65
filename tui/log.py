"""The log of the chat, in a file: standard error belongs to the screen."""

import contextlib
import io
import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

from qa.printable import printable

LOG_FILE = "pullquote.log"
LARGEST = 1_000_000
OLD_FILES = 2

_LOGGER = logging.getLogger("pullquote")
_LINE = "%(asctime)s %(levelname)s %(message)s"
_TIME = "%Y-%m-%dT%H:%M:%S%z"


class _Printable(logging.Formatter):
    """Leaves no character in the log that a terminal would obey: messages may hold words of articles."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, or the lines, of one record."""
        return printable(super().format(record))


class _PrivateFile(RotatingFileHandler):
    """A log that only its owner may read; three files of one megabyte each, at most."""

    def __init__(self, path: Path) -> None:
        """Open the log, or raise OSError."""
        super().__init__(path, maxBytes=LARGEST, backupCount=OLD_FILES, encoding="utf-8")
        self.setFormatter(_Printable(_LINE, _TIME))

    def _open(self) -> io.TextIOWrapper:
        Path(self.baseFilename).touch(mode=0o600)
        return super()._open()


def start_log(folder: Path) -> Path | None:
    """Send what is logged as ``pullquote`` to a file, and to nothing else.

    A line that cannot be written later on, say because the disk is full, is dropped.

    Args:
        folder: Where the log lies.

    Returns:
        The path of the log, or None where it cannot be written: then nothing is logged.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     log = start_log(Path(folder))
        ...     logging.getLogger("pullquote").info("Ready in %.1f s", 0.8)
        ...     stop_log()
        ...     log.read_text("utf-8").split()[1:]
        ['INFO', 'Ready', 'in', '0.8', 's']
    """
    stop_log()
    # Logging would print its own failures on the screen.
    logging.raiseExceptions = False
    _LOGGER.propagate = False
    _LOGGER.setLevel(logging.INFO)
    path = folder / LOG_FILE
    try:
        _LOGGER.addHandler(_PrivateFile(path))
    except OSError:
        _LOGGER.addHandler(logging.NullHandler())
        return None
    return path


def stop_log() -> None:
    """Close the log; what is logged from now on goes where other programs' messages go.

    Example:
        >>> stop_log()
        >>> logging.getLogger("pullquote").handlers
        []
    """
    for handler in tuple(_LOGGER.handlers):
        _LOGGER.removeHandler(handler)
        # On a full disk the last line cannot be written.
        with contextlib.suppress(OSError):
            handler.close()
    logging.raiseExceptions = True
    _LOGGER.propagate = True
    _LOGGER.setLevel(logging.NOTSET)
