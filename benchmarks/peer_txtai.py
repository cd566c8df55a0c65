"""txtai, as ``peers.py`` runs it: a hybrid index with content, and its RAG pipeline with an extractive reader.

As its documentation has it: ``Embeddings(hybrid=True, content=True)``, and ``RAG(embeddings, path)``, which joins the
three best passages and has its Questions pipeline find the answer in them. That gives one answer a question, and none
where the reader's probability is below 0.05, which is how txtai refuses.

Where the reader finds that the passages do not answer, which BERT tells by pointing at ``[CLS]``, the Questions
pipeline of txtai 9.14 raises a TypeError. That counts as a refusal here.
"""

import os
from pathlib import Path

from peer_worker import Answerer, Found, Passage, Reply, read_passages, run
from txtai import RAG, Embeddings


class Remembering:
    """An index that remembers what it found last, so that an answer can be traced to its passage."""

    def __init__(self, embeddings: Embeddings) -> None:
        """Take the index."""
        self.embeddings = embeddings
        self.found: list[dict] = []

    def batchsearch(self, queries: list[str], limit: int) -> list[list[dict]]:
        """Search, as RAG asks for it."""
        results = self.embeddings.batchsearch(queries, limit)
        self.found = results[0]
        return results


def build(work: Path) -> None:
    """Index and save the passages."""
    embeddings = Embeddings(path=os.environ["PEER_ENCODER"], hybrid=True, content=True)
    embeddings.index((str(each.id), each.text, None) for each in read_passages(work).values())
    embeddings.save(str(work / "txtai"))


def open_index(work: Path) -> Answerer:
    """Open the index and the reader."""
    embeddings = Embeddings()
    embeddings.load(str(work / "txtai"))
    index = Remembering(embeddings)
    pipeline = RAG(index, os.environ["PEER_READER"], output="flatten", context=int(os.environ.get("PEER_CONTEXT", "3")))
    passages = read_passages(work)

    def answer(question: str) -> Reply:
        try:
            span = pipeline(question)
        except TypeError:
            return Reply((), refused=True, failed=True)
        return Reply(_traced(span, [passages[int(each["id"])] for each in index.found]), refused=not span)

    return answer


def _traced(span: str | None, found: list[Passage]) -> tuple[Found, ...]:
    """The quote around a span, in the first passage that holds it."""
    for passage in found:
        start = passage.text.find(span) if span else -1
        if start >= 0:
            return (Found(passage.quote(start, start + len(span)), span),)
    return (Found(span, span),) if span else ()


if __name__ == "__main__":
    run(build, open_index)
