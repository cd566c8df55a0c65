"""Vectors on their way into an index, kept on disk: a million of them would take one and a half gigabytes of memory."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO

import numpy as np

from index.durable import writing_into
from index.encoder import Vectors
from index.vectors import Ids

_BYTES_IN_MEMORY = 4_000_000
_VECTORS_AT_ONCE = 4_096


class VectorSpool:
    """Ids and vectors that can be read again and again in the order they came in.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder, vector_spool(Path(folder), dimension=2) as spool:
        ...     spool.append([7, 8], np.array([[1, 0], [0, 1]], np.float32))
        ...     [(ids.tolist(), vectors.tolist()) for ids, vectors in spool.batches()]
        [([7, 8], [[1.0, 0.0], [0.0, 1.0]])]
    """

    def __init__(self, file: IO[bytes], folder: Path, dimension: int) -> None:
        """Keep vectors in a file.

        Args:
            file: An empty file, open for reading and writing.
            folder: Where it is, for errors.
            dimension: The length of a vector.
        """
        self._file = file
        self._folder = folder
        self._record = np.dtype([("id", np.int64), ("vector", np.float32, (dimension,))])
        self._count = 0

    def __len__(self) -> int:
        """How many vectors there are."""
        return self._count

    def append(self, ids: Sequence[int], vectors: Vectors) -> None:
        """Add vectors, shape ``(len(ids), dimension)``.

        Raises:
            IndexWriteError: The system does not let them be written.
        """
        records = np.empty(len(ids), self._record)
        records["id"], records["vector"] = ids, vectors
        with writing_into(self._folder):
            self._file.seek(self._count * self._record.itemsize)
            self._file.write(records.tobytes())
            self._file.flush()
        self._count += len(ids)

    def vector(self, place: int) -> Vectors:
        """The vector that came in at a place, counted from 0."""
        _, vectors = self._read(place, 1)
        vector: Vectors = vectors[0]
        return vector

    def batches(self) -> Iterator[tuple[Ids, Vectors]]:
        """All vectors with their ids, some thousands at a time."""
        for place in range(0, self._count, _VECTORS_AT_ONCE):
            yield self._read(place, min(_VECTORS_AT_ONCE, self._count - place))

    def _read(self, place: int, count: int) -> tuple[Ids, Vectors]:
        self._file.seek(place * self._record.itemsize)
        records = np.frombuffer(self._file.read(count * self._record.itemsize), self._record)
        return np.ascontiguousarray(records["id"]), np.ascontiguousarray(records["vector"])


@contextmanager
def vector_spool(folder: Path, dimension: int) -> Iterator[VectorSpool]:
    """An empty spool. Its file has no name, so that a kill leaves nothing behind; a few vectors stay in memory.

    Args:
        folder: Where the file is made.
        dimension: The length of a vector.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder, vector_spool(Path(folder), dimension=2) as spool:
        ...     len(spool), [path.name for path in Path(folder).iterdir()]
        (0, [])
    """
    with SpooledTemporaryFile(max_size=_BYTES_IN_MEMORY, dir=str(folder)) as file:
        yield VectorSpool(file, folder, dimension)
