"""The border between a command and a person: every error becomes a message and an exit code."""

import functools
import sys
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import typer

from index.errors import PullquoteError
from qa import terminal

Options = ParamSpec("Options")
Outcome = TypeVar("Outcome")

ANSWERED, NOT_FOUND, USAGE, UNUSABLE, INTERRUPTED = 0, 1, 2, 3, 130


def guarded(command: Callable[Options, Outcome]) -> Callable[Options, Outcome]:
    """Turn every error of a command into a message and an exit code: no traceback reaches a user.

    Example:
        >>> guarded(lambda: "done")()
        'done'
    """

    @functools.wraps(command)
    def guard(*arguments: Options.args, **options: Options.kwargs) -> Outcome:
        try:
            try:
                return command(*arguments, **options)
            finally:
                # What stdout still holds is written while an error can be told.
                sys.stdout.flush()
        except PullquoteError as error:
            terminal.show_error(error)
            raise typer.Exit(error.exit_code) from None
        except KeyboardInterrupt:
            terminal.note("Interrupted; nothing was changed.")
            raise typer.Exit(INTERRUPTED) from None
        except BrokenPipeError:
            # Whoever read our output has stopped reading.
            terminal.discard_output()
            raise typer.Exit(ANSWERED) from None
        except OSError as error:
            terminal.discard_output()
            terminal.show_error(terminal.told(error))
            raise typer.Exit(UNUSABLE) from None
        except typer.Exit:
            raise
        except Exception as error:
            why = f"{type(error).__name__}: {error}"
            terminal.show_error(PullquoteError("A fault in pullquote itself", why, "please report it"))
            raise typer.Exit(UNUSABLE) from None

    return guard
