# SPDX-License-Identifier: Apache-2.0
"""Measures TAS on teacher-forced clips that training never saw, and writes per-layer thresholds into fastcar.json.

Thresholds are quantiles of each layer's scores, conditional and unconditional rows pooled, measured without replay. Replay
changes what later tokens score, so the quantile is searched for by which p % of the eligible MLPs are replayed once it is on.
Then its share and its cost in cross entropy are printed, beside those of replaying as many MLPs at random and of an oracle that
sees how alike the outputs are. Thresholds come from `validation`, costs are measured on `held_out`.

python -m sprite_theatre.evaluate.calibrate_tas --checkpoint ../resources/models/default --run runs/default
"""
import argparse
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from ..clip_batches import ClipSource
from ..config import load_config
from ..export.settings_file import update
from .reference import Reference

_SHARES = (20, 50, 80)


@dataclass
class ForcedRun:
    scores: torch.Tensor    # TAS [layers, rows, tokens of frames 2 and later]
    likeness: torch.Tensor  # cosine of each MLP output with the cached one, the same shape
    loss: torch.Tensor      # cross entropy per code of the conditional rows [clips, tokens]
    share: float            # replayed of what is eligible


@torch.no_grad()
def forced_run(reference, batch, prompts, thresholds=None, decide=None):
    """Feeds the true codes to conditional and unconditional rows."""
    clips = len(batch.codes)
    hidden = [reference.begin(prompts, batch.codes.shape[1])]
    scores, likeness, replayed = [], [], []
    for j in range(batch.codes.shape[1] - 1):
        z = reference.latents(batch.codes[:, j]).repeat(2, 1)
        hidden.append(reference.step(z, thresholds, decide))
        if j >= reference.stride:
            scores.append(reference.scores)
            likeness.append(reference.likeness)
            replayed.append(reference.replayed)
    hidden = torch.stack(hidden, 1)[:clips].flatten(0, 1)
    codes = batch.codes.flatten(0, 1)
    logits = reference.logits(hidden, codes[:, :-1])
    loss = F.cross_entropy(logits.flatten(0, 1), codes.flatten(), reduction="none").view(clips, -1, codes.shape[1]).mean(2)
    return ForcedRun(torch.stack(scores, -1), torch.stack(likeness, -1), loss, torch.stack(replayed).float().mean().item())


def _levels(values, percent):
    """Per layer [layers, ...] the value that `percent` % lie above."""
    return [torch.quantile(layer.flatten(), 1 - percent / 100).item() for layer in values]


def _thresholds(reference, cases, scores, percent, rounds=6):
    """The same quantile in each layer, such that `percent` % are replayed."""
    low, high = percent, min(99.5, percent + 25)
    for _ in range(rounds):
        middle = (low + high) / 2
        share = forced_run(reference, *cases, _levels(scores, middle)).share
        low, high = (middle, high) if share < percent / 100 else (low, middle)
    return [round(level, 4) for level in _levels(scores, (low + high) / 2)]


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

    cases = _cases(reference, source, "validation", options.count)
    calm = forced_run(reference, *cases)
    levels = {str(p): _thresholds(reference, cases, calm.scores, p) for p in _SHARES}
    update(options.checkpoint, tas_thresholds={"official": levels})

    batch, prompts = _cases(reference, source, "held_out", options.count)
    later = slice(reference.stride, None)
    changed = batch.changed[:, later]
    rng = torch.Generator().manual_seed(3)

    def report(name, thresholds=None, decide=None):
        run = forced_run(reference, batch, prompts, thresholds, decide)
        loss = run.loss[:, later]
        print(f"{name:12} replay {run.share:.3f}  CE {loss.mean():.4f}  still {loss[~changed].mean():.4f}"
              f"  changed {loss[changed].mean():.4f}", flush=True)
        return run.share

    print(f"{options.count} held-out clips; {1 - changed.float().mean().item():.3f} of the cells of frames 2 and later are still")
    report("dense")
    for p, thresholds in levels.items():
        share = report(f"TAS {p} %", thresholds)
        report("random", None, lambda layer, likeness: torch.rand(len(likeness), generator=rng) < share)
        alike = _levels(calm.likeness, int(p))
        report("oracle", None, lambda layer, likeness: likeness > alike[layer])
    print("thresholds", levels)


if __name__ == "__main__":
    main()
