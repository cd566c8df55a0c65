"""Keeps what native libraries write to standard error off the screen."""

import contextlib
import os
import sys
from collections.abc import Iterator


@contextlib.contextmanager
def quiet_stderr() -> Iterator[None]:
    """Send file descriptor 2 to nowhere, while Python's own standard error goes on to the terminal.

    Textual draws through ``sys.__stderr__``, so that is given a duplicate of the terminal's descriptor first.
    Where standard error is no terminal, nothing is changed.
    """
    original = sys.__stderr__
    if original is None or not original.isatty():
        yield
        return
    original.flush()
    descriptor = original.fileno()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    with os.fdopen(os.dup(descriptor), "w", encoding=original.encoding, errors=original.errors) as screen:
        os.dup2(nowhere, descriptor)
        vars(sys)["__stderr__"] = screen
        try:
            with contextlib.redirect_stderr(screen):
                yield
        finally:
            screen.flush()
            vars(sys)["__stderr__"] = original
            os.dup2(screen.fileno(), descriptor)
            os.close(nowhere)
