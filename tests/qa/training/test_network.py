import math
from pathlib import Path

import numpy as np
import pytest
import torch

from qa.training.batches import Batch, Example, batch
from qa.training.network import SpanNetwork, span_loss, tensors

SHORT = Example((2, 5, 3, 20, 21, 22, 3), passage=3, start=4, end=5)
LONG = Example((2, 5, 6, 7, 3, *range(20, 40), 3), passage=5, start=0, end=0)


@pytest.fixture(scope="module")
def network(tiny: Path) -> SpanNetwork:
    torch.manual_seed(1)
    made = SpanNetwork(tiny)
    torch.nn.init.normal_(made.head.weight)
    return made


def logits_of(network: SpanNetwork, inputs: Batch) -> torch.Tensor:
    with torch.no_grad():
        logits: torch.Tensor = network(**tensors(inputs))
    return logits


def test_each_token_gets_a_logit_of_being_the_first_and_one_of_being_the_last(network: SpanNetwork) -> None:
    logits = logits_of(network, batch([SHORT, LONG]))
    assert logits.shape == (2, 32, 2)
    assert logits.dtype == torch.float32
    assert logits.isfinite().all()


def test_padding_changes_nothing(network: SpanNetwork) -> None:
    alone, among = logits_of(network, batch([SHORT])), logits_of(network, batch([SHORT, LONG]))
    length = len(SHORT.ids)
    assert torch.allclose(alone[0, :length], among[0, :length], atol=1e-5)


def test_there_is_no_dropout(network: SpanNetwork) -> None:
    network.train()
    inputs = batch([SHORT, LONG])
    assert torch.equal(logits_of(network, inputs), logits_of(network, inputs))


def test_the_embeddings_are_not_trained_and_all_else_is(network: SpanNetwork) -> None:
    held = {name for name, parameter in network.named_parameters() if not parameter.requires_grad}
    assert held == {name for name, _ in network.named_parameters() if name.startswith("encoder.embeddings.")}
    assert len(held) == 5


def test_a_network_that_knows_nothing_loses_the_logarithm_of_the_places_there_are() -> None:
    inputs = batch([SHORT])
    # The passage has three tokens and a separator; the fifth place is that of [CLS].
    assert float(span_loss(torch.zeros(1, 16, 2), inputs)) == pytest.approx(math.log(5))


def test_a_network_that_is_right_loses_nothing() -> None:
    inputs = batch([SHORT, LONG])
    logits = torch.zeros(2, 32, 2)
    for place in range(2):
        logits[place, inputs.starts[place], 0] = logits[place, inputs.ends[place], 1] = 30.0
    assert float(span_loss(logits, inputs)) == pytest.approx(0.0, abs=1e-6)


def test_what_is_said_of_the_question_and_of_padding_does_not_count() -> None:
    inputs = batch([SHORT])
    logits = torch.zeros(1, 16, 2)
    outside = np.flatnonzero(inputs.types[0] == 0)[1:]
    logits[0, outside] = 50.0
    assert float(span_loss(logits, inputs)) == pytest.approx(math.log(5))
