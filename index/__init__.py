"""Articles in, a searchable index out: reading, cleaning, sentences, passages, vectors, BM25, fusion."""
