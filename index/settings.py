"""What an index is made with: of which articles, by which model and rules."""

from pathlib import Path

from index.errors import IndexMismatchError
from index.models import DEFAULT_MODEL, find_model
from index.shares import WHOLE, Share, read_share
from index.store import FORMAT_VERSION, check_format
from index.versions import CHUNKER_VERSION, CLEANER_VERSION


def settings_of(meta: dict[str, str], articles: Path, model: str | None, share: Share | None) -> dict[str, str]:
    """What an index must have been made with, for its parts to be of use.

    Args:
        meta: What it was made with; nothing, if there is none yet.
        articles: The canonical path of the articles.
        model: The embedding model that is wanted; None takes the one that it was made with, or the default one.
        share: Which of the articles it is to hold; None takes those that it was made with, or all.

    Raises:
        IndexMismatchError: It is of other articles, of another format, or its model was replaced.
        ModelError: The embedding model cannot be used.

    Example:
        >>> settings_of({}, Path("/news"), None, None)["model"]
        'all-MiniLM-L6-v2'
    """
    check_format(meta, to_upgrade=True)
    if meta.get("articles", str(articles)) != str(articles):
        raise IndexMismatchError(
            "The index is of other articles", f"it was made of {meta['articles']}", "name another index directory"
        )
    found = find_model(model or meta.get("model", DEFAULT_MODEL))
    if model is None and meta.get("digest", found.digest) != found.digest:
        raise IndexMismatchError(
            "The index was made with other weights",
            f"{found.name} on this machine is not the model that made it",
            f"run: pullquote index {articles} --model {found.name}",
        )
    return {
        "articles": str(articles),
        "model": found.name,
        "digest": found.digest,
        "cleaner": str(CLEANER_VERSION),
        "chunker": str(CHUNKER_VERSION),
        "share": str(share or read_share(meta.get("share", str(WHOLE)))),
    }


def what_is_made_again(
    meta: dict[str, str], settings: dict[str, str], *, vectors: bool, lexical: bool
) -> tuple[str, ...]:
    """What a person should know of an index that is not merely brought up to date, one sentence each.

    Args:
        meta: What it was made with.
        settings: What it must have been made with.
        vectors: Whether its vectors are not there.
        lexical: Whether its lexical index is not there.

    Example:
        >>> settings = settings_of({}, Path("/news"), None, None)
        >>> what_is_made_again({**settings, "format": "3"}, settings, vectors=False, lexical=False)
        ('The index was of format 3, and is of format 4 now.',)
    """
    rules = any(meta.get(rule) != settings[rule] for rule in ("cleaner", "chunker"))
    found = meta.get("format")
    told = {
        "The index was made by rules of another version of pullquote: all articles were read again.": rules,
        f"The index was of format {found}, and is of format {FORMAT_VERSION} now.": found != str(FORMAT_VERSION),
        "The vectors were not there, and were made again.": vectors,
        "The lexical index was not there, and was made again.": lexical,
    }
    return tuple(note for note, applies in told.items() if applies)
