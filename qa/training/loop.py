"""The training loop: bf16 autocast, fused AdamW, checkpoints that it goes on from."""

import json
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file

from index.digests import digest_of
from index.durable import sync_file
from index.errors import UsageError
from index.locations import make_private_folder
from qa.training.batches import Example, batch, in_batches
from qa.training.network import SpanNetwork, span_loss, tensors

CHECKPOINT = "checkpoint.safetensors"
_WEIGHT = "weight."
# The highest learning rate of a first training, and of one that goes on from others.
LEARNING_RATE, FURTHER_LEARNING_RATE = 2e-4, 5e-5


@dataclass(frozen=True, slots=True)
class Settings:
    """How the reader is trained.

    Attributes:
        epochs: How often the data is gone through; a part is allowed.
        negatives: How many rows without an answer are made for each that has one; anew for each epoch.
        paraphrases: For how many rows a question in other words is looked for, likewise; both only in a first training.
        held_out: The share of passages that is kept from training, to fit and measure on.
        tokens: How many tokens a batch has, at most.
        learning_rate: The highest; it rises over the first twentieth of the steps and falls linearly to 0.
        weight_decay: Of AdamW.
        seed: Of the order, the negatives and the head.
        minutes: Between two checkpoints.

    Example:
        >>> Settings(epochs=0.5).seed
        13
    """

    epochs: float = 1.0
    negatives: float = 0.75
    paraphrases: float = 0.3
    held_out: float = 0.08
    tokens: int = 4_608
    learning_rate: float = LEARNING_RATE
    weight_decay: float = 0.01
    seed: int = 13
    minutes: float = 5.0


@dataclass(frozen=True, slots=True)
class Step:
    """How far the training is.

    Attributes:
        number: Steps done.
        total: Steps in all.
        loss: The mean loss since the last report.
        rows: Rows a second since the last report.

    Example:
        >>> Step(50, 4_000, 1.9, 25.0).total
        4000
    """

    number: int
    total: int
    loss: float
    rows: float


def train(
    schedule: Sequence[Sequence[Example]],
    encoder: Path,
    work: Path,
    settings: Settings,
    report: Callable[[Step], None],
    start: Sequence[Path] = (),
    every: int = 50,
) -> SpanNetwork:
    """Train a span network, or go on from the last checkpoint.

    Args:
        schedule: The batches of all steps.
        encoder: The folder of the BERT model to start from.
        work: The folder of the checkpoint.
        settings: How it is trained.
        report: Called after every so many steps.
        start: Checkpoints to start from, the mean of their networks; none stands for the encoder as it is.
        every: How many steps lie between two reports.

    Raises:
        UsageError: The checkpoint was written with other settings or other data, or is damaged.
    """
    torch.manual_seed(settings.seed)
    network = mean_network(encoder, start)
    network.train()
    trained = [parameter for parameter in network.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=settings.learning_rate, weight_decay=settings.weight_decay, fused=True)
    total = len(schedule)
    identity = json.dumps({**asdict(settings), "steps": total, "minutes": 0, "data": _digest(schedule, start)})
    done = _resume(work / CHECKPOINT, network, optimizer, identity)
    saved = reported = time.monotonic()
    losses: list[float] = []
    rows = 0
    for number in range(done, total):
        for group in optimizer.param_groups:
            group["lr"] = settings.learning_rate * _rate(number / total)
        losses.append(_step(network, optimizer, schedule[number]))
        rows += len(schedule[number])
        now = time.monotonic()
        if (number + 1) % every == 0 or number + 1 == total:
            report(Step(number + 1, total, float(np.mean(losses)), rows / (now - reported)))
            losses, rows, reported = [], 0, now
        if now - saved > 60 * settings.minutes or number + 1 == total:
            _save(work / CHECKPOINT, network, optimizer, number + 1, identity)
            saved = time.monotonic()
    network.eval()
    return network


def schedule_of(epochs: Sequence[Sequence[Example]], share_of_last: float, settings: Settings) -> list[list[Example]]:
    """The batches of all steps: those of each epoch, of the last one a share.

    Example:
        >>> examples = [Example((1,) * 9, 3, 0, 0)] * 4
        >>> len(schedule_of([examples, examples], 0.5, Settings(tokens=9)))
        6
    """
    batches = [in_batches(examples, settings.tokens, settings.seed + epoch) for epoch, examples in enumerate(epochs)]
    last = batches.pop()
    random.Random(settings.seed).shuffle(last)
    return [some for epoch in batches for some in epoch] + last[: round(len(last) * share_of_last)]


def mean_network(encoder: Path, checkpoints: Sequence[Path]) -> SpanNetwork:
    """The network whose weights are the mean of those of checkpoints, or an untrained one where there are none.

    Networks that were trained from one encoder can be averaged, and their mean is often better than each (Wortsman et
    al., "Model soups", 2022).

    Raises:
        UsageError: A checkpoint is missing, damaged, or of another network.
    """
    network = SpanNetwork(encoder)
    if checkpoints:
        shapes = {name: parameter.shape for name, parameter in network.named_parameters()}
        states = [_weights(path, shapes) for path in checkpoints]
        for name, parameter in network.named_parameters():
            parameter.data.copy_(torch.stack([state[name] for state in states]).mean(dim=0))
    return network


def _weights(path: Path, shapes: dict[str, torch.Size]) -> dict[str, torch.Tensor]:
    """The weights of a checkpoint, which must be those of a network."""
    try:
        with safe_open(path, framework="pt") as held:
            names = [name for name in list(held.keys()) if name.startswith(_WEIGHT)]
            weights = {name[len(_WEIGHT) :]: held.get_tensor(name) for name in names}
            metadata = held.metadata() or {}
    except (OSError, SafetensorError) as error:
        raise cannot_go_on_from(path, str(error)) from error
    if not _is_done(metadata):
        raise cannot_go_on_from(path, "the training is not done")
    if {name: value.shape for name, value in weights.items()} != shapes:
        raise cannot_go_on_from(path, "it is of a network of another shape")
    return weights


def _is_done(metadata: dict[str, str]) -> bool:
    """Whether a checkpoint is that of the last step."""
    return bool(int(metadata.get("step", 0)) == json.loads(metadata.get("identity", "{}")).get("steps"))


def cannot_go_on_from(path: Path, why: str) -> UsageError:
    """The error that tells why an earlier training cannot be gone on from."""
    fix = "name the --work folder of a training that is done"
    return UsageError("A training cannot be gone on from", f"{path}: {why}", fix)


def _digest(schedule: Sequence[Sequence[Example]], start: Sequence[Path]) -> str:
    """SHA-256 of what is started from and of all that is learned, in its order."""
    digest = sha256("".join(sorted(map(digest_of, start))).encode())
    for some in schedule:
        for example in some:
            digest.update(np.array([*example.ids, example.passage, example.start, example.end], np.int32).tobytes())
    return digest.hexdigest()


def _rate(progress: float) -> float:
    """The share of the highest learning rate after a share of the steps."""
    warm_up = 0.05
    return progress / warm_up if progress < warm_up else (1 - progress) / (1 - warm_up)


def _step(network: SpanNetwork, optimizer: Any, examples: Sequence[Example]) -> float:
    inputs = batch(examples)
    with torch.autocast("cpu", torch.bfloat16):
        logits = network(**tensors(inputs))
    loss = span_loss(logits, inputs)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimizer.step()
    optimizer.zero_grad()
    return float(loss.detach())


def _save(path: Path, network: SpanNetwork, optimizer: Any, step: int, identity: str) -> None:
    """Write weights and the optimizer's moments, so that a kill at any moment leaves a whole checkpoint."""
    held = {f"{_WEIGHT}{name}": value.detach().contiguous() for name, value in network.named_parameters()}
    for name, parameter in network.named_parameters():
        for moment in ("exp_avg", "exp_avg_sq"):
            if parameter in optimizer.state:
                held[f"{moment}.{name}"] = optimizer.state[parameter][moment].contiguous()
    make_private_folder(path.parent)
    temporary = path.with_suffix(".new")
    save_file(held, temporary, {"step": str(step), "identity": identity})
    sync_file(temporary)
    temporary.replace(path)


def _resume(path: Path, network: SpanNetwork, optimizer: Any, identity: str) -> int:
    """Take up a checkpoint; returns how many steps are done, 0 where there is none."""
    try:
        return _restore(path, network, optimizer, identity) if path.exists() else 0
    except SafetensorError as error:
        raise UsageError("The checkpoint cannot be read", f"{path}: {error}", "remove it, to begin anew") from error


def _restore(path: Path, network: SpanNetwork, optimizer: Any, identity: str) -> int:
    with safe_open(path, framework="pt") as held:
        metadata = held.metadata()
        if metadata["identity"] != identity:
            raise UsageError(
                "The checkpoint belongs to another training",
                f"{path} was written with {metadata['identity']}",
                "give the same settings and data, or another folder to work in",
            )
        names = set(held.keys())
        step = int(metadata["step"])
        for name, parameter in network.named_parameters():
            parameter.data.copy_(held.get_tensor(f"{_WEIGHT}{name}"))
            if f"exp_avg.{name}" in names:
                optimizer.state[parameter] = {
                    "step": torch.tensor(float(step)),
                    "exp_avg": held.get_tensor(f"exp_avg.{name}"),
                    "exp_avg_sq": held.get_tensor(f"exp_avg_sq.{name}"),
                }
    return step
