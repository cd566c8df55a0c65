"""The network: a BERT encoder over a question and a passage, with the logits of a span's first and last token."""

from pathlib import Path
from typing import Any

import torch
from torch.nn import functional
from transformers import BertModel

from qa.training.batches import Batch


class SpanNetwork(torch.nn.Module):
    """A cross-encoder with a span head; the place of ``[CLS]`` stands for "not in this passage".

    The word embeddings stay as they are: most of them are never seen in training. There is no dropout: one or two
    passes over the data overfit little, and it would cost 40% of the speed on a CPU.
    """

    def __init__(self, folder: Path) -> None:
        """Start from an encoder.

        Args:
            folder: The folder of a BERT model, such as all-MiniLM-L6-v2.
        """
        super().__init__()
        self.encoder = BertModel.from_pretrained(
            folder,
            add_pooling_layer=False,
            attn_implementation="eager",
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
            local_files_only=True,
        )
        self.head = torch.nn.Linear(self.encoder.config.hidden_size, 2)
        torch.nn.init.normal_(self.head.weight, std=0.02)
        torch.nn.init.zeros_(self.head.bias)
        for parameter in self.encoder.embeddings.parameters():
            parameter.requires_grad_(requires_grad=False)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, types: torch.Tensor) -> torch.Tensor:
        """The logits of being the first and the last token, shape ``(passages, tokens, 2)``."""
        hidden = self.encoder(input_ids=ids, attention_mask=mask, token_type_ids=types).last_hidden_state
        logits: torch.Tensor = self.head(hidden).float()
        return logits


def span_loss(logits: torch.Tensor, batch: Batch) -> torch.Tensor:
    """The mean cross-entropy of the first and the last token, over ``[CLS]`` and the passage's tokens.

    The objective of Devlin et al., "BERT" (2019), section 4.3, for SQuAD 2.0.
    """
    allowed = torch.from_numpy(batch.types == 1)
    allowed[:, 0] = True
    masked = logits.masked_fill(~allowed.unsqueeze(-1), -1e4)
    starts, ends = torch.from_numpy(batch.starts), torch.from_numpy(batch.ends)
    first = functional.cross_entropy(masked[..., 0], starts)
    last = functional.cross_entropy(masked[..., 1], ends)
    loss: torch.Tensor = (first + last) / 2
    return loss


def tensors(batch: Batch) -> dict[str, Any]:
    """The inputs of the network for a batch."""
    return {
        "ids": torch.from_numpy(batch.ids),
        "mask": torch.from_numpy(batch.mask),
        "types": torch.from_numpy(batch.types),
    }
