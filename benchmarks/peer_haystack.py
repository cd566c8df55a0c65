"""Haystack, as ``peers.py`` runs it: BM25 and embeddings, joined by reciprocal ranks, and its extractive reader.

All components have the settings of the documentation, except that the reader reads seven passages, as pullquote's does,
and gives ten answers. It refuses where its answer "no answer" comes first.

The reader gives the network no token types, so that a BERT model takes the passage for a part of the question. With
PEER_TOKEN_TYPES=1 they are put in, which no option of Haystack does.
"""

import os
from pathlib import Path
from typing import Any

from haystack import Document, Pipeline
from haystack.components.joiners import DocumentJoiner
from haystack.components.retrievers.in_memory import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
from haystack.document_stores.in_memory import InMemoryDocumentStore
from haystack_integrations.components.embedders.sentence_transformers import (
    SentenceTransformersDocumentEmbedder,
    SentenceTransformersTextEmbedder,
)
from haystack_integrations.components.readers.transformers import TransformersExtractiveReader
from peer_worker import Answerer, Found, Reply, distinct, read_passages, run

READ = 7
ANSWERS = 10
FILE = "haystack.json"


def build(work: Path) -> None:
    """Embed the passages and save the store."""
    documents = [Document(id=str(each.id), content=each.text) for each in read_passages(work).values()]
    embedder = SentenceTransformersDocumentEmbedder(model=os.environ["PEER_ENCODER"], progress_bar=False)
    embedder.warm_up()
    store = InMemoryDocumentStore(embedding_similarity_function="cosine")
    store.write_documents(embedder.run(documents)["documents"])
    store.save_to_disk(str(work / FILE))


def open_index(work: Path) -> Answerer:
    """Load the store, and make the pipeline."""
    store = InMemoryDocumentStore.load_from_disk(str(work / FILE))
    reader = TransformersExtractiveReader(model=os.environ["PEER_READER"], top_k=ANSWERS)
    reader.warm_up()
    if os.environ.get("PEER_TOKEN_TYPES"):
        reader.model.register_forward_pre_hook(_with_token_types, with_kwargs=True)
    pipeline = Pipeline()
    embedder = SentenceTransformersTextEmbedder(model=os.environ["PEER_ENCODER"], progress_bar=False)
    pipeline.add_component("embedder", embedder)
    pipeline.add_component("dense", InMemoryEmbeddingRetriever(store))
    pipeline.add_component("bm25", InMemoryBM25Retriever(store))
    pipeline.add_component("joiner", DocumentJoiner("reciprocal_rank_fusion", top_k=READ))
    pipeline.add_component("reader", reader)
    pipeline.connect("embedder.embedding", "dense.query_embedding")
    pipeline.connect("dense", "joiner")
    pipeline.connect("bm25", "joiner")
    pipeline.connect("joiner", "reader")
    passages = read_passages(work)

    def answer(question: str) -> Reply:
        inputs = {"embedder": {"text": question}, "bm25": {"query": question}, "reader": {"query": question}}
        answers = pipeline.run(inputs)["reader"]["answers"]
        spans = [
            (passages[int(each.document.id)], each.document_offset.start, each.document_offset.end)
            for each in answers
            if each.data is not None
        ]
        quotes = [Found(passage.quote(start, end), passage.text[start:end]) for passage, start, end in spans]
        return Reply(distinct(quotes), refused=not answers or answers[0].data is None)

    return answer


def _with_token_types(_: Any, positional: tuple, named: dict[str, Any]) -> tuple[tuple, dict[str, Any]]:
    """Everything after the first separator is of the second type."""
    ids, mask = named["input_ids"], named["attention_mask"]
    separators = (ids == 102).long()
    types = ((separators.cumsum(1) - separators) > 0).long() * mask
    return positional, {**named, "token_type_ids": types}


if __name__ == "__main__":
    run(build, open_index)
