import shutil
from concurrent.futures import ThreadPoolExecutor

import pytest

from index.doctor.examine import examine
from index.doctor.findings import Part
from index.doctor.mend import mend
from index.errors import CorpusNotFoundError, IndexBusyError, ModelError, NothingReadableError
from index.exported import ENCODER_FILE
from index.generation import write_lock
from index.locations import model_folder
from index.models import DEFAULT_DIGEST
from tests.index.damage import halve, put
from tests.index.doctor.damages import SAID, SWAPPED, of_files, told_to_sqlite
from tests.index.doctor.trial import ARTICLES, Trial, found_and_mended, make_trial, not_sound, told_by

FLIPS = 2


@pytest.fixture(scope="module")
def trial(exported, tmp_path_factory) -> Trial:
    return make_trial(tmp_path_factory.mktemp("damage"))


@pytest.fixture
def folder(trial, tmp_path):
    return shutil.copytree(trial.index, tmp_path / "index")


@pytest.mark.timeout(600)
def test_whatever_happens_to_a_file_is_found_and_mended(trial, tmp_path):
    damages = list(of_files(trial.index, FLIPS))
    found = [found_and_mended(trial, damage, tmp_path / "copy") for damage in damages]
    assert sum(found) > 0.9 * len(damages)


@pytest.mark.parametrize("damage", [*SWAPPED, *SAID], ids=str)
def test_what_does_not_fit_is_found_and_mended(trial, tmp_path, damage):
    assert found_and_mended(trial, damage, tmp_path / "copy")


def test_where_the_articles_are_gone_nothing_is_taken_away(trial, folder, tmp_path):
    (folder / "vectors-1.faiss").write_bytes(b"")
    for place, error in ((tmp_path / "gone", CorpusNotFoundError), (tmp_path, NothingReadableError)):
        with pytest.raises(error):
            mend(folder, place)
    assert (folder / "vectors-1.faiss").exists()


def test_an_index_that_is_being_updated_is_not_mended(trial, folder):
    with write_lock(folder, timeout=1), ThreadPoolExecutor(1) as other:
        mending = other.submit(mend, folder, trial.articles, wait=0.1)
        with pytest.raises(IndexBusyError):
            mending.result()


@pytest.mark.parametrize(("part", "encoded"), [("vectors-1.faiss", True), ("lexical-1/meta.json", False)])
def test_no_more_is_made_again_than_what_is_damaged(trial, folder, part, encoded):
    (folder / part).write_bytes(b"")
    done = mend(folder, trial.articles).update
    assert done is not None
    assert (done.added, done.changed, done.unchanged) == (0, 0, len(ARTICLES))
    assert bool(done.encoded) is encoded
    assert done.notes


def test_what_is_sound_is_left_alone(trial, folder):
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert mend(folder, trial.articles).update is None
    assert {path: path.read_bytes() for path in before} == before


@pytest.mark.parametrize("harm", [halve, lambda path: None], ids=["that cannot be read", "of which a row is another"])
def test_a_database_is_kept_until_there_is_another(trial, folder, monkeypatch, harm):
    told_to_sqlite("UPDATE articles SET title = 'Another'")(folder, trial.other)
    harm(folder / "index.db")
    before = (folder / "index.db").read_bytes()

    def failing(*_):
        raise ModelError("The embedding model cannot be loaded", "there is no memory", "try again")

    with monkeypatch.context() as patch:
        patch.setattr("index.update.encoder_for", failing)
        with pytest.raises(ModelError):
            mend(folder, trial.articles)
    if harm is halve:
        assert (folder / "index.db").read_bytes() == before
    mend(folder, trial.articles)
    assert not not_sound(examine(folder, trial.articles))
    assert told_by(folder, trial.articles) == trial.told


def test_a_damaged_export_of_the_model_is_made_again(trial, folder, cache_of_this_run, tmp_path, monkeypatch):
    shutil.copytree(cache_of_this_run / "xdg_cache_home", tmp_path / "cache")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    put(model_folder(DEFAULT_DIGEST) / ENCODER_FILE, b"no network")
    found = not_sound(examine(folder, trial.articles))
    assert [finding.part for finding in found] == [Part.MODEL]
    mend(folder, trial.articles)
    assert not not_sound(examine(folder, trial.articles))
