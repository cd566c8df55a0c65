"""A tiny encoder of the BERT kind, with random weights, made on the fly; and what changes questions, loaded once."""

import json
import string
from pathlib import Path
from typing import Any

import pytest

from index.encoder import Encoder
from index.models import find_model, verified_folder
from qa.training.batches import MAX_TOKENS, Example
from qa.training.neighbours import Neighbours
from qa.training.rewriting import Rewriter
from tests.qa.training.made import news_rows

_CHARACTERS = string.ascii_lowercase + string.digits + string.punctuation
_PIECES = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *_CHARACTERS, *(f"##{character}" for character in _CHARACTERS)]
_WORDS = ["owls", "hid", "the", "storm", "who", "karn", "##berg"]


@pytest.fixture(scope="session")
def tokenizer_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A WordPiece tokenizer that knows a few words, and the characters of ASCII for all others."""
    from tokenizers import Tokenizer
    from tokenizers.decoders import WordPiece as Joining
    from tokenizers.models import WordPiece
    from tokenizers.normalizers import BertNormalizer
    from tokenizers.pre_tokenizers import BertPreTokenizer
    from tokenizers.processors import TemplateProcessing

    vocabulary = {piece: number for number, piece in enumerate([*_PIECES, *_WORDS])}
    tokenizer = Tokenizer(WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = BertNormalizer()
    tokenizer.pre_tokenizer = BertPreTokenizer()
    tokenizer.post_processor = TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[(name, vocabulary[name]) for name in ("[CLS]", "[SEP]")],
    )
    tokenizer.decoder = Joining()
    path = tmp_path_factory.mktemp("tokenizer") / "tokenizer.json"
    tokenizer.save(str(path))
    return path


@pytest.fixture
def tokenizer(tokenizer_file: Path) -> Any:
    """The tokenizer, loaded."""
    from tokenizers import Tokenizer

    return Tokenizer.from_file(str(tokenizer_file))


@pytest.fixture(scope="session")
def tiny(tokenizer_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a BERT model of two layers of 32 units."""
    import torch
    from transformers import BertConfig, BertModel

    folder = tmp_path_factory.mktemp("tiny")
    (folder / "tokenizer.json").write_bytes(tokenizer_file.read_bytes())
    config = BertConfig(
        vocab_size=len(json.loads(tokenizer_file.read_text("utf-8"))["model"]["vocab"]),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=MAX_TOKENS,
    )
    # Threads that wait for each other cost so small a network more than they save.
    torch.set_num_threads(1)
    torch.manual_seed(5)
    BertModel(config, add_pooling_layer=False).save_pretrained(folder)
    return folder


@pytest.fixture(scope="session")
def schedule() -> list[list[Example]]:
    """Six steps of three examples, of which one has no answer."""
    return [
        [
            Example((2, 5 + step, 3, 20, 21 + step, 22, 3), passage=3, start=4, end=5),
            Example((2, 6 + step, 9, 3, 30 + step, 31, 32, 33, 3), passage=4, start=4, end=4),
            Example((2, 7 + step, 3, 40, 41, 3), passage=3, start=0, end=0),
        ]
        for step in range(6)
    ]


@pytest.fixture(scope="session")
def neighbours() -> Neighbours:
    """The words of the default encoder."""
    return Neighbours(verified_folder(find_model()))


@pytest.fixture(scope="session")
def rewriter(neighbours: Neighbours, encoder: Encoder) -> Rewriter:
    """Changes questions, with the names of the made ones."""
    return Rewriter(neighbours, encoder, news_rows())
