"""Where the time goes: functions of pullquote are wrapped, and each step counts only its own time, not that of others.

A step is told as ``module:Class.method`` or ``module:function``, the module being where the name is looked up. What is
not there any more is told on stderr and left out, so that its time counts for the step around it.
"""

import builtins
import functools
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

ASKING = {
    "index.encoder:Encoder.encode": "encode the question",
    "index.vectors:VectorIndex.search": "dense search",
    "index.vectors:VectorIndex.cosines": "dense search",
    "index.lexical:LexicalIndex.search": "BM25",
    "index.store:Store.passages": "fetch rows",
    "index.store:Store.fingerprints": "fetch rows",
    "index.store:Store.articles": "fetch rows",
    "index.store:Store.meta": "fetch rows",
    "index.library:Index.search": "fusion and the rest of the search",
    "qa.span_model:SpanModel.read": "reader network",
    "qa.span_reader:extract": "features",
    "qa.span_reader:span_features": "features",
    "qa.span_reader:SpanReader.read": "best spans and their weights",
    "index.library:Index.copies_of": "copies of the quotes",
    "qa.answering:agree": "agreement",
    "qa.answering:assemble": "gather and assemble",
    "qa.answering:gather": "gather and assemble",
    "qa.answering:missing": "what is missing",
    "qa.answering:as_articles_spell": "spelling",
    "qa.chat:Chat.ask": "the rest",
}
"""The steps of answering one question."""

STARTING = {
    "index.update:update_index": "look for changed articles",
    "index.library:Index.__init__": "open the index",
    "index.vectors:VectorIndex.load": "open the index",
    "index.lexical:LexicalIndex.load": "open the index",
    "index.encoder:Encoder.__init__": "load the encoder",
    "qa.span_reader:SpanReader.__init__": "load the reader",
    "qa.span_model:SpanModel.__init__": "load the reader",
    "qa.chat:Chat.ask": "answer",
    "qa.answering:Answerer.answer": "answer",
    "qa.terminal:show_lines": "print",
    "qa.cli:ask": "the command line",
}
"""The steps of ``pullquote ask`` from its start."""


class Stopwatch:
    """Counts the seconds of each step; threads count for themselves, so that steps at the same time add up to more."""

    def __init__(self, steps: Mapping[str, str]) -> None:
        """Name the steps; they are wrapped by ``attach``."""
        self.seconds: Counter[str] = Counter()
        self._waiting = dict(steps)
        self._inner = threading.local()

    def attach(self) -> None:
        """Wrap what is imported by now."""
        for place in list(self._waiting):
            module, _, path = place.partition(":")
            if module in sys.modules:
                self._wrap(place, sys.modules[module], path.split("."), self._waiting.pop(place))

    def attach_while_importing(self) -> None:
        """Wrap each module as soon as it was imported, and count the imports, each package for itself."""
        imported = builtins.__import__

        def timed(name: str, *rest: Any, **named: Any) -> Any:
            level = named.get("level", rest[3] if len(rest) > 3 else 0)
            if level or name in sys.modules:
                return imported(name, *rest, **named)
            outermost = not getattr(self._inner, "importing", False)
            self._inner.importing = True
            try:
                return self.timed(f"import {name.partition('.')[0]}", imported)(name, *rest, **named)
            finally:
                if outermost:
                    self._inner.importing = False
                    self.attach()

        builtins.__import__ = timed

    def timed(self, step: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """A function whose own time counts for a step."""

        @functools.wraps(function)
        def measured(*arguments: Any, **named: Any) -> Any:
            outside = getattr(self._inner, "seconds", 0.0)
            self._inner.seconds = 0.0
            began = time.perf_counter()
            try:
                return function(*arguments, **named)
            finally:
                took = time.perf_counter() - began
                self.seconds[step] += took - self._inner.seconds
                self._inner.seconds = outside + took

        return measured

    def left_out(self) -> list[str]:
        """The steps whose module was never imported."""
        return list(self._waiting)

    def _wrap(self, place: str, module: Any, path: list[str], step: str) -> None:
        owner = module
        for name in path[:-1]:
            owner = getattr(owner, name, None)
        found = getattr(owner, path[-1], None)
        if found is None:
            print(f"{place} is not there any more", file=sys.stderr)
            return
        kept = vars(owner).get(path[-1])
        wrapped = self.timed(step, found)
        setattr(owner, path[-1], staticmethod(wrapped) if isinstance(kept, classmethod | staticmethod) else wrapped)
