"""What every test shares: an isolated home, a model exported once, and a small corpus written for the tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from index.encoder import Encoder
from index.export import ENCODER_FILE, export_to_cache
from index.locations import model_folder
from index.models import DEFAULT_DIGEST, find_model

settings.register_profile("pullquote", deadline=None, max_examples=60)
settings.load_profile("pullquote")


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


@pytest.fixture(scope="session")
def exported(cache_of_this_run: Path) -> Path:
    """The folder of the default model, exported once for the run."""
    export_to_cache(find_model())
    return model_folder(DEFAULT_DIGEST)


@pytest.fixture(scope="session")
def encoder(exported: Path) -> Encoder:
    """The default model, loaded."""
    return Encoder(exported)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A folder of three short articles, written for the tests."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "bridge.txt").write_text(
        "Old bridge closes after flood\n\nBy Mara Quill\n\nPublished 3 March 2021\n\n"
        "The stone bridge over the Linden was closed on Monday after the river rose by three metres. "
        "Engineer Tomas Veld said that repairs would take 14 weeks.\n\nSkip to main content\n\n"
        "About 230 people live on the far bank. They now cross by ferry.\n",
        "utf-8",
    )
    (folder / "ferry.txt").write_text(
        "Ferry to run until midnight\n\nPublished 5 March 2021\n\n"
        "The ferry across the Linden will run until midnight, the harbour office said. "
        "A ticket costs two crowns. About 230 people live on the far bank.\n",
        "utf-8",
    )
    (folder / "market.txt").write_text(
        "Cheese market moves to the town hall\n\n"
        "The weekly cheese market has moved to the town hall in Bramford because of the rain. "
        "Mayor Ida Brandt opened it with a speech.\n",
        "utf-8",
    )
    return folder
