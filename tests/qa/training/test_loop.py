import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from safetensors.torch import save_file

from index.errors import UsageError
from qa.training import loop
from qa.training.batches import Example
from qa.training.loop import CHECKPOINT, Settings, Step, mean_network, schedule_of, train
from qa.training.network import SpanNetwork

Schedule = list[list[Example]]
# A checkpoint after each step.
SETTINGS = Settings(learning_rate=1e-3, minutes=0.0)


def weights(network: SpanNetwork) -> dict[str, torch.Tensor]:
    return {name: value.detach() for name, value in network.named_parameters()}


def nothing(step: Step) -> None:
    """Tells nobody."""


def killed(at: int, by: type[BaseException]) -> Callable[[Step], None]:
    def report(step: Step) -> None:
        if step.number == at:
            raise by

    return report


def assert_same(one: SpanNetwork, other: SpanNetwork) -> None:
    pairs = zip(weights(one).values(), weights(other).values(), strict=True)
    assert all(torch.allclose(first, second, atol=1e-5) for first, second in pairs)


@pytest.fixture(scope="module")
def in_one_go(tiny: Path, schedule: Schedule, tmp_path_factory: pytest.TempPathFactory) -> SpanNetwork:
    return train(schedule, tiny, tmp_path_factory.mktemp("work"), SETTINGS, nothing)


@pytest.mark.parametrize("by", [KeyboardInterrupt, MemoryError])
def test_a_training_that_was_killed_goes_on_to_the_same_network(
    by: type[BaseException], in_one_go: SpanNetwork, tiny: Path, schedule: Schedule, tmp_path: Path
) -> None:
    with pytest.raises(by):
        train(schedule, tiny, tmp_path, SETTINGS, killed(3, by), every=1)
    assert [path.name for path in tmp_path.iterdir()] == [CHECKPOINT]
    # What a kill while a checkpoint was written would leave.
    (tmp_path / CHECKPOINT).with_suffix(".new").write_bytes(b"half of a checkpoint")
    steps: list[int] = []
    went_on = train(schedule, tiny, tmp_path, SETTINGS, lambda step: steps.append(step.number), every=1)
    assert steps == [3, 4, 5, 6]
    assert_same(in_one_go, went_on)


def test_a_training_that_is_done_is_not_done_again(tiny: Path, schedule: Schedule, tmp_path: Path) -> None:
    first = train(schedule, tiny, tmp_path, SETTINGS, nothing)
    again = train(schedule, tiny, tmp_path, SETTINGS, killed(6, AssertionError), every=1)
    assert_same(first, again)
    assert not again.training


@pytest.mark.parametrize(
    "change",
    [{"seed": 14}, {"learning_rate": 2e-3}, {"epochs": 2.0}, {"negatives": 0.1}, {"paraphrases": 0.1}],
    ids=str,
)
def test_a_checkpoint_of_other_settings_is_refused(
    change: dict[str, float], tiny: Path, schedule: Schedule, tmp_path: Path
) -> None:
    train(schedule[:1], tiny, tmp_path, SETTINGS, nothing)
    before = (tmp_path / CHECKPOINT).read_bytes()
    with pytest.raises(UsageError, match="belongs to another training"):
        train(schedule[:1], tiny, tmp_path, Settings(**{"learning_rate": 1e-3, **change}), nothing)
    assert (tmp_path / CHECKPOINT).read_bytes() == before


def test_a_checkpoint_of_another_number_of_steps_is_refused(tiny: Path, schedule: Schedule, tmp_path: Path) -> None:
    train(schedule[:1], tiny, tmp_path, SETTINGS, nothing)
    with pytest.raises(UsageError, match="belongs to another training"):
        train(schedule[:2], tiny, tmp_path, SETTINGS, nothing)


@pytest.mark.parametrize(
    "change", [{"ids": (2, 5, 3, 20, 21, 22, 9)}, {"passage": 4}, {"start": 5}, {"end": 4}], ids=str
)
def test_a_checkpoint_of_other_data_is_refused(
    change: dict[str, Any], tiny: Path, schedule: Schedule, tmp_path: Path
) -> None:
    ((first, *rest), *_) = schedule
    train([[first, *rest]], tiny, tmp_path, SETTINGS, nothing)
    for other in ([replace(first, **change), *rest], [*rest, first]):
        with pytest.raises(UsageError, match="belongs to another training"):
            train([other], tiny, tmp_path, SETTINGS, nothing)


def test_how_often_checkpoints_are_written_may_change(tiny: Path, schedule: Schedule, tmp_path: Path) -> None:
    first = train(schedule[:1], tiny, tmp_path, SETTINGS, nothing)
    assert_same(first, train(schedule[:1], tiny, tmp_path, replace(SETTINGS, minutes=60.0), nothing))


@pytest.mark.parametrize("damage", [b"", b"no checkpoint", None])
def test_a_damaged_checkpoint_is_told(damage: bytes | None, tiny: Path, schedule: Schedule, tmp_path: Path) -> None:
    path = tmp_path / CHECKPOINT
    if damage is None:
        train(schedule[:1], tiny, tmp_path, SETTINGS, nothing)
        damage = path.read_bytes()[:-1]
    path.write_bytes(damage)
    with pytest.raises(UsageError, match="checkpoint cannot be read") as raised:
        train(schedule[:1], tiny, tmp_path, SETTINGS, nothing)
    assert str(path) in raised.value.why


def test_the_embeddings_stay_and_all_else_is_trained(in_one_go: SpanNetwork, tiny: Path) -> None:
    torch.manual_seed(SETTINGS.seed)
    before = weights(SpanNetwork(tiny))
    for name, value in weights(in_one_go).items():
        assert torch.equal(value, before[name]) == name.startswith("encoder.embeddings."), name


def test_chance_is_that_of_the_seed_alone(
    in_one_go: SpanNetwork, tiny: Path, schedule: Schedule, tmp_path: Path
) -> None:
    torch.manual_seed(99)
    assert_same(in_one_go, train(schedule, tiny, tmp_path / "same", SETTINGS, nothing))
    other = train(schedule, tiny, tmp_path / "other", replace(SETTINGS, seed=14), nothing)
    assert not torch.equal(in_one_go.head.weight, other.head.weight)


def test_what_is_gone_through_often_is_learnt(tiny: Path, schedule: Schedule, tmp_path: Path) -> None:
    told: list[Step] = []
    train(schedule[:1] * 60, tiny, tmp_path, Settings(learning_rate=5e-3), told.append, every=20)
    assert [(step.number, step.total) for step in told] == [(20, 60), (40, 60), (60, 60)]
    assert told[-1].loss < told[0].loss / 2
    assert all(step.rows > 0 for step in told)


def test_the_learning_rate_rises_over_the_first_twentieth_and_falls_to_nothing() -> None:
    rates = [loop._rate(step / 1_000) for step in range(1_001)]
    assert (rates[0], rates[1_000]) == (0.0, 0.0)
    assert rates[50] == max(rates) == 1.0
    assert rates[:51] == sorted(rates[:51])
    assert rates[50:] == sorted(rates[50:], reverse=True)
    assert rates[525] == pytest.approx(0.5)


examples = st.lists(
    st.integers(4, 60).map(lambda length: Example((1,) * length, passage=2, start=0, end=0)), min_size=1, max_size=12
)


@given(st.lists(examples, min_size=1, max_size=3), st.floats(0.01, 1.0))
def test_each_epoch_is_gone_through_whole_but_the_last(epochs: list[list[Example]], share: float) -> None:
    settings = Settings(tokens=64)
    steps = schedule_of(epochs, share, settings)
    whole = schedule_of(epochs, 1.0, settings)
    before = len(schedule_of(epochs[:-1], 1.0, settings)) if epochs[1:] else 0
    assert len(steps) == before + round((len(whole) - before) * share)
    assert sum(map(len, whole)) == sum(map(len, epochs))
    assert steps == whole[: len(steps)]


def test_the_order_is_that_of_the_seed_alone() -> None:
    some = [Example((1,) * length, 2, 0, 0) for length in range(4, 60)]
    drawn = []
    for seed in (1, 1, 2):
        random.seed(len(drawn))
        drawn.append(schedule_of([some, some], 0.5, Settings(tokens=64, seed=seed)))
    assert drawn[0] == drawn[1] != drawn[2]


def checkpoints(tiny: Path, schedule: Schedule, folder: Path) -> list[Path]:
    """Two trainings from one encoder, in another order."""
    paths = []
    for name, steps in (("one", schedule), ("other", schedule[::-1])):
        train(steps, tiny, folder / name, SETTINGS, nothing)
        paths.append(folder / name / CHECKPOINT)
    return paths


def test_networks_are_averaged_weight_by_weight(tiny: Path, schedule: Schedule, tmp_path: Path) -> None:
    both = checkpoints(tiny, schedule, tmp_path)
    one, other = (weights(mean_network(tiny, [path])) for path in both)
    for name, mean in weights(mean_network(tiny, both)).items():
        assert torch.allclose(mean, (one[name] + other[name]) / 2, atol=1e-6)
    assert not all(torch.allclose(one[name], other[name]) for name in one)


def test_a_training_goes_on_from_earlier_ones(tiny: Path, schedule: Schedule, tmp_path: Path) -> None:
    both = checkpoints(tiny, schedule, tmp_path)
    still = replace(SETTINGS, learning_rate=0.0)
    assert_same(mean_network(tiny, both), train(schedule, tiny, tmp_path / "both", still, nothing, both))
    # What it was begun with belongs to a training, which goes on with the same alone.
    with pytest.raises(UsageError, match="belongs to another training"):
        train(schedule, tiny, tmp_path / "both", still, nothing, both[:1])


def test_what_cannot_be_gone_on_from_is_told(tiny: Path, schedule: Schedule, tmp_path: Path) -> None:
    (path, _) = checkpoints(tiny, schedule, tmp_path)
    whole = path.read_bytes()
    for damaged in (None, b"", whole[: len(whole) // 2]):
        path.unlink() if damaged is None else path.write_bytes(damaged)
        with pytest.raises(UsageError, match="cannot be gone on from") as raised:
            mean_network(tiny, [path])
        assert str(path) in raised.value.why
    with pytest.raises(KeyboardInterrupt):
        train(schedule, tiny, tmp_path / "half", SETTINGS, killed(3, KeyboardInterrupt), every=1)
    with pytest.raises(UsageError, match="cannot be gone on from") as raised:
        mean_network(tiny, [tmp_path / "half" / CHECKPOINT])
    assert "not done" in raised.value.why
    save_file({"weight.head.bias": torch.zeros(3)}, path, {"step": "1", "identity": '{"steps": 1}'})
    with pytest.raises(UsageError, match="cannot be gone on from") as raised:
        mean_network(tiny, [path])
    assert "another shape" in raised.value.why
