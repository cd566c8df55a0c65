import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import IndexWriteError
from index.spool import vector_spool
from tests.index.disks import files_limited_to


def vectors(ids: list[int]) -> np.ndarray:
    return np.array([[number, -number] for number in ids], np.float32).reshape(-1, 2)


@given(portions=st.lists(st.lists(st.integers(0, 2**24), max_size=9), max_size=5))
def test_what_goes_in_comes_out_in_its_order_again_and_again(tmp_path_factory, portions):
    with vector_spool(tmp_path_factory.getbasetemp(), 2) as spool:
        for ids in portions:
            spool.append(ids, vectors(ids))
        everything = [number for ids in portions for number in ids]
        assert len(spool) == len(everything)
        for _ in range(2):
            batches = list(spool.batches())
            assert [number for ids, _ in batches for number in ids.tolist()] == everything
            assert [row for _, rows in batches for row in rows.tolist()] == vectors(everything).tolist()


def test_a_vector_is_found_by_its_place_while_more_come_in(tmp_path):
    with vector_spool(tmp_path, 2) as spool:
        for number in range(5):
            spool.append([number], vectors([number]))
            assert spool.vector(number // 2).tolist() == [number // 2, -(number // 2)]


def test_many_vectors_come_in_several_batches(tmp_path):
    many = list(range(10_000))
    with vector_spool(tmp_path, 2) as spool:
        spool.append(many, vectors(many))
        batches = list(spool.batches())
    assert 1 < len(batches) < 10
    assert [number for ids, _ in batches for number in ids.tolist()] == many


def test_its_file_has_no_name(tmp_path):
    with vector_spool(tmp_path, 1_000) as spool:
        spool.append(range(2_000), np.zeros((2_000, 1_000), np.float32))
        assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_told(tmp_path):
    with vector_spool(tmp_path, 1_000) as spool, files_limited_to(1_000_000), pytest.raises(IndexWriteError):
        spool.append(range(2_000), np.zeros((2_000, 1_000), np.float32))
