import json
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from index.digests import digest_of
from index.errors import UsageError
from index.models import DEFAULT_DIGEST, DEFAULT_MODEL
from qa.chat import Chat
from qa.span_model import MODEL_FILE, SETTINGS_FILE, TOKENIZER_FILE
from qa.span_reader import WEIGHTS_FILE, SpanReader, load_weights
from qa.training.command import FEWEST_HELD_OUT, Tell, train_reader
from qa.training.loop import CHECKPOINT, FURTHER_LEARNING_RATE, Settings
from qa.training.rows import Row, read_rows
from tests.qa.commands import run, start
from tests.qa.exactness import check_exact
from tests.qa.training.made import news_rows, words_of

# Half of the passages are held out, and of those that are trained on a few batches are gone through.
SETTINGS = Settings(epochs=0.5, held_out=0.5, tokens=800)


def write(rows: Sequence[Row], path: Path) -> Path:
    lines = [
        {
            "question": row.question,
            "context": row.context,
            "answer": words_of(row),
            "start": row.answer and row.answer[0],
        }
        for row in rows
    ]
    path.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where everything of a training lies."""
    return tmp_path_factory.mktemp("training")


@pytest.fixture(scope="module")
def told(exported: Path, folder: Path) -> list[str]:
    """What a training told; its checkpoints lie in the folder of the reader."""
    lines: list[str] = []
    reader = folder / "reader"
    reader.mkdir()
    (reader / WEIGHTS_FILE).write_text("coefficients of another network", "utf-8")
    train_reader([write(news_rows(), folder / "rows.jsonl")], reader, reader / "work", SETTINGS, lines.append)
    return lines


def test_a_training_tells_how_far_it_is(told: list[str]) -> None:
    assert told[0] == "rows.jsonl: 60 questions; 0 left out as they cannot be used"
    steps = int(told[1].split()[-2])
    assert told[2].startswith(f"step {steps} of {steps}: loss ")
    assert "expected calibration error" in told[-1]


def test_a_trained_reader_can_be_asked(told: list[str], folder: Path, town_folder: Path) -> None:
    chat = Chat(town_folder, reader=SpanReader(folder / "reader"), threshold=0.0)
    answer = chat.ask("What does a wheel of the oldest cheese cost?")
    chat.close()
    check_exact(answer)
    assert answer.evidence


def test_a_trained_reader_tells_how_it_was_made(told: list[str], folder: Path) -> None:
    files = {path.name for path in (folder / "reader").iterdir() if path.is_file()}
    assert files == {MODEL_FILE, TOKENIZER_FILE, SETTINGS_FILE, WEIGHTS_FILE}
    document = json.loads((folder / "reader" / SETTINGS_FILE).read_text("utf-8"))
    assert document["started from"] == {"model": DEFAULT_MODEL, "digest": DEFAULT_DIGEST}
    assert document["data"] == ["rows.jsonl"]
    assert Settings(**document["settings"]) == SETTINGS
    assert load_weights(folder / "reader").ranking.any()


def test_a_training_goes_on_from_an_earlier_one(told: list[str], folder: Path, tmp_path: Path) -> None:
    earlier = folder / "reader" / "work"
    settings = replace(SETTINGS, learning_rate=FURTHER_LEARNING_RATE)

    def go_on(tell: Tell) -> None:
        train_reader([folder / "rows.jsonl"], tmp_path / "reader", tmp_path / "work", settings, tell, [earlier])

    def kill_before_the_first_step(line: str) -> None:
        lines.append(line)
        if line.endswith(" steps"):
            raise KeyboardInterrupt

    lines: list[str] = []
    with pytest.raises(KeyboardInterrupt):
        go_on(kill_before_the_first_step)
    _, seeking, steps = lines
    assert seeking.startswith("seeking questions")
    (kept,) = (tmp_path / "work").iterdir()
    assert {row.answer for row in read_rows(kept)[0]} == {None}

    lines.clear()
    go_on(lines.append)
    assert lines[1] == steps
    document = json.loads((tmp_path / "reader" / SETTINGS_FILE).read_text("utf-8"))
    assert document["gone on from"] == [digest_of(earlier / CHECKPOINT)]
    assert "expected calibration error" in lines[-1]
    before = (folder / "reader" / MODEL_FILE).read_bytes()
    assert (tmp_path / "reader" / MODEL_FILE).read_bytes() != before


def test_too_little_data_is_told_before_anything_is_made(tmp_path: Path) -> None:
    few = write(news_rows()[: FEWEST_HELD_OUT - 1], tmp_path / "rows.jsonl")
    with pytest.raises(UsageError, match="too little to train a reader on"):
        train_reader([few], tmp_path / "reader", tmp_path / "work", Settings(held_out=1.0), lambda _: None)
    assert [path.name for path in tmp_path.iterdir()] == ["rows.jsonl"]


@pytest.mark.parametrize("settings", [Settings(held_out=1.0), Settings(epochs=0.01, held_out=0.5)], ids=str)
def test_a_training_without_a_step_is_refused(settings: Settings, tmp_path: Path) -> None:
    data = write(news_rows(), tmp_path / "rows.jsonl")
    with pytest.raises(UsageError, match="nothing to train on"):
        train_reader([data], tmp_path / "reader", tmp_path / "work", settings, lambda _: None)


def test_an_earlier_training_that_is_not_there_is_told(tmp_path: Path) -> None:
    data = write(news_rows(), tmp_path / "rows.jsonl")
    with pytest.raises(UsageError, match="cannot be gone on from"):
        train_reader([data], tmp_path / "reader", tmp_path / "work", SETTINGS, lambda _: None, [tmp_path / "none"])
    with pytest.raises(UsageError, match="cannot be gone on from") as raised:
        train_reader([data], tmp_path / "reader", tmp_path, SETTINGS, lambda _: None, [tmp_path])
    assert "of this training too" in raised.value.why
    assert [path.name for path in tmp_path.iterdir()] == ["rows.jsonl"]


def test_a_training_goes_on_for_an_epoch_at_most(told: list[str], folder: Path, tmp_path: Path) -> None:
    earlier, settings = [folder / "reader" / "work"], replace(SETTINGS, epochs=1.5)
    with pytest.raises(UsageError, match="epochs"):
        train_reader([folder / "rows.jsonl"], tmp_path / "a", tmp_path / "b", settings, lambda _: None, earlier)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["reader", "work"])
def test_a_folder_that_cannot_be_written_is_told_before_the_training(name: str, tmp_path: Path) -> None:
    data = write(news_rows(), tmp_path / "rows.jsonl")
    (tmp_path / name).write_text("a file", "utf-8")
    with pytest.raises(FileExistsError):
        train_reader([data], tmp_path / "reader", tmp_path / "work", SETTINGS, lambda _: None)


@pytest.mark.skipif(sys.platform == "win32", reason="signals are those of POSIX")
def test_ctrl_c_ends_a_training_without_a_trace(tmp_path: Path) -> None:
    # Of so many passages enough are held out.
    many = [replace(row, context=f"{row.context} It was closure {n}.") for n in range(7) for row in news_rows()]
    data, work = write(many, tmp_path / "rows.jsonl"), tmp_path / "work"
    with start("train", data, "--out", tmp_path / "reader", "--work", work, stdout=subprocess.PIPE) as process:
        assert process.stderr is not None
        notes = [process.stderr.readline()]
        while notes[-1] and not notes[-1].endswith(b" steps\n"):
            notes.append(process.stderr.readline())
        process.send_signal(signal.SIGINT)
        written, rest = process.communicate()
    assert (process.returncode, written) == (130, b""), notes
    assert b"Interrupted" in rest
    assert b"Traceback" not in rest
    assert not list(work.iterdir())


def test_what_cannot_be_trained_on_is_a_wrong_call(tmp_path: Path) -> None:
    folders = ["--out", tmp_path / "reader", "--work", tmp_path / "work"]
    done = run("train", tmp_path / "none.jsonl", *folders)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("pullquote: The training data cannot be used\n  why: ")
    assert run("train", *folders).exit_code == 2
    assert run("train", tmp_path / "none.jsonl").exit_code == 2
    assert not (tmp_path / "reader").exists()
