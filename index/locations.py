"""Where pullquote keeps what it makes: indexes and exported models, in the user's cache directory."""

import hashlib
import re
from pathlib import Path

import platformdirs


def cache_folder() -> Path:
    """The folder for all that can be made again, ``~/.cache/pullquote`` on Linux."""
    return Path(platformdirs.user_cache_path("pullquote", appauthor=False))


def default_index_folder(articles: Path) -> Path:
    """The index directory of a folder of articles, keyed by its absolute path.

    Example:
        >>> default_index_folder(Path("/news")).name
        'news-7e3c5a3c6ab6'
    """
    absolute = str(articles.resolve())
    key = hashlib.sha256(absolute.encode("utf-8", "surrogateescape")).hexdigest()[:12]
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", articles.resolve().name)[:40] or "articles"
    return cache_folder() / "indexes" / f"{name}-{key}"


def model_folder(digest: str) -> Path:
    """Where the ONNX export of the model with this digest lies."""
    return cache_folder() / "models" / digest[:16]
