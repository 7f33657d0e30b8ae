# SPDX-License-Identifier: Apache-2.0
"""Measures TAS on teacher-forced clips that training never saw, and writes per-layer thresholds into fastcar.json.

A layer's threshold is a quantile of its scores, conditional and unconditional rows pooled, measured without replay. Layers differ in what their
replay costs: each one's cross entropy is measured at rising shares with the others dense, and a whole share of p % is dealt out
where it costs least, no layer more than some points above p. Replay also changes what later tokens score, so the whole is searched for that
gives p % once it is on; of several limits, 0 among them, the one is kept whose thresholds then cost least.
Then its share and its cost in cross entropy are printed, beside those of replaying as many MLPs at random and of an oracle that
sees how alike the outputs are. Thresholds come from `validation`, costs are measured on `held_out`. Each gate has thresholds of its own: what it
holds against them differs, and so does what a share of it costs.

python -m sprite_theatre.evaluate.calibrate_tas --checkpoint ../resources/models/default --run runs/default --gate row --gate cond
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
from .reference import Reference, deciding_scores

_SHARES = (20, 50, 80)
_LIMITS = (0, 8, 20)
_LEVELS = (0, 20, 40, 60, 70, 80, 90, 95, 98.5)  # percent of a layer


@dataclass
class ForcedRun:
    scores: torch.Tensor    # what the gate holds against a threshold [layers, rows, tokens of frames 2 and later]
    likeness: torch.Tensor  # cosine of each MLP output with the cached one, the same shape
    loss: torch.Tensor      # cross entropy per code of the conditional rows [clips, tokens]
    share: float            # replayed of what is eligible
    unread: float           # of it, where both rows of a pair replay: weights that stay unread


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
            scores.append(torch.stack([deciding_scores(layer, reference.gate) for layer in reference.scores]))
            likeness.append(reference.likeness)
            replayed.append(reference.replayed)
    hidden = torch.stack(hidden, 1)[:clips].flatten(0, 1)
    codes = batch.codes.flatten(0, 1)
    logits = reference.logits(hidden, codes[:, :-1])
    loss = F.cross_entropy(logits.flatten(0, 1), codes.flatten(), reduction="none").view(clips, -1, codes.shape[1]).mean(2)
    replayed = torch.stack(replayed)
    both = replayed[..., :clips] & replayed[..., clips:]
    return ForcedRun(torch.stack(scores, -1), torch.stack(likeness, -1), loss, replayed.float().mean().item(), both.float().mean().item())


def _level(values, percent):
    """The value that `percent` % lie above."""
    return torch.quantile(values.flatten(), 1 - percent / 100).item()


def _costs(reference, cases, scores):
    """Per layer, what each of _LEVELS costs in cross entropy of frames 2 and later, the other layers dense."""
    def loss(thresholds):
        return forced_run(reference, *cases, thresholds).loss[:, reference.stride:].mean().item()

    layers = len(scores)
    dense = loss([float("inf")] * layers)
    costs = []
    for layer in range(layers):
        at = [dense]
        for percent in _LEVELS[1:]:
            thresholds = [float("inf")] * layers
            thresholds[layer] = _level(scores[layer], percent)
            at.append(loss(thresholds))
        costs.append(at)
        print(f"layer {layer}: cost at {_LEVELS[1:]} %:", " ".join(f"{cost - dense:+.4f}" for cost in at[1:]), flush=True)
    return costs


def deal_out(costs, percent, limit):
    """Percent per layer, of a mean of `percent`, none above `limit`: each next step up is taken where it costs least for what it brings."""
    steps, shares = [0] * len(costs), [0.0] * len(costs)
    while (missing := percent * len(costs) - sum(shares)) > 1e-6:
        price, layer = min(((costs[i][s + 1] - costs[i][s]) / (_LEVELS[s + 1] - _LEVELS[s]), i)
                           for i, s in enumerate(steps) if s + 1 < len(_LEVELS) and shares[i] < limit)
        steps[layer] += 1
        shares[layer] = min(_LEVELS[steps[layer]], limit, shares[layer] + missing)
    return shares


def _thresholds(reference, cases, scores, costs, percent, rounds=5):
    """The levels, and what each limit came to, for the curious."""
    best = None
    for above in _LIMITS:
        low, high = percent - 5, min(98.5, percent + 12)
        for _ in range(rounds):
            middle = (low + high) / 2
            shares = deal_out(costs, middle, min(98.5, middle + above))
            levels = [round(_level(layer, share), 4) for layer, share in zip(scores, shares)]
            run = forced_run(reference, *cases, levels)
            low, high = (middle, high) if run.share < percent / 100 else (low, middle)
        loss = run.loss[:, reference.stride:].mean().item()
        print(f"{percent} %, at most {above} above: replay {run.share:.3f}  CE {loss:.4f}  layers", [round(s) for s in shares], flush=True)
        if best is None or loss < best[0]:
            best = loss, levels
    return best[1]


def _cases(reference, source, split, count):
    batch = source.draw(split, count, reference.checkpoint.frames, seed=11, plain=True)
    prompts = [p[:n].tolist() for p, n in zip(batch.prompts, batch.lengths)]
    return batch, prompts + [reference.checkpoint.tokenizer.prompt("")] * count


def _calibrate(reference, cases):
    """Thresholds by percent for the reference's gate, and the quiet run that they come from."""
    calm = forced_run(reference, *cases)
    costs = _costs(reference, cases, calm.scores)
    return {str(p): _thresholds(reference, cases, calm.scores, costs, p) for p in _SHARES}, calm


def _report(reference, cases, levels, calm):
    """Prints what the thresholds cost; the percentages that cost less than a hundredth of the loss."""
    batch, prompts = cases
    later = slice(reference.stride, None)
    changed = batch.changed[:, later]
    rng = torch.Generator().manual_seed(3)

    def report(name, thresholds=None, decide=None):
        run = forced_run(reference, batch, prompts, thresholds, decide)
        loss = run.loss[:, later]
        print(f"{name:12} replay {run.share:.3f}  unread {run.unread:.3f}  CE {loss.mean():.4f}  still {loss[~changed].mean():.4f}"
              f"  changed {loss[changed].mean():.4f}", flush=True)
        return run.share, loss.mean().item()

    print(f"gate {reference.gate}, {len(batch.codes)} held-out clips; "
          f"{1 - changed.float().mean().item():.3f} of the cells of frames 2 and later are still")
    _, dense = report("dense")
    free = []
    for p, thresholds in levels.items():
        share, loss = report(f"TAS {p} %", thresholds)
        free += [int(p)] if loss < 1.01 * dense else []
        if reference.gate == "row":
            report("random", None, lambda layer, likeness: torch.rand(len(likeness), generator=rng) < share)
            alike = [_level(layer, int(p)) for layer in calm.likeness]
            report("oracle", None, lambda layer, likeness: likeness > alike[layer])
    return free


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--checkpoint", required=True)
    parser.add_argument("--config")
    parser.add_argument("--run", default="runs/default")
    parser.add_argument("--count", type=int, default=24)
    parser.add_argument("--gate", action="append", choices=("row", "all", "cond", "mean"),
                        help="one or several; the last one is the model's default, which its presets are for")
    options = parser.parse_args()
    found, free = {}, []
    for gate in options.gate or ["row", "cond"]:
        reference = Reference(options.checkpoint, gate)
        source = ClipSource(load_config(options.config), Path(options.run) / "world.npz", reference.checkpoint.tokenizer)
        levels, calm = _calibrate(reference, _cases(reference, source, "validation", options.count))
        found[gate] = {"official": levels}
        free = _report(reference, _cases(reference, source, "held_out", options.count), levels, calm)
    # Balanced: the most that does not cost a hundredth of the loss. Fast: the most that there is.
    presets = {"balanced": max(free, default=min(_SHARES)), "fast": max(_SHARES)}
    if "row" in found:
        update(options.checkpoint, tas_thresholds=found["row"])
    others = {gate: levels for gate, levels in found.items() if gate != "row"}
    if others:
        update(options.checkpoint, gate_thresholds=others)
    update(options.checkpoint, gate=gate, replay_presets=presets)
    print("thresholds", found, "presets", presets)


if __name__ == "__main__":
    main()
