# SPDX-License-Identifier: Apache-2.0
"""Renders the world, fits the codes, trains the tokenizer: all that comes before training, in seconds.

python -m sprite_theatre.build_world --run runs/default
    [--checkpoint ../resources/models/default]  for the codes of a model that is trained already, to measure it with
"""
import argparse
from pathlib import Path

import numpy as np

from .codec.patch_codes import cut, fit, paste
from .config import load_config
from .evaluate.checkpoint import Checkpoint
from .text.pieces import train_pieces
from .world.frame_table import FrameTable
from .world.render import Stage


def psnr(a, b, where=None):
    error = ((a.astype(np.float32) - b) ** 2).mean(-1)
    return 10 * np.log10(255 ** 2 / (error if where is None else error[where]).mean())


def distinct(patches):
    """Distinct patches and weights: the root of how often each occurs."""
    raw = np.ascontiguousarray(((patches + 1) * 127.5).round().astype(np.uint8))
    _, first, count = np.unique(raw.view(f"V{raw.shape[1]}").ravel(), return_index=True, return_counts=True)
    return patches[first], np.sqrt(count.astype(np.float32))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--config")
    parser.add_argument("--art", default="runs/art")
    parser.add_argument("--run", default="runs/default")
    parser.add_argument("--checkpoint", help="take its code books")
    options = parser.parse_args()
    config = load_config(options.config)
    run = Path(options.run)
    run.mkdir(parents=True, exist_ok=True)

    table = FrameTable()
    frames = table.render(Stage(options.art, config.size))
    patches = cut(frames, config.cell)
    points, weights = distinct(patches)
    print(f"{len(frames)} pictures, {len(points)} distinct patches")
    codec = fit(points, weights, config.codes.depth, config.codes.entries, config.codes.dim)
    if options.checkpoint:
        books = Checkpoint(options.checkpoint).codebooks
        codec = codec.with_books(np.stack([book[:config.codes.entries].numpy() for book in books]))
    codes = codec.encode(patches).reshape(len(frames), config.cells, config.codes.depth)
    back = np.clip((paste(codec.decode(codes.reshape(-1, config.codes.depth)), config.cell, config.size) + 1) * 127.5, 0, 255)
    sprite_area = (frames != frames[table.empty_rows()]).any(-1)
    print(f"codes alone: PSNR {psnr(frames, back):.1f} dB, sprite area {psnr(frames, back, sprite_area):.1f} dB")
    codec.save(run / "codec.npz")
    np.savez(run / "world.npz", frames=frames, codes=codes.astype(np.uint16), sprite_area=sprite_area)
    train_pieces(run / "tokenizer", config.text.pieces)


if __name__ == "__main__":
    main()
