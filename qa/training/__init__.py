"""Training of the span reader: rows, negatives, batches, the network, the loop, and its export to ONNX.

Nothing here is imported to ask a question; only ``network``, ``loop`` and ``export`` import torch.
"""
