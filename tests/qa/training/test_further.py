from pathlib import Path

from index.models import find_model, verified_folder
from qa.training.further import _identity, further_rows
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


def test_where_there_is_nothing_to_learn_from_nothing_is_sought_twice(tmp_path: Path) -> None:
    nothing = Settings(epochs=0.001)
    assert learned(tmp_path, nothing)[0] == set()
    assert learned(tmp_path, nothing) == (set(), [], 0)


def test_negatives_of_other_rows_or_of_other_networks_or_of_another_seed_have_another_name(tmp_path: Path) -> None:
    rows = news_rows()[:3]
    one, other = tmp_path / "one", tmp_path / "other"
    one.write_bytes(b"a network")
    other.write_bytes(b"another network")
    given = [(rows, [one], 1), (rows[:2], [one], 1), (rows, [one], 2), (rows, [other], 1), (rows, [one, other], 1)]
    assert len({_identity(*each) for each in given}) == len(given)
    assert _identity(rows, [one, other], 1) == _identity(list(rows), [other, one], 1)
