"""A line to type into, which may be given words of others: pasted, or asked before."""

import re

from textual.widgets import Input

from qa.printable import printable

_BLANK = re.compile(r"\s")


class Line(Input):
    """An ``Input`` that holds nothing a terminal would obey or hide, since it draws what it holds."""

    def validate_value(self, value: str) -> str:
        """The value made safe to show on one line, one character for one, so that the cursor stays where it is."""
        return printable(_BLANK.sub(" ", value))
