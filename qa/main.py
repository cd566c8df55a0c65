"""The console script: it starts the command line, and ends quietly where no command is there to do so.

Next to nothing is imported before the guard is up, so that Ctrl-C is met while the rest is imported.
"""

import io
import os
import sys
from typing import Any, NoReturn

from qa.garbage import collect_rarely, leave_garbage


def run() -> None:
    """Run the command line on the arguments of this process, and end the process."""
    try:
        collect_rarely()
        _mend_streams()
        _start()
    except KeyboardInterrupt:
        sys.exit(130)
    except SystemExit as end:
        if isinstance(end.__context__, BrokenPipeError):
            # Whoever read the help has seen enough; typer takes that for a fault.
            sys.exit(0)
        raise
    except OSError as error:
        from qa.terminal import discard_output, show_error, told

        discard_output()
        if not isinstance(error, BrokenPipeError):
            show_error(told(error))
            sys.exit(3)
    finally:
        leave_garbage()


def _start() -> NoReturn:
    """Run the command that is called; a call that cannot be understood may hold anything, such as names of files."""
    from typer import BadParameter

    from qa.cli import app

    try:
        sys.exit(app(standalone_mode=False))
    except Exception as error:
        # Typer has no public name for the error that all its errors of calls are.
        if not isinstance(error, BadParameter.__mro__[1]):
            raise
        from index.errors import UsageError
        from qa.terminal import show_error

        told: Any = error
        fix = "read what pullquote --help says, or what it says after the command's name"
        show_error(UsageError("The call is not understood", told.format_message(), fix))
        sys.exit(2)


class _Forgiving(io.FileIO):
    """What cannot be written is dropped: a note that is lost must not cost the answer or change the exit code."""

    def write(self, data: object) -> int:
        assert isinstance(data, bytes | bytearray | memoryview)
        try:
            return super().write(data) or 0
        except OSError:
            return len(data)


def _mend_streams() -> None:
    """Put something in the place of closed streams, and let none fail because of a character or a lost note."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            # The lowest free number is the stream's own, so that no file of the index takes it.
            descriptor = os.open(os.devnull, os.O_RDWR)
            os.set_inheritable(descriptor, True)
            setattr(sys, name, os.fdopen(descriptor, "w" if number else "r", encoding="utf-8"))
    for stream in (sys.stdin, sys.stdout):
        # A character that the terminal or the pipe does not know shall cost that character, not the answer.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    notes = io.BufferedWriter(_Forgiving(sys.stderr.fileno(), "w", closefd=False))
    sys.stderr = io.TextIOWrapper(notes, sys.stderr.encoding, "backslashreplace", line_buffering=True)


if __name__ == "__main__":
    run()
