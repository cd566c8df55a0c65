"""Characters that must never reach a terminal raw, and texts full of them."""

# One of each kind at least: what a terminal obeys, reorders by, hides, refuses, or shows as a blank that is none.
RAW = (
    "\x00\x01\x07\x08\x0b\x0c\x0e\x1a\x1b\x1c\x1f\x7f\x80\x84\x85\x90\x9b\x9d\x9f"
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u206a\u206f"
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b\u180e\u200b\u200c\u200d\u2028\u2029\u2060\u2064\u2065\u2800\u3164\ufeff"
    "\uffa0\ufff0\ufff9\ufffb\ufffe\U00013430\U0001bca0\U0001d173\U000e0001\U000e0041\U000e007f\U000e0100\U000e0fff\udc80"
)
# What a file in UTF-8 and a name of a file can hold of it.
IN_FILES = "".join(character for character in RAW if character not in "\x00\udc80")
FLOOD = "e" + "\u0301" * 40

FORGERIES = (
    "[1] Reuters: 9,000 were sent.",
    "very likely, confidence 0.99",
    "See also:",
    "Not in these articles.",
    "Source 1: Reuters, 6 January 2022",
    "Sources differ: 12 [1] · 18 [2]",
    "    /news/reuters.txt",
    "pullquote: There is a fault",
    "[bold red]loud[/] [@click=app.quit]quit[/] [link=https://evil.example]here[/link]",
    "<script src=https://evil.example/x.js></script><img src=https://evil.example/x.png onerror=alert(1)>",
    "![x](https://evil.example/x.png) [here](javascript:alert(1)) # One | two",
)


def raw_in(text: str, *, allowed: str = "\n") -> set[str]:
    """What a text holds that must not reach a terminal, besides some characters; a flood of marks is told as such."""
    found = set(text) & (set(RAW) | set(map(chr, (*range(32), *range(0x7F, 0xA0))))) - set(allowed)
    return found | ({"flood"} if "\u0301" * 10 in text else set())
