"""The network written as three ONNX files, its matrices as bytes, beside the tokenizer that it was trained with."""

from __future__ import annotations

import tempfile
import warnings
from pathlib import Path

import numpy as np
import onnx
import torch
from ascribe.extraction.model.labels import FEATURES
from onnx import helper, numpy_helper
from torch import Tensor, nn
from training.extractor.network import WIDTH, Network

LARGE = 10_000
"""Numbers from which a matrix is written as bytes."""


class _Encode(nn.Module):
    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, features: Tensor, hints: Tensor) -> tuple[Tensor, Tensor]:
        return self.network(ids, features, hints, torch.ones_like(ids, dtype=torch.float32))


class _Roles(nn.Module):
    """A closer look at a cue: who speaks, and what is said."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, crops: Tensor, marked: Tensor, paths: Tensor, hints: Tensor) -> Tensor:
        states = self.network.focus(crops, marked, paths, hints, torch.ones_like(marked, dtype=torch.float32))
        return self.network.roles(states)


class _Figures(nn.Module):
    """A closer look at a figure, one at a time: its class and credit."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, crops: Tensor, marked: Tensor, paths: Tensor, hints: Tensor) -> tuple[Tensor, Tensor]:
        states = self.network.marked(crops, marked, paths, hints)
        *layers, last = self.network.focus_layers
        for layer in layers:
            states = layer(states, torch.zeros(()))
        figure = last.of_some(states, marked[0].nonzero()[:, 0])
        return self.network.figures(figure, torch.ones_like(figure[..., 0]))


def export(network: Network, folder: Path) -> None:
    """Write `encoder.onnx`, `roles.onnx` and `figures.onnx`.

    Weights are bytes on disk and floats once loaded: bytes for activations too would cost a point of F1, and give other
    results on processors with other instructions, for a sixth of the time.
    """
    network = network.eval()
    whole = torch.ones(1, 9, dtype=torch.int64)
    features = torch.zeros(1, 9, len(FEATURES), dtype=torch.int64)
    close = (torch.zeros(1, 9, WIDTH), whole, whole, whole)
    places = ("crops", "marked", "paths", "hints")
    parts = {
        "encoder": (_Encode(network), (whole, features, whole), ("ids", "features", "hints"), ("cues", "half_way")),
        "roles": (_Roles(network), close, places, ("roles",)),
        "figures": (_Figures(network), close, places, ("categories", "credits")),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, (module, given, inputs, outputs) in parts.items():
        model = _in_bytes(_traced(module, given, inputs, outputs))
        onnx.checker.check_model(model)
        onnx.save(model, folder / f"{name}.onnx")


def _traced(
    module: nn.Module, given: tuple[Tensor, ...], inputs: tuple[str, ...], outputs: tuple[str, ...]
) -> onnx.ModelProto:
    several = {n: {0: "rows", 1: "pieces"} for n in inputs}
    with tempfile.TemporaryDirectory() as scratch, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        plain = Path(scratch) / "plain.onnx"
        torch.onnx.export(
            module,
            given,
            str(plain),
            input_names=list(inputs),
            output_names=list(outputs),
            dynamic_axes=several,
            opset_version=17,
            dynamo=False,
        )
        return onnx.load(plain)


def _in_bytes(model: onnx.ModelProto) -> onnx.ModelProto:
    """The model with its large matrices as signed bytes and a scale for each row of a table, each column of a factor.

    A factor is turned into floats once, when the model is loaded (onnxruntime folds constants); a table's rows as they
    are looked up, so that it stays small in memory.
    """
    graph = model.graph
    kept, nodes = [], []
    tables = {node.input[0] for node in graph.node if node.op_type == "Gather"}
    factors = {name for node in graph.node if node.op_type in ("MatMul", "Gemm") for name in node.input}
    small: dict[str, bool] = {}
    for held in graph.initializer:
        values = numpy_helper.to_array(held)
        if values.ndim != 2 or values.size < LARGE or held.name not in tables | factors:
            kept.append(held)
            continue
        small[held.name] = held.name in tables
        axis = 1 if held.name in tables else 0
        scale = np.maximum(np.abs(values).max(axis, keepdims=True) / 127, 1e-12).astype(np.float32)
        kept.append(numpy_helper.from_array(np.round(values / scale).astype(np.int8), f"{held.name}.bytes"))
        kept.append(numpy_helper.from_array(scale, f"{held.name}.scale"))
        if held.name not in tables:
            nodes.append(helper.make_node("Cast", [f"{held.name}.bytes"], [f"{held.name}.whole"], to=1))
            nodes.append(helper.make_node("Mul", [f"{held.name}.whole", f"{held.name}.scale"], [held.name]))
    for node in graph.node:
        if node.op_type == "Gather" and small.get(node.input[0]):
            table, places, out = node.input[0], node.input[1], node.output[0]
            nodes += [
                helper.make_node("Gather", [f"{table}.bytes", places], [f"{out}.bytes"]),
                helper.make_node("Cast", [f"{out}.bytes"], [f"{out}.whole"], to=1),
                helper.make_node("Gather", [f"{table}.scale", places], [f"{out}.scale"]),
                helper.make_node("Mul", [f"{out}.whole", f"{out}.scale"], [out]),
            ]
        else:
            nodes.append(node)
    del graph.initializer[:], graph.node[:]
    graph.initializer.extend(kept)
    graph.node.extend(nodes)
    return model
