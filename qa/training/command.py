"""From files of questions to a reader: what ``pullquote train`` does."""

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from index.digests import digest_of
from index.durable import sync_file
from index.encoder import encoder_for
from index.errors import UsageError
from index.locations import make_private_folder
from index.models import Model, find_model, verified_folder
from qa.span_model import TOKENIZER_FILE, SpanModel, read_settings
from qa.span_reader import CALIBRATION, RANKING, WEIGHTS_FILE, Weights
from qa.training.asking import ask_held_out, to_be_asked
from qa.training.batches import Example, to_examples
from qa.training.contexts import is_held_out, limited, surrounded
from qa.training.export import export_reader, write_settings
from qa.training.fit import best_sentence, calibration_error_of, fit
from qa.training.further import further_rows
from qa.training.loop import CHECKPOINT, Settings, Step, cannot_go_on_from, schedule_of, train
from qa.training.negatives import with_made
from qa.training.neighbours import Neighbours
from qa.training.rewriting import Rewriter
from qa.training.rows import Row, read_rows

Tell = Callable[[str], None]

FEWEST_HELD_OUT = 10


def train_reader(
    data: Sequence[Path], out: Path, work: Path, settings: Settings, tell: Tell, earlier: Sequence[Path] = ()
) -> None:
    """Train a reader on files of questions, or go on where an earlier run stopped.

    A first training learns from the encoder's weights, with negatives made at random. One that goes on from earlier
    ones learns from the mean of their networks, with the negatives that this mean mistakes for answered.

    Args:
        data: Files as ``qa.training.rows.read_rows`` takes them.
        out: The folder that the reader is written to.
        work: A folder for the checkpoint, for negatives, and for the passages that the linear models are fitted on.
        settings: How it is trained.
        tell: Called with one line of text at a time.
        earlier: The folders in which earlier trainings worked, to go on from.

    Raises:
        UsageError: A file cannot be used, the data is too little, a training cannot be gone on from, or the checkpoint
            belongs to another one.
        ModelError: The encoder to start from cannot be used.
    """
    _check_earlier(earlier, work, settings)
    rows = _read(data, tell)
    _check_held_out(rows, settings.held_out)
    for folder in (out, work):
        # That one of them cannot be written is told now, and not after the training.
        make_private_folder(folder)
    trained = [row for row in rows if not is_held_out(row.context, settings.held_out)]
    model = find_model()
    encoder = verified_folder(model)
    rewriter = Rewriter(Neighbours(encoder), encoder_for(model.name, model.digest), rows)
    start = [folder / CHECKPOINT for folder in earlier]
    if start:
        learned = further_rows(trained, start, encoder, work, settings, tell)
        schedule = schedule_of([to_examples(learned, _tokenizer(encoder))], 1.0, settings)
    else:
        epochs = [_examples(trained, rewriter, encoder, settings, epoch) for epoch in range(math.ceil(settings.epochs))]
        schedule = schedule_of(epochs, settings.epochs % 1 or 1.0, settings)
    tell(f"{sum(map(len, schedule)):,} rows in {len(schedule):,} steps")
    if not schedule:
        raise UsageError("There is nothing to train on", "the epochs hold not one step", "give more data or epochs")

    def report(step: Step) -> None:
        tell(f"step {step.number:,} of {step.total:,}: loss {step.loss:.3f}, {step.rows:.1f} rows/s")

    network = train(schedule, encoder, work, settings, report, start)
    # The coefficients of an earlier network must never be taken for those of this one.
    (out / WEIGHTS_FILE).unlink(missing_ok=True)
    digest = export_reader(network, encoder, out, _provenance(data, settings, model, start))
    tell(f"{out}: {digest}")
    fit_weights(rows, rewriter, out, work, settings, tell)


def fit_weights(rows: Sequence[Row], rewriter: Rewriter, out: Path, work: Path, settings: Settings, tell: Tell) -> None:
    """Fit the linear models of a trained reader on the passages that were held out, and write them beside it.

    Args:
        rows: All training data.
        rewriter: Changes questions.
        out: The folder of the reader.
        work: A folder for the passages and their index.
        settings: How it was trained.
        tell: Called with one line of text at a time.
    """
    asked = ask_held_out(rows, settings.held_out, rewriter, settings.seed, SpanModel(out), work, tell)
    asked = [each for each in asked if len(each.right)]
    weights = fit(asked)
    first = np.mean([best_sentence(each, weights.ranking)[1] for each in asked if each.right.any()])
    tell(f"first sentence right, where a right one was found: {first:.3f}")
    tell(f"expected calibration error on questions that the fit did not see: {calibration_error_of(asked):.3f}")
    (out / WEIGHTS_FILE).write_text(json.dumps(_weights_document(weights), indent=1) + "\n", "utf-8")
    sync_file(out / WEIGHTS_FILE)
    recorded = read_settings(out)
    recorded["digests"][WEIGHTS_FILE] = digest_of(out / WEIGHTS_FILE)
    write_settings(out, recorded)


def _check_earlier(earlier: Sequence[Path], work: Path, settings: Settings) -> None:
    """Refuse what cannot be gone on from, before anything is made."""
    for folder in earlier:
        if folder.resolve() == work.resolve():
            raise cannot_go_on_from(folder, "it is the --work folder of this training too")
        if not (folder / CHECKPOINT).is_file():
            raise cannot_go_on_from(folder, f"there is no {CHECKPOINT}")
    if earlier and settings.epochs > 1:
        fix = "give --epochs 1 or less"
        raise UsageError("So many epochs cannot be gone on with", "--from goes through the data once at most", fix)


def _check_held_out(rows: Sequence[Row], share: float) -> None:
    """Refuse data that leaves too little to fit the linear models on."""
    found = len({row.context for row in to_be_asked(rows, share)})
    if found < FEWEST_HELD_OUT:
        raise UsageError(
            "There is too little to train a reader on",
            f"{found} of the passages are held out to fit its confidence on, and it takes {FEWEST_HELD_OUT}",
            "give more passages of several sentences, with questions that they answer",
        )


def _read(data: Sequence[Path], tell: Tell) -> list[Row]:
    rows: list[Row] = []
    for path in data:
        found, left_out = read_rows(path)
        rows += found
        tell(f"{path.name}: {len(found):,} questions; {left_out:,} left out as they cannot be used")
    return rows


def _examples(rows: Sequence[Row], rewriter: Rewriter, encoder: Path, settings: Settings, epoch: int) -> list[Example]:
    """The examples of one epoch, with made ones of its own."""
    seed = settings.seed + epoch
    passages = surrounded(limited(rows, seed), seed)
    made = with_made(passages, settings.negatives, settings.paraphrases, rewriter, seed)
    return to_examples(made, _tokenizer(encoder))


def _tokenizer(encoder: Path) -> Any:
    from tokenizers import Tokenizer

    return Tokenizer.from_file(str(encoder / TOKENIZER_FILE))


def _provenance(data: Sequence[Path], settings: Settings, model: Model, start: Sequence[Path]) -> dict[str, Any]:
    return {
        "started from": {"model": model.name, "digest": model.digest},
        "gone on from": [digest_of(path) for path in start],
        "data": [path.name for path in data],
        "settings": asdict(settings),
    }


def _weights_document(weights: Weights) -> dict[str, Any]:
    return {
        "ranking": dict(zip(RANKING, weights.ranking.round(4).tolist(), strict=True)),
        "calibration": dict(zip(CALIBRATION, weights.calibration.round(4).tolist(), strict=True)),
        "intercept": round(weights.intercept, 4),
    }
