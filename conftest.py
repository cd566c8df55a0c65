"""For tests and doctests alike: an isolated home, so that a run leaves the user's own cache alone, and one intake."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.exported import ENCODER_FILE
from index.intake_process import IntakeProcess
from index.locations import model_folder
from index.models import DEFAULT_DIGEST


@pytest.fixture(scope="session", autouse=True)
def cache_of_this_run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep the exported model and all indexes of a run away from the user's own cache.

    The cache begins as a killed export would leave it: with half a model, and with what an export was working on.
    """
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
            patch.setenv(name, str(home / name.lower()))
        half = model_folder(DEFAULT_DIGEST)
        half.mkdir(parents=True)
        (half / ENCODER_FILE).write_bytes(b"half of a model")
        (half.parent / "export-killed" / "model").mkdir(parents=True)
        yield home


class SharedIntake(IntakeProcess):
    """A process that stays when an update is done, for the next one: starting it takes longer than most tests."""

    def close(self) -> None:
        """Stay, unless the process has ended."""
        if self._child is not None and self._child.poll() is not None:
            super().close()


@pytest.fixture(scope="session", autouse=True)
def intake_of_this_run() -> Iterator[None]:
    """Let all updates of a run read their articles in one and the same process."""
    shared = SharedIntake()
    with pytest.MonkeyPatch.context() as patch:
        for module in ("index.update", "index.doctor.sources"):
            patch.setattr(f"{module}.IntakeProcess", lambda: shared)
        yield
    IntakeProcess.close(shared)
