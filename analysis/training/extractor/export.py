"""The network written as three ONNX files, its matrices as bytes, beside the tokenizer that it was trained with."""

from __future__ import annotations

import tempfile
import warnings
from pathlib import Path

import onnx
import torch
from ascribe.extraction.model.labels import FEATURES
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from training.extractor.network import WIDTH, Network


class _Encode(nn.Module):
    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, features: Tensor, hints: Tensor) -> tuple[Tensor, Tensor]:
        return self.network(ids, features, hints, torch.ones_like(ids, dtype=torch.float32))


class _Focus(nn.Module):
    """A closer look at one place: at a cue for roles, at a figure for its class and credit."""

    def __init__(self, network: Network, figures: bool) -> None:
        super().__init__()
        self.network, self.of_figures = network, figures

    def forward(self, crops: Tensor, marked: Tensor, paths: Tensor, hints: Tensor) -> Tensor | tuple[Tensor, Tensor]:
        states = self.network.focus(crops, marked, paths, hints, torch.ones_like(marked, dtype=torch.float32))
        return self.network.figures(states, marked) if self.of_figures else self.network.roles(states)


def export(network: Network, folder: Path, quantized: bool = True) -> None:
    """Write `encoder.onnx`, `roles.onnx` and `figures.onnx`.

    Weights and activations are unsigned bytes: signed ones saturate on processors without the newer instructions, and
    would give other results there.
    """
    network = network.eval()
    whole = torch.ones(1, 9, dtype=torch.int64)
    features = torch.zeros(1, 9, len(FEATURES), dtype=torch.int64)
    close = (torch.zeros(1, 9, WIDTH), whole, whole, whole)
    places = ("crops", "marked", "paths", "hints")
    parts = {
        "encoder": (_Encode(network), (whole, features, whole), ("ids", "features", "hints"), ("cues", "half_way")),
        "roles": (_Focus(network, figures=False), close, places, ("roles",)),
        "figures": (_Focus(network, figures=True), close, places, ("categories", "credits")),
    }
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        for name, (module, given, inputs, outputs) in parts.items():
            plain = Path(scratch) / f"{name}.onnx"
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                torch.onnx.export(
                    module,
                    given,
                    str(plain),
                    input_names=list(inputs),
                    output_names=list(outputs),
                    dynamic_axes={n: {0: "rows", 1: "pieces"} for n in (*inputs, *outputs)},
                    opset_version=17,
                    dynamo=False,
                )
            made = folder / f"{name}.onnx"
            if quantized:
                quantize_dynamic(
                    plain,
                    made,
                    weight_type=QuantType.QUInt8,
                    op_types_to_quantize=["MatMul", "Gather"],
                    per_channel=True,
                )
            else:
                made.write_bytes(plain.read_bytes())
            onnx.checker.check_model(str(made))
