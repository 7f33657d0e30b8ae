# SPDX-License-Identifier: Apache-2.0
"""The scorer's own accuracy: on rendered clips, and on their codes decoded again (what a perfect model would show).

python -m sprite_theatre.evaluate.score_rendered --checkpoint FOLDER --run runs/default
"""
import argparse
from pathlib import Path

import numpy as np
import torch

from ..world.frame_table import FrameTable
from .reference import Reference
from .sampler import pictures
from .score_clips import score, told, wanted_clips
from .scorer import Scorer


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--checkpoint", required=True)
    parser.add_argument("--run", default="runs/default")
    parser.add_argument("--count", type=int, default=200)
    options = parser.parse_args()
    reference = Reference(options.checkpoint)
    world = np.load(Path(options.run) / "world.npz")
    table = FrameTable(reference.checkpoint.frames)
    scorer = Scorer(Path(options.run) / "world.npz", reference.checkpoint.frames)
    for split in ("validation", "held_out"):
        wanted, _ = wanted_clips(split, options.count, 0)
        rows = [table.clip_rows(c) for c in wanted]
        print(split, "rendered", told(score(scorer, wanted, [world["frames"][r] for r in rows])[0]))
        codes = [torch.from_numpy(world["codes"][r].astype(np.int64)).flatten(0, 1) for r in rows]
        print(split, "decoded ", told(score(scorer, wanted, [pictures(reference, c) for c in codes])[0]))


if __name__ == "__main__":
    main()
