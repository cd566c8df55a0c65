"""What every test shares: a model exported once, and a small corpus written for the tests."""

from contextlib import chdir
from pathlib import Path

import pytest
from hypothesis import settings

from index.encoder import Encoder
from index.export import export_to_cache
from index.locations import model_folder
from index.models import DEFAULT_DIGEST, find_model

settings.register_profile("pullquote", deadline=None, max_examples=60)
settings.load_profile("pullquote")


@pytest.fixture(scope="session")
def exported(cache_of_this_run: Path) -> Path:
    """The folder of the default model, exported once for the run, while a folder full of traps is the present one."""
    downloads = cache_of_this_run / "downloads"
    downloads.mkdir()
    for module in ("json", "tempfile", "index"):
        (downloads / f"{module}.py").write_text("raise SystemExit('a file of the user was run')\n", "utf-8")
    with chdir(downloads):
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
