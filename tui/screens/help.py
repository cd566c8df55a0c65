"""The help: every key and command, made of the list of commands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from textual.content import Content

from qa.render import path_line
from tui.commands import Command, groups, key_names
from tui.screens.sheet import Sheet

_SELECTING = (
    "Text can be selected with the mouse and copied with Ctrl+C;"
    " with Shift held, most terminals select in their own way."
)


def help_sheet(log_path: Path | None) -> Sheet:
    """The sheet of keys and commands.

    Args:
        log_path: The log file, if one is written.
    """
    lines: list[Content] = []
    for heading, commands in groups():
        lines += [Content(""), Content.styled(heading, "bold underline"), *_lines(commands)]
    lines += [Content(""), Content(_SELECTING)]
    if log_path is not None:
        lines += [Content(""), Content(f"What goes wrong is logged in {path_line(str(log_path))}")]
    return Sheet("Keys and commands", Content("\n").join(lines[1:]))


def _lines(commands: list[Command]) -> Iterator[Content]:
    """One line a command: its keys, what to type for it, and what it does."""
    for command in commands:
        typed = f"/{command.slashes[0]} {command.argument}".strip() if command.slashes else ""
        ways = ", ".join(way for way in (key_names(command), typed) if way)
        yield Content.assemble((ways, "bold"), f"  {command.title}")
