"""For tests and doctests alike: an isolated home, so that a run leaves the user's own cache alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.export import ENCODER_FILE
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
