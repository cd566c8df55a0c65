"""Count the copies among some articles, and show pairs of them for checking by hand.

    python benchmarks/near_copies.py DIR
    python benchmarks/near_copies.py DIR --pairs 50 --seed 7

It needs no embedding model: articles are read, cleaned and split as for an index, compared, and counted. Counts go to
standard output, and so do the pairs: each two sentences that were found to be copies though their words differ, and
the paths of each two articles of one origin. Beside them stand the pairs that share their words but differ in a
number, which were kept apart.
"""

import argparse
import random
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from index.cleaning import clean
from index.copies import differ_in_number, is_copy, wording_of
from index.database import DATABASE
from index.discover import discover, read_file
from index.origins import SENTENCES_COMPARED, group_by_origin, update_origins
from index.parse import parse_bytes
from index.records import Skipped
from index.repeats import same_words
from index.sentences import split_sentences
from index.store import Store

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sentences of two articles that were compared.

    Attributes:
        one: The row and the position of the first.
        other: Those of the second.
        texts: Both, word for word.
        copied: Whether they are copies; if not, they differ in a number.
    """

    one: Place
    other: Place
    texts: tuple[str, str]
    copied: bool


def main() -> None:
    """Read the articles, find copies, and print what was found."""
    parser = argparse.ArgumentParser(description="Count the copies among some articles.")
    parser.add_argument("articles", type=Path, help="a folder of articles")
    parser.add_argument("--pairs", type=int, default=0, help="show so many pairs of each kind")
    parser.add_argument("--seed", type=int, default=0, help="the seed of what is drawn")
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        with closing(Store.create(Path(folder), options.articles)) as store, store.writing():
            store.make_tables()
            sentences = fill(store, options.articles)
        before = Path(folder, DATABASE).stat().st_size
        with closing(Store.create(Path(folder), options.articles)) as store, store.writing():
            started = time.process_time()
            update_origins(store, store.rows(), lambda _done, _total: None)
            spent = time.process_time() - started
        added = Path(folder, DATABASE).stat().st_size - before
        with closing(Store(Path(folder), options.articles)) as store, store.reading():
            pairs = list(compared(store))
            tell(store, pairs)
            print(f"{spent / sentences * 1e6:.0f} µs of one core and {added / sentences:.0f} bytes a sentence")
            show(store, pairs, options.pairs, random.Random(options.seed))


def fill(store: Store, articles: Path) -> int:
    """Add the articles and their sentences to a store; returns how many sentences there are."""
    total = 0
    for file in discover(articles)[0]:
        for article in parse_bytes(file, read_file(file)):
            if isinstance(article, Skipped):
                continue
            sentences = split_sentences(article.text, clean(article.text, article.title).spans)
            store.add_article(file.relative, article, sentences, [])
            total += len(sentences)
    return total


def compared(store: Store) -> Iterator[Pair]:
    """Each two sentences of two articles that are copies, or that differ in a number alone."""
    for row in store.rows():
        ours = store.sentences(row)[:SENTENCES_COMPARED]
        for here, other, there in store.sharing_bands(row):
            texts = ours[here], store.sentences(other)[there]
            one, two = map(wording_of, texts)
            copied = is_copy(one, two)
            if copied or differ_in_number(one, two):
                yield Pair((row, here), (other, there), texts, copied)


def tell(store: Store, pairs: list[Pair]) -> None:
    """Print how many groups of sentences and of articles there are."""
    copies = [pair for pair in pairs if pair.copied]
    exact = [pair for pair in copies if is_exact(pair)]
    print(f"{store.counts()[0]} articles, {sum(len(store.sentences(row)) for row in store.rows())} sentences")
    print(f"{len(copies)} pairs of copies, {len(exact)} of them of the same words")
    print(f"{groups((pair.one, pair.other) for pair in copies)} groups of sentences")
    print(f"{groups((pair.one, pair.other) for pair in exact)} groups of sentences of the same words")
    print(f"{len(pairs) - len(copies)} pairs of sentences of much the same words that differ in a number")
    sizes = Counter(group_by_origin(store.links()).values())
    shared = [size for size in sizes.values() if size > 1]
    print(f"{len(shared)} groups of articles of one origin, with {sum(shared)} articles; {len(store.links())} pairs")


def groups(pairs: Iterable[tuple[Place, Place]]) -> int:
    """How many groups some pairs make."""
    home: dict[Place, Place] = {}

    def root(place: Place) -> Place:
        while home.setdefault(place, place) != place:
            place = home[place]
        return place

    for one, other in pairs:
        home[root(one)] = root(other)
    return sum(place == above for place, above in home.items())


def is_exact(pair: Pair) -> bool:
    """Whether two sentences have the same words."""
    return same_words(pair.texts[0]) == same_words(pair.texts[1])


def show(store: Store, pairs: list[Pair], limit: int, chance: random.Random) -> None:
    """Print pairs of each kind, drawn at random; what is printed alike more than once is one pair."""
    kinds = {
        "Copies of other words": [pair for pair in pairs if pair.copied and not is_exact(pair)],
        "Of the same words": [pair for pair in pairs if pair.copied and is_exact(pair)],
        "Kept apart by a number": [pair for pair in pairs if not pair.copied],
    }
    for kind, found in kinds.items():
        texts = sorted({tuple(sorted(pair.texts)) for pair in found})
        for one, other in chance.sample(texts, min(limit, len(texts))):
            print(f"\n{kind}:\n  {' '.join(one.split())}\n  {' '.join(other.split())}")
    articles = {article.id: article for article in store.all_articles()}
    links = sorted(store.links())
    for one, other in chance.sample(links, min(limit, len(links))):
        print("\nOf one origin:", *(f"\n  {articles[name].path}" for name in (one, other)))


if __name__ == "__main__":
    main()
