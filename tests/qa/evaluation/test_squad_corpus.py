from contextlib import closing
from pathlib import Path

import pytest

from index.errors import IndexWriteError
from index.locations import cache_folder
from qa.corpus import open_corpus
from qa.evaluation.questions import Paragraph
from qa.evaluation.squad_corpus import keep_paragraphs

OWLS = Paragraph("Barn owl", "Barn owls  hunt\nat night – from “dusk” on.\n")
HERONS = Paragraph("", "Herons hunt by day, and stand still for it.")


def test_every_paragraph_is_an_article_word_for_word(exported: Path) -> None:
    with closing(open_corpus(keep_paragraphs([OWLS, HERONS]), None).index) as index:
        assert [(article.title, article.text) for article in index.articles()] == [
            ("Barn owl", OWLS.text),
            ("", HERONS.text),
        ]


def test_the_same_paragraphs_are_written_once_and_others_elsewhere() -> None:
    folder = keep_paragraphs([OWLS])
    [file] = folder.iterdir()
    before = file.stat()
    assert keep_paragraphs([OWLS]) == folder
    assert file.stat().st_mtime_ns == before.st_mtime_ns
    assert keep_paragraphs([HERONS]) != folder
    assert folder.is_relative_to(cache_folder())


def test_half_a_character_can_be_kept() -> None:
    [file] = keep_paragraphs([Paragraph("", "Half \ud800.")]).iterdir()
    assert "ud800" in file.read_text("utf-8")


def test_a_cache_that_cannot_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    with pytest.raises(IndexWriteError):
        keep_paragraphs([OWLS])
