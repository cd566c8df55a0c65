"""Articles in, a searchable index out: reading, cleaning, sentences, passages, vectors, BM25, fusion."""

import os

# ONNX Runtime would number this machine, and send its maker what it runs on. It asks once, when it is first imported.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
