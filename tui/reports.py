"""What an error was, for a report to those who can mend it."""

import platform
import traceback
from importlib.metadata import version


def report(error: Exception) -> str:
    """The versions of pullquote, Python and the system, and the traceback.

    Example:
        >>> report(ValueError("no such day")).splitlines()[-1]
        'ValueError: no such day'
    """
    where = f"pullquote {version('pullquote')}, Python {platform.python_version()}, {platform.platform()}\n"
    return where + "".join(traceback.format_exception(error))
