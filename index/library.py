"""An index that is open for questions."""

import re
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from index.contract import SearchResult, Summary
from index.database import not_indexed
from index.encoder import Encoder, Vectors, encoder_for
from index.errors import MENDED_BY, IndexDamagedError
from index.fusion import FusionSettings
from index.generation import lexical_folder, vectors_file
from index.lexical import LexicalIndex
from index.merging import Fetched, Found, chosen
from index.passage_days import PassageDays
from index.passages import joined
from index.records import Article, CatalogueEntry, Hit, Passage, Sentence
from index.shares import WHOLE, read_share
from index.spelling import commonest, is_spelled_like, spelling_pattern
from index.statistics import TermStatistics
from index.store import Store, check_format, generation_of
from index.vectors import VectorIndex

# "Variability" has the stem "variabl", "skies" has "sky": without these letters, a stem is the beginning of its words.
_ALTERED_BY_STEMMING = "eily"
_CAPITALISED = re.compile(r"\b[^\W\d_a-z]\w+")
_PASSAGES_WITH_SPELLING = 20


class Index:
    """A read-only view of an index directory that follows its updates.

    All that one call returns comes from one generation of the index. Calls from several threads wait for each other.

    Example:
        >>> import tempfile
        >>> from contextlib import closing
        >>> from index.update import update_index
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     news, place = Path(folder), Path(folder, ".index")
        ...     _ = Path(news, "rain.txt").write_text("Rain fell on Monday, and the fair was called off.")
        ...     _ = update_index(news, place)
        ...     with closing(Index(place, news)) as index:
        ...         result = index.search("When did rain fall?", limit=1)
        >>> [article.text for article in result.articles.values()]
        ['Rain fell on Monday, and the fair was called off.']
    """

    # A shard of a larger index is given the vectors of questions.
    _ENCODES = True

    def __init__(self, folder: Path, base: Path, fusion: FusionSettings | None = None) -> None:
        """Open an index.

        Args:
            folder: The index directory.
            base: The folder that holds the articles, which the stored paths are relative to.
            fusion: How dense and lexical search are weighed.

        Raises:
            IndexNotFoundError: Nothing was indexed there.
            IndexDamagedError: A part is missing or damaged.
            IndexMismatchError: It is of another format.
            ModelError: Its embedding model cannot be used.
        """
        self._folder = folder
        self._fusion = fusion or FusionSettings()
        self._lock = threading.RLock()
        self._store = Store(folder, base)
        self._generation = -1
        self._digest = ""
        try:
            with self._snapshot():
                pass
        except BaseException:
            self._store.close()
            raise

    def close(self) -> None:
        """Close the database."""
        with self._lock:
            self._store.close()

    def counts(self) -> tuple[int, int]:
        """How many articles and passages there are."""
        with self._lock, self._store.reading():
            return self._store.counts()

    def undated(self) -> int:
        """How many articles have no known day of publication."""
        with self._lock, self._store.reading():
            return self._store.undated()

    def highest_term_weight(self) -> float:
        """The inverse document frequency of a term that no passage has."""
        with self._lock:
            return self._lexical.weight_of(0)

    def summary(self) -> Summary:
        """What the index holds, part by part."""
        with self._lock, self._snapshot():
            files = self._store.files()
            articles, passages = self._store.counts()
            meta = self._store.meta()
            # The dumps that every shard reads count in one.
            share = read_share(meta.get("share", str(WHOLE)))
            return Summary(
                model=meta["model"],
                generation=self._generation,
                files=sum(map(share.holds, files)),
                articles=articles,
                passages=passages,
                vectors=len(self._vectors),
                lexical=len(self._lexical),
                skipped=tuple(item for file in files.values() for item in file.skipped),
                search=self._vectors.kind,
                recall=float(meta.get("recall", "1")),
            )

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Encode texts with the index's own model: unit vectors, shape ``(len(texts), dimension)``."""
        with self._lock:
            return self._loaded_encoder().encode(texts)

    def terms(self, text: str) -> list[str]:
        """The terms that lexical search sees in a text: lower case, stemmed, in the order of the text."""
        with self._lock:
            return self._lexical.terms(text)

    def term_weights(self, question: str) -> dict[str, float]:
        """The terms of a question's content words, each with its inverse document frequency over the passages."""
        with self._lock:
            return self._lexical.term_weights(question)

    def mentions(self, words: str) -> bool:
        """Whether each of some words stands in an article, by its stem.

        Where passages and headlines lack it, the whole texts count, with what was dropped as page furniture. In them
        it is looked for by its letters: rather than deny a word that is there, a few that are not are taken for
        mentioned.
        """
        with self._lock, self._snapshot():
            return all(map(self._stands, self.terms(words))) or self._store.texts_hold(words)

    def has(self, word: str) -> bool:
        """Whether each term of a word is a term of a passage or a headline."""
        with self._lock, self._snapshot():
            return all(map(self._lexical.has, self._lexical.terms(word)))

    def spellings(self, name: str) -> list[str]:
        """How the passages spell a name of one word that none of them has as it is: the commonest spelling first.

        Only words with a capital count. There are none for a name that is there, and for one too short to tell.
        """
        with self._lock, self._snapshot():
            return commonest(self._spelled(name))

    def articles(self) -> list[Article]:
        """Every article, in the order of the files."""
        with self._lock, self._store.reading():
            return list(self._store.all_articles())

    def catalogue(self) -> list[CatalogueEntry]:
        """Every article without its text, in the order of the files."""
        with self._lock, self._store.reading():
            return self._store.catalogue()

    def article(self, identifier: str) -> Article | None:
        """The article with an id, or None where there is none any more."""
        with self._lock, self._store.reading():
            return self._store.article(identifier)

    def sentences(self, article: Article) -> list[Sentence]:
        """The sentences of an article, in the order of the text; none if it was changed in the index since."""
        with self._lock, self._store.reading():
            return self._store.sentences_of(article)

    def kept(self, article: Article) -> list[tuple[int, int]]:
        """The ranges of an article's text that can be quoted; none if it was changed in the index since."""
        return joined(article.text, self.sentences(article))

    def copies(self, sentence: str) -> list[tuple[Article, Sentence]]:
        """Every printing of a sentence, in the order of the files.

        Printings have the same words, or they are copies: an agency's sentence is reprinted with a word put in, or cut
        shorter. They never differ in a number or a name.
        """
        return self.copies_of([sentence])[0]

    def copies_of(self, sentences: Sequence[str]) -> list[list[tuple[Article, Sentence]]]:
        """For each of some sentences every printing, in the order of the files."""
        with self._lock, self._store.reading():
            return [self._store.copies(sentence) for sentence in sentences]

    def origin(self, article: Article) -> str:
        """The smallest id of the articles that share most of their text with this one; its own if none does.

        Articles of one origin are one source: reprints of one text, however many, tell a thing once.
        """
        with self._lock, self._store.reading():
            return self._store.origin(article.id)

    def articles_like(self, reference: str) -> list[Article]:
        """The articles whose id begins with a text, or whose path or file name is that text."""
        with self._lock, self._store.reading():
            return self._store.articles_like(reference)

    def search(self, question: str, limit: int, since: date | None = None, until: date | None = None) -> SearchResult:
        """Find the passages that fit a question best.

        Args:
            question: The question.
            limit: How many passages, at most.
            since: The first day of publication that is searched; undated articles are then left out.
            until: The last one.

        Raises:
            IndexDamagedError: A part of the index is missing or damaged.
        """
        with self._lock, self._snapshot():
            vector = self._loaded_encoder().encode([question])[0]
            hits = self._search(question, vector, limit, since, until)
            return SearchResult(vector, hits, self._articles_of(hit.passage for hit in hits))

    def _stands(self, term: str) -> bool:
        """Whether a term stands in an article, as far as its letters tell."""
        return self._lexical.has(term) or self._store.texts_hold(term.rstrip(_ALTERED_BY_STEMMING))

    def _spelled(self, name: str) -> Counter[str]:
        """The words with a capital that may be a name spelled otherwise, and how often some passages have them."""
        terms = self._lexical.terms(name)
        pattern = spelling_pattern(terms[0]) if len(terms) == 1 and not self._lexical.has(terms[0]) else ""
        numbers = self._lexical.matching(pattern, _PASSAGES_WITH_SPELLING) if pattern else []
        passages = self._store.passages(numbers)
        articles = self._articles_of(passages.values())
        return Counter(
            word
            for passage in passages.values()
            for sentence in passage.sentences
            for word in _CAPITALISED.findall(articles[passage.article].text[sentence.start : sentence.end])
            if re.fullmatch(pattern, "".join(self._lexical.terms(word))) and is_spelled_like(name, word)
        )

    def _articles_of(self, passages: Iterable[Passage]) -> dict[int, Article]:
        """The articles of some passages, by row."""
        rows = {passage.article for passage in passages}
        articles = self._store.articles(sorted(rows))
        if len(articles) < len(rows):
            raise IndexDamagedError("The index cannot be used", "a passage has no article", MENDED_BY)
        return articles

    def _search(
        self, question: str, vector: Vectors, limit: int, since: date | None, until: date | None
    ) -> tuple[Hit, ...]:
        found = self._found(question, vector, max(self._fusion.depth, limit), since, until)
        return chosen(found, limit, self._fusion.dense, self._fetched)

    def _found(
        self,
        question: str,
        vector: Vectors,
        depth: int,
        since: date | None,
        until: date | None,
        among: TermStatistics | None = None,
    ) -> Found:
        """What each of the two searches finds."""
        between = None if since is None and until is None else self._passage_days().between(since, until)
        if between is not None and not len(between):
            return Found([], [], {})
        lexical = self._lexical.search(question, depth, self._fusion.title_boost, since, until, among)
        dense = self._vectors.search(vector, depth, between)
        reached = dict(dense)
        unreached = [number for number, _ in lexical if number not in reached]
        return Found(dense, lexical, dict(zip(unreached, self._vectors.cosines(vector, unreached), strict=True)))

    def _fetched(self, numbers: Sequence[int]) -> dict[int, Fetched]:
        """Some passages, with what tells reprints."""
        passages = self._store.passages(numbers)
        return {
            number: Fetched(passage, frozenset(self._store.fingerprints(number)))
            for number, passage in passages.items()
        }

    @contextmanager
    def _snapshot(self) -> Iterator[None]:
        """One state of the database, with the search indexes of the generation that it names."""
        failed = None
        while True:
            with self._store.reading():
                meta = self._store.meta()
                if "generation" not in meta:
                    raise not_indexed(self._folder)
                check_format(meta)
                try:
                    self._follow(meta)
                except (FileNotFoundError, IndexDamagedError) as error:
                    if meta["generation"] == failed:
                        raise _damaged(error) from error
                    # An update may have ended meanwhile and removed these files: the next snapshot then names others.
                    failed = meta["generation"]
                    continue
                yield
                return

    def _follow(self, meta: dict[str, str]) -> None:
        """Open the generation that the database names, if it is not the one that is open."""
        generation = generation_of(meta)
        if generation == self._generation:
            return
        if not {"model", "digest"} <= meta.keys():
            raise IndexDamagedError("The index cannot be used", "it does not tell its model", MENDED_BY)
        passages, written = self._store.counts()[1], self._store.file_checksums()
        with ThreadPoolExecutor(1) as beside:
            # Loading a network takes as long as opening both search indexes, and leaves Python to them meanwhile.
            loading = beside.submit(self._encoder_of, meta)
            vectors = VectorIndex.load(vectors_file(self._folder, generation), passages)
            lexical = LexicalIndex.load(lexical_folder(self._folder, generation), passages, written)
            encoder = loading.result()
        if encoder is not None and vectors.dimension != encoder.dimension:
            raise IndexDamagedError("The vectors cannot be used", "they are of another model", MENDED_BY)
        self._encoder: Encoder | None = encoder
        self._digest, self._generation = meta["digest"], generation
        self._vectors, self._lexical = vectors, lexical
        self._days: PassageDays | None = None

    def _passage_days(self) -> PassageDays:
        self._days = self._days or PassageDays(self._store.days_of_passages())
        return self._days

    def _loaded_encoder(self) -> Encoder:
        assert self._encoder is not None
        return self._encoder

    def _encoder_of(self, meta: dict[str, str]) -> Encoder | None:
        if not self._ENCODES:
            return None
        return self._encoder if meta["digest"] == self._digest else encoder_for(meta["model"], meta["digest"])


def _damaged(error: FileNotFoundError | IndexDamagedError) -> IndexDamagedError:
    if isinstance(error, IndexDamagedError):
        return error
    why = f"{Path(str(error)).name} is not there"
    return IndexDamagedError("The index cannot be used", why, MENDED_BY)
