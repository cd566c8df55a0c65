from datetime import date
from pathlib import Path

from index.discover import SourceFile
from index.intake import take_in
from index.records import Skipped, Taken


def source(name: str) -> SourceFile:
    return SourceFile(Path("/news", name), name, 0, "")


def test_each_article_of_a_file_comes_with_its_sentences() -> None:
    data = b'{"text": "Rain fell on Monday. It stopped."}\n{"text": "Owls hid in the barn."}'
    taken = [item for item in take_in(source("a.jsonl"), data) if isinstance(item, Taken)]
    quotes = [[item.article.text[one.start : one.end] for one in item.sentences] for item in taken]
    assert quotes == [["Rain fell on Monday.", "It stopped."], ["Owls hid in the barn."]]


def test_what_the_text_tells_of_title_publisher_and_day_is_kept() -> None:
    text = "Rain floods Oslen\n\nOSLEN (AP) — Rain flooded the town on Monday.\n\nPublished January 6, 2022\n"
    (taken,) = take_in(source("a.txt"), text.encode())
    assert isinstance(taken, Taken)
    article = taken.article
    assert (article.title, article.publisher) == ("Rain floods Oslen", "Associated Press")
    assert article.published == date(2022, 1, 6)


def test_what_holds_no_sentence_is_named() -> None:
    assert list(take_in(source("a.txt"), b"Share\n\nMenu\n")) == [Skipped("a.txt", "no sentences in it")]
