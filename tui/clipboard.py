"""Copies text to the clipboard, and tells truly how far that is known to have worked.

Three ways are tried. A tool of this machine, where the terminal is on this machine too: what it took is read back and
compared. Then tmux, which keeps a buffer of its own and passes it on to the terminal. Last the escape sequence OSC 52,
which reaches a terminal at the other end of ssh, but which the terminal may ignore without a word.

pyperclip would copy with the same tools, but it reads nothing back, knows nothing of ssh and tmux, and sends no escape
sequence.
"""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from index.errors import PullquoteError

_TIMEOUT = 2.0
# Terminals read at most 100,000 bytes of one sequence. As base64 these bytes of text are 99,992; the rest frames them.
_LONGEST_FOR_TERMINAL = 74_994
# screen passes on no longer piece at once.
_SCREEN_CHUNK = 250


class CopyFailedError(PullquoteError):
    """The text could not be copied in any way."""


@dataclass(frozen=True, slots=True)
class _Tool:
    """A program that puts its standard input on a clipboard.

    Attributes:
        name: How the place it copies to is called.
        write: The command that copies.
        read: The command that prints what was copied; empty where there is none.
        needs: The environment variable without which it cannot work, or ``""``.
        encoding: The encoding that it reads.
    """

    name: str
    write: tuple[str, ...]
    read: tuple[str, ...] = ()
    needs: str = ""
    encoding: str = "utf-8"


_LOCAL_TOOLS = (
    _Tool("the clipboard (pbcopy)", ("pbcopy",), ("pbpaste",)),
    # Without a type it guesses one, and a list of sources may then be offered as something that is no text.
    _Tool(
        "the clipboard (wl-copy)",
        ("wl-copy", "--type", "text/plain"),
        ("wl-paste", "--no-newline"),
        needs="WAYLAND_DISPLAY",
    ),
    _Tool(
        "the clipboard (xclip)",
        ("xclip", "-selection", "clipboard", "-in"),
        ("xclip", "-selection", "clipboard", "-out"),
        needs="DISPLAY",
    ),
    _Tool(
        "the clipboard (xsel)",
        ("xsel", "--clipboard", "--input"),
        ("xsel", "--clipboard", "--output"),
        needs="DISPLAY",
    ),
    # Of Windows, also from within WSL. It takes UTF-8 for the code page of the console, and copies a byte order mark.
    _Tool("the clipboard (clip.exe)", ("clip.exe",), encoding="utf-16-le"),
)
_TMUX_TOOLS = (
    _Tool(
        "tmux's buffer, and the terminal's clipboard if it allows that",
        ("tmux", "load-buffer", "-w", "-"),
        ("tmux", "save-buffer", "-"),
        needs="TMUX",
    ),
    # Before version 3.2 tmux knows no -w.
    _Tool("tmux's buffer", ("tmux", "load-buffer", "-"), ("tmux", "save-buffer", "-"), needs="TMUX"),
)


def copy(text: str, terminal: Callable[[str], None] | None, environ: Mapping[str, str] = os.environ) -> str:
    r"""Copy a text. This may take a few seconds where a clipboard does not respond: call it in a thread.

    Args:
        text: The text; lone surrogates, which no clipboard takes, become question marks.
        terminal: Writes to the terminal without changing anything; None where there is no terminal.
        environ: The environment of the terminal.

    Returns:
        Where it was copied to, in words.

    Raises:
        CopyFailedError: There is nothing to copy, no way to copy it, or it is too long for the only way there is.

    Example:
        >>> sent = []
        >>> copy("Rain fell.", sent.append, environ={"SSH_TTY": "pts/0"})
        "the terminal's clipboard, if it allows that (OSC 52)"
        >>> sent
        ['\x1b]52;c;UmFpbiBmZWxsLg==\x07']
    """
    if not text:
        raise CopyFailedError("Nothing was copied", "there is no text to copy", "ask a question first")
    remote = environ.get("SSH_CONNECTION") or environ.get("SSH_TTY")
    # At the other end of ssh, the tools would reach the clipboard of a machine that nobody sits at.
    for tool in _TMUX_TOOLS if remote else (*_LOCAL_TOOLS, *_TMUX_TOOLS):
        if _copied(text, tool, environ):
            return tool.name
    return _copy_by_terminal(text, terminal, environ)


def _copied(text: str, tool: _Tool, environ: Mapping[str, str]) -> bool:
    """Copy with a tool; whether that worked, as far as it can be read back."""
    if tool.needs and not environ.get(tool.needs):
        return False
    data = text.encode(tool.encoding, "replace")
    if _run(tool.write, data, environ) is None:
        return False
    return not tool.read or _run(tool.read, None, environ) == data


def _run(command: tuple[str, ...], data: bytes | None, environ: Mapping[str, str]) -> bytes | None:
    """Run a command.

    Args:
        command: The name of a program, and its arguments.
        data: What it reads, and then what it prints is of no interest; None to get what it prints.
        environ: Its environment.

    Returns:
        What it printed, or None where it is not there, failed, or took too long.
    """
    program = shutil.which(command[0], path=environ.get("PATH", ""))
    if program is None:
        return None
    try:
        done = subprocess.run(
            [program, *command[1:]],
            input=data,
            stdin=subprocess.DEVNULL if data is None else None,
            # xclip and wl-copy leave a child that serves the clipboard: waiting for the end of its output has no end.
            stdout=subprocess.PIPE if data is None else subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            # pbcopy takes text for another encoding where the terminal names none.
            env={**environ, "LC_ALL": "en_US.UTF-8"},
            timeout=_TIMEOUT,
            # So that this child outlives the terminal.
            start_new_session=True,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout or b""


def _copy_by_terminal(text: str, terminal: Callable[[str], None] | None, environ: Mapping[str, str]) -> str:
    fix = "select the text with the mouse while holding shift, or install wl-clipboard, xclip or xsel"
    if terminal is None:
        raise CopyFailedError("The text could not be copied", "no clipboard tool worked here", fix)
    data = text.encode("utf-8", "replace")
    if len(data) > _LONGEST_FOR_TERMINAL:
        why = f"a terminal takes {_LONGEST_FOR_TERMINAL:,} bytes at most, and it has {len(data):,}"
        raise CopyFailedError("The text is too long to be copied", why, "copy a part of it, or save it to a file")
    try:
        terminal(_osc_52(data, environ))
    except OSError as error:
        raise CopyFailedError("The text could not be copied", f"the terminal did not take it ({error})", fix) from error
    return "the terminal's clipboard, if it allows that (OSC 52)"


def _osc_52(data: bytes, environ: Mapping[str, str]) -> str:
    """The sequence that asks a terminal to set its clipboard, wrapped for what may stand in between."""
    # It ends with BEL: the other end, ESC backslash, would also end what screen wraps around it.
    sequence = f"\x1b]52;c;{base64.b64encode(data).decode('ascii')}\x07"
    if environ.get("TMUX"):
        doubled = sequence.replace("\x1b", "\x1b\x1b")
        return f"\x1bPtmux;{doubled}\x1b\\"
    if environ.get("STY"):
        chunks = (sequence[start : start + _SCREEN_CHUNK] for start in range(0, len(sequence), _SCREEN_CHUNK))
        return "".join(f"\x1bP{chunk}\x1b\\" for chunk in chunks)
    return sequence
