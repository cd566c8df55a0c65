"""Dense search: FAISS over the passages' vectors, under the passages' own ids.

A small index compares a question with every vector. A large one sorts its vectors into lists by what they are near to,
keeps a number of a vector in one byte, and compares a question with the vectors of the nearest lists.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.durable import replacing, writing_into
from index.encoder import Vectors
from index.errors import MENDED_BY, IndexDamagedError
from index.inverted_lists import InvertedLists

Ids = NDArray[np.int64]

_VECTORS_AT_ONCE = 4_096
_READING = Lock()
_BITS_FOR_VECTOR = 64


class VectorIndex:
    """Vectors under stable 64-bit ids; the inner product of unit vectors is their cosine.

    Example:
        >>> index = VectorIndex.empty(2)
        >>> index.add(np.array([7, 8], np.int64), np.array([[1, 0], [0, 1]], np.float32))
        >>> [number for number, cosine in index.search(np.array([0.6, 0.8], np.float32), limit=2)]
        [8, 7]
    """

    def __init__(self, faiss_index: Any, *, to_change: bool = True) -> None:
        """Wrap an opened FAISS index."""
        self._faiss = faiss_index
        self._to_change = to_change
        self._lists = InvertedLists(faiss_index) if hasattr(faiss_index, "invlists") else None

    @classmethod
    def empty(cls, dimension: int) -> "VectorIndex":
        """An index without vectors that compares a question with every one that it is given."""
        import faiss

        return cls(faiss.IndexIDMap2(faiss.IndexFlatIP(dimension)))

    @classmethod
    def approximate(cls, sample: Vectors, lists: int) -> "VectorIndex":
        """An index without vectors that compares a question with those of a few lists.

        Args:
            sample: Vectors like those to come, shape ``(more than lists, dimension)``.
            lists: How many lists there are to be.
        """
        import faiss

        dimension = sample.shape[1]
        nearest = faiss.IndexFlatIP(dimension)
        index = faiss.IndexIVFScalarQuantizer(
            nearest, dimension, lists, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT
        )
        index.cp.min_points_per_centroid = 1
        index.cp.max_points_per_centroid = len(sample)
        index.train(sample)
        return cls(index)

    @classmethod
    def load(cls, path: Path, count: int, dimension: int | None = None, *, to_change: bool = False) -> "VectorIndex":
        """Open a saved index.

        Args:
            path: Its file.
            count: How many vectors it must hold.
            dimension: How long they must be; any length where it is None.
            to_change: Whether vectors are to be added and removed. If not, the file is mapped into memory: opening it
                takes no time, and what is not searched is not read.

        Raises:
            FileNotFoundError: The file is not there.
            IndexDamagedError: It is no FAISS index, or holds other vectors.
        """
        import faiss

        if not path.exists():
            raise FileNotFoundError(path)
        try:
            index = cls(_read(path, 0 if to_change else faiss.IO_FLAG_MMAP_IFC), to_change=to_change)
        except (RuntimeError, MemoryError) as error:
            raise _unusable(path, "is damaged") from error
        if index.lists and not index.probes:
            raise _unusable(path, "is damaged")
        if len(index) != count or dimension not in (None, index.dimension):
            raise _unusable(path, "does not belong to the other parts")
        return index

    def __len__(self) -> int:
        """How many vectors there are."""
        return int(self._faiss.ntotal)

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        return int(self._faiss.d)

    @property
    def lists(self) -> int:
        """How many lists the vectors are sorted into; 0 where a question is compared with all of them."""
        return self._lists.count if self._lists else 0

    @property
    def kind(self) -> str:
        """How a question is compared with the vectors, for a person."""
        return f"approximate, {self.probes:,} of {self.lists:,} lists" if self._lists else "exact"

    @property
    def probes(self) -> int:
        """How many lists a question is compared with; 0 where there are none."""
        return self._lists.probes if self._lists else 0

    def probe(self, lists: int) -> None:
        """Set how many lists a question is compared with."""
        assert self._lists is not None, "an exact index has no lists"
        self._lists.probes = lists

    def add(self, ids: Ids, vectors: Vectors) -> None:
        """Add vectors, shape ``(len(ids), dimension)``, under new ids."""
        assert self._to_change, "FAISS ends the process when an index that is mapped into memory is changed"
        if len(ids):
            self._faiss.add_with_ids(vectors, ids)
            self._forget_places()

    def remove(self, ids: Sequence[int]) -> None:
        """Remove the vectors of these ids; unknown ids are passed over."""
        assert self._to_change, "FAISS ends the process when an index that is mapped into memory is changed"
        if len(ids):
            self._faiss.remove_ids(np.asarray(ids, np.int64))
            self._forget_places()

    def batches(self) -> Iterator[tuple[Ids, Vectors]]:
        """All vectors as they are kept, with their ids, some thousands at a time."""
        if self._lists:
            yield from self._lists.batches()
            return
        import faiss

        ids = faiss.vector_to_array(self._faiss.id_map)
        for first in range(0, len(ids), _VECTORS_AT_ONCE):
            count = min(_VECTORS_AT_ONCE, len(ids) - first)
            yield ids[first : first + count], self._faiss.index.reconstruct_n(first, count)

    def ids(self) -> list[int]:
        """The ids of all vectors, in no order."""
        return [int(number) for ids, _ in self.batches() for number in ids]

    def search(self, vector: Vectors, limit: int, among: Sequence[int] | Ids | None = None) -> list[tuple[int, float]]:
        """The nearest passages.

        Args:
            vector: The question's unit vector, shape ``(dimension,)``.
            limit: How many, at most.
            among: The ids to choose from; all when None.

        Returns:
            Pairs of id and cosine, highest first.

        Raises:
            IndexDamagedError: The passages' vectors are of another length.
        """
        import faiss

        if len(vector) != self.dimension:
            raise IndexDamagedError("The vectors cannot be used", "they are of another model", MENDED_BY)
        parameters = None
        if among is not None:
            ids = np.asarray(among, np.int64)
            parameters = self._lists.parameters(len(ids)) if self._lists else faiss.SearchParameters()
            # Named, so that it lives as long as the search: FAISS knows only where it is.
            selector = self._selector(ids)
            parameters.sel = selector
        scores, ids = self._faiss.search(vector.reshape(1, -1), max(1, min(limit, len(self))), params=parameters)
        return [(int(number), float(score)) for number, score in zip(ids[0], scores[0], strict=True) if number >= 0]

    def _selector(self, ids: Ids) -> Any:
        """What tells FAISS which ids to choose from: a bit for each id where that is small, else a set."""
        import faiss

        # Its type stubs know only the constructors of C++.
        library: Any = faiss
        highest = int(ids.max(initial=0))
        if highest > _BITS_FOR_VECTOR * len(self):
            return library.IDSelectorBatch(ids)
        chosen = np.zeros(highest + 1, np.bool_)
        chosen[ids] = True
        return library.IDSelectorBitmap(np.packbits(chosen, bitorder="little"))

    def cosines(self, vector: Vectors, ids: Sequence[int]) -> list[float]:
        """The cosine of a unit vector with each of some passages.

        Raises:
            IndexDamagedError: A passage has no vector.
        """
        vector_of = self._lists.vector if self._lists else self._faiss.reconstruct
        try:
            vectors = [vector_of(int(number)) for number in ids]
        except (RuntimeError, KeyError) as error:
            raise IndexDamagedError("The vectors cannot be used", "a passage has none", MENDED_BY) from error
        if not np.isfinite(vectors).all():
            raise IndexDamagedError("The vectors cannot be used", "some are no numbers", MENDED_BY)
        return [float(np.dot(known, vector)) for known in vectors]

    def _forget_places(self) -> None:
        if self._lists:
            self._lists.forget_places()

    def save(self, path: Path) -> None:
        """Write the index so that the file is whole or not there: beside it, then fsync, then rename.

        Raises:
            IndexWriteError: The system does not let it be written.
        """
        import faiss

        # When FAISS opens a file itself, it does not notice that the last block could not be written. Its type stubs do
        # not know the writer that goes through Python.
        library: Any = faiss
        with writing_into(path.parent), replacing(path) as file:
            library.write_index(self._faiss, library.PyCallbackIOWriter(file.write))


def _read(path: Path, flags: int) -> Any:
    """The FAISS index in a file. A damaged length may say that a part of it is larger than all of it: it is refused."""
    import faiss

    # Its type stubs do not know the limit, of which a process has one.
    library: Any = faiss
    with _READING:
        library.set_deserialization_vector_byte_limit(path.stat().st_size)
        return library.read_index(str(path), flags)


def _unusable(path: Path, why: str) -> IndexDamagedError:
    return IndexDamagedError("The vectors cannot be used", f"{path.name} {why}", MENDED_BY)
