"""What an index of inverted lists holds, by id: FAISS itself finds a vector in the lists only by comparing."""

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray


class InvertedLists:
    """The lists of a FAISS index, each with the ids and the codes of the vectors that are near to one centre.

    Where an id lies is looked up in its sorted ids: 16 bytes a vector, against 60 of FAISS's own table.

    Example:
        >>> import faiss
        >>> index = faiss.index_factory(2, "IVF1,SQ8", faiss.METRIC_INNER_PRODUCT)
        >>> index.train(np.eye(2, dtype=np.float32))
        >>> index.add_with_ids(np.eye(2, dtype=np.float32), np.array([7, 8]))
        >>> InvertedLists(index).vector(8).round(1).tolist()
        [0.0, 1.0]
    """

    def __init__(self, faiss_index: Any) -> None:
        """Look into the lists of an ``IndexIVF``."""
        self._faiss = faiss_index
        self._sorted: tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]] | None = None

    @property
    def count(self) -> int:
        """How many lists there are."""
        return int(self._faiss.nlist)

    @property
    def probes(self) -> int:
        """How many of them a question is compared with."""
        return int(self._faiss.nprobe)

    @probes.setter
    def probes(self, lists: int) -> None:
        self._faiss.nprobe = lists

    def parameters(self, chosen: int) -> Any:
        """The parameters of a search among a number of vectors: the fewer they are, the more lists are looked into."""
        import faiss

        parameters = faiss.SearchParametersIVF()
        parameters.nprobe = min(self.count, math.ceil(self.probes * self._faiss.ntotal / max(1, chosen)))
        return parameters

    def vector(self, number: int) -> NDArray[np.float32]:
        """The vector of an id, as near as its code tells.

        Raises:
            KeyError: There is none.
        """
        ids, places, starts = self._places()
        found = int(np.searchsorted(ids, number))
        if found == len(ids) or ids[found] != number:
            raise KeyError(number)
        place = int(places[found])
        position = int(np.searchsorted(starts, place, side="right")) - 1
        return self._decoded(position, place - int(starts[position]))

    def batches(self) -> Iterator[tuple[NDArray[np.int64], NDArray[np.float32]]]:
        """All vectors with their ids, list by list."""
        for position in range(self.count):
            ids = self._ids(position)
            if len(ids):
                yield ids, np.stack([self._decoded(position, offset) for offset in range(len(ids))])

    def forget_places(self) -> None:
        """To be called after vectors were added or removed."""
        self._sorted = None

    def _places(self) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """All ids in order, the place of each when the lists are laid end to end, and where each list begins."""
        if self._sorted is None:
            lists = [self._ids(position) for position in range(self.count)]
            ids = np.concatenate(lists)
            starts = np.cumsum([0, *(len(part) for part in lists[:-1])])
            places = np.argsort(ids)
            self._sorted = ids[places], places, starts
        return self._sorted

    def _ids(self, position: int) -> NDArray[np.int64]:
        import faiss

        lists = self._faiss.invlists
        size = lists.list_size(position)
        if not size:
            return np.empty(0, np.int64)
        ids: NDArray[np.int64] = faiss.rev_swig_ptr(lists.get_ids(position), size).copy()
        return ids

    def _decoded(self, position: int, offset: int) -> NDArray[np.float32]:
        import faiss

        vector = np.empty(self._faiss.d, np.float32)
        self._faiss.reconstruct_from_offset(position, offset, faiss.swig_ptr(vector))
        return vector
