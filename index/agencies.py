"""News agencies, by the dateline that stands before their texts: "OSLEN (AP) — Rain fell."."""

import re

_DATELINE = re.compile(
    r"(?:[A-Z][\w.,’' /-]{1,60})?"
    r"\((?P<agency>AP|AFP|Reuters|REUTERS|UPI|TASS|Xinhua|CNN|BBC|IANS|ANI|PTI|dpa)\) ?[-–—:]"
)
_CNN = re.compile(r"(?:[A-Z][a-z]+ ){0,3}(?P<agency>CNN) ?—")
_AGENCIES = {"AP": "Associated Press", "AFP": "Agence France-Presse", "REUTERS": "Reuters"}


def after_dateline(sentence: str) -> int:
    """Where a sentence begins behind the place and the agency that some papers print before it; else 0.

    Example:
        >>> after_dateline("OSLEN (AP) — Rain fell."), after_dateline("Rain fell.")
        (12, 0)
    """
    match = _match(sentence)
    return match.end() if match else 0


def agency_of(line: str) -> str:
    """The agency that a dateline names at the beginning of a line, or ``""``.

    Example:
        >>> agency_of("OSLEN (AP) — Rain fell.")
        'Associated Press'
    """
    match = _match(line)
    return _AGENCIES.get(match["agency"], match["agency"]) if match else ""


def _match(line: str) -> re.Match[str] | None:
    return _DATELINE.match(line) or _CNN.match(line)
