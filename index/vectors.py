"""Dense search: FAISS over the passages' vectors, under the passages' own ids."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.durable import sync_folder, writing_into
from index.encoder import Vectors
from index.errors import IndexDamagedError

Ids = NDArray[np.int64]


class VectorIndex:
    """Vectors under stable 64-bit ids; the inner product of unit vectors is their cosine.

    Example:
        >>> index = VectorIndex.empty(2)
        >>> index.add(np.array([7, 8], np.int64), np.array([[1, 0], [0, 1]], np.float32))
        >>> [number for number, cosine in index.search(np.array([0.6, 0.8], np.float32), limit=2)]
        [8, 7]
    """

    def __init__(self, faiss_index: Any) -> None:
        """Wrap an opened FAISS index."""
        self._faiss = faiss_index

    @classmethod
    def empty(cls, dimension: int) -> "VectorIndex":
        """An index without vectors."""
        import faiss

        return cls(faiss.IndexIDMap2(faiss.IndexFlatIP(dimension)))

    @classmethod
    def load(cls, path: Path, count: int, dimension: int) -> "VectorIndex":
        """Open a saved index.

        Args:
            path: Its file.
            count: How many vectors it must hold.
            dimension: How long they must be.

        Raises:
            FileNotFoundError: The file is not there.
            IndexDamagedError: It is no FAISS index, or holds other vectors.
        """
        import faiss

        if not path.exists():
            raise FileNotFoundError(path)
        try:
            index = cls(faiss.read_index(str(path)))
        except (RuntimeError, MemoryError) as error:
            # A damaged length can ask for more memory than there is.
            raise _unusable(path, "is damaged") from error
        if (len(index), index.dimension) != (count, dimension):
            raise _unusable(path, "does not belong to the other parts")
        return index

    def __len__(self) -> int:
        """How many vectors there are."""
        return int(self._faiss.ntotal)

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        return int(self._faiss.d)

    def add(self, ids: Ids, vectors: Vectors) -> None:
        """Add vectors, shape ``(len(ids), dimension)``, under new ids."""
        if len(ids):
            self._faiss.add_with_ids(vectors, ids)

    def remove(self, ids: Sequence[int]) -> None:
        """Remove the vectors of these ids; unknown ids are passed over."""
        if len(ids):
            self._faiss.remove_ids(np.asarray(ids, np.int64))

    def search(self, vector: Vectors, limit: int, among: Iterable[int] | None = None) -> list[tuple[int, float]]:
        """The nearest passages.

        Args:
            vector: The question's unit vector, shape ``(dimension,)``.
            limit: How many, at most.
            among: The ids to choose from; all when None.

        Returns:
            Pairs of id and cosine, highest first.
        """
        import faiss

        parameters = None
        if among is not None:
            chosen = faiss.IDSelectorBatch(np.fromiter(among, np.int64))
            parameters = faiss.SearchParameters()
            parameters.sel = chosen
        scores, ids = self._faiss.search(vector.reshape(1, -1), max(1, min(limit, len(self))), params=parameters)
        return [(int(number), float(score)) for number, score in zip(ids[0], scores[0], strict=True) if number >= 0]

    def cosines(self, vector: Vectors, ids: Sequence[int]) -> list[float]:
        """The cosine of a unit vector with each of some passages.

        Raises:
            IndexDamagedError: A passage has no vector.
        """
        try:
            return [float(np.dot(self._faiss.reconstruct(int(number)), vector)) for number in ids]
        except RuntimeError as error:
            raise IndexDamagedError(
                "The vectors cannot be used", "a passage has none", "delete the index and index the articles again"
            ) from error

    def save(self, path: Path) -> None:
        """Write the index so that the file is whole or not there: beside it, then fsync, then rename.

        Raises:
            IndexWriteError: The system does not let it be written.
        """
        import faiss

        # When FAISS opens a file itself, it does not notice that the last block could not be written. Its type stubs do
        # not know the writer that goes through Python.
        library: Any = faiss
        temporary = path.with_name(path.name + ".tmp")
        with writing_into(path.parent):
            with temporary.open("wb") as file:
                library.write_index(self._faiss, library.PyCallbackIOWriter(file.write))
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
            sync_folder(path.parent)


def _unusable(path: Path, why: str) -> IndexDamagedError:
    return IndexDamagedError(
        "The vectors cannot be used", f"{path.name} {why}", f"delete the folder {path.parent} and index again"
    )
