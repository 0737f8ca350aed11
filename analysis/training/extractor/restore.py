"""The weights of a network that was written (`export`), to go on learning from."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import torch
from ascribe.extraction.model.encoder import PARTS
from onnx import numpy_helper
from training.extractor.network import Network


def restored(network: Network, folder: Path) -> Network:
    """The network with the weights in `folder`, as near as bytes keep them; ValueError where some are missing."""
    held = network.state_dict()
    found: dict[str, np.ndarray] = {}
    for part in PARTS:
        found |= _weights(onnx.load(folder / f"{part}.onnx"), set(held))
    if missing := held.keys() - found.keys():
        raise ValueError(f"{folder.name}/ lacks {', '.join(sorted(missing))}")
    network.load_state_dict({name: torch.tensor(found[name]).reshape(held[name].shape) for name in held})
    return network


def _weights(model: onnx.ModelProto, wanted: set[str]) -> dict[str, np.ndarray]:
    """A part's weights by the network's own names: a factor is told by the node that multiplies with it."""
    arrays = {i.name: numpy_helper.to_array(i) for i in model.graph.initializer}
    whole = {n.removesuffix(".bytes") for n in arrays if n.endswith(".bytes")}
    arrays |= {n: arrays[f"{n}.bytes"].astype(np.float32) * arrays[f"{n}.scale"] for n in whole}
    found = {n.removeprefix("network."): values for n, values in arrays.items()}
    for node in model.graph.node:
        factor = next((n for n in node.input if n in arrays), None) if node.op_type == "MatMul" else None
        if factor:
            room = node.name.strip("/").removeprefix("network/").rpartition("/")[0].replace("/", ".")
            found[f"{room}.weight"] = arrays[factor].T
    return {n: values for n, values in found.items() if n in wanted}
