import shutil
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from index.doctor.examine import examine
from index.doctor.findings import Finding, Part, State, fault
from index.doctor.mend import mend
from index.errors import CorpusNotFoundError, IndexBusyError, NothingReadableError
from index.exported import ENCODER_FILE
from index.generation import write_lock
from index.library import Index
from index.locations import model_folder
from index.models import DEFAULT_DIGEST
from index.update import update_index
from tests.index.corpora import BRIDGE, FERRY, MARKET, OWLS, write_articles
from tests.index.damage import put
from tests.index.doctor.damages import SAID, SWAPPED, Damage, of_files
from tests.index.test_kill import State as Told
from tests.index.test_kill import state

ARTICLES = {"bridge.txt": BRIDGE, "copy.txt": BRIDGE, "ferry.txt": FERRY, "market.txt": MARKET}
FLIPS = 3


@pytest.fixture(scope="module")
def sound_index(exported: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    """The articles, their index, and the index of other articles."""
    root = tmp_path_factory.mktemp("damage")
    articles, index, other = root / "news", root / "index", root / "other"
    update_index(write_articles(articles, ARTICLES), index)
    update_index(write_articles(root / "owls", {"owls.txt": OWLS, "ferry.txt": FERRY}), other)
    return articles, index, other


@pytest.fixture(scope="module")
def told_when_sound(sound_index: tuple[Path, Path, Path]) -> Told:
    articles, index, _ = sound_index
    with closing(Index(index, articles)) as opened:
        return state(opened)


def not_sound(findings: list[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.state is not State.SOUND]


def check(damage: Damage, scene: tuple[Path, Path, Path], before: Told, folder: Path) -> bool:
    """Inflict a damage on a copy, find it, mend it; returns whether there was anything to find."""
    articles, index, other = scene
    shutil.copytree(index, folder)
    damage.inflict(folder, other)
    found = not_sound(examine(folder, articles))
    if damage.part is not None:
        assert damage.part in {finding.part for finding in found}, (damage, found)
    if not found:
        # Nothing that anybody reads was hit.
        with closing(Index(folder, articles)) as opened:
            assert state(opened) == before, damage
    mend(folder, articles, found)
    assert not not_sound(examine(folder, articles)), damage
    with closing(Index(folder, articles)) as opened:
        assert state(opened) == before, damage
    shutil.rmtree(folder)
    return bool(found)


@pytest.mark.timeout(600)
def test_whatever_happens_to_a_file_is_found_and_mended(sound_index, told_when_sound, tmp_path):
    damages = list(of_files(sound_index[1], FLIPS))
    found = [check(damage, sound_index, told_when_sound, tmp_path / "copy") for damage in damages]
    assert sum(found) > 0.9 * len(damages)


@pytest.mark.parametrize("damage", [*SWAPPED, *SAID], ids=str)
def test_what_does_not_fit_is_found_and_mended(sound_index, told_when_sound, tmp_path, damage):
    assert check(damage, sound_index, told_when_sound, tmp_path / "copy")


def test_where_the_articles_are_gone_nothing_is_taken_away(sound_index, told_when_sound, tmp_path):
    articles, index, _ = sound_index
    folder, gone = tmp_path / "index", tmp_path / "gone"
    shutil.copytree(index, folder)
    damaged = [fault(Part.DATABASE, "a byte is another one")]
    for place, error in ((gone, CorpusNotFoundError), (tmp_path, NothingReadableError)):
        with pytest.raises(error):
            mend(folder, place, damaged)
    with closing(Index(folder, articles)) as opened:
        assert state(opened) == told_when_sound


def test_an_index_that_is_being_updated_is_not_mended(sound_index, tmp_path):
    articles, index, _ = sound_index
    shutil.copytree(index, tmp_path / "index")
    with write_lock(tmp_path / "index", timeout=1), ThreadPoolExecutor(1) as other:
        mending = other.submit(mend, tmp_path / "index", articles, [], wait=0.1)
        with pytest.raises(IndexBusyError):
            mending.result()


@pytest.mark.parametrize(("part", "encoded"), [("vectors-1.faiss", True), ("lexical-1", False)])
def test_no_more_is_made_again_than_what_is_damaged(sound_index, tmp_path, part, encoded):
    articles, index, _ = sound_index
    folder = tmp_path / "index"
    shutil.copytree(index, folder)
    harmed = folder / part if part.endswith(".faiss") else folder / part / "meta.json"
    harmed.write_bytes(b"")
    done = mend(folder, articles, examine(folder, articles))
    assert (done.added, done.changed, done.unchanged) == (0, 0, len(ARTICLES))
    assert bool(done.encoded) is encoded
    assert done.notes


def test_a_damaged_export_of_the_model_is_made_again(sound_index, cache_of_this_run, tmp_path, monkeypatch):
    articles, index, _ = sound_index
    shutil.copytree(cache_of_this_run / "xdg_cache_home", tmp_path / "cache")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    put(model_folder(DEFAULT_DIGEST) / ENCODER_FILE, b"no network")
    found = not_sound(examine(index, articles))
    assert [finding.part for finding in found] == [Part.MODEL]
    shutil.copytree(index, tmp_path / "index")
    mend(tmp_path / "index", articles, found)
    assert not not_sound(examine(tmp_path / "index", articles))
