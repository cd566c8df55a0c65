"""Asking all shards of an index at once, and telling which did not answer."""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, Concatenate, Generic

from index.errors import IndexDamagedError, PullquoteError
from index.shard import P, Shard, ShardHandle, T

# A worker that died is replaced within a few seconds; one that says nothing for this long is not waited for.
SECONDS_TO_ANSWER = 60.0


@dataclass(frozen=True, slots=True)
class Replies(Generic[T]):
    """What the shards answered.

    Attributes:
        found: The answers, by the number of the shard.
        failed: Why the others did not answer, by the number of the shard.

    Example:
        >>> replies = Replies({0: 7, 2: 8}, {1: IndexDamagedError("It cannot be read", "it is gone", "index again")})
        >>> sum(replies.found.values()), list(replies.failed)
        (15, [1])
    """

    found: dict[int, T] = field(default_factory=dict)
    failed: dict[int, PullquoteError] = field(default_factory=dict)


class FanOut:
    """The shards of an index, asked together.

    Example:
        >>> from pathlib import Path
        >>> from index.fusion import FusionSettings
        >>> from index.shard import Place, ThreadHandle
        >>> shards = FanOut([ThreadHandle(Place(Path("/nowhere"), Path("/news"), FusionSettings()))])
        >>> [error.why for error in shards.ask(Shard.counts).failed.values()]
        ['nothing was indexed in /nowhere']
        >>> shards.close()
    """

    def __init__(self, handles: Sequence[ShardHandle], patience: float = SECONDS_TO_ANSWER) -> None:
        """Take the shards, in order.

        Args:
            handles: One for each shard.
            patience: How many seconds to wait for an answer.
        """
        self._handles = handles
        self._patience = patience

    def __len__(self) -> int:
        """How many shards there are."""
        return len(self._handles)

    def ask(self, method: Callable[Concatenate[Shard, P], T], *arguments: P.args, **named: P.kwargs) -> Replies[T]:
        """Call a method of every shard."""
        return self.collect(self.begin(method, *arguments, **named))

    def begin(
        self, method: Callable[Concatenate[Shard, P], T], *arguments: P.args, **named: P.kwargs
    ) -> "dict[int, Future[T]]":
        """Begin to call a method of every shard."""
        return {number: handle.submit(method, *arguments, **named) for number, handle in enumerate(self._handles)}

    def begin_each(self, method: Callable[[Shard, Any], T], arguments: Mapping[int, Any]) -> "dict[int, Future[T]]":
        """Begin to call a method of some shards, each with an argument of its own."""
        return {number: self._handles[number].submit(method, each) for number, each in arguments.items()}

    def collect(self, calls: "Mapping[int, Future[T]]") -> Replies[T]:
        """Wait for the answers, for all of them no longer than for one."""
        replies: Replies[T] = Replies()
        deadline = time.monotonic() + self._patience
        for number, call in calls.items():
            try:
                replies.found[number] = call.result(max(0.0, deadline - time.monotonic()))
            except Exception as error:
                replies.failed[number] = told(error)
        return replies

    def close(self) -> None:
        """Let go of all shards."""
        for handle in self._handles:
            handle.close()


def told(error: Exception) -> PullquoteError:
    """The error that tells a person why a shard did not answer.

    Example:
        >>> told(TimeoutError()).why
        'it does not answer'
    """
    if isinstance(error, PullquoteError):
        return error
    why = "it does not answer" if isinstance(error, TimeoutError) else f"its worker failed: {type(error).__name__}"
    return IndexDamagedError("A shard cannot be searched", why, "run: pullquote doctor")


def most_common(values: Iterable[T]) -> T:
    """The value that occurs most often.

    Example:
        >>> most_common(["a", "b", "b"])
        'b'
    """
    return Counter(values).most_common(1)[0][0]
