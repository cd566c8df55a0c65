import random
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from contextlib import closing
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.origins import SENTENCES_COMPARED, group_by_origin, update_origins
from index.records import Article, Sentence
from index.store import Store

# Each is long enough to have a sketch; {} stands for a number.
PARTS = (
    "The flood shut {} schools in the old town of Oslen on Monday morning.",
    "Engineer Tomas Veld said that the stone bridge over the Linden was safe.",
    "Two barn owls have nested in the bell tower of the church beside it.",
    "The weekly cheese market moved to the town hall in Bramford because of the rain.",
    "A ticket for the ferry across the river will cost {} crowns from next week.",
    "The harbour master counted swans at the quay until it was too dark to see.",
)
SHORT = "It rained for {} days."


def text_of(parts: list[tuple[int, int]], rain: int = 4) -> str:
    return "\n".join([*(PARTS[part].format(number) for part, number in parts), SHORT.format(rain)])


def add(store: Store, name: str, text: str) -> int:
    article = Article(name, "", "", "", None, "", text, "utf-8")
    lines = text.split("\n")
    ends = [sum(len(line) + 1 for line in lines[: place + 1]) - 1 for place in range(len(lines))]
    sentences = [Sentence(end - len(line), end) for line, end in zip(lines, ends, strict=True)]
    return store.add_article(f"{name}.txt", article, sentences, [range(len(sentences))])[0].article


def update(store: Store, articles: Mapping[str, str], gone: AbstractSet[str] = frozenset()) -> None:
    """Bring a store up to date as an update of an index does."""
    for name in gone | articles.keys():
        store.remove_file(f"{name}.txt")
    update_origins(store, [add(store, name, text) for name, text in articles.items()], lambda _done, _total: None)


def told(store: Store) -> tuple[object, ...]:
    """All that a store tells of copies, by the ids of articles."""
    articles = list(store.all_articles())
    sentences = sorted({line for article in articles for line in article.text.split("\n")})
    return (
        {article.id: store.origin(article.id) for article in articles},
        {line: [(article.id, place) for article, place in store.copies(line)] for line in sentences},
    )


@pytest.fixture
def store(tmp_path):
    with closing(Store.create(tmp_path, Path("/news"))) as opened, opened.writing():
        opened.make_tables()
        yield opened


def origins(store: Store, **articles: str) -> dict[str, str]:
    update(store, articles)
    return {name: store.origin(name) for name in articles}


ALL = [(part, 12) for part in range(6)]


class TestOneOrigin:
    def test_reprints_with_other_headlines_and_cuts_are_of_one_origin_named_by_the_smallest_id(self, store):
        found = origins(
            store,
            c=text_of(ALL),
            b="Other words stand above the very same text in this paper\n" + text_of(ALL),
            a=text_of(ALL[:4]),
            d=text_of(ALL).replace("The flood", "OSLEN (AP) — The flood"),
        )
        assert set(found.values()) == {"a"}

    def test_articles_that_share_only_a_paragraph_are_not(self, store):
        assert origins(store, a=text_of(ALL[:4]), b=text_of(ALL[3:])) == {"a": "a", "b": "b"}

    @pytest.mark.parametrize("later", [text_of([(0, 14), *ALL[1:]]), text_of(ALL, rain=5)])
    def test_articles_that_differ_in_a_number_are_not(self, store, later):
        assert origins(store, a=text_of(ALL), b=later) == {"a": "a", "b": "b"}

    def test_neither_are_they_by_way_of_a_third_that_lacks_the_number(self, store):
        found = origins(store, a=text_of(ALL[1:]), b=text_of(ALL), c=text_of([(0, 14), *ALL[1:]]))
        assert found["b"] != found["c"]

    def test_an_article_alone_is_its_own_origin(self, store):
        assert origins(store, a=text_of(ALL)) == {"a": "a"}
        assert store.origin("not there") == "not there"


class TestHostileInput:
    def test_long_articles_of_much_the_same_lines_are_compared_in_part(self, store):
        lines = [PARTS[0].format(number) for number in range(3 * SENTENCES_COMPARED)]
        assert set(origins(store, a="\n".join(lines), b="\n".join(lines)).values()) == {"a"}

    def test_a_megabyte_without_a_space_and_text_without_words_are_of_no_origin(self, store):
        found = origins(store, a="x" * 1_000_000, b="x" * 1_000_000, c="…", d="…", e="#" * 9, f="\x00" * 9)
        assert all(name == origin for name, origin in found.items())


parts = st.lists(st.tuples(st.sampled_from(range(6)), st.sampled_from([12, 14])), min_size=1, max_size=6)
articles = st.dictionaries(st.sampled_from("abcdefg"), st.builds(text_of, parts, st.sampled_from([4, 5])), max_size=6)


@settings(max_examples=25)
@given(articles, articles, st.sets(st.sampled_from("abcdefg")), st.randoms(use_true_random=False))
def test_a_store_brought_up_to_date_tells_the_same_as_one_made_anew_in_any_order(
    tmp_path_factory, before: dict[str, str], changed: dict[str, str], gone: set[str], chance: random.Random
):
    after = {name: text for name, text in before.items() if name not in gone} | changed
    shuffled = dict(chance.sample(sorted(after.items()), len(after)))
    results = []
    for steps in ([(before, set()), (changed, gone)], [(shuffled, set())]):
        folder = tmp_path_factory.mktemp("store")
        with closing(Store.create(folder, Path("/news"))) as store, store.writing():
            store.make_tables()
            for added, removed in steps:
                update(store, added, removed)
            results.append(told(store))
    assert results[0] == results[1]


@given(
    st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")).filter(lambda link: link[0] != link[1]))
)
def test_in_a_group_each_is_linked_to_each_and_the_order_of_links_does_not_matter(links):
    groups = group_by_origin(links)
    linked = {frozenset(link) for link in links}
    for one, other in combinations(sorted(groups), 2):
        assert groups[one] != groups[other] or frozenset((one, other)) in linked
    for name, origin in groups.items():
        assert groups[origin] == origin <= name
    assert group_by_origin([(other, one) for one, other in reversed(links)]) == groups


@settings(max_examples=40)
@given(
    st.lists(st.lists(st.tuples(st.integers(0, 5), st.integers(1, 2)), min_size=1, max_size=6), min_size=2, max_size=7)
)
def test_leaving_out_what_is_printed_everywhere_changes_no_link(tmp_path_factory, articles):
    texts = {f"{number:02}": text_of(parts) for number, parts in enumerate(articles)}
    found = []
    for common in (2, 3, 1_000):
        folder = tmp_path_factory.mktemp("store")
        with (
            pytest.MonkeyPatch.context() as patch,
            closing(Store.create(folder, Path("/news"))) as store,
            store.writing(),
        ):
            patch.setattr("index.origins.COMMON", common)
            store.make_tables()
            update(store, texts)
            found.append(sorted(store.links()))
    assert found[0] == found[1] == found[2]


@pytest.mark.timeout(60)
def test_a_sentence_that_every_newspaper_article_ends_with_links_none_of_them(store):
    chance = random.Random(1)
    own = [
        " ".join("".join(chance.choices("abcdefgh", k=7)) for _ in range(12)).capitalize() + "." for _ in range(1_200)
    ]
    footer = "The Oslen Gazette is printed in Bramford and read by all who live on the Linden."
    texts = {f"{number:03}": "\n".join([*own[4 * number : 4 * number + 4], footer]) for number in range(300)}
    update(store, texts)
    assert not list(store.links())
    assert len(store.copies(footer)) == 300
