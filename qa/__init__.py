"""pullquote: ask a pile of news articles a question, and get back the sentence that answers it, word for word.

Example:
    >>> from qa import ask
    >>> ask("How many troops did the CSTO send?").status
    'answered'
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from index.errors import PullquoteError
    from qa.answer import Answer, Evidence
    from qa.chat import Chat, ask

__all__ = ["Answer", "Chat", "Evidence", "PullquoteError", "ask"]

_HOMES = {
    "Answer": "qa.answer",
    "Chat": "qa.chat",
    "Evidence": "qa.answer",
    "PullquoteError": "index.errors",
    "ask": "qa.chat",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that ``import qa`` itself loads no model library."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
