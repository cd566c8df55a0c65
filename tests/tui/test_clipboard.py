import base64
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import PullquoteError
from tui import clipboard
from tui.clipboard import CopyFailedError, copy

CAT, SH = shutil.which("cat"), shutil.which("sh")
TMUX = shutil.which("tmux")
BY_TERMINAL = "the terminal's clipboard, if it allows that (OSC 52)"
NEWS = "“Rain fell,” the mayor of Österby said.\n — The Post\n"

on_posix = pytest.mark.skipif(os.name != "posix", reason="the tools are shell scripts")


class Machine:
    """A folder of programs, of which each pair shares a clipboard that is a file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.pasted = folder / "pasted"
        self.written: list[str] = []

    def install(self, name: str, script: str) -> None:
        """Add a program; in its script, ``$CLIPBOARD`` is the clipboard."""
        program = self.folder / name
        program.write_text(f"#!{SH}\nCLIPBOARD='{self.pasted}'\n{script}\n", "utf-8")
        program.chmod(0o755)

    def install_pair(self, writer: str, reader: str) -> None:
        """Add a program that copies and one that pastes."""
        self.install(writer, f'{CAT} > "$CLIPBOARD"')
        self.install(reader, f'{CAT} "$CLIPBOARD"')

    def install_both(self, name: str, pasting: str) -> None:
        """Add a program that copies, or pastes when it is given an option."""
        self.install(name, f'case "$*" in *{pasting}*) {CAT} "$CLIPBOARD";; *) {CAT} > "$CLIPBOARD";; esac')

    def copy(self, text: str, **environ: str) -> str:
        """Copy with these programs."""
        return copy(text, self.written.append, {"PATH": str(self.folder), **environ})


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


@on_posix
def test_a_mac_copies_with_its_own_tool(machine: Machine) -> None:
    machine.install_pair("pbcopy", "pbpaste")
    assert machine.copy(NEWS) == "the clipboard (pbcopy)"
    assert machine.pasted.read_text("utf-8") == NEWS
    assert machine.written == []


@on_posix
def test_each_display_copies_with_its_own_tool(machine: Machine) -> None:
    machine.install_both("xsel", "output")
    assert machine.copy(NEWS, DISPLAY=":0") == "the clipboard (xsel)"
    machine.install_both("xclip", "out")
    assert machine.copy(NEWS, DISPLAY=":0") == "the clipboard (xclip)"
    machine.install_pair("wl-copy", "wl-paste")
    assert machine.copy(NEWS, DISPLAY=":0", WAYLAND_DISPLAY="wayland-0") == "the clipboard (wl-copy)"
    assert machine.pasted.read_text("utf-8") == NEWS


@on_posix
def test_a_tool_without_its_display_is_not_tried(machine: Machine) -> None:
    machine.install_both("xclip", "out")
    machine.install_pair("wl-copy", "wl-paste")
    assert machine.copy(NEWS) == BY_TERMINAL
    assert not machine.pasted.exists()


@on_posix
def test_windows_is_given_the_encoding_that_it_expects(machine: Machine) -> None:
    machine.install("clip.exe", f'{CAT} > "$CLIPBOARD"')
    assert machine.copy(NEWS) == "the clipboard (clip.exe)"
    assert machine.pasted.read_bytes() == NEWS.encode("utf-16-le")


@on_posix
@pytest.mark.parametrize(
    "script",
    [
        pytest.param("exit 1", id="fails"),
        pytest.param("exit 0", id="copies nothing"),
        pytest.param('echo something else > "$CLIPBOARD"', id="copies something else"),
    ],
)
def test_a_tool_that_did_not_copy_is_not_believed(machine: Machine, script: str) -> None:
    machine.install_pair("pbcopy", "pbpaste")
    machine.install("pbcopy", script)
    machine.install_both("xclip", "out")
    assert machine.copy(NEWS, DISPLAY=":0") == "the clipboard (xclip)"


@on_posix
def test_a_tool_without_its_reader_is_not_believed(machine: Machine) -> None:
    machine.install("pbcopy", f'{CAT} > "$CLIPBOARD"')
    assert machine.copy(NEWS) == BY_TERMINAL


@on_posix
def test_a_tool_that_hangs_is_left(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(machine.folder / "never-written")
    machine.install("pbcopy", f"exec {CAT} '{machine.folder / 'never-written'}'")
    monkeypatch.setattr(clipboard, "_TIMEOUT", 0.2)
    assert machine.copy(NEWS) == BY_TERMINAL


@on_posix
def test_a_tool_may_leave_a_child_that_serves_the_clipboard(machine: Machine) -> None:
    os.mkfifo(machine.folder / "until-the-end")
    child = f"{CAT} '{machine.folder / 'until-the-end'}'"
    machine.install("pbcopy", f'{CAT} > "$CLIPBOARD"; {child} & exit 0')
    machine.install("pbpaste", f'{CAT} "$CLIPBOARD"')
    try:
        assert machine.copy(NEWS) == "the clipboard (pbcopy)"
    finally:
        # Opening the other end lets the child end.
        os.close(os.open(machine.folder / "until-the-end", os.O_RDWR))


@on_posix
@pytest.mark.parametrize("variable", ["SSH_CONNECTION", "SSH_TTY"])
def test_over_ssh_the_clipboard_of_the_other_machine_is_left_alone(machine: Machine, variable: str) -> None:
    machine.install_pair("pbcopy", "pbpaste")
    assert machine.copy(NEWS, **{variable: "there"}) == BY_TERMINAL
    assert not machine.pasted.exists()


@on_posix
def test_an_old_tmux_keeps_the_text_in_its_buffer(machine: Machine) -> None:
    machine.install(
        "tmux",
        f'case "$*" in *-w*) exit 1;; save-buffer*) {CAT} "$CLIPBOARD";; *) {CAT} > "$CLIPBOARD";; esac',
    )
    assert machine.copy(NEWS, TMUX="socket,1,0", SSH_TTY="there") == "tmux's buffer"
    assert machine.pasted.read_text("utf-8") == NEWS


@pytest.mark.skipif(TMUX is None, reason="there is no tmux")
def test_tmux_holds_the_text_in_its_buffer(machine: Machine) -> None:
    # The path of a socket is short, and the folder of a test is not.
    with tempfile.TemporaryDirectory(prefix="tmux-") as folder:
        environ = {"PATH": os.environ["PATH"], "TERM": "xterm-256color", "HOME": folder, "SSH_TTY": "there"}
        tmux = [str(TMUX), "-S", f"{folder}/socket", "-f", os.devnull]
        subprocess.run([*tmux, "new-session", "-d", str(CAT)], check=True, env=environ)
        try:
            told = copy(NEWS, machine.written.append, {**environ, "TMUX": f"{folder}/socket,1,0"})
            assert told == "tmux's buffer, and the terminal's clipboard if it allows that"
            shown = subprocess.run([*tmux, "show-buffer"], check=True, capture_output=True, env=environ)
            assert shown.stdout.decode() == NEWS
            assert machine.written == []
        finally:
            subprocess.run([*tmux, "kill-server"], check=True, env=environ)


def unwrapped(written: list[str], environ: dict[str, str]) -> str:
    """What a terminal that stands behind tmux, screen or nothing is sent, and puts on its clipboard."""
    [sequence] = written
    if "TMUX" in environ:
        [inner] = re.findall("\x1bPtmux;((?:[^\x1b]|\x1b\x1b)*)\x1b\\\\", sequence)
        assert sequence == f"\x1bPtmux;{inner}\x1b\\"
        sequence = inner.replace("\x1b\x1b", "\x1b")
    elif "STY" in environ:
        chunks = re.findall("\x1bP(.*?)\x1b\\\\", sequence, re.DOTALL)
        assert sequence == "".join(f"\x1bP{chunk}\x1b\\" for chunk in chunks)
        assert max(map(len, chunks)) <= 256
        sequence = "".join(chunks)
    [data] = re.findall("\x1b]52;c;([A-Za-z0-9+/=]+)\x07", sequence)
    assert sequence == f"\x1b]52;c;{data}\x07"
    return base64.b64decode(data, validate=True).decode("utf-8")


@given(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=2000),
    st.sampled_from([{}, {"TMUX": "socket,1,0"}, {"STY": "1.pts"}, {"TMUX": "socket,1,0", "STY": "1.pts"}]),
)
def test_any_text_reaches_the_terminal_through_whatever_stands_in_between(text: str, environ: dict[str, str]) -> None:
    written: list[str] = []
    assert copy(text, written.append, environ) == BY_TERMINAL
    assert unwrapped(written, environ) == text


def test_half_a_character_becomes_a_question_mark(machine: Machine) -> None:
    machine.copy("Rain \ud83d fell.")
    assert unwrapped(machine.written, {}) == "Rain ? fell."


def test_a_text_of_the_greatest_length_makes_a_sequence_that_every_terminal_reads(machine: Machine) -> None:
    machine.copy("ö" * 37_497)
    assert len(machine.written[0]) == 100_000


def test_a_longer_text_is_not_cut_but_refused(machine: Machine) -> None:
    with pytest.raises(CopyFailedError, match=r"takes 74,994 bytes at most, and it has 74,996.*save it to a file"):
        machine.copy("ö" * 37_498)
    assert machine.written == []


@on_posix
def test_a_tool_of_this_machine_takes_text_of_any_length(machine: Machine) -> None:
    machine.install_pair("pbcopy", "pbpaste")
    assert machine.copy(NEWS * 10_000) == "the clipboard (pbcopy)"


def test_without_a_terminal_it_is_said_that_no_tool_worked(tmp_path: Path) -> None:
    with pytest.raises(CopyFailedError, match=r"no clipboard tool worked here.*install wl-clipboard"):
        copy(NEWS, None, {"PATH": str(tmp_path)})


def test_a_terminal_that_is_gone_is_a_failure_to_copy(tmp_path: Path) -> None:
    def gone(sequence: str) -> None:
        raise BrokenPipeError(32, "Broken pipe")

    with pytest.raises(CopyFailedError, match=r"the terminal did not take it .*Broken pipe"):
        copy(NEWS, gone, {"PATH": str(tmp_path)})


def test_nothing_cannot_be_copied(machine: Machine) -> None:
    with pytest.raises(CopyFailedError, match="there is no text to copy"):
        machine.copy("")
    assert machine.written == []


def test_a_failure_to_copy_is_told_like_every_other() -> None:
    assert issubclass(CopyFailedError, PullquoteError)


def test_copying_needs_no_screen() -> None:
    code = "import sys, tui.clipboard; sys.exit('textual' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2], check=False).returncode == 0
