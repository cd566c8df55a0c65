from pathlib import Path

from index.models import find_model, verified_folder
from qa.training.further import further_rows
from qa.training.loop import Settings
from qa.training.rows import read_rows
from tests.qa.training.made import news_rows


def learned(work: Path, settings: Settings) -> tuple[set[str], list[str], int]:
    """What is learned from with an untrained network, what is told of it, and how many negatives there are."""
    told: list[str] = []
    rows = further_rows(news_rows(), [], verified_folder(find_model()), work, settings, told.append)
    return {repr(row) for row in rows}, told, sum(row.answer is None for row in rows)


def test_a_share_of_the_rows_is_learned_from_with_negatives_that_are_kept(tmp_path: Path) -> None:
    rows, told, negatives = learned(tmp_path, Settings(epochs=0.5))
    assert len(rows) - negatives == len(news_rows()) / 2
    assert negatives
    assert told == ["seeking questions that the earlier networks mistake for answered; it takes minutes"]
    (kept,) = tmp_path.iterdir()
    assert len(read_rows(kept)[0]) == negatives

    assert learned(tmp_path, Settings(epochs=0.5)) == (rows, [], negatives)


def test_negatives_of_another_seed_are_sought_anew(tmp_path: Path) -> None:
    for seed in (1, 2):
        _, told, _ = learned(tmp_path, Settings(epochs=0.1, seed=seed))
        assert told
    assert len(list(tmp_path.iterdir())) == 2
