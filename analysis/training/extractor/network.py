"""The network: a small BERT encoder with heads for cues, for a cue's source and content, and for figures.

The first layers read a window of an article once. For each cue, and for each figure, a crop of the half-way states with
the cue or the figure marked goes through a second copy of the upper layers, which label who speaks and what is said, or
what is counted: so the whole costs about twice one reading.
"""

from __future__ import annotations

from pathlib import Path

import torch
import torch.nn.functional as F
from ascribe.extraction.model.labels import (
    CREDIT_CLASSES,
    CUE_TAGS,
    FEATURES,
    FIGURE_CLASSES,
    HINTS,
    MARKS,
    PATHS,
    ROLE_TAGS,
)
from safetensors.torch import load_file
from torch import Tensor, nn

WIDTH, HEADS, LAYERS = 384, 12, 6
SHARED_LAYERS = 4
"""Layers that a cue's crop does not run again."""
DROPOUT = 0.1
NEVER = -1e4


def drop(states: Tensor, training: bool) -> Tensor:
    """Dropout with one mask for all pieces of a row: a mask for each would cost a third of the training time."""
    if not training:
        return states
    kept = torch.rand(states.shape[0], 1, states.shape[-1]) >= DROPOUT
    return states * kept.to(states.dtype) / (1 - DROPOUT)


class Layer(nn.Module):
    """A BERT layer with its attention written out: in bfloat16 on a processor twice as fast as the fused one."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv, self.out = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.up, self.down = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)
        self.norm, self.last_norm = nn.LayerNorm(WIDTH, eps=1e-12), nn.LayerNorm(WIDTH, eps=1e-12)

    def forward(self, states: Tensor, bias: Tensor) -> Tensor:
        rows, length, _ = states.shape
        query, key, value = self.qkv(states).view(rows, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        weights = ((query * (WIDTH // HEADS) ** -0.5) @ key.transpose(-1, -2) + bias).softmax(-1)
        attended = (weights @ value).transpose(1, 2).reshape(rows, length, WIDTH)
        states = self.norm(states + drop(self.out(attended), self.training))
        return self.last_norm(states + drop(self.down(F.gelu(self.up(states))), self.training))

    def of_some(self, states: Tensor, some: Tensor) -> Tensor:
        """What `forward` gives of the places `some` [n] of one unpadded row, without the work for all others."""
        rows, length, _ = states.shape
        weight, bias = self.qkv.weight, self.qkv.bias
        picked = states[:, some]
        query = F.linear(picked, weight[:WIDTH], bias[:WIDTH]) * (WIDTH // HEADS) ** -0.5
        seen = F.linear(states, weight[WIDTH:], bias[WIDTH:]).view(rows, length, 2, HEADS, WIDTH // HEADS)
        key, value = seen.permute(2, 0, 3, 1, 4)
        query = query.view(rows, -1, HEADS, WIDTH // HEADS).transpose(1, 2)
        attended = ((query @ key.transpose(-1, -2)).softmax(-1) @ value).transpose(1, 2).reshape(rows, -1, WIDTH)
        picked = self.norm(picked + self.out(attended))
        return self.last_norm(picked + self.down(F.gelu(self.up(picked))))

    def load(self, weights: dict[str, Tensor], number: int) -> None:
        """Take the weights of layer `number` of a BERT checkpoint."""
        names = {
            "out": "attention.output.dense",
            "norm": "attention.output.LayerNorm",
            "up": "intermediate.dense",
            "down": "output.dense",
            "last_norm": "output.LayerNorm",
        }
        for kind in ("weight", "bias"):
            parts = [weights[f"encoder.layer.{number}.attention.self.{p}.{kind}"] for p in ("query", "key", "value")]
            getattr(self.qkv, kind).data = torch.cat(parts).float()
            for ours, theirs in names.items():
                getattr(getattr(self, ours), kind).data = weights[f"encoder.layer.{number}.{theirs}.{kind}"].float()


def _blank(rows: int) -> nn.Embedding:
    """An embedding that begins by saying nothing, so that training starts from what the checkpoint knows."""
    table = nn.Embedding(rows, WIDTH)
    nn.init.zeros_(table.weight)
    return table


class Network(nn.Module):
    """See the module. `checkpoint` is the safetensors file of a six-layer BERT encoder of width 384."""

    def __init__(self, checkpoint: Path) -> None:
        super().__init__()
        weights = load_file(checkpoint)
        token_type = weights["embeddings.token_type_embeddings.weight"][0]
        place = weights["embeddings.position_embeddings.weight"] + token_type
        self.pieces = nn.Embedding.from_pretrained(weights["embeddings.word_embeddings.weight"].float(), freeze=False)
        self.places = nn.Embedding.from_pretrained(place.float(), freeze=False)
        self.first_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        for kind in ("weight", "bias"):
            getattr(self.first_norm, kind).data = weights[f"embeddings.LayerNorm.{kind}"].float()
        self.features = nn.ModuleList(_blank(n) for n in FEATURES)
        self.hints, self.paths = _blank(len(HINTS)), _blank(PATHS)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.focus_layers = nn.ModuleList(Layer() for _ in range(LAYERS - SHARED_LAYERS))
        for number, layer in enumerate(self.layers):
            layer.load(weights, number)
        for number, layer in enumerate(self.focus_layers, start=SHARED_LAYERS):
            layer.load(weights, number)
        self.mark = nn.Embedding(len(MARKS), WIDTH)
        nn.init.normal_(self.mark.weight, std=0.05)
        self.mark_norm = nn.LayerNorm(WIDTH)
        self.cue, self.role = nn.Linear(WIDTH, len(CUE_TAGS)), nn.Linear(WIDTH, len(ROLE_TAGS))
        self.category, self.credit = nn.Linear(WIDTH, len(FIGURE_CLASSES)), nn.Linear(WIDTH, len(CREDIT_CLASSES))

    def forward(self, ids: Tensor, features: Tensor, hints: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Cue scores [rows, n, tags] and half-way states [rows, n, width] of windows of pieces.

        `ids` and `hints` [rows, n], `features` [rows, n, 5], `mask` [rows, n], 1 where there is a piece.
        """
        states = self.pieces(ids) + self.places.weight[: ids.shape[1]] + self.hints(hints)
        for number, table in enumerate(self.features):
            states = states + table(features[..., number])
        states = drop(self.first_norm(states), self.training)
        bias = _bias(mask, states)
        half_way = states
        for number, layer in enumerate(self.layers):
            if number == SHARED_LAYERS:
                half_way = states
            states = layer(states, bias)
        return self.cue(states), half_way

    def focus(self, crops: Tensor, marked: Tensor, paths: Tensor, hints: Tensor, mask: Tensor) -> Tensor:
        """The states [rows, m, width] of crops of half-way states, seen from what is `marked` in each [rows, m]."""
        states = self.marked(crops, marked, paths, hints)
        bias = _bias(mask, states)
        for layer in self.focus_layers:
            states = layer(states, bias)
        return states

    def marked(self, crops: Tensor, marked: Tensor, paths: Tensor, hints: Tensor) -> Tensor:
        """Crops of half-way states with what is `marked`, the paths from it and the hints told to them."""
        return self.mark_norm(crops + self.mark(marked) + self.paths(paths) + self.hints(hints))

    def roles(self, states: Tensor) -> Tensor:
        """Role scores [rows, m, tags] from the states of crops around cues."""
        return self.role(states)

    def figures(self, states: Tensor, marked: Tensor) -> tuple[Tensor, Tensor]:
        """Category and credit scores [rows, classes] from the states of crops around figures."""
        weights = (marked > 0).to(states.dtype)[..., None]
        mean = (states * weights).sum(1) / weights.sum(1).clamp(min=1)
        return self.category(mean), self.credit(mean)


def _bias(mask: Tensor, states: Tensor) -> Tensor:
    """What is added to attention scores so that no piece looks at padding."""
    return ((1 - mask.to(states.dtype)) * NEVER)[:, None, None, :]
