# SPDX-License-Identifier: Apache-2.0
"""Measures TAS on teacher-forced clips that training never saw, and writes per-layer thresholds into fastcar.json.

A threshold for p % is the quantile above which p % of the decisions of a layer lie, conditional and unconditional rows
pooled, measured without replay. Then replay is switched on with them: its share and its cost in cross entropy are printed,
beside those of replaying as many MLPs at random. Thresholds come from `validation`, costs are measured on `held_out`.

python -m sprite_theatre.evaluate.calibrate_tas --checkpoint ../resources/models/default --run runs/default
"""
import argparse
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from ..clip_batches import ClipSource
from ..config import load_config
from ..export.settings_file import update
from .reference import Reference

_SHARES = (20, 50, 80)


@torch.no_grad()
def forced_run(reference, batch, prompts, thresholds=None, frozen_by=None):
    """Feeds the true codes to conditional and unconditional rows. Returns TAS [layers, rows, tokens], the cross entropy
    per code of the conditional rows [clips, tokens] and the replayed share of what is eligible."""
    clips = len(batch.codes)
    hidden = [reference.begin(prompts, batch.codes.shape[1])]
    scores, replayed = [], []
    for j in range(batch.codes.shape[1] - 1):
        z = reference.latents(batch.codes[:, j]).repeat(2, 1)
        hidden.append(reference.step(z, thresholds, frozen_by))
        if j >= reference.stride:
            scores.append(reference.scores)
            replayed.append(reference.replayed)
    hidden = torch.stack(hidden, 1)[:clips].flatten(0, 1)
    codes = batch.codes.flatten(0, 1)
    logits = reference.logits(hidden, codes[:, :-1])
    loss = F.cross_entropy(logits.flatten(0, 1), codes.flatten(), reduction="none").view(clips, -1, codes.shape[1]).mean(2)
    return torch.stack(scores, -1), loss, torch.stack(replayed).float().mean().item()


def _cases(reference, source, split, count):
    batch = source.draw(split, count, reference.checkpoint.frames, seed=11, plain=True)
    prompts = [p[:n].tolist() for p, n in zip(batch.prompts, batch.lengths)]
    return batch, prompts + [reference.checkpoint.tokenizer.prompt("")] * count


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--checkpoint", required=True)
    parser.add_argument("--config")
    parser.add_argument("--run", default="runs/default")
    parser.add_argument("--count", type=int, default=24)
    options = parser.parse_args()
    reference = Reference(options.checkpoint)
    source = ClipSource(load_config(options.config), Path(options.run) / "world.npz", reference.checkpoint.tokenizer)

    scores, _, _ = forced_run(reference, *_cases(reference, source, "validation", options.count))
    levels = {str(p): [round(torch.quantile(layer.flatten(), 1 - p / 100).item(), 4) for layer in scores] for p in _SHARES}
    update(options.checkpoint, tas_thresholds={"official": levels})

    batch, prompts = _cases(reference, source, "held_out", options.count)
    later = slice(reference.stride, None)
    changed = batch.changed[:, later]
    rng = torch.Generator().manual_seed(3)

    def report(name, thresholds=None, frozen_by=None):
        _, loss, share = forced_run(reference, batch, prompts, thresholds, frozen_by)
        loss = loss[:, later]
        print(f"{name:12} replay {share:.3f}  CE {loss.mean():.4f}  static {loss[~changed].mean():.4f}"
              f"  changed {loss[changed].mean():.4f}", flush=True)
        return share

    report("dense")
    for p, thresholds in levels.items():
        share = report(f"TAS {p} %", thresholds)
        report("random", None, lambda layer, rows: torch.rand(rows, generator=rng) < share)
    print("thresholds", levels)
    print("static share of cells in frames 2 and later:", round(1 - changed.float().mean().item(), 3))


if __name__ == "__main__":
    main()
