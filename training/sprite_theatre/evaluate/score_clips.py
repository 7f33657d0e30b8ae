# SPDX-License-Identifier: Apache-2.0
"""Samples clips of a checkpoint, scores them, draws a sheet.

python -m sprite_theatre.evaluate.score_clips --checkpoint ../resources/models/default --run runs/default --count 48
"""
import argparse
import itertools
import random
import time
from pathlib import Path

import numpy as np

from ..world.captions import captions
from ..world.clips import clips
from .contact_sheet import contact_sheet
from .reference import Reference
from .sampler import Sampling, pictures, sample
from .scorer import Scorer

_TOGETHER = 24


def wanted_clips(split, count, seed):
    """`count` clips of a split with different combinations where possible, and a caption for each."""
    rng = random.Random(seed)
    found = clips(split)
    rng.shuffle(found)
    combinations = {}
    for c in found:
        combinations.setdefault((c.obj, c.motion, c.scene), c)
    chosen = list(itertools.islice(itertools.chain(combinations.values(), found), count))
    return chosen, [rng.choice(captions(c.obj, c.motion, c.scene)) for c in chosen]


def score(scorer, wanted, made):
    """Shares of right objects, motions, scenes and all three, and the mean distance to the best fitting pictures."""
    read = [scorer.read(clip) for clip in made]
    right = np.array([[r[0] == w.obj, r[1] == w.motion, r[2] == w.scene] for r, w in zip(read, wanted)])
    return {"object": right[:, 0].mean(), "motion": right[:, 1].mean(), "scene": right[:, 2].mean(),
            "all": right.all(1).mean(), "misfit": np.mean([r[3] for r in read]), "n": len(read)}, right


def told(scores):
    return " ".join(f"{k} {v:.2f}" if k not in ("n", "misfit") else f"{k} {v:.3g}" for k, v in scores.items())


def make(reference, prompts, sampling, seed, thresholds=None, frozen_by=None):
    """uint8 clips for the prompts, and the replay share."""
    made, shares = [], []
    for begin in range(0, len(prompts), _TOGETHER):
        codes, share = sample(reference, prompts[begin:begin + _TOGETHER], sampling, seed + begin, thresholds, frozen_by)
        made += [pictures(reference, c) for c in codes]
        shares.append(share)
    return made, float(np.mean(shares))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--checkpoint", required=True)
    parser.add_argument("--run", default="runs/default")
    parser.add_argument("--split", default="validation", choices=["validation", "held_out"])
    parser.add_argument("--count", type=int, default=24)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--setting", action="append", help="cfg,temperature,top_p,top_k; may be given often")
    parser.add_argument("--replay", default="", help="key of fastcar.json's tas_thresholds, such as 50")
    parser.add_argument("--sheet", help="folder for contact sheets")
    options = parser.parse_args()
    reference = Reference(options.checkpoint)
    scorer = Scorer(Path(options.run) / "world.npz", reference.checkpoint.frames)
    wanted, texts = wanted_clips(options.split, options.count, options.seed)
    thresholds = reference.checkpoint.settings()["tas_thresholds"]["official"][options.replay] if options.replay else None
    stored = reference.checkpoint.settings().get("sampling")
    default = ",".join(str(stored[k]) for k in ("cfg", "temperature", "top_p", "top_k")) if stored else "1.5,0.6,0.9,100"
    for setting in options.setting or [default]:
        cfg, temperature, top_p, top_k = map(float, setting.split(","))
        begin = time.time()
        made, share = make(reference, texts, Sampling(temperature, int(top_k), top_p, cfg), options.seed, thresholds)
        scores, right = score(scorer, wanted, made)
        print(f"{options.split} cfg {cfg} T {temperature} top-p {top_p} top-k {int(top_k)}: {told(scores)}"
              f" replay {share:.2f} ({time.time() - begin:.0f} s)", flush=True)
        if options.sheet:
            marks = ["".join(n if ok else "-" for n, ok in zip("OMS", row)) for row in right]
            Path(options.sheet).mkdir(parents=True, exist_ok=True)
            contact_sheet([f"[{m}] {t}" for m, t in zip(marks, texts)], made,
                          Path(options.sheet) / f"{options.split}_cfg{cfg}_T{temperature}_p{top_p}_r{options.replay or 0}.png")


if __name__ == "__main__":
    main()
