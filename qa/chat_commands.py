"""The commands that open a chat: in the terminal, as plain lines, or in a browser."""

import os
import sys
from contextlib import ExitStack, closing
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from index.errors import CorpusNotFoundError, UsageError
from qa import terminal
from qa.guard import guarded
from qa.options import Articles, IndexFolder, Ray, ReaderFolder

if TYPE_CHECKING:
    from qa.session import Session

# What the full-screen chat draws with: a terminal that cannot show these gets plain lines.
_DRAWN = "█“"

Plain = Annotated[bool, typer.Option("--plain", help="Talk in plain lines: for screen readers and pipes.")]
NoHistory = Annotated[bool, typer.Option("--no-history", help="Do not keep this conversation for the next time.")]


@guarded
def chat_command(
    articles: Articles = None,
    index: IndexFolder = None,
    question: Annotated[str | None, typer.Argument(help="A first question.", show_default=False)] = None,
    reader: ReaderFolder = None,
    plain: Plain = False,
    no_history: NoHistory = False,
    ray: Ray = None,
) -> None:
    """Open the chat in the terminal.

    A screen reader cannot follow the full screen; with --plain each line says what it is.
    """
    if not (plain or _is_served() or (sys.stdin.isatty() and sys.stdout.isatty())):
        raise UsageError(
            "The chat cannot be opened",
            "it needs a terminal for input and output",
            'add --plain to talk in plain lines, or use: pullquote ask "QUESTION" --articles DIR',
        )
    make_engine = partial(_session, articles, index, reader, ray)
    if plain or (not _is_served() and _must_be_plain()):
        raise typer.Exit(_chat_plainly(make_engine(), question, keep=not no_history))
    from tui import run

    raise typer.Exit(run(make_engine, question, history=not no_history))


@guarded
def serve_command(
    articles: Articles = None,
    index: IndexFolder = None,
    reader: ReaderFolder = None,
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port on this machine.")] = 8000,
    no_history: NoHistory = False,
) -> None:
    """Open the chat to a browser on this machine, and to nobody else."""
    from qa.corpus import locate
    from tui.serve import serve

    source, _ = locate(articles, index)
    if not source.exists():
        raise CorpusNotFoundError(f"{source} cannot be found", "nothing is there", "check the path")
    named = {"--articles": articles, "--index": index, "--reader": reader}
    options = [f"{option}={value}" for option, value in named.items() if value is not None]
    serve(["chat", *options, *(["--no-history"] if no_history else [])], port=port)


def _session(articles: str | None, index: str | None, reader: str | None, ray: str | None) -> "Session":
    """The engine; it is imported where it is made, since that takes as long as drawing the first screen."""
    from qa.session import LongSession

    return LongSession(articles, index, reader=reader, ray=ray)


def _chat_plainly(engine: "Session", question: str | None, *, keep: bool) -> int:
    from tui.history import HISTORY_FILE, History
    from tui.paths import state_folder
    from tui.plain import run_plain

    with ExitStack() as stack:
        history = stack.enter_context(closing(History(state_folder() / HISTORY_FILE))) if keep else None
        for note in history.notes if history else ():
            terminal.note(note)
        return run_plain(engine, question, source=sys.stdin, out=sys.stdout, err=sys.stderr, history=history)


def _is_served() -> bool:
    """Whether a browser draws the screen: textual-serve then names how in this variable."""
    return "TEXTUAL_DRIVER" in os.environ


def _must_be_plain() -> bool:
    """Whether the terminal cannot be drawn on, which is then told."""
    if os.environ.get("TERM") == "dumb":
        why = "this terminal cannot move its cursor"
    elif not _can_show(sys.stdout.encoding):
        why = f"{sys.stdout.encoding} has no characters to draw with"
    else:
        return False
    terminal.note(f"The chat talks in plain lines, as with --plain, since {why}.")
    return True


def _can_show(encoding: str) -> bool:
    try:
        _DRAWN.encode(encoding)
    except (LookupError, UnicodeEncodeError):
        return False
    return True
