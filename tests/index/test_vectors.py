import struct

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import MENDED_BY, IndexDamagedError, IndexWriteError
from index.vectors import VectorIndex
from tests.index.damage import damage_told, empty, halve, scribble
from tests.index.disks import files_limited_to

DIMENSION = 16


def unit_vectors(count: int, seed: int = 0) -> np.ndarray:
    vectors = np.random.default_rng(seed).normal(size=(count, DIMENSION)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def made(ids: list[int], vectors: np.ndarray) -> VectorIndex:
    index = VectorIndex.empty(DIMENSION)
    index.add(np.array(ids, np.int64), vectors)
    return index


def sorted_into_lists(ids: list[int], vectors: np.ndarray, lists: int = 4) -> VectorIndex:
    index = VectorIndex.approximate(unit_vectors(60), lists)
    index.add(np.array(ids, np.int64), vectors)
    return index


class TestSearch:
    @given(count=st.integers(1, 40), limit=st.integers(1, 50), seed=st.integers(0, 9))
    def test_it_finds_what_comparing_with_every_vector_finds(self, count, limit, seed):
        vectors = unit_vectors(count, seed)
        ids = [number * 10 for number in range(count)]
        question = unit_vectors(1, seed + 100)[0]
        cosines = vectors @ question
        expected = sorted(cosines, reverse=True)[:limit]
        result = made(ids, vectors).search(question, limit)
        assert [score for _, score in result] == pytest.approx(expected, abs=1e-6)
        assert all(cosines[number // 10] == pytest.approx(score, abs=1e-6) for number, score in result)

    def test_ids_may_have_64_bits(self):
        index = made([2**62, 2**63 - 1], unit_vectors(2))
        assert {number for number, _ in index.search(unit_vectors(1)[0], 5)} == {2**62, 2**63 - 1}

    def test_it_can_be_kept_to_some_ids(self):
        index = made(list(range(30)), unit_vectors(30))
        assert {number for number, _ in index.search(unit_vectors(1)[0], 10, [3, 5, 99])} == {3, 5}
        assert index.search(unit_vectors(1)[0], 10, []) == []

    def test_an_empty_index_finds_nothing(self):
        assert VectorIndex.empty(DIMENSION).search(unit_vectors(1)[0], 3) == []

    def test_the_cosine_of_any_passage_can_be_asked(self):
        vectors = unit_vectors(5)
        index = made([4, 5, 6, 7, 8], vectors)
        assert index.cosines(vectors[1], [5, 4]) == pytest.approx([1.0, float(vectors[0] @ vectors[1])], abs=1e-6)

    def test_a_passage_without_a_vector_is_told(self):
        with pytest.raises(IndexDamagedError, match="a passage has none"):
            made([4], unit_vectors(1)).cosines(unit_vectors(1)[0], [4, 5])

    @given(removed=st.sets(st.integers(0, 25)))
    def test_removed_vectors_are_gone_and_the_others_stay_under_their_ids(self, removed):
        vectors = unit_vectors(20)
        index = made(list(range(20)), vectors)
        index.remove(sorted(removed))
        left = set(range(20)) - removed
        assert len(index) == len(left)
        assert {number for number, _ in index.search(vectors[0], 20)} == left
        assert all(index.cosines(vectors[number], [number]) == [pytest.approx(1, abs=1e-6)] for number in left)


class TestFiles:
    def test_a_saved_index_is_the_same_when_it_is_loaded(self, tmp_path):
        vectors = unit_vectors(9)
        index = made(list(range(9)), vectors)
        index.save(tmp_path / "vectors-1.faiss")
        loaded = VectorIndex.load(tmp_path / "vectors-1.faiss", 9, DIMENSION)
        assert (len(loaded), loaded.dimension) == (9, DIMENSION)
        assert loaded.search(vectors[3], 9) == index.search(vectors[3], 9)
        assert [path.name for path in tmp_path.iterdir()] == ["vectors-1.faiss"]

    def test_a_loaded_index_can_be_changed_and_saved_in_the_same_place(self, tmp_path):
        path = tmp_path / "vectors-1.faiss"
        made([1, 2], unit_vectors(2)).save(path)
        index = VectorIndex.load(path, 2, DIMENSION, to_change=True)
        index.remove([1])
        index.add(np.array([3], np.int64), unit_vectors(1, 7))
        index.save(path)
        assert {number for number, _ in VectorIndex.load(path, 2, DIMENSION).search(unit_vectors(1)[0], 5)} == {2, 3}

    def test_a_file_that_is_not_there(self, tmp_path):
        with pytest.raises(FileNotFoundError):
            VectorIndex.load(tmp_path / "vectors-1.faiss", 0, DIMENSION)

    @pytest.mark.parametrize("harm", [halve, empty, scribble])
    def test_a_damaged_file_is_told(self, tmp_path, harm):
        path = tmp_path / "vectors-1.faiss"
        made(list(range(9)), unit_vectors(9)).save(path)
        harm(path)
        with pytest.raises(IndexDamagedError, match=r"vectors-1\.faiss is damaged"):
            VectorIndex.load(path, 9, DIMENSION)

    @pytest.mark.parametrize(("count", "dimension"), [(8, DIMENSION), (9, DIMENSION * 2)])
    def test_vectors_of_another_index_are_told(self, tmp_path, count, dimension):
        made(list(range(9)), unit_vectors(9)).save(tmp_path / "vectors-1.faiss")
        with pytest.raises(IndexDamagedError, match="does not belong"):
            VectorIndex.load(tmp_path / "vectors-1.faiss", count, dimension)

    @pytest.mark.parametrize("size", [0, 40, 300])
    def test_a_full_disk_is_told_and_leaves_the_file_as_it_was(self, tmp_path, size):
        path = tmp_path / "vectors-1.faiss"
        made([1], unit_vectors(1)).save(path)
        before = path.read_bytes()
        with pytest.raises(IndexWriteError), files_limited_to(size):
            made(list(range(9)), unit_vectors(9)).save(path)
        assert path.read_bytes() == before

    def test_a_folder_that_cannot_be_written_is_told(self, tmp_path):
        with pytest.raises(IndexWriteError):
            made([1], unit_vectors(1)).save(tmp_path / "not-there" / "vectors-1.faiss")
        assert list(tmp_path.iterdir()) == []


CHANGES = st.lists(st.tuples(st.booleans(), st.sets(st.integers(0, 60), min_size=1)), max_size=6)


class TestLists:
    @settings(max_examples=30)
    @given(changes=CHANGES)
    def test_after_any_changes_it_holds_exactly_the_ids_that_were_added_and_not_removed(self, changes):
        vectors = unit_vectors(61)
        index = sorted_into_lists([], vectors[:0])
        held: set[int] = set()
        for adds, ids in changes:
            changed = sorted(ids - held if adds else ids)
            if adds:
                index.add(np.array(changed, np.int64), vectors[changed])
                held |= ids
            else:
                index.remove(changed)
                held -= ids
            index.probe(index.lists)
            assert len(index) == len(held)
            assert {number for number, _ in index.search(vectors[0], 61)} == held
            assert {number for ids, _ in index.batches() for number in ids.tolist()} == held
            assert index.cosines(vectors[0], sorted(held)) == pytest.approx(
                vectors[sorted(held)] @ vectors[0], abs=0.02
            )

    def test_looking_into_all_lists_finds_what_an_exact_search_finds(self):
        vectors, question = unit_vectors(50), unit_vectors(1, 99)[0]
        index = sorted_into_lists(list(range(50)), vectors)
        index.probe(4)
        found = index.search(question, 50)
        exact = dict(made(list(range(50)), vectors).search(question, 50))
        assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)
        assert {number for number, _ in found[:10]} <= set(list(exact)[:12])
        assert all(exact[number] == pytest.approx(score, abs=0.02) for number, score in found)

    def test_what_it_is_kept_to_is_found_in_any_list(self):
        vectors = unit_vectors(60)
        index = sorted_into_lists(list(range(60)), vectors)
        index.probe(1)
        assert {number for number, _ in index.search(-vectors[7], 5, [7, 99])} == {7}

    def test_the_cosine_of_what_is_found_is_its_score(self):
        index = sorted_into_lists(list(range(50)), unit_vectors(50))
        question = unit_vectors(1, 5)[0]
        found = index.search(question, 9)
        assert index.cosines(question, [number for number, _ in found]) == pytest.approx(
            [score for _, score in found], abs=1e-5
        )

    def test_a_passage_without_a_vector_is_told(self):
        index = sorted_into_lists([4, 9], unit_vectors(2))
        for missing in (0, 5, 10):
            with pytest.raises(IndexDamagedError, match="a passage has none"):
                index.cosines(unit_vectors(1)[0], [4, missing])

    def test_an_index_says_how_it_searches(self):
        index = sorted_into_lists([4, 9], unit_vectors(2))
        index.probe(3)
        assert index.kind == "approximate, 3 of 4 lists"
        assert VectorIndex.empty(DIMENSION).kind == "exact"


def saved(path, *, lists: bool, count: int = 30) -> None:
    build = sorted_into_lists if lists else made
    build(list(range(count)), unit_vectors(count)).save(path)


@pytest.mark.parametrize("lists", [False, True])
class TestMappedFiles:
    def test_an_opened_index_is_the_same_whether_it_is_mapped_or_read(self, tmp_path, lists):
        path = tmp_path / "vectors-1.faiss"
        saved(path, lists=lists)
        mapped = VectorIndex.load(path, 30, DIMENSION)
        read = VectorIndex.load(path, 30, DIMENSION, to_change=True)
        question = unit_vectors(1, 3)[0]
        assert (mapped.lists, mapped.probes) == (read.lists, read.probes)
        assert mapped.search(question, 9) == read.search(question, 9)
        assert mapped.cosines(question, [5, 29]) == read.cosines(question, [5, 29])

    def test_a_mapped_index_outlives_its_file(self, tmp_path, lists):
        path = tmp_path / "vectors-1.faiss"
        saved(path, lists=lists)
        index = VectorIndex.load(path, 30)
        before = index.search(unit_vectors(1)[0], 9)
        path.unlink()
        assert index.search(unit_vectors(1)[0], 9) == before

    def test_a_mapped_index_cannot_be_changed(self, tmp_path, lists):
        path = tmp_path / "vectors-1.faiss"
        saved(path, lists=lists)
        index = VectorIndex.load(path, 30)
        with pytest.raises(AssertionError, match="mapped into memory"):
            index.remove([1])
        with pytest.raises(AssertionError, match="mapped into memory"):
            index.add(np.array([99]), unit_vectors(1))

    def test_how_many_lists_are_looked_into_is_kept(self, tmp_path, lists):
        path = tmp_path / "vectors-1.faiss"
        index = sorted_into_lists(list(range(30)), unit_vectors(30))
        index.probe(3)
        index.save(path)
        assert VectorIndex.load(path, 30, to_change=lists).probes == 3

    @pytest.mark.parametrize("number", [0xFFFFFFFF, 0x7FFFFFFF, 0])
    def test_damage_to_its_head_is_told_or_harmless(self, tmp_path, lists, number):
        path = tmp_path / "vectors-1.faiss"
        saved(path, lists=lists)
        whole = path.read_bytes()
        for place in range(0, 480, 4):
            data = bytearray(whole)
            struct.pack_into("<I", data, place, number)
            path.unlink()
            path.write_bytes(data)
            error = damage_told(lambda: VectorIndex.load(path, 30, DIMENSION).search(unit_vectors(1)[0], 3))
            assert error is None or error.fix == MENDED_BY

    @pytest.mark.parametrize("cut", [9, 60, 100, 700])
    def test_a_file_that_was_cut_short_is_told(self, tmp_path, lists, cut):
        path = tmp_path / "vectors-1.faiss"
        saved(path, lists=lists)
        path.write_bytes(path.read_bytes()[:-cut])
        with pytest.raises(IndexDamagedError, match="is damaged"):
            VectorIndex.load(path, 30)
