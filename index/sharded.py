"""An index of several shards that is open for questions: asks all of them, and answers as one index would."""

import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Concatenate

from index.contract import SearchResult, Summary
from index.encoder import Encoder, Vectors, encoder_for
from index.errors import IndexNotFoundError, PullquoteError
from index.fan_out import FanOut, Replies, most_common
from index.fusion import FusionSettings
from index.layout import shard_folder
from index.merging import Fetched, Found, chosen, merged
from index.origin_store import OriginStore
from index.passages import joined
from index.records import Article, CatalogueEntry, Hit, Sentence
from index.shard import Facts, P, Shard, ShardHandle, T
from index.spelling import commonest
from index.statistics import TermStatistics, together
from index.terms import Terms


@dataclass(frozen=True, slots=True)
class _State:
    """What the shards told of themselves when they were last asked.

    Attributes:
        facts: What each shard told that answered and has the same model as most.
        statistics: How often the terms that were asked for occur in all of these.
        failed: Why the other shards cannot be searched.
    """

    facts: Mapping[int, Facts]
    statistics: TermStatistics
    failed: Mapping[int, PullquoteError]


class ShardedIndex:
    """A read-only view of the shards of an index that follows their updates.

    The question is encoded once. Each shard gives what its two searches find, weighed by how often the words occur in
    all shards; the best of all together are fused and chosen as in one index. Passages and articles go by numbers that
    are unique over all shards.

    A shard that cannot answer is left out, and ``search`` tells it in its notes. What would have to be looked for there
    counts as mentioned.

    Example:
        >>> import tempfile
        >>> from index.shard import Place, ThreadHandle
        >>> from index.sharding import update_shards
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     news, place = Path(folder), Path(folder, ".index")
        ...     _ = Path(news, "rain.txt").write_text("Rain fell on Monday, and the fair was called off.")
        ...     _ = update_shards(news, place, shards=2)
        ...     shards = [Place(place / f"shard-{number}-of-2", news, FusionSettings()) for number in (0, 1)]
        ...     with closing(ShardedIndex(place, map(ThreadHandle, shards))) as index:
        ...         result = index.search("When did rain fall?", limit=1)
        >>> [article.text for article in result.articles.values()]
        ['Rain fell on Monday, and the fair was called off.']
    """

    def __init__(
        self,
        folder: Path,
        handles: Iterable[ShardHandle],
        fusion: FusionSettings | None = None,
        release: Callable[[], None] | None = None,
    ) -> None:
        """Open the shards of an index.

        Args:
            folder: The index directory that holds them.
            handles: One for each shard, in order; they are closed with the index.
            fusion: How dense and lexical search are weighed; as the shards were told.
            release: Called when the index has been closed.

        Raises:
            IndexStateError: No shard can be searched.
            ModelError: Their embedding model cannot be used.
        """
        self._folder = folder
        self._fusion = fusion or FusionSettings()
        self._shards = FanOut(list(handles))
        self._release = release
        self._lock = threading.RLock()
        self.terms = Terms()
        self._digest = ""
        try:
            self._state = self._agreed(self._shards.ask(Shard.facts, ()))
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let go of all shards."""
        try:
            self._shards.close()
        finally:
            if self._release is not None:
                self._release()

    def counts(self) -> tuple[int, int]:
        """How many articles and passages there are in the shards that answer."""
        counts = list(self._ask(Shard.counts))
        return sum(articles for articles, _ in counts), sum(passages for _, passages in counts)

    def undated(self) -> int:
        """How many articles have no known day of publication."""
        return sum(self._ask(Shard.undated))

    def highest_term_weight(self) -> float:
        """The inverse document frequency of a term that no passage has."""
        return TermStatistics(self._state.statistics.passages, {}).weight("body", "")

    def summary(self) -> Summary:
        """What the shards that answer hold together; the generation is that of the one that was written most often."""
        replies = self.parts()
        if not replies.found:
            raise next(iter(replies.failed.values()))
        parts = list(replies.found.values())
        return Summary(
            model=most_common(part.model for part in parts),
            generation=max(part.generation for part in parts),
            files=sum(part.files for part in parts),
            articles=sum(part.articles for part in parts),
            passages=sum(part.passages for part in parts),
            vectors=sum(part.vectors for part in parts),
            lexical=sum(part.lexical for part in parts),
            skipped=tuple(item for part in parts for item in part.skipped),
            search=most_common(part.search for part in parts),
            recall=min(part.recall for part in parts),
        )

    def parts(self) -> Replies[Summary]:
        """What each shard holds, or why it cannot be read."""
        return self._shards.ask(Shard.summary)

    def __len__(self) -> int:
        """How many shards there are."""
        return len(self._shards)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Encode texts with the model of the shards: unit vectors, shape ``(len(texts), dimension)``."""
        return self._encoder.encode(texts)

    def term_weights(self, question: str) -> dict[str, float]:
        """The terms of a question's content words, each with its inverse document frequency over all passages."""
        terms = self.terms.of_question(question)
        with self._lock:
            statistics = self._state.statistics
            if not all(("body", term) in statistics.frequencies for term in terms):
                statistics = self._agreed(self._shards.ask(Shard.facts, tuple(terms))).statistics
        return {term: statistics.weight("body", term) for term in terms}

    def mentions(self, words: str) -> bool:
        """Whether each of some words stands in an article of any shard, by its stem; True if a shard cannot tell."""
        terms = self.terms(words)
        replies = self._shards.ask(Shard.standing, terms, words)
        if replies.failed or any(holds for _, holds in replies.found.values()):
            return True
        return all(any(column) for column in zip(*(each for each, _ in replies.found.values()), strict=True))

    def has(self, word: str) -> bool:
        """Whether each term of a word is a term of a passage or a headline; True if a shard cannot tell."""
        replies = self._shards.ask(Shard.having, self.terms(word))
        return bool(replies.failed) or all(any(column) for column in zip(*replies.found.values(), strict=True))

    def spellings(self, name: str) -> list[str]:
        """How the passages spell a name of one word that none of them has as it is: the commonest spelling first."""
        if self.has(name):
            return []
        words: dict[str, int] = defaultdict(int)
        for part in self._ask(Shard.spelled, name):
            for word, count in part.items():
                words[word] += count
        return commonest(words)

    def articles(self) -> list[Article]:
        """Every article, in the order of the files."""
        return _in_order_of_files(article for part in self._ask(Shard.articles) for article in part)

    def catalogue(self) -> list[CatalogueEntry]:
        """Every article without its text, in the order of the files."""
        entries = (entry for part in self._ask(Shard.catalogue) for entry in part)
        return sorted(entries, key=lambda entry: entry.path)

    def article(self, identifier: str) -> Article | None:
        """The article with an id, or None where there is none any more."""
        return next((found for found in self._ask(Shard.article, identifier) if found is not None), None)

    def sentences(self, article: Article) -> list[Sentence]:
        """The sentences of an article, in the order of the text; none if it was changed in the index since."""
        return next((found for found in self._ask(Shard.sentences, article) if found), [])

    def kept(self, article: Article) -> list[tuple[int, int]]:
        """The ranges of an article's text that can be quoted; none if it was changed in the index since."""
        return joined(article.text, self.sentences(article))

    def copies(self, sentence: str) -> list[tuple[Article, Sentence]]:
        """Every printing of a sentence and every copy of it in any shard, in the order of the files."""
        return self.copies_of([sentence])[0]

    def copies_of(self, sentences: Sequence[str]) -> list[list[tuple[Article, Sentence]]]:
        """For each of some sentences every printing and every copy of it, in the order of the files."""
        # Imported here: only what is quoted is sketched.
        from index.copies import wording_of
        from index.sketches import sketch

        sketched = list(zip(sentences, sketch(map(wording_of, sentences)), strict=True))
        places: list[list[tuple[Article, Sentence]]] = [[] for _ in sentences]
        for part in self._ask(Shard.copies_by_sketch, sketched):
            for own, found in zip(places, part, strict=True):
                own.extend(found)
        return [sorted(own, key=lambda place: place[0].path) for own in places]

    def origin(self, article: Article) -> str:
        """The smallest id of the articles that share most of their text with this one; its own if none does.

        Where the shards have changed since they were compared with each other, only the article's own shard counts.
        """
        generations = {number: facts.generation for number, facts in self._state.facts.items()}
        try:
            with closing(OriginStore(shard_folder(self._folder, 0, len(self._shards)))) as origins, origins.reading():
                compared = dict(enumerate(origins.numbers("generations")))
                if generations.items() <= compared.items():
                    return origins.origin(article.id)
        except IndexNotFoundError:
            pass
        return min(self._ask(Shard.origin, article), default=article.id)

    def articles_like(self, reference: str) -> list[Article]:
        """The articles whose id begins with a text, or whose path or file name is that text."""
        return _in_order_of_files(article for part in self._ask(Shard.articles_like, reference) for article in part)

    def search(self, question: str, limit: int, since: date | None = None, until: date | None = None) -> SearchResult:
        """Find the passages that fit a question best.

        Args:
            question: The question.
            limit: How many passages, at most.
            since: The first day of publication that is searched; undated articles are then left out.
            until: The last one.

        Raises:
            IndexStateError: No shard can be searched.
            ModelError: The embedding model of the shards cannot be used.
        """
        with self._lock:
            digest = self._digest
            calls = self._shards.begin(Shard.facts, tuple(self.terms.of_question(question)))
            vector = self.encode([question])[0]
            self._state = state = self._agreed(self._shards.collect(calls))
            if digest != self._digest:
                vector = self.encode([question])[0]
            depth = max(self._fusion.depth, limit)
            replies = self._shards.ask(
                Shard.find, question, vector, self._digest, depth, (since, until), state.statistics
            )
            # A worker that was replaced meanwhile has answered after all.
            unasked = {number: error for number, error in state.failed.items() if number not in replies.found}
            failed = unasked | replies.failed
            parts = [self._numbered(number, part) for number, part in sorted(replies.found.items())]
            articles: dict[int, Article] = {}

            def fetch(numbers: Sequence[int]) -> dict[int, Fetched]:
                fetched, missing = self._fetched(numbers, articles)
                failed.update(missing)
                return fetched

            hits = chosen(merged(parts, depth), limit, self._fusion.dense, fetch)
            return SearchResult(vector, hits, _of_hits(hits, articles), self._notes(failed))

    def _ask(self, method: Callable[Concatenate[Shard, P], T], *arguments: P.args, **named: P.kwargs) -> Iterable[T]:
        """What the shards answer that can, in their order."""
        return self._shards.ask(method, *arguments, **named).found.values()

    def _agreed(self, replies: Replies[Facts]) -> _State:
        """What the shards tell together; the model that most of them have is loaded."""
        if not replies.found:
            raise next(iter(replies.failed.values()))
        digest = most_common(facts.digest for facts in replies.found.values())
        alike = {number: facts for number, facts in replies.found.items() if facts.digest == digest}
        if digest != self._digest:
            self._encoder: Encoder = encoder_for(next(iter(alike.values())).model, digest)
            self._digest = digest
        return _State(alike, together(facts.statistics for facts in alike.values()), replies.failed)

    def _numbered(self, shard: int, found: Found) -> Found:
        """What a shard found, under numbers that are unique over all shards."""
        return Found(
            [(self._number(shard, passage), score) for passage, score in found.dense],
            [(self._number(shard, passage), score) for passage, score in found.lexical],
            {self._number(shard, passage): score for passage, score in found.cosines.items()},
        )

    def _number(self, shard: int, number: int) -> int:
        # Shards fill alike, so that the order is nearly that of one index over all articles.
        return number * len(self._shards) + shard

    def _fetched(
        self, numbers: Sequence[int], articles: dict[int, Article]
    ) -> tuple[dict[int, Fetched], dict[int, PullquoteError]]:
        """Some passages by their unique numbers, and which shards cannot give theirs; articles are added to a dict."""
        wanted: dict[int, list[int]] = defaultdict(list)
        for number in numbers:
            own, shard = divmod(number, len(self._shards))
            wanted[shard].append(own)
        replies = self._shards.collect(self._shards.begin_each(Shard.fetch, wanted))
        fetched = {}
        for shard, (passages, own_articles) in replies.found.items():
            for item in passages.values():
                row = self._number(shard, item.passage.article)
                passage = replace(item.passage, id=self._number(shard, item.passage.id), article=row)
                fetched[passage.id] = replace(item, passage=passage)
            articles |= {self._number(shard, row): article for row, article in own_articles.items()}
        return fetched, replies.failed

    def _notes(self, failed: Mapping[int, PullquoteError]) -> tuple[str, ...]:
        return tuple(
            f"Shard {shard + 1} of {len(self._shards)} could not be searched ({error.why}); its articles are left out."
            for shard, error in sorted(failed.items())
        )


def _in_order_of_files(articles: Iterable[Article]) -> list[Article]:
    return sorted(articles, key=lambda article: article.path)


def _of_hits(hits: Iterable[Hit], articles: Mapping[int, Article]) -> dict[int, Article]:
    rows = {hit.passage.article for hit in hits}
    return {row: articles[row] for row in sorted(rows)}
