"""The files that an evaluation is given: none is read that memory cannot hold, and no text that cannot be written."""

from pathlib import Path

LARGEST_FILE = 256 * 1024 * 1024


def read_text(path: Path) -> str:
    """The text of a file in UTF-8, or of a pipe.

    Raises:
        OSError: It cannot be read.
        ValueError: It is not in UTF-8, or far too large.

    Example:
        >>> import tempfile
        >>> with tempfile.NamedTemporaryFile() as file:
        ...     _ = Path(file.name).write_text("Who hid?")
        ...     read_text(Path(file.name))
        'Who hid?'
    """
    with path.open("rb") as file:
        data = file.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        raise ValueError(f"it is larger than {LARGEST_FILE // 1024**2} MiB")
    return data.decode("utf-8-sig")


def writable(text: str) -> str:
    r"""The text with a question mark for each half of a character, which JSON can hold but no file in UTF-8.

    Example:
        >>> writable("Owls\ud83e")
        'Owls?'
    """
    return text.encode("utf-8", "replace").decode("utf-8")
