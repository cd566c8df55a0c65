import shutil
from contextlib import closing
from pathlib import Path

import pytest

from index.doctor.examine import examine
from index.doctor.findings import Finding, Part, State
from index.doctor.mend import mend
from index.errors import IndexStateError
from index.library import Index
from index.update import update_index
from tests.index.corpora import BRIDGE, FERRY, HARBOUR_LOG, MARKET, OWLS, write_articles
from tests.index.doctor.damages import SAID, SWAPPED, Damage, of_files
from tests.index.test_kill import State as Told
from tests.index.test_kill import state

ARTICLES = {"bridge.txt": BRIDGE, "copy.txt": BRIDGE, "ferry.txt": FERRY, "log.txt": HARBOUR_LOG, "market.txt": MARKET}
FLIPS = 12


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
