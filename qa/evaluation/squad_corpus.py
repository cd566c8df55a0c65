"""The paragraphs of a file in SQuAD format, kept as articles that can be indexed."""

import hashlib
import json
import os
from collections.abc import Sequence
from pathlib import Path

from index.durable import writing_into
from index.locations import cache_folder, make_private_folder
from qa.evaluation.questions import Paragraph


def keep_paragraphs(paragraphs: Sequence[Paragraph]) -> Path:
    r"""Write paragraphs into a folder of the user's cache, one article each.

    The folder is named by what it holds: the same paragraphs are written and indexed once.

    Returns:
        The folder.

    Raises:
        IndexWriteError: The system does not let it be written.

    Example:
        >>> folder = keep_paragraphs([Paragraph("Barn owl", "Barn owls hunt at night.")])
        >>> [path.read_text() for path in folder.iterdir()]
        ['{"title": "Barn owl", "text": "Barn owls hunt at night."}\n']
    """
    records = [{"title": paragraph.title, "text": paragraph.text} for paragraph in paragraphs]
    content = "".join(f"{json.dumps(record)}\n" for record in records).encode()
    folder = cache_folder() / "squad" / hashlib.sha256(content).hexdigest()[:16]
    kept = folder / "paragraphs.jsonl"
    with writing_into(folder):
        if not kept.exists():
            make_private_folder(folder)
            # Under its own name it is there whole or not at all; hidden files are not indexed.
            unfinished = folder / f".unfinished-{os.getpid()}"
            unfinished.write_bytes(content)
            unfinished.replace(kept)
    return folder
