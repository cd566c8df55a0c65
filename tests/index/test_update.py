import json
import os
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import numpy as np
import onnx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index import encoding
from index import settings as settings_module
from index.digests import digest_of
from index.encoder import Encoder
from index.errors import (
    CorpusNotFoundError,
    IndexBusyError,
    IndexDamagedError,
    IndexMismatchError,
    IndexNotFoundError,
    IndexWriteError,
    ModelNotFoundError,
    NothingReadableError,
)
from index.exported import ENCODER_FILE, SETTINGS_FILE
from index.generation import write_lock
from index.library import Index
from index.locations import default_index_folder, model_folder
from index.models import model_digest
from index.passages import embedded_text, passage_body
from index.records import Progress, Skipped
from index.store import Store
from index.update import update_index
from index.vector_settings import VectorSettings
from index.vectors import VectorIndex
from tests.index.corpora import (
    BRIDGE,
    BRIDGE_LATER,
    FERRY,
    HARBOUR_LOG,
    MARKET,
    OWLS,
    QUESTIONS,
    answers,
    found,
    parts,
    write_articles,
)  # fmt: skip
from tests.index.disks import files_limited_to, read_only

pytestmark = pytest.mark.usefixtures("exported")


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    return write_articles(tmp_path / "news", {"bridge.txt": BRIDGE, "ferry.txt": FERRY, "market.txt": MARKET})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "made" / "index"


def titles(folder: Path, articles: Path) -> list[str]:
    with closing(Index(folder, articles)) as index:
        return [article.title for article in index.articles()]


def best(folder: Path, articles: Path, question: str) -> str:
    with closing(Index(folder, articles)) as index:
        return found(index, question)[0][0]


def copies_told(folder: Path, articles: Path) -> dict[str, tuple[str, list[str]]]:
    """For each file the one that names its origin, and the files that have a copy of its first long sentence."""
    with closing(Index(folder, articles)) as index:
        names = {article.id: Path(article.path).name for article in index.articles()}
        told = {}
        for article in index.articles():
            sentence = max(article.text.splitlines(), key=len).split(". ")[0] + "."
            copies = [names[other.id] for other, _ in index.copies(sentence)]
            told[names[article.id]] = (names[index.origin(article)], copies)
        return told


def sees(folder: Path, articles: Path, question: str, word: str) -> tuple[bool, bool]:
    """Whether dense and lexical search find a passage with a word."""
    with closing(Index(folder, articles)) as index:
        result = index.search(question, 10)
        hits = [hit for hit in result.hits if word in result.articles[hit.passage.article].text]
        return any(hit.dense is not None for hit in hits), any(hit.lexical is not None for hit in hits)


class TestWhatCostsWork:
    def test_the_first_update_encodes_every_passage(self, articles, folder):
        report = update_index(articles, folder)
        assert (report.added, report.articles, report.passages, report.encoded) == (3, 3, 3, 3)
        assert parts(folder) == {"vectors-1.faiss", "lexical-1"}

    def test_nothing_changed_encodes_nothing_and_writes_no_generation(self, articles, folder):
        update_index(articles, folder)
        before = {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.name != "write.lock"}
        report = update_index(articles, folder)
        assert (report.unchanged, report.encoded, report.added, report.changed, report.removed) == (3, 0, 0, 0, 0)
        assert {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.name != "write.lock"} == before

    def test_a_touched_file_encodes_nothing(self, articles, folder):
        update_index(articles, folder)
        os.utime(articles / "ferry.txt", ns=(1, 1))
        report = update_index(articles, folder)
        assert (report.unchanged, report.encoded) == (3, 0)
        assert parts(folder) == {"vectors-1.faiss", "lexical-1"}

    def test_a_touched_file_is_read_once_only(self, articles, folder):
        update_index(articles, folder)
        os.utime(articles / "ferry.txt", ns=(1, 1))
        update_index(articles, folder)
        with closing(sqlite3.connect(folder / "index.db")) as database:
            (signature,) = database.execute("SELECT signature FROM files WHERE path = 'ferry.txt'").fetchone()
        assert "-1-" in signature

    def test_a_changed_file_encodes_that_file_only(self, articles, folder):
        update_index(articles, folder)
        (articles / "bridge.txt").write_text(BRIDGE_LATER, "utf-8")
        report = update_index(articles, folder)
        assert (report.changed, report.unchanged, report.encoded) == (1, 2, 1)
        assert "900,000 crowns" in best(folder, articles, "What did the repairs cost?")
        assert sees(folder, articles, "repairs take weeks", "14 weeks") == (False, False)

    def test_a_new_file_is_encoded_alone_and_found(self, articles, folder):
        update_index(articles, folder)
        (articles / "owls.txt").write_text(OWLS, "utf-8")
        report = update_index(articles, folder)
        assert (report.added, report.unchanged, report.encoded) == (1, 3, 1)
        assert sees(folder, articles, "Where do the owls nest?", "barn owls") == (True, True)

    def test_a_deleted_file_leaves_dense_and_lexical_search(self, articles, folder):
        update_index(articles, folder)
        assert sees(folder, articles, "cheese market in Bramford", "cheese") == (True, True)
        (articles / "market.txt").unlink()
        report = update_index(articles, folder)
        assert (report.removed, report.articles, report.passages, report.encoded) == (1, 2, 2, 0)
        assert sees(folder, articles, "cheese market in Bramford", "cheese") == (False, False)

    def test_a_renamed_file_is_found_under_its_new_name(self, articles, folder):
        update_index(articles, folder)
        (articles / "market.txt").rename(articles / "cheese.txt")
        report = update_index(articles, folder)
        assert (report.added, report.removed, report.articles) == (1, 1, 3)
        with closing(Index(folder, articles)) as index:
            names = [Path(article.path).name for article in index.articles()]
        assert names == ["bridge.txt", "cheese.txt", "ferry.txt"]

    def test_progress_tells_the_files_and_then_the_passages(self, articles, folder):
        seen: list[Progress] = []
        update_index(articles, folder, report=seen.append)
        assert Progress("Reading articles", 3, 3) in seen
        assert Progress("Encoding passages", 3, 3) in seen
        assert seen[-1].stage == "Writing the index"


class TestWhatIsEncoded:
    def test_passages_of_the_same_words_are_encoded_once(self, articles, folder):
        write_articles(articles, {"bridge.txt": BRIDGE, "ferry.txt": FERRY, "reprint.txt": BRIDGE})
        report = update_index(articles, folder)
        assert (report.passages, report.encoded) == (3, 2)
        with closing(Index(folder, articles)) as index:
            assert index.summary().vectors == 3

    def test_many_passages_in_several_portions_have_the_vectors_they_have_alone(
        self, articles, folder, monkeypatch, encoder
    ):
        monkeypatch.setattr(encoding, "_PORTION", 3)
        write_articles(articles, {"a.txt": HARBOUR_LOG, "b.txt": FERRY, "c.txt": HARBOUR_LOG, "d.txt": FERRY})
        report = update_index(articles, folder)
        assert report.encoded == report.passages // 2 > 6
        with closing(Store(folder, articles)) as store, store.reading():
            stored = list(store.passages_after(0))
        texts = [embedded_text(article.title, passage_body(article.text, part.sentences)) for article, part in stored]
        vectors = VectorIndex.load(folder / "vectors-1.faiss", len(stored))
        ((ids, kept),) = vectors.batches()
        assert ids.tolist() == [passage.id for _, passage in stored]
        assert np.array_equal(kept, encoder.encode(texts))


class TestVectorsSortedIntoLists:
    SMALL = VectorSettings(exact=10, recall=0.9, depth=5, questions=20)

    def test_an_index_that_grows_large_is_sorted_and_finds_what_it_found(self, articles, folder):
        update_index(articles, folder, vectors=self.SMALL)
        with closing(Index(folder, articles)) as index:
            before = [found(index, question, 1)[0][0] for question in QUESTIONS[:3]]
            assert (index.summary().search, index.summary().recall) == ("exact", 1.0)
            (articles / "log.txt").write_text(HARBOUR_LOG, "utf-8")
            update_index(articles, folder, vectors=self.SMALL)
            summary = index.summary()
            assert re.fullmatch(r"approximate, \d of 11 lists", summary.search)
            assert 0.9 <= summary.recall <= 1
            assert [found(index, question, 1)[0][0] for question in QUESTIONS[:3]] == before

    def test_a_sorted_index_is_updated(self, articles, folder):
        (articles / "log.txt").write_text(HARBOUR_LOG, "utf-8")
        update_index(articles, folder, vectors=self.SMALL)
        with closing(Index(folder, articles)) as index:
            recall = index.summary().recall
            (articles / "market.txt").unlink()
            (articles / "owls.txt").write_text(OWLS, "utf-8")
            assert update_index(articles, folder).encoded == 1
            assert index.summary().recall == recall
        assert sees(folder, articles, "cheese market in Bramford", "cheese") == (False, False)
        assert sees(folder, articles, "Where do the owls nest?", "barn owls") == (True, True)

    def test_a_sorted_index_that_is_made_anew_with_few_articles_is_exact(self, articles, folder, monkeypatch):
        (articles / "log.txt").write_text(HARBOUR_LOG, "utf-8")
        update_index(articles, folder, vectors=self.SMALL)
        (articles / "log.txt").unlink()
        monkeypatch.setattr(settings_module, "CLEANER_VERSION", 999)
        update_index(articles, folder, vectors=self.SMALL)
        with closing(Index(folder, articles)) as index:
            assert (index.summary().search, index.summary().recall) == ("exact", 1.0)


class TestFilesThatCannotBeUsed:
    def test_a_file_that_becomes_undecodable_is_dropped_and_named(self, articles, folder):
        update_index(articles, folder)
        (articles / "market.txt").write_bytes(bytes(range(256)) * 8)
        report = update_index(articles, folder)
        assert [skipped.path for skipped in report.skipped] == ["market.txt"]
        assert report.articles == 2
        assert sees(folder, articles, "cheese market in Bramford", "cheese") == (False, False)

    def test_a_skipped_file_is_named_again_without_being_read_again(self, articles, folder):
        (articles / "noise.txt").write_bytes(bytes(range(256)) * 8)
        first = update_index(articles, folder)
        second = update_index(articles, folder)
        assert second.skipped == first.skipped != ()
        assert (second.unchanged, second.added) == (4, 0)

    def test_a_file_that_vanishes_while_it_is_read_is_dropped_and_named(self, articles, folder):
        update_index(articles, folder)
        (articles / "bridge.txt").write_text(BRIDGE_LATER, "utf-8")
        (articles / "market.txt").write_text(MARKET + "It rained.\n", "utf-8")

        def vanish(progress: Progress) -> None:
            (articles / "market.txt").unlink(missing_ok=True)

        report = update_index(articles, folder, report=vanish)
        assert report.skipped == (Skipped("market.txt", "cannot be read: no such file or directory"),)
        assert (report.removed, report.changed, report.articles) == (1, 1, 2)
        assert titles(folder, articles) == ["Stone bridge opens again", "Ferry to run until midnight"]

    def test_a_file_that_could_not_be_read_is_tried_again(self, articles, folder):
        hidden = articles.parent / "market.txt"

        def hide(progress: Progress) -> None:
            if (articles / "market.txt").exists():
                (articles / "market.txt").rename(hidden)

        assert update_index(articles, folder, report=hide).articles == 2
        hidden.rename(articles / "market.txt")
        report = update_index(articles, folder)
        assert (report.added, report.articles, report.skipped) == (1, 3, ())

    def test_where_nothing_can_be_read_the_old_index_stays(self, articles, folder):
        update_index(articles, folder)
        before = titles(folder, articles)
        write_articles(articles, {"empty.txt": ""})
        with pytest.raises(NothingReadableError) as raised:
            update_index(articles, folder)
        assert "empty.txt: empty" in raised.value.why
        assert titles(folder, articles) == before
        assert parts(folder) == {"vectors-1.faiss", "lexical-1"}

    def test_where_nothing_could_ever_be_read_there_is_no_index(self, tmp_path, folder):
        with pytest.raises(NothingReadableError):
            update_index(write_articles(tmp_path / "none", {"notes.pdf": "x"}), folder)
        with pytest.raises(IndexNotFoundError):
            Index(folder, tmp_path)

    def test_articles_that_are_not_there_leave_no_folder_behind(self, tmp_path, folder):
        with pytest.raises(CorpusNotFoundError):
            update_index(tmp_path / "nowhere", folder)
        assert not folder.parent.exists()


class TestWhatAnIndexIsOf:
    def test_an_index_of_other_articles_is_refused(self, articles, folder, tmp_path):
        update_index(articles, folder)
        other = write_articles(tmp_path / "other", {"owls.txt": OWLS})
        with pytest.raises(IndexMismatchError, match="it was made of"):
            update_index(other, folder)
        assert len(titles(folder, articles)) == 3

    def test_an_index_of_another_format_is_refused(self, articles, folder):
        update_index(articles, folder)
        with closing(sqlite3.connect(folder / "index.db")) as database:
            database.execute("UPDATE meta SET value = '999' WHERE key = 'format'")
            database.commit()
        with pytest.raises(IndexMismatchError, match="format is 999"):
            update_index(articles, folder)
        with pytest.raises(IndexMismatchError, match="format is 999"):
            Index(folder, articles)

    def test_an_index_of_the_format_before_is_upgraded_without_encoding(self, articles, folder):
        write_articles(articles, {"bridge.txt": BRIDGE, "reprint.txt": BRIDGE, "owls.txt": OWLS})
        update_index(articles, folder)
        expected = copies_told(folder, articles)
        with closing(sqlite3.connect(folder / "index.db")) as database:
            for table in ("sketches", "links", "origins"):
                database.execute(f"DROP TABLE {table}")
            database.execute("UPDATE meta SET value = '1' WHERE key = 'format'")
            database.execute("DELETE FROM meta WHERE key = 'copies'")
            database.commit()
        with pytest.raises(IndexMismatchError, match="format is 1"):
            Index(folder, articles)
        assert update_index(articles, folder).encoded == 0
        assert copies_told(folder, articles) == expected

    def test_an_index_from_before_words_were_counted_is_upgraded_without_encoding(self, articles, folder):
        update_index(articles, folder)
        with closing(sqlite3.connect(folder / "index.db")) as database:
            database.execute("DROP TABLE words")
            database.execute("UPDATE meta SET value = '2' WHERE key = 'format'")
            database.commit()
        with pytest.raises(IndexMismatchError, match=r"format is 2.* index the articles again"):
            Index(folder, articles)
        assert update_index(articles, folder).encoded == 0
        with closing(Index(folder, articles)) as index:
            assert index.mentions("Bramford")
            assert not index.mentions("Zanzibar")

    def test_an_index_of_another_format_need_not_have_our_tables(self, articles, folder):
        update_index(articles, folder)
        with closing(sqlite3.connect(folder / "index.db")) as database:
            database.execute("DROP TABLE articles")
            database.execute("CREATE TABLE articles (other TEXT)")
            database.execute("UPDATE meta SET value = '999' WHERE key = 'format'")
            database.commit()
        with pytest.raises(IndexMismatchError):
            update_index(articles, folder)

    def test_a_link_to_the_folder_is_the_same_folder(self, articles, tmp_path):
        link = tmp_path / "link"
        link.symlink_to(articles, target_is_directory=True)
        update_index(articles, default_index_folder(articles))
        report = update_index(link / ".." / "link", default_index_folder(link))
        assert (report.unchanged, report.encoded) == (3, 0)

    def test_one_file_can_be_the_articles(self, articles, folder):
        assert update_index(articles / "ferry.txt", folder).articles == 1
        assert "two crowns" in best(folder, articles, "What does a ticket cost?")

    def test_the_index_may_lie_among_the_articles(self, articles):
        folder = articles / "index"
        update_index(articles, folder)
        report = update_index(articles, folder)
        assert (report.unchanged, report.added, report.skipped, report.articles) == (3, 0, (), 3)

    def test_files_of_the_user_in_the_index_folder_are_left_alone(self, articles, folder):
        folder.mkdir(parents=True)
        (folder / "vectors-of-mine.csv").write_text("1,2")
        (folder / "lexical-notes").mkdir()
        update_index(articles, folder)
        assert (folder / "vectors-of-mine.csv").read_text() == "1,2"
        assert (folder / "lexical-notes").is_dir()


class TestReadingEverythingAgain:
    @pytest.mark.parametrize("version", ["CLEANER_VERSION", "CHUNKER_VERSION"])
    def test_another_cleaner_or_chunker_reads_everything_again(self, articles, folder, monkeypatch, version):
        update_index(articles, folder)
        monkeypatch.setattr(settings_module, version, 999)
        assert update_index(articles, folder).encoded == 3
        assert update_index(articles, folder).encoded == 0
        assert parts(folder) == {"vectors-2.faiss", "lexical-2"}

    @pytest.mark.parametrize("part", ["vectors-1.faiss", "lexical-1"])
    def test_of_a_part_that_is_missing_no_more_than_that_is_made_again(self, articles, folder, part):
        update_index(articles, folder)
        with closing(Index(folder, articles)) as index:
            before = answers(index)
        path = folder / part
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
        with pytest.raises(IndexDamagedError, match="is not there"):
            Index(folder, articles)
        assert update_index(articles, folder).encoded == (3 if part == "vectors-1.faiss" else 0)
        with closing(Index(folder, articles)) as index:
            assert answers(index) == before

    def test_another_model_encodes_everything_again_and_open_readers_follow(self, articles, folder, other_model):
        update_index(articles, folder)
        with closing(Index(folder, articles)) as index:
            assert index.search("ferry", 1).question.shape == (384,)
            report = update_index(articles, folder, model=str(other_model))
            assert report.encoded == 3
            assert index.search("ferry", 1).question.shape == (128,)
            assert "two crowns" in found(index, "What does a ferry ticket cost?")[0][0]

    def test_the_model_of_the_index_is_kept_where_none_is_named(self, articles, folder, other_model, monkeypatch):
        monkeypatch.chdir(other_model.parent)
        update_index(articles, folder, model=other_model.name)
        monkeypatch.chdir("/")
        assert update_index(articles, folder).encoded == 0

    def test_a_model_whose_weights_were_replaced_is_refused(self, articles, folder, other_model):
        update_index(articles, folder, model=str(other_model))
        (other_model / "model.safetensors").write_bytes(b"other weights")
        with pytest.raises(IndexMismatchError, match="not the model that made it"):
            update_index(articles, folder)

    def test_a_model_that_is_not_there_leaves_the_index_as_it_was(self, articles, folder):
        update_index(articles, folder)
        with pytest.raises(ModelNotFoundError):
            update_index(articles, folder, model="no-such-model")
        assert update_index(articles, folder).encoded == 0


@pytest.fixture
def other_model(exported: Path, tmp_path: Path) -> Iterator[Path]:
    """A second model: the default one, cut to the first 128 dimensions."""
    weights = tmp_path / "models" / "short"
    weights.mkdir(parents=True)
    (weights / "model.safetensors").write_bytes(os.urandom(32))
    folder = model_folder(model_digest(weights))
    shutil.copytree(exported, folder)
    network = onnx.load(exported / ENCODER_FILE)
    (output,) = network.graph.output
    output.name = "short"
    output.type.tensor_type.shape.dim[1].dim_value = 128
    for name, value in (("begins", 0), ("ends", 128), ("axes", 1)):
        network.graph.initializer.append(onnx.helper.make_tensor(name, onnx.TensorProto.INT64, [1], [value]))
    for node in network.graph.node:
        node.output[:] = ["long" if name == "vectors" else name for name in node.output]
    network.graph.node.append(onnx.helper.make_node("Slice", ["long", "begins", "ends", "axes"], ["cut"]))
    network.graph.node.append(onnx.helper.make_node("LpNormalization", ["cut"], ["vectors"], axis=1, p=2))
    output.name = "vectors"
    onnx.save(network, folder / ENCODER_FILE)
    settings_file = folder / SETTINGS_FILE
    settings = json.loads(settings_file.read_text())
    digests = {**settings["digests"], ENCODER_FILE: digest_of(folder / ENCODER_FILE)}
    settings_file.write_text(json.dumps({**settings, "dimension": 128, "digests": digests}))
    assert Encoder(folder).dimension == 128
    yield weights
    shutil.rmtree(folder)


class TestInterruption:
    def test_an_interrupt_while_encoding_leaves_the_old_index_whole(self, articles, folder):
        update_index(articles, folder)
        with closing(Index(folder, articles)) as index:
            before = answers(index)
        write_articles(articles, {"bridge.txt": BRIDGE_LATER, "market.txt": MARKET, "owls.txt": OWLS})

        def interrupt(progress: Progress) -> None:
            if progress.stage == "Encoding passages":
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            update_index(articles, folder, report=interrupt)
        with closing(Index(folder, articles)) as index:
            assert answers(index) == before
        report = update_index(articles, folder)
        assert (report.added, report.changed, report.removed) == (1, 1, 1)

    def test_an_update_removes_what_a_killed_one_left_behind(self, articles, folder):
        update_index(articles, folder)
        (folder / "vectors-2.faiss").write_bytes(b"half")
        (folder / "vectors-2.faiss.tmp").write_bytes(b"half")
        (folder / "lexical-2").mkdir()
        update_index(articles, folder)
        assert parts(folder) == {"vectors-1.faiss", "lexical-1"}

    def test_the_second_writer_is_told_to_wait(self, articles, folder):
        update_index(articles, folder)
        with write_lock(folder, 0), pytest.raises(IndexBusyError):
            update_index(articles, folder, wait=0)

    def test_a_writer_that_waited_looks_at_the_articles_again(self, articles, folder):
        update_index(articles, folder)
        with ThreadPoolExecutor(1) as pool:
            with write_lock(folder, 0):
                waiting = pool.submit(update_index, articles, folder)
                with pytest.raises(TimeoutError):
                    waiting.result(timeout=0.2)
                (articles / "owls.txt").write_text(OWLS, "utf-8")
            assert waiting.result().added == 1


def attempt(articles: Path, folder: Path) -> IndexWriteError | None:
    try:
        update_index(articles, folder)
    except IndexWriteError as error:
        return error
    return None


class TestADiskThatCannotBeWritten:
    def test_a_full_disk_is_told_and_leaves_the_old_index_whole(self, articles, folder):
        update_index(articles, folder)
        with closing(Index(folder, articles)) as index:
            before = answers(index)
        write_articles(articles, {"bridge.txt": BRIDGE_LATER, "market.txt": MARKET, "owls.txt": OWLS})
        told = set()
        for size in (0, 500, 3_000, 4_500, 6_000, 20_000):
            with files_limited_to(size):
                error = attempt(articles, folder)
            assert error is not None, size
            assert error.fix == f"make room on the disk and make the folder {folder} writable"
            # While an index is open, SQLite has the files it needs to begin, and fails only at the commit.
            with closing(Index(folder, articles)) as index:
                with files_limited_to(size):
                    error = attempt(articles, folder)
                assert error is not None, size
                told.add(error.why)
                assert answers(index) == before, size
        assert told == {"file too large", "disk I/O error"}
        update_index(articles, folder)
        with closing(Index(folder, articles)) as index:
            assert answers(index) != before

    def test_a_full_disk_is_told_when_an_index_is_made(self, articles, folder):
        for size in (0, 3_000, 20_000):
            with files_limited_to(size):
                assert attempt(articles, folder) is not None, size
            with pytest.raises(IndexNotFoundError):
                Index(folder, articles)
        assert update_index(articles, folder).encoded == 3

    def test_a_read_only_index_is_told(self):
        with tempfile.TemporaryDirectory() as temporary:
            root = Path(os.path.realpath(temporary))
            root.chmod(0o755)
            articles = write_articles(root / "news", {"bridge.txt": BRIDGE})
            folder = root / "index"
            update_index(articles, folder)
            with read_only(folder), pytest.raises(IndexWriteError) as raised:
                update_index(articles, folder)
            assert raised.value.fix.endswith(f"make the folder {folder} writable")
            assert titles(folder, articles) == ["Stone bridge closes after the flood"]

    def test_a_folder_that_cannot_be_made_is_told(self, articles, tmp_path):
        (tmp_path / "file").write_text("in the way")
        for folder in (tmp_path / "file", tmp_path / "file" / "index"):
            error = attempt(articles, folder)
            assert error is not None
            assert error.why


TEXTS = st.sampled_from([BRIDGE, BRIDGE_LATER, FERRY, MARKET, OWLS])
STATES = st.dictionaries(st.sampled_from(["a.txt", "b.txt", "c.txt", "d.txt"]), TEXTS, min_size=1)


@settings(max_examples=5, suppress_health_check=[HealthCheck.too_slow])
@given(states=st.lists(STATES, min_size=2, max_size=4))
def test_any_sequence_of_updates_ends_in_what_a_fresh_build_finds(states):
    with tempfile.TemporaryDirectory() as temporary:
        articles, updated, fresh = Path(temporary, "news"), Path(temporary, "updated"), Path(temporary, "fresh")
        for state in states:
            update_index(write_articles(articles, state), updated)
        update_index(articles, fresh)
        with closing(Index(updated, articles)) as one, closing(Index(fresh, articles)) as other:
            assert one.articles() == other.articles()
            assert one.counts() == other.counts()
            for question in ("How long will the repairs take?", "the Linden", "Mayor Ida Brandt's cheese"):
                assert_alike(found(one, question), found(other, question))
        assert len(parts(updated)) == 2


def assert_alike(one: list[tuple[str, float]], other: list[tuple[str, float]]) -> None:
    """The same passages with the same scores; but for rounding, in the same order."""
    assert sorted(text for text, _ in one) == sorted(text for text, _ in other)
    assert [score for _, score in one] == pytest.approx([score for _, score in other], abs=1e-5)


class TestCopies:
    def test_reprints_come_and_go_with_their_files(self, articles, folder):
        update_index(articles, folder)
        assert all(name == origin for name, (origin, _) in copies_told(folder, articles).items())
        longer = f"OSLEN (AP) — {BRIDGE.split(chr(10) * 2)[-1]}"
        write_articles(articles, {"bridge.txt": BRIDGE, "ferry.txt": FERRY, "reprint.txt": longer})
        update_index(articles, folder)
        told = copies_told(folder, articles)
        assert told["bridge.txt"] == told["reprint.txt"]
        assert told["bridge.txt"][1] == ["bridge.txt", "reprint.txt"]
        write_articles(
            articles, {"reprint.txt": longer.replace("14 weeks", "15 weeks"), "ferry.txt": FERRY, "bridge.txt": BRIDGE}
        )
        update_index(articles, folder)
        told = copies_told(folder, articles)
        assert told["bridge.txt"][0] != told["reprint.txt"][0]
        write_articles(articles, {"ferry.txt": FERRY, "bridge.txt": BRIDGE})
        update_index(articles, folder)
        assert copies_told(folder, articles)["bridge.txt"] == ("bridge.txt", ["bridge.txt"])

    def test_an_index_compared_by_another_rule_is_compared_anew(self, articles, folder):
        write_articles(articles, {"bridge.txt": BRIDGE, "reprint.txt": BRIDGE})
        update_index(articles, folder)
        expected = copies_told(folder, articles)
        with closing(sqlite3.connect(folder / "index.db")) as database:
            database.execute("DELETE FROM origins")
            database.execute("UPDATE sketches SET band0 = band0 + 1")
            database.execute("UPDATE meta SET value = 'old' WHERE key = 'copies'")
            database.commit()
        assert update_index(articles, folder).encoded == 0
        assert copies_told(folder, articles) == expected
