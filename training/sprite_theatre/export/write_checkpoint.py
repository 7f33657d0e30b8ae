# SPDX-License-Identifier: Apache-2.0
"""Writes a trained run as a checkpoint in VILA-U's layout, float16.

python -m sprite_theatre.export.write_checkpoint --run runs/default --out ../resources/models/default
"""
import argparse
import json
import shutil
from pathlib import Path

import numpy as np
import torch

from ..config import load_config
from ..text.template import ADDED_TOKENS
from ..text.tokenizer import Tokenizer
from . import layout, settings_file
from .safetensors_file import write

_CODEBOOK_PADDING = 1  # the layout ends each code book with a row that is never emitted


def half(values):
    """name -> tensor to name -> float16 array; refuses what float16 cannot hold."""
    found = {}
    for name, value in values.items():
        array = value.detach().float().cpu().numpy()
        if not np.isfinite(array.astype(np.float16)).all():
            raise ValueError(f"{name} does not fit float16: largest magnitude {np.abs(array).max():.3g}")
        found[name] = array.astype(np.float16)
    return found


def _part(state, prefix, new_prefix=""):
    return {new_prefix + k[len(prefix):]: v for k, v in state.items() if k.startswith(prefix)}


def llm_tensors(state, config, vocabulary):
    tensors = _part(state, "backbone.", "model.")
    return {**tensors, "lm_head.weight": torch.zeros(vocabulary, config.backbone.dim)}


def vision_tensors(state, decoder_state):
    tensors = _part(state, "depth.", "rqtransformer.")
    for d, book in enumerate(state["codebooks"]):
        padding = torch.zeros(_CODEBOOK_PADDING, book.shape[1], device=book.device)
        tensors[f"rqvaesiglip.quantizer.codebooks.{d}.weight"] = torch.cat([book, padding])
    return {**tensors, **{"rqvaesiglip." + k: v for k, v in decoder_state.items()}}


def _json(path, value):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, indent=2, sort_keys=True) + "\n")


def _write_llm(folder, tensors):
    """One shard and its index, as the large checkpoints have them."""
    shard = "model-00001-of-00001.safetensors"
    write(folder / shard, tensors)
    total = sum(t.nbytes for t in tensors.values())
    _json(folder / "model.safetensors.index.json",
          {"metadata": {"total_size": total}, "weight_map": {name: shard for name in tensors}})


def write_checkpoint(config, state, decoder_state, tokenizer_folder, out):
    """state: of VideoModel; decoder_state: of PixelDecoder."""
    out = Path(out)
    vocabulary = state["backbone.embed_tokens.weight"].shape[0]
    added = {text: vocabulary - len(ADDED_TOKENS) + i for i, text in enumerate(ADDED_TOKENS)}
    _json(out / "config.json", layout.root_config(config, vocabulary))
    _json(out / "llm" / "config.json", layout.llm_config(config, vocabulary))
    _json(out / "llm" / "generation_config.json", layout.generation_config())
    _json(out / "llm" / "added_tokens.json", added)
    _json(out / "llm" / "special_tokens_map.json", layout.special_tokens_map())
    _json(out / "llm" / "tokenizer_config.json", layout.tokenizer_config(added))
    _json(out / "mm_projector" / "config.json", layout.projector_config())
    _json(out / "vision_tower" / "config.json", layout.vision_config(config))
    _json(out / "vision_tower" / "preprocessor_config.json", layout.preprocessor_config(config.size))
    shutil.copy(Path(tokenizer_folder) / "tokenizer.model", out / "llm" / "tokenizer.model")
    _write_llm(out / "llm", half(llm_tensors(state, config, vocabulary)))
    write(out / "mm_projector" / "model.safetensors", half(_part(state, "projector.")))
    write(out / "vision_tower" / "model.safetensors", half(vision_tensors(state, decoder_state)))
    settings_file.start(out, config)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--config")
    parser.add_argument("--run", default="runs/default")
    parser.add_argument("--out", required=True)
    options = parser.parse_args()
    run = Path(options.run)
    state = torch.load(run / "ar.pt", map_location="cpu")["average"]
    decoder = torch.load(run / "decoder.pt", map_location="cpu")["net"]
    write_checkpoint(load_config(options.config), state, decoder, run / "tokenizer", options.out)


if __name__ == "__main__":
    main()
