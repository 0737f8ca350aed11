"""The training itself: one pass after another over shuffled windows.

Where the processor is quick at bfloat16 the arithmetic is done in it, with the weights kept in full beside; elsewhere
that would take fifty times as long.
"""

from __future__ import annotations

import copy
import math
import random
from collections.abc import Callable, Sequence

import torch
import torch.nn.functional as F
from training.extractor.data import IGNORED, Batch, Crops, Example, batches
from training.extractor.network import LAYERS, SHARED_LAYERS, Network

EPOCHS = 8
BUDGET = 3_000
"""Pieces a batch."""
RATE, HEAD_RATE = 2e-4, 8e-4
DECAY = 0.9
"""Each layer nearer the input learns this much slower than the one above."""
WARM_UP = 0.06
WEIGHTS = {"cue": 4.0, "role": 2.0, "category": 0.7, "credit": 0.3}
CUE_CLASSES = (1.0, 2.0, 2.0)
"""Cues are rare: what begins or goes on with one weighs more than what does not."""


def train(
    examples: Sequence[Example],
    network: Network,
    seed: int,
    epochs: float = EPOCHS,
    gently: float = 1.0,
    on_step: Callable[[int, int, float], None] = lambda step, of, loss: None,
) -> Network:
    """The network, having learned from these articles at rates `gently` times the usual.

    The same data, seed and kind of processor give the same weights.
    """
    torch.manual_seed(seed)
    rng = random.Random(seed)
    quick = torch.cpu._is_avx512_bf16_supported()
    low = copy.deepcopy(network.train()).to(torch.bfloat16) if quick else network.train()
    pairs = list(zip(network.parameters(), low.parameters(), strict=True))
    optimizer = torch.optim.AdamW(_groups(network, gently), betas=(0.9, 0.98), eps=1e-6, fused=True)
    one_pass = sum(1 for _ in batches(examples, BUDGET, random.Random(seed)))
    total, step = max(1, math.ceil(one_pass * epochs)), 0
    while step < total:
        for batch in batches(examples, BUDGET, rng):
            progress = min(1.0, (step + 1) / (WARM_UP * total)) * (1 - step / total)
            for group in optimizer.param_groups:
                group["lr"] = group["peak"] * progress
            loss = losses(low, batch)
            optimizer.zero_grad()
            loss.backward()
            if quick:
                for full, small in pairs:
                    full.grad, small.grad = None if small.grad is None else small.grad.float(), None
            torch.nn.utils.clip_grad_norm_([p for p, _ in pairs if p.grad is not None], 1.0)
            optimizer.step()
            if quick:
                with torch.no_grad():
                    torch._foreach_copy_([small.data for _, small in pairs], [full.data for full, _ in pairs])
            step += 1
            on_step(step, total, loss.item())
            if step == total:
                break
    return network.eval()


def _groups(network: Network, gently: float) -> list[dict]:
    """The parameters with their rates: the heads fast, the layers slower the nearer they are to the input."""
    groups = []
    for name, parameter in network.named_parameters():
        room, _, rest = name.partition(".")
        if room in ("layers", "focus_layers"):
            depth = int(rest.split(".")[0]) + (SHARED_LAYERS if room == "focus_layers" else 0)
            rate = RATE * DECAY ** (LAYERS - 1 - depth)
        else:
            rate = RATE * DECAY**LAYERS if room in ("pieces", "places", "first_norm") else HEAD_RATE
        rate *= gently
        decay = 0.01 if parameter.dim() > 1 and room != "pieces" else 0.0
        groups.append({"params": [parameter], "lr": rate, "peak": rate, "weight_decay": decay})
    return groups


def losses(network: Network, batch: Batch) -> torch.Tensor:
    """What one batch costs: cues, roles, categories and credits, weighed."""
    kind = network.cue.weight.dtype
    cues, half_way = network(_t(batch.ids), _t(batch.features), _t(batch.hints), _t(batch.mask).to(kind))
    classes = torch.tensor(CUE_CLASSES)
    total = WEIGHTS["cue"] * F.cross_entropy(
        cues.float().flatten(0, 1), _t(batch.cues).flatten(), classes, label_smoothing=0.02, ignore_index=IGNORED
    )
    if len(batch.attributions):
        scores = network.roles(_focus(network, half_way, batch.attributions))
        total = total + WEIGHTS["role"] * F.cross_entropy(
            scores.float().flatten(0, 1),
            _t(batch.attributions.wanted).flatten(),
            label_smoothing=0.02,
            ignore_index=IGNORED,
        )
    if len(batch.figures):
        category, credit = _t(batch.figures.wanted).T
        states = _focus(network, half_way, batch.figures)
        categories, credits = network.figures(states, _t(batch.figures.marked))
        total = total + WEIGHTS["category"] * F.cross_entropy(categories.float(), category, label_smoothing=0.05)
        if (credit != IGNORED).any():
            total = total + WEIGHTS["credit"] * F.cross_entropy(credits.float(), credit, ignore_index=IGNORED)
    return total


def _focus(network: Network, half_way: torch.Tensor, crops: Crops) -> torch.Tensor:
    longest = crops.marked.shape[1]
    states = torch.stack([F.pad(half_way[r, i : i + n], (0, 0, 0, longest - n)) for r, i, n in crops.places.tolist()])
    mask = (torch.arange(longest)[None] < _t(crops.places[:, 2:])).to(half_way.dtype)
    return network.focus(states, _t(crops.marked), _t(crops.paths), _t(crops.hints), mask)


def _t(array) -> torch.Tensor:
    return torch.from_numpy(array)
