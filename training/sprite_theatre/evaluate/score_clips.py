# SPDX-License-Identifier: Apache-2.0
"""Samples clips of a checkpoint for prompts of the world's own mix, has them judged by the classifier, draws a sheet.

`seen` prompts ask for combinations of object, motion and scene that were trained, `held_out` ones for those that never were.
With --frames 16 motion is judged on the first eight frames, object and scene on the last eight.

python -m sprite_theatre.evaluate.score_clips --checkpoint ../resources/models/default --run runs/default --split seen --count 512
"""
import argparse
import json
import random
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

from ..world.captions import captions
from ..world.clips import clips, draw
from ..world.frame_table import FrameTable
from ..world.motions import STARTS
from .classifier import WINDOW, load, truth
from .contact_sheet import contact_sheet
from .flicker import flicker, psnr
from .intervals import share_told, wilson
from .reference import Reference
from .sampler import Sampling, pictures, sample

_TOGETHER = 64
_JUDGED = ("object", "motion", "scene", "colour", "size", "relation", "other")


def asked_clips(split, count, seed):
    """`count` clips of a split, as often as training draws their kinds, and a caption for each."""
    rng = random.Random(seed)
    chosen = draw(clips({"seen": "train"}.get(split, split)), count, rng)
    return chosen, [rng.choice(captions(c)) for c in chosen]


def judge(classifier, asked, made):
    """attribute -> list of truths. Colour, size, relation and other count only where the prompt tells them."""
    first = classifier.read([clip[:WINDOW] for clip in made])
    last = classifier.read([clip[-WINDOW:] for clip in made])
    right = {name: [] for name in (*_JUDGED, "all three")}
    for clip, begin, end in zip(asked, first, last):
        wanted = truth(clip)
        shown = {**end, "motion": begin["motion"]}
        for name in _JUDGED:
            if name in ("object", "motion", "scene", "size") or wanted[name]:
                right[name].append(shown[name] == wanted[name])
        right["all three"].append(all(shown[name] == wanted[name] for name in ("object", "motion", "scene")))
    return right


def make(reference, prompts, sampling, seed, thresholds=None, frames=None):
    """uint8 clips for the prompts, and the replay share."""
    made, shares = [], []
    for begin in range(0, len(prompts), _TOGETHER):
        codes, share = sample(reference, prompts[begin:begin + _TOGETHER], sampling, seed + begin, thresholds, frames=frames)
        made += [pictures(reference, c) for c in codes]
        shares.append(share)
    return made, float(np.mean(shares))


def fidelity(table, frames, asked, made):
    """Mean PSNR of the first and of the last WINDOW frames against the rendering, from whichever start fits the first best."""
    pairs = []
    for clip, shown in zip(asked, made):
        rendered = [table.pieced(frames, replace(clip, start=start), len(shown)) for start in STARTS]
        fitting = max(rendered, key=lambda r: psnr(shown[:WINDOW], r[:WINDOW]))
        pairs.append((psnr(shown[:WINDOW], fitting[:WINDOW]), psnr(shown[-WINDOW:], fitting[-WINDOW:])))
    return np.mean(pairs, 0)


def _by_kind(asked, right):
    kinds = {}
    for i, clip in enumerate(asked):
        kinds.setdefault(clip.kind, []).append(right["all three"][i])
    return {kind: share_told(values) for kind, values in sorted(kinds.items())}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--checkpoint", required=True)
    parser.add_argument("--run", default="runs/default")
    parser.add_argument("--split", default="seen", choices=["seen", "validation", "held_out"])
    parser.add_argument("--count", type=int, default=512)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--frames", type=int, help="other than the checkpoint's own")
    parser.add_argument("--setting", action="append", help="cfg,temperature,top_p,top_k; may be given often")
    parser.add_argument("--replay", default="", help="percentage of fastcar.json's thresholds, such as 50")
    parser.add_argument("--gate", choices=("row", "all", "cond", "mean"), help="who decides; fastcar.json's own where it is not given")
    parser.add_argument("--sheet", help="folder for a contact sheet of the first 48")
    parser.add_argument("--scores", help="a file of JSON lines to add the scores to")
    options = parser.parse_args()
    reference = Reference(options.checkpoint)
    settings = reference.checkpoint.settings()
    reference.gate = options.gate or settings.get("gate", "row")
    classifier = load(Path(options.run) / "classifier.pt")
    table, world = FrameTable(), np.load(Path(options.run) / "world.npz")["frames"]
    asked, texts = asked_clips(options.split, options.count, options.seed)
    calibrated = settings.get("gate_thresholds", {}).get(reference.gate, settings.get("tas_thresholds"))
    thresholds = calibrated["official"][options.replay] if options.replay else None
    default = ",".join(str(settings["sampling"][k]) for k in ("cfg", "temperature", "top_p", "top_k"))
    for setting in options.setting or [default]:
        cfg, temperature, top_p, top_k = map(float, setting.split(","))
        begin = time.time()
        sampling = Sampling(temperature, int(top_k), top_p, cfg)
        made, share = make(reference, texts, sampling, options.seed, thresholds, options.frames)
        right = judge(classifier, asked, made)
        unrest = float(np.mean([flicker(m, world[table.empty_row(a.scene)]) for m, a in zip(made, asked)]))
        first, last = fidelity(table, world, asked, made)
        told = {name: share_told(values) for name, values in right.items()}
        print(f"{options.split} {len(made[0])} frames, cfg {cfg:g} T {temperature:g} top-p {top_p:g} top-k {top_k:g}, replay "
              f"{share:.3f}, flicker {unrest:.3f}, PSNR of the first {WINDOW} frames {first:.1f} dB, the last {last:.1f} dB "
              f"({time.time() - begin:.0f} s)\n  {told}\n  by kind: {_by_kind(asked, right)}",
              flush=True)
        if options.scores:
            line = {"split": options.split, "frames": len(made[0]), "setting": setting, "thresholds": options.replay,
                    "replayed": share, "flicker": unrest, "psnr_first": float(first), "psnr_last": float(last),
                    "right": {n: [sum(v), len(v), *wilson(sum(v), len(v))] for n, v in right.items()}}
            with open(options.scores, "a") as file:
                file.write(json.dumps(line) + "\n")
        if options.sheet:
            Path(options.sheet).mkdir(parents=True, exist_ok=True)
            contact_sheet(texts[:48], made[:48], Path(options.sheet) /
                          f"{options.split}_{len(made[0])}_cfg{cfg:g}_T{temperature:g}_p{top_p:g}_r{options.replay or 0}.png")


if __name__ == "__main__":
    main()
