# SPDX-License-Identifier: Apache-2.0
"""What a perfect model would score: rendered clips, and their codes decoded again. Also the tokenizer's PSNR.

python -m sprite_theatre.evaluate.score_rendered --checkpoint FOLDER --run runs/default
"""
import argparse
from pathlib import Path

import numpy as np
import torch

from ..world.frame_table import FrameTable
from .classifier import load
from .flicker import flicker, psnr
from .intervals import share_told
from .reference import Reference
from .sampler import pictures
from .score_clips import asked_clips, judge


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--checkpoint", required=True)
    parser.add_argument("--run", default="runs/default")
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--frames", type=int, help="other than the checkpoint's own")
    options = parser.parse_args()
    reference = Reference(options.checkpoint)
    classifier = load(Path(options.run) / "classifier.pt")
    world, table, frames = np.load(Path(options.run) / "world.npz"), FrameTable(), options.frames or reference.checkpoint.frames
    stored = {name: world[name] for name in ("frames", "codes")}
    for split in ("validation", "held_out"):
        asked, _ = asked_clips(split, options.count, 0)
        rendered = [table.pieced(stored["frames"], c, frames) for c in asked]
        codes = [torch.from_numpy(table.pieced(stored["codes"], c, frames).astype(np.int64)).flatten(0, 1) for c in asked]
        decoded = [pictures(reference, c) for c in codes]
        for name, made in (("rendered", rendered), ("decoded", decoded)):
            told = {n: share_told(v) for n, v in judge(classifier, asked, made).items()}
            unrest = np.mean([flicker(m, stored["frames"][table.empty_row(a.scene)]) for m, a in zip(made, asked)])
            print(f"{split} {name}: {told}, flicker {unrest:.3f}")
        print(f"{split} tokenizer: PSNR {psnr(np.stack(decoded), np.stack(rendered)):.1f} dB")


if __name__ == "__main__":
    main()
