"""Damage after damage done to copies of a sound index, each of which must be found and mended."""

import shutil
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from index.doctor.examine import examine
from index.doctor.findings import Finding, State
from index.doctor.mend import mend
from index.library import Index
from index.update import update_index
from tests.index.corpora import BRIDGE, FERRY, MARKET, OWLS, write_articles
from tests.index.doctor.damages import Damage
from tests.index.test_kill import State as Told
from tests.index.test_kill import state

ARTICLES = {"bridge.txt": BRIDGE, "copy.txt": BRIDGE, "ferry.txt": FERRY, "market.txt": MARKET}


@dataclass(frozen=True)
class Trial:
    """A sound index.

    Attributes:
        articles: Its articles.
        index: The index directory.
        other: The index of other articles.
        told: What it tells.
    """

    articles: Path
    index: Path
    other: Path
    told: Told


def make_trial(root: Path) -> Trial:
    """Make the articles, their index and the other one in a folder."""
    articles, index, other = root / "news", root / "index", root / "other"
    update_index(write_articles(articles, ARTICLES), index)
    update_index(write_articles(root / "owls", {"owls.txt": OWLS, "ferry.txt": FERRY}), other)
    return Trial(articles, index, other, told_by(index, articles))


def told_by(index: Path, articles: Path) -> Told:
    """All that an index tells."""
    with closing(Index(index, articles)) as opened:
        return state(opened)


def not_sound(findings: list[Finding]) -> list[Finding]:
    """What of an index is not as it should be."""
    return [finding for finding in findings if finding.state is not State.SOUND]


def found_and_mended(trial: Trial, damage: Damage, folder: Path) -> bool:
    """Do a damage to a copy, find it and mend it; returns whether there was anything to find.

    Raises:
        AssertionError: It was not found, or not by its name, or the index does not tell what it told before.
    """
    shutil.copytree(trial.index, folder)
    damage.inflict(folder, trial.other)
    found = not_sound(examine(folder, trial.articles))
    if damage.part is not None:
        assert damage.part in {finding.part for finding in found}, (damage, found)
    if not found:
        # Nothing that anybody reads was hit.
        assert told_by(folder, trial.articles) == trial.told, damage
    mend(folder, trial.articles)
    assert not not_sound(examine(folder, trial.articles)), damage
    assert told_by(folder, trial.articles) == trial.told, damage
    shutil.rmtree(folder)
    return bool(found)
