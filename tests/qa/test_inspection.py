import re
from collections.abc import Callable
from pathlib import Path

import pytest

from index.doctor.findings import Finding, Part, State
from index.errors import ArticleNotFoundError, IndexMismatchError, IndexNotFoundError
from index.locations import default_index_folder
from qa.chat import Chat
from qa.inspection import article_document, describe, examined, find_article, mended


@pytest.fixture
def indexed(corpus: Path) -> Path:
    chat = Chat(corpus)
    chat.open()
    chat.close()
    return corpus


def test_an_index_is_described(town: Chat, town_folder: Path) -> None:
    info = town.open()
    table = describe(town_folder, None)
    assert table["articles"] == str(town_folder)
    assert table["articles indexed"] == info.articles == 5
    assert table["passages"] == info.passages
    assert table["model"] == "all-MiniLM-L6-v2"
    assert table["generation"] == 1
    assert (table["vector search"], table["recall@50 of its sentences"]) == ("exact", 1.0)
    folder = Path(table["index"])
    assert table["size in bytes"] == sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    assert {line.partition(":")[0] for line in table["skipped"]} == {"picture.txt", "nothing.txt"}


@pytest.mark.parametrize("look", [describe, examined, lambda articles, index: find_article("a", articles, index)])
def test_what_is_not_indexed_cannot_be_looked_at(corpus: Path, look: object) -> None:
    assert callable(look)
    with pytest.raises(IndexNotFoundError):
        look(corpus, None)


def states(findings: list[Finding]) -> dict[str, str]:
    return {finding.label: finding.state.value for finding in findings}


def test_a_sound_index_has_no_fault(indexed: Path) -> None:
    assert set(states(examined(indexed, None)).values()) == {"ok"}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            lambda path: path.write_text(path.read_text("utf-8").replace("14", "41"), "utf-8"),
            "1 changed (bridge.txt first)",
        ),
        (lambda path: path.write_text(path.read_text("utf-8"), "utf-16"), "1 changed (bridge.txt first)"),
        (lambda path: path.unlink(), "1 gone (bridge.txt first)"),
        (lambda path: path.with_name("new.html").write_text("<p>Rain fell.</p>"), "1 new (new.html first)"),
    ],
    ids=["other words", "another encoding", "gone", "new"],
)
def test_articles_that_have_changed_since_are_told_until_they_are_indexed_again(
    indexed: Path, change: Callable[[Path], object], told: str
) -> None:
    change(indexed / "bridge.txt")
    (drifted,) = [finding for finding in examined(indexed, None) if finding.state is not State.SOUND]
    assert (drifted.part, drifted.state) == (Part.FILES, State.OUTDATED)
    assert drifted.detail.startswith(told)
    Chat(indexed).open()
    assert set(states(examined(indexed, None)).values()) == {"ok"}


def test_mending_examines_the_index_once_more(indexed: Path) -> None:
    folder = default_index_folder(indexed)
    (folder / "vectors-1.faiss").unlink()
    before, after = mended(indexed, None)
    assert states(before)["vectors"] == "FAULT"
    assert after is not None
    assert set(states(after).values()) == {"ok"}
    assert mended(indexed, None)[1] is None


def test_an_index_of_other_articles_is_not_mended_into_one_of_these(indexed: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "a.txt").write_text("Rain fell on Monday, and the fair was called off.")
    with pytest.raises(IndexMismatchError, match="of other articles"):
        examined(other, default_index_folder(indexed))


@pytest.mark.parametrize("reference", ["market.txt", "./market.txt"])
def test_an_article_is_found_by_its_file(town: Chat, town_folder: Path, reference: str) -> None:
    town.open()
    assert find_article(reference, town_folder, None).title == "Cheese market moves to the town hall"


def test_an_article_is_found_by_what_an_answer_says_of_it(town: Chat, town_folder: Path) -> None:
    for evidence in town.ask("How long will the repairs of the bridge take?", top=1).evidence:
        article = evidence.article
        assert find_article(article.id, town_folder, None) == article
        assert find_article(article.id[:8], town_folder, None) == article
        if article.path.endswith(".txt"):
            assert find_article(article.path, town_folder, None) == article


def test_an_article_is_found_by_a_path_from_the_working_directory(
    town: Chat, town_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.open()
    monkeypatch.chdir(town_folder.parent)
    assert find_article(f"{town_folder.name}/market.txt", town_folder, None).path == str(town_folder / "market.txt")


def test_an_article_is_found_by_any_path_that_leads_to_it(
    town: Chat, town_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.open()
    link = tmp_path / "link"
    link.symlink_to(town_folder)
    (tmp_path / "market.md").symlink_to(town_folder / "market.txt")
    monkeypatch.chdir(link)
    market = town_folder / "market.txt"
    for articles in (town_folder, link, ".", link / "archive" / ".."):
        for reference in (market, link / "market.txt", "archive/../market.txt", tmp_path / "market.md"):
            assert find_article(str(reference), articles, None).path == str(market)


def test_an_article_is_found_when_its_folder_was_moved_away(indexed: Path, tmp_path: Path) -> None:
    indexed.rename(tmp_path / "elsewhere")
    found = find_article("ferry.txt", indexed, None)
    assert found.path == str(indexed / "ferry.txt")
    assert find_article(found.path, indexed, None) == found


def test_a_path_that_is_exact_wins_over_the_same_name_elsewhere(town: Chat, town_folder: Path) -> None:
    town.open()
    assert find_article("bridge.txt", town_folder, None).title == "Old bridge closes after flood"
    assert find_article("archive/bridge.txt", town_folder, None).title == "Stone bridge opens again"


def test_a_file_of_several_articles_names_their_ids_and_titles(town: Chat, town_folder: Path) -> None:
    town.open()
    with pytest.raises(ArticleNotFoundError) as caught:
        find_article("notes.jsonl", town_folder, None)
    named = dict(re.findall(r"([0-9a-f]{16}) \((.+?)\)", caught.value.fix))
    assert set(named.values()) == {"Owls in the tower", "Ferry until midnight"}
    assert {find_article(name, town_folder, None).title for name in named} == set(named.values())


@pytest.mark.parametrize(
    "reference", ["", "/", "none.txt", "%", "~nobody here", "a\0b", "../town", "\udcff", "ridge.txt"]
)
def test_an_article_that_is_not_there_is_told(town: Chat, town_folder: Path, reference: str) -> None:
    town.open()
    with pytest.raises(ArticleNotFoundError, match="There is no article"):
        find_article(reference, town_folder, None)


def test_the_document_of_an_article_has_its_text(town: Chat, town_folder: Path) -> None:
    town.open()
    document = article_document(find_article("bridge.txt", town_folder, None))
    assert document["text"] == (town_folder / "bridge.txt").read_text("utf-8")
    assert document["published"] == "2021-03-03"
    assert set(document) == {"id", "path", "title", "publisher", "published", "url", "encoding", "text"}
