"""The console script: it starts the command line, and ends quietly where no command is there to do so.

Nothing but the standard library is imported before the guard is up, so that Ctrl-C is met while the rest is imported.
"""

import gc
import io
import os
import sys


def run() -> None:
    """Run the command line on the arguments of this process, and end the process."""
    try:
        collect_rarely()
        _mend_streams()
        from qa.cli import app

        app()
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
        # The system takes back the memory faster than Python looks through it for garbage a last time.
        gc.freeze()


def collect_rarely() -> None:
    """Look for garbage after 50,000 new objects, not after 700.

    Importing makes many objects and no garbage: the collections cost a quarter of the start, and one over the whole
    heap holds the chat up for a tenth of a second.
    """
    gc.set_threshold(50_000, 20, 100)


def collect_shortly() -> None:
    """Collect garbage in pauses too short to be felt, for a chat that goes on for hours.

    What is loaded by now never becomes garbage, so it is left out of every collection to come. After 50,000 new objects
    a collection takes up to 64 ms, nearly all of it to free a screen's garbage; after 5,000, a tenth of that.
    """
    gc.freeze()
    gc.set_threshold(5_000, 5, 2)


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
