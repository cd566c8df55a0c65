import hashlib
import json
import os
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.discover import SUFFIXES, SourceFile, discover, read_file, size_limit
from index.parse import article_id, parse_bytes
from index.records import Article, Skipped


def source(name: str) -> SourceFile:
    return SourceFile(Path("/news", name), name, 0, "")


def one(name: str, data: bytes | str) -> Article:
    (article,) = parse_bytes(source(name), data.encode() if isinstance(data, str) else data)
    assert isinstance(article, Article)
    return article


def refusal(name: str, data: bytes) -> Skipped:
    (skip,) = parse_bytes(source(name), data)
    assert isinstance(skip, Skipped)
    return skip


def test_a_text_file_is_one_article_with_its_text_untouched() -> None:
    data = b"\r\n  Rain\r\rin Z\xfcrich \n"
    article = one("a.txt", data)
    assert article == Article(
        article_id("a.txt", 0), str(Path("/news/a.txt")), "", "", None, "", "\r\n  Rain\r\rin Zürich \n", "cp1252"
    )
    assert data.decode(article.encoding) == article.text


def test_an_id_is_made_of_the_place_of_the_file_and_of_the_record() -> None:
    assert article_id("b/a.txt", 3) == hashlib.sha256(b"b/a.txt#3").hexdigest()[:16]
    assert article_id("дождь.txt", 0) != article_id("дождь.txt", 1)


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.json", "a.jsonl"])
def test_every_kind_of_file_tells_its_id_and_path(name: str) -> None:
    article = one(name, json.dumps({"text": "It rained."}) if "json" in name else "<p>It rained.</p>")
    assert re.fullmatch(r"[0-9a-f]{16}", article.id)
    assert article.path == str(Path("/news", name))


def test_the_articles_of_a_dump_have_ids_of_their_own() -> None:
    lines = b'{"text": "It rained."}\n\n{"text": "It snowed."}'
    assert [a.id for a in parse_bytes(source("a.jsonl"), lines) if isinstance(a, Article)] == [
        article_id("a.jsonl", 1),
        article_id("a.jsonl", 3),
    ]


def test_the_suffix_may_be_in_capitals() -> None:
    assert one("A.JSON", '{"text": "It rained."}').text == "It rained."
    assert one("A.HTM", "<html><p>It rained.</p></html>").text == "It rained."


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_front_matter_of_markdown_tells_title_day_publisher_and_address(line_end: str) -> None:
    lines = ["---", 'title: "Rain: a day in Oxted"', "Date: 2022-01-06 10:00:00 +0000", "site: The Puddle"]
    lines += ["author:", "  name: nobody", "url: https://puddle.example/rain", "---", "# Rain", "It rained."]
    text = line_end.join(lines)
    article = one("a.md", text)
    assert article.title == "Rain: a day in Oxted"
    assert article.published == date(2022, 1, 6)
    assert article.publisher == "The Puddle"
    assert article.url == "https://puddle.example/rain"
    assert article.text == text


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", "title: Rain\n\nIt rained."),
        ("a.md", "---\ntitle: Rain\n\nIt rained."),
        ("a.md", "It rained.\n---\ntitle: Rain\n---\n"),
        ("a.txt", "---\ntitle: Rain\n---\nIt rained."),
    ],
    ids=["no fence", "not closed", "not at the top", "not Markdown"],
)
def test_what_only_resembles_front_matter_tells_nothing(name: str, text: str) -> None:
    article = one(name, text)
    assert (article.title, article.text) == ("", text)


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b" \n", "no text"),
        ("a.md", b"\xef\xbb\xbf", "no text"),
        ("a.txt", bytes(range(256)), "binary data"),
        ("a.html", bytes(range(256)), "binary data"),
        ("a.jsonl", bytes(range(256)), "binary data"),
        ("a.txt", "“Rain” in Zürich…".encode()[:-1], "damaged UTF-8"),
        ("a.html", b"<html></html>", "no article text found in the page"),
        ("a.json", b"", "not valid JSON"),
    ],
)
def test_what_cannot_be_read_is_named_with_a_reason(name: str, data: bytes, reason: str) -> None:
    skip = refusal(name, data)
    assert skip.path == name
    assert reason in skip.reason


def test_one_broken_byte_does_not_cost_a_dump() -> None:
    data = '{"text": "“Rain” in Zürich"}\n'.encode() + b'{"text": "Snow \xe2\x80"}'
    articles = [article for article in parse_bytes(source("a.jsonl"), data) if isinstance(article, Article)]
    assert [article.text for article in articles] == ["“Rain” in Zürich", "Snow \ufffd"]


def test_a_file_that_grew_over_the_limit_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("It rained.")
    (file,), _ = discover(path)
    os.truncate(path, size_limit(path) + 1)
    data = read_file(file)
    assert len(data) == size_limit(path) + 1
    (skip,) = parse_bytes(file, data)
    assert isinstance(skip, Skipped)
    assert "too large" in skip.reason


def test_a_folder_becomes_articles(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "a.txt").write_bytes("“Rain”".encode("cp1252"))
    (tmp_path / "b" / "c.json").write_text('[{"text": "It snowed."}, {}]')
    files, _ = discover(tmp_path)
    results = [result for file in files for result in parse_bytes(file, read_file(file))]
    assert [result.text for result in results if isinstance(result, Article)] == ["“Rain”", "It snowed."]
    assert [result.path for result in results if isinstance(result, Skipped)] == ["b/c.json#2"]


def test_one_record_that_a_parser_stumbles_over_does_not_cost_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.parse_json.strip_tags", lambda text: "".join(chr(-1) for _ in text))
    lines = b'{"text": "<p>It rained.</p>"}\n{"text": "It snowed."}'
    skip, article = parse_bytes(source("a.jsonl"), lines)
    assert skip == Skipped("a.jsonl:1", "its HTML cannot be read")
    assert isinstance(article, Article)


def test_no_error_of_a_parser_is_raised_but_an_interruption_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(error: type[BaseException]) -> None:
        raise error

    monkeypatch.setattr("index.parse.read_page", lambda page: fail(RecursionError))
    assert refusal("a.html", b"<p>It rained.") == Skipped(
        "a.html", "cannot be read: its parser failed (RecursionError)"
    )
    monkeypatch.setattr("index.parse.read_page", lambda page: fail(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        list(parse_bytes(source("a.html"), b"<p>It rained."))


SNIPPETS = ["<p>", "</p>", "<br>", "<!--", "<script>", "&#1;", "&#xd800;", "&#99999999;", "&amp;", "\x01", "\x1b", "\0"]
SNIPPETS += ["\uffff", "\ufdd0", "---\n", "title: ", '{"text": "', '"}', "[", "]", "\n", "It rained. ", "<html><body>"]
markup = st.lists(st.sampled_from(SNIPPETS)).map("".join)
records = markup.map(lambda text: json.dumps({"text": f"<p>{text}"}))


@settings(deadline=None)  # the first call imports the parsers
@given(st.sampled_from(sorted(SUFFIXES)), st.binary() | (st.text() | markup | records).map(str.encode))
def test_no_content_makes_it_fail(suffix: str, data: bytes) -> None:
    for result in parse_bytes(source("a" + suffix), data):
        if isinstance(result, Skipped):
            assert result.reason
        else:
            assert result.text.strip()
