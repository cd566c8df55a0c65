"""How this process looks for garbage: rarely while it starts, in short pauses while a chat goes on for hours."""

import ctypes
import gc
import sys
from contextlib import suppress


def collect_rarely() -> None:
    """Look for garbage after 50,000 new objects, not after 700.

    Importing makes many objects and no garbage: the collections cost a quarter of the start, and one over the whole
    heap holds the chat up for a tenth of a second.

    Example:
        >>> before = gc.get_threshold()
        >>> collect_rarely()
        >>> gc.get_threshold()[0]
        50000
        >>> gc.set_threshold(*before)
    """
    gc.set_threshold(50_000, 20, 100)


def collect_shortly() -> None:
    """Collect garbage in pauses too short to be felt; to be called when what stays has been loaded.

    What is loaded by then is left out of every collection to come, and so is the little garbage that there is then: to
    collect it first would hold the chat up for a tenth of a second. After 50,000 new objects a collection takes up to
    64 ms, nearly all of it to free a screen's garbage; after 5,000, a tenth of that.

    Example:
        >>> before = gc.get_threshold()
        >>> collect_shortly()
        >>> gc.get_freeze_count() > 0
        True
        >>> gc.unfreeze()
        >>> gc.set_threshold(*before)
    """
    gc.freeze()
    gc.set_threshold(5_000, 5, 2)


def leave_garbage() -> None:
    """Look for no more garbage: the system takes back a process's memory faster than Python looks through it.

    Example:
        >>> leave_garbage()
        >>> gc.unfreeze()
    """
    gc.freeze()


def give_back_memory() -> None:
    """Give memory that was freed back to the system, where its C library keeps it: glibc does, in pieces.

    A network takes tens of megabytes in many pieces. A process that opens and closes hundreds of chats held 0.9 GB
    without this, and holds 0.2 GB with it.

    Example:
        >>> give_back_memory()
    """
    if sys.platform == "linux":
        # Other C libraries than glibc have no such function, and need none.
        with suppress(AttributeError, OSError):
            ctypes.CDLL(None).malloc_trim(0)
