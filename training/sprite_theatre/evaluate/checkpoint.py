# SPDX-License-Identifier: Apache-2.0
"""Reads any checkpoint of the layout: configurations and float32 tensors, nothing assumed about sizes."""
import json
from functools import cached_property
from pathlib import Path

import torch

from ..export.safetensors_file import read
from ..text.tokenizer import Tokenizer

_IGNORED = ("siglip_model", "embed_ema", "cluster_size_ema", "lm_head", "inv_freq")


def _tensors(folder):
    index = folder / "model.safetensors.index.json"
    files = sorted(set(json.loads(index.read_text())["weight_map"].values())) if index.exists() else ["model.safetensors"]
    found = {}
    for file in files:
        for name, value in read(folder / file).items():
            if not any(part in name for part in _IGNORED):
                found[name] = torch.from_numpy(value.astype("float32"))
    return found


class Checkpoint:
    def __init__(self, folder):
        folder = Path(folder)
        if (folder / "model").is_dir():
            folder = folder / "model"
        self.folder = folder
        self.root = json.loads((folder / "config.json").read_text())
        self.llm = self.root["llm_cfg"]
        self.vision = self.root["vision_tower_cfg"]
        self.rqvae = self.vision["rqvaesiglip"]
        self.llm_tensors = _tensors(folder / "llm")
        self.projector_tensors = _tensors(folder / "mm_projector")
        self.vision_tensors = _tensors(folder / "vision_tower")
        height, width, self.depth = self.vision["rqtransformer"]["block_size"]
        self.grid = (height, width)
        self.cells = height * width
        self.frames = self.root["num_video_frames"]
        shared = self.rqvae.get("shared_codebook", False)
        self.codebooks = torch.stack(
            [self.vision_tensors[f"rqvaesiglip.quantizer.codebooks.{0 if shared else d}.weight"] for d in range(self.depth)])

    @cached_property
    def tokenizer(self):
        return Tokenizer(self.folder / "llm")

    def settings(self):
        """fastcar.json, or an empty dictionary."""
        file = self.folder / "fastcar.json"
        return json.loads(file.read_text()) if file.exists() else {}
