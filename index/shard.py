"""One shard of an index: what it contributes to the answers of the whole, and how it is reached."""

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from index.encoder import Vectors
from index.errors import IndexMismatchError, PullquoteError
from index.fusion import FusionSettings
from index.library import Index
from index.merging import Fetched, Found
from index.records import Article, Sentence
from index.sketches import Sketch
from index.statistics import TermStatistics

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a shard is.

    Attributes:
        folder: Its index directory.
        base: The folder that the stored paths of articles are relative to.
        fusion: How dense and lexical search are weighed.

    Example:
        >>> Place(Path("/index/shard-0-of-2"), Path("/news"), FusionSettings()).folder.name
        'shard-0-of-2'
    """

    folder: Path
    base: Path
    fusion: FusionSettings


@dataclass(frozen=True, slots=True)
class Facts:
    """What a shard tells of itself before it is searched.

    Attributes:
        model: The name of its embedding model.
        digest: The digest of the model.
        generation: How often the shard was written.
        statistics: How often some terms occur in it.

    Example:
        >>> Facts("all-MiniLM-L6-v2", "53aa51", 1, TermStatistics(5, {})).statistics.passages
        5
    """

    model: str
    digest: str
    generation: int
    statistics: TermStatistics


class Shard(Index):
    """An index that answers as a part of a larger one. It encodes nothing, and so needs no model.

    Example:
        >>> import tempfile
        >>> from contextlib import closing
        >>> from index.update import update_index
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     news, place = Path(folder), Path(folder, ".index")
        ...     _ = Path(news, "rain.txt").write_text("Rain fell on Monday, and the fair was called off.")
        ...     _ = update_index(news, place)
        ...     with closing(Shard(place, news)) as shard:
        ...         shard.facts(("rain", "owl")).statistics.frequencies["body", "rain"]
        1
    """

    _ENCODES = False

    def facts(self, terms: Sequence[str]) -> Facts:
        """What it holds, and how often some terms occur in it."""
        with self._lock, self._snapshot():
            model = self._store.meta()["model"]
            return Facts(model, self._digest, self._generation, self._lexical.statistics(terms))

    def find(
        self,
        question: str,
        vector: Vectors,
        digest: str,
        depth: int,
        days: tuple[date | None, date | None],
        among: TermStatistics | None,
    ) -> Found:
        """What both searches find here.

        Args:
            question: The question.
            vector: Its unit vector.
            digest: The digest of the model that made the vector.
            depth: How many passages are taken from each search.
            days: The first and the last day of publication that are searched.
            among: How often the terms of the question occur in all shards; None weighs them by this one.

        Raises:
            IndexMismatchError: The shard was made with another model.
        """
        with self._lock, self._snapshot():
            if digest != self._digest:
                raise IndexMismatchError("The shard cannot be searched", "it is of another model", "index again")
            return self._found(question, vector, depth, *days, among)

    def fetch(self, numbers: Sequence[int]) -> tuple[dict[int, Fetched], dict[int, Article]]:
        """Some passages by id, without those that are gone by now, and their articles by row."""
        with self._lock, self._snapshot():
            fetched = self._fetched(numbers)
            return fetched, self._articles_of(item.passage for item in fetched.values())

    def standing(self, terms: Sequence[str], words: str) -> tuple[list[bool], bool]:
        """Which terms stand in an article, as far as their letters tell, and whether some words do as they are."""
        with self._lock, self._snapshot():
            standing = [self._stands(term) for term in terms]
            return standing, all(standing) or self._store.texts_hold(words)

    def having(self, terms: Sequence[str]) -> list[bool]:
        """Which terms are terms of a passage or a headline."""
        with self._lock, self._snapshot():
            return [self._lexical.has(term) for term in terms]

    def spelled(self, name: str) -> Counter[str]:
        """The words that may be a name spelled otherwise, and how often some passages have them."""
        with self._lock, self._snapshot():
            return self._spelled(name)

    def copies_by_sketch(self, sentences: Sequence[tuple[str, Sketch | None]]) -> list[list[tuple[Article, Sentence]]]:
        """For each of some sentences, which may stand in another shard, every printing and copy, by its sketch."""
        with self._lock, self._store.reading():
            return [self._store.copies(sentence, bands) for sentence, bands in sentences]


class ShardHandle(Protocol):
    """A shard that can be asked, wherever it is.

    Example:
        >>> def passages(handle: ShardHandle) -> int:
        ...     return handle.submit(Shard.counts).result()[1]
    """

    def submit(self, method: Callable[Concatenate[Shard, P], T], *arguments: P.args, **named: P.kwargs) -> "Future[T]":
        """Begin to call a method of the shard."""

    def close(self) -> None:
        """Let go of the shard."""


class ShardServer:
    """Keeps a shard open, and opens it again after it could not be read: it may have been made anew.

    Example:
        >>> server = ShardServer(Place(Path("/nowhere"), Path("/news"), FusionSettings()))
        >>> server.call("counts")  # doctest: +ELLIPSIS
        Traceback (most recent call last):
        index.errors.IndexNotFoundError: There is no index: ...
    """

    def __init__(self, place: Place) -> None:
        """Take the place of a shard; it is opened when it is first asked."""
        self._place = place
        self._shard: Shard | None = None

    def call(self, method: str, *arguments: object, **named: object) -> Any:
        """Call a method of the shard by its name.

        Raises:
            PullquoteError: The shard cannot be opened or read.
        """
        try:
            if self._shard is None:
                self._shard = Shard(self._place.folder, self._place.base, self._place.fusion)
            return getattr(self._shard, method)(*arguments, **named)
        except PullquoteError:
            self.close()
            raise

    def close(self) -> None:
        """Close the shard."""
        if self._shard is not None:
            self._shard.close()
            self._shard = None


class ThreadHandle:
    """A shard in this process, in a thread of its own.

    Example:
        >>> handle = ThreadHandle(Place(Path("/nowhere"), Path("/news"), FusionSettings()))
        >>> handle.submit(Shard.counts).exception().what
        'There is no index'
        >>> handle.close()
    """

    def __init__(self, place: Place) -> None:
        """Take the place of a shard; it is opened when it is first asked."""
        self._server = ShardServer(place)
        self._thread = ThreadPoolExecutor(1)

    def submit(self, method: Callable[Concatenate[Shard, P], T], *arguments: P.args, **named: P.kwargs) -> "Future[T]":
        """Begin to call a method of the shard."""
        return self._thread.submit(self._server.call, method.__name__, *arguments, **named)

    def close(self) -> None:
        """Close the shard, and end the thread."""
        with suppress(RuntimeError):
            # It was closed before: the thread takes no more work.
            self._thread.submit(self._server.close)
        self._thread.shutdown()
