import hashlib
import math
import os
import shutil
import stat
import sys
import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import MENDED_BY, IndexDamagedError, IndexWriteError
from index.lexical import LexicalIndex
from index.terms import content_words
from tests.index.damage import damage_told, empty, halve, put, scribble, scribble_inside
from tests.index.disks import files_limited_to, read_only

PASSAGES = [
    (1, "Flood in Bramford", "The river rose by three metres and the stone bridge was closed.", date(2021, 3, 3)),
    (2, "Ferry times", "The ferry across the river will run until midnight.", date(2021, 3, 5)),
    (3, "Cheese market", "The cheese market has moved to the town hall in Bramford.", None),
]


@pytest.fixture
def index(tmp_path: Path) -> LexicalIndex:
    made = LexicalIndex.create(tmp_path / "lexical-1", None)
    made.update([], PASSAGES)
    return made


def ids(index: LexicalIndex, question: str, **limits) -> list[int]:
    return [number for number, _ in index.search(question, 10, 0.5, **limits)]


class TestSearch:
    def test_passages_with_more_and_rarer_words_of_the_question_come_first(self, index):
        assert ids(index, "Why was the bridge over the river closed?") == [1, 2]

    def test_words_of_the_headline_count_as_they_are_boosted(self, index):
        assert dict(index.search("Bramford flood", 10, 0.0)).keys() == {1, 3}
        plain, boosted = (dict(index.search("flood", 10, boost)) for boost in (0.0, 2.0))
        assert boosted[1] > plain[1] == 0

    def test_a_word_that_is_asked_twice_counts_twice(self, index):
        (once,), (twice,) = index.search("midnight", 10, 0.0), index.search("midnight midnight", 10, 0.0)
        assert twice[1] == pytest.approx(2 * once[1])

    def test_the_score_is_bm25(self, index):
        lengths = [len(index.terms(body)) for _, _, body, _ in PASSAGES]
        frequency_part = 2.2 / (1 + 1.2 * (0.25 + 0.75 * lengths[1] / (sum(lengths) / 3)))
        expected = math.log(1 + (3 - 1 + 0.5) / (1 + 0.5)) * frequency_part
        assert index.search("midnight", 10, 0.0) == [(2, pytest.approx(expected, rel=1e-4))]

    def test_stems_case_and_accents_do_not_matter(self, index):
        assert ids(index, "CLOSING bridgés") == [1]

    @pytest.mark.parametrize("question", ["", "   ", "?!", '"()*~:^-+&|', "unheard", "_", "\x00", "🦉"])
    def test_a_question_without_a_known_word_finds_nothing(self, index, question):
        assert index.search(question, 10, 0.5) == []

    def test_a_question_of_function_words_only_searches_for_them(self, index):
        assert content_words("Who is he?") == ["who", "is", "he"]
        assert ids(index, "what was that") == [1]

    @pytest.mark.parametrize(
        "question", ["bridge AND ferry", "+bridge -ferry", 'NOT "bridge ferry"', "body:bridge OR ferry^2"]
    )
    def test_operators_are_words_like_others(self, index, question):
        assert set(ids(index, question)) >= {1, 2}

    @given(question=st.text())
    def test_any_text_is_searched(self, question, shared):
        assert len(shared.search(question, 2, 0.5)) <= 2

    def test_no_more_than_the_limit(self, index):
        assert len(index.search("Bramford river", 1, 0.5)) == 1

    def test_undated_passages_are_in_no_range_of_days(self, index):
        assert ids(index, "Bramford river ferry", since=date.min) == [2, 1]
        assert ids(index, "Bramford river ferry", until=date(2021, 3, 4)) == [1]
        assert ids(index, "Bramford river ferry", since=date(2021, 3, 4), until=date(2021, 3, 4)) == []

    def test_a_range_of_days_does_not_change_the_scores(self, index):
        assert index.search("river", 10, 0.5, since=date.min) == index.search("river", 10, 0.5)

    def test_a_term_is_there_in_a_passage_or_a_headline(self, index):
        assert [index.has(term) for term in ("midnight", "flood", "owl")] == [True, True, False]

    def test_weights_are_inverse_document_frequencies(self, index):
        weights = index.term_weights("the river of midnight owls")
        assert list(weights) == ["river", "midnight", "owl"]
        assert weights["river"] == pytest.approx(math.log(1 + 1.5 / 2.5))
        assert weights["river"] < weights["midnight"] < weights["owl"] == index.weight_of(0)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> LexicalIndex:
    made = LexicalIndex.create(tmp_path_factory.mktemp("shared") / "lexical-1", None)
    made.update([], PASSAGES)
    return made


class TestGenerations:
    def test_the_next_one_leaves_every_byte_of_the_old_one(self, index, tmp_path):
        """Also where Tantivy merges segments and collects garbage, over many generations."""
        for generation in range(1, 13):
            old = tmp_path / f"lexical-{generation}"
            before = digests(old)
            following = LexicalIndex.create(tmp_path / f"lexical-{generation + 1}", old)
            first = generation * 100
            added = [(first + n, "Log", f"Day {first + n} was dry, the harbour says.", None) for n in range(60)]
            following.update([number - 100 for number, *_ in added[:30]], added)
            assert digests(old) == before
            assert len(LexicalIndex.load(old)) == len(LexicalIndex.load(old)) > 0
        assert set(ids(LexicalIndex.load(tmp_path / "lexical-1"), "Bramford river ferry day")) == {1, 2, 3}

    def test_files_are_shared_between_generations(self, index, tmp_path):
        LexicalIndex.create(tmp_path / "lexical-2", tmp_path / "lexical-1").update([2], [])
        shared = inodes(tmp_path / "lexical-1") & inodes(tmp_path / "lexical-2")
        assert len(shared) >= 6

    def test_they_are_copied_where_the_file_system_cannot_link(self, index, tmp_path, monkeypatch):
        monkeypatch.delattr("os.link")
        monkeypatch.setattr("os.link", refuse_to_link, raising=False)
        following = LexicalIndex.create(tmp_path / "lexical-2", tmp_path / "lexical-1")
        assert ids(following, "ferry") == [2]
        assert not inodes(tmp_path / "lexical-1") & inodes(tmp_path / "lexical-2")

    def test_what_a_killed_update_left_in_its_place_is_removed(self, index, tmp_path):
        half = tmp_path / "lexical-2"
        half.mkdir()
        (half / "meta.json").write_text("{")
        following = LexicalIndex.create(half, tmp_path / "lexical-1")
        following.update([1], [(9, "", "A heron stood by the river.", None)])
        assert ids(following, "river") == [2, 9] or ids(following, "river") == [9, 2]

    def test_removed_passages_are_not_found_and_ids_that_are_not_there_are_passed_over(self, index):
        index.update([1, 77], [])
        assert len(index) == 2
        assert ids(index, "bridge") == []

    def test_a_reader_outlives_the_files_of_its_generation(self, index, tmp_path):
        reader = LexicalIndex.load(tmp_path / "lexical-1")
        shutil.rmtree(tmp_path / "lexical-1")
        assert ids(reader, "ferry midnight") == [2]


def refuse_to_link(source: Path, target: Path) -> None:
    raise OSError(95, "Operation not supported")


def digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def inodes(folder: Path) -> set[int]:
    return {path.stat().st_ino for path in folder.iterdir()}


@pytest.mark.skipif(sys.platform == "win32", reason="rights of files are those of POSIX")
class TestReadersWhoMayNotWrite:
    @pytest.mark.parametrize(("folder_mode", "file_mode"), [(0o755, 0o644), (0o750, 0o640), (0o700, 0o600)])
    def test_whoever_may_read_the_folder_may_read_its_files(self, tmp_path, folder_mode, file_mode):
        made = LexicalIndex.create(tmp_path / "lexical-1", None)
        (tmp_path / "lexical-1").chmod(folder_mode)
        before = os.umask(0o777 & ~folder_mode)
        try:
            made.update([], PASSAGES)
        finally:
            os.umask(before)
        modes = {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.glob("lexical-1/*") if path.stat().st_size}
        assert modes == {file_mode}

    def test_a_folder_that_cannot_be_written_can_be_searched(self):
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(temporary, "lexical-1")
            folder.parent.chmod(0o755)
            LexicalIndex.create(folder, None).update([], PASSAGES)
            before = sorted(folder.iterdir())
            with read_only(folder):
                assert ids(LexicalIndex.load(folder, 3), "When was the bridge closed?") == [1]
            assert sorted(folder.iterdir()) == before


class TestFullDisk:
    @pytest.mark.parametrize("size", [0, 100, 300, 1_000])
    def test_it_is_told_and_the_old_generation_stays_whole(self, index, tmp_path, size):
        before = digests(tmp_path / "lexical-1")
        added = [(n, "Log", f"Day {n} was dry, and so was day {n * 7}.", None) for n in range(10, 400)]
        with pytest.raises(IndexWriteError) as raised, files_limited_to(size):
            LexicalIndex.create(tmp_path / "lexical-2", tmp_path / "lexical-1").update([1], added)
        assert raised.value.fix == f"make room on the disk and make the folder {tmp_path} writable"
        assert digests(tmp_path / "lexical-1") == before


class TestDamage:
    def test_a_folder_that_is_not_there(self, tmp_path):
        with pytest.raises(FileNotFoundError):
            LexicalIndex.load(tmp_path / "lexical-7")

    def test_an_index_of_other_passages(self, index, tmp_path):
        assert len(LexicalIndex.load(tmp_path / "lexical-1", 3)) == 3
        with pytest.raises(IndexDamagedError, match="does not belong"):
            LexicalIndex.load(tmp_path / "lexical-1", 4)

    def test_a_folder_without_an_index(self, tmp_path):
        with pytest.raises(IndexDamagedError):
            LexicalIndex.load(tmp_path)

    @pytest.mark.parametrize("harm", [halve, empty, scribble, scribble_inside])
    def test_damage_to_any_file_is_told_or_harmless(self, index, tmp_path, harm):
        folder = tmp_path / "lexical-1"
        told = []
        for path in sorted(folder.iterdir()):
            data = path.read_bytes()
            harm(path)
            error = damage_told(lambda: read_all(folder))
            put(path, data)
            if error is not None:
                assert error.fix == MENDED_BY
                told.append(path.suffix)
        assert {".json", ".term"} <= set(told)


def read_all(folder: Path) -> None:
    index = LexicalIndex.load(folder)
    index.search("Bramford river ferry", 10, 0.5)
    index.term_weights("river")
