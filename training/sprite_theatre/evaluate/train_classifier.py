# SPDX-License-Identifier: Apache-2.0
"""Trains the classifier that judges models, on rendered clips of the split `train`, and states its own accuracy on rendered
clips of `validation` and `held_out`. Ends itself; killed and started again, it goes on. Minutes are processor time.

python -m sprite_theatre.evaluate.train_classifier --run runs/default --minutes 10
"""
import argparse
import random
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from ..world.clips import SPLITS, clips, draw
from ..world.frame_table import FrameTable
from ..world.objects import ACTORS
from .classifier import NAMES, WINDOW, Classifier, as_input, truth
from .intervals import share_told

_BATCH = 32
_RATE = 1.5e-3
_BROKEN_SHARE = 0.2
_UNKNOWN = -100
_SAVE_SECONDS = 60
_NOTHING = NAMES["object"][-1]


class Rendered:
    """Clips as pictures, whole or broken."""

    def __init__(self, world_file, cell):
        self._pictures = np.load(world_file)["frames"]
        self._table = FrameTable()
        self._cell = cell

    def clip(self, clip, frames=WINDOW):
        return self._table.pieced(self._pictures, clip, frames)

    def broken(self, clip, rng):
        """The clip with its moving sprite spoilt in one of the ways in which generated ones fail."""
        rows = self._table.clip_rows(clip, WINDOW)
        whole = self._pictures[rows].copy()
        empty = self._pictures[self._table.empty_row(clip.scene)]
        since = rng.randrange(WINDOW - 2)
        way = rng.choice(["vanishes", "turns", "torn"])
        if way == "vanishes":
            whole[since:] = empty
            return whole
        stranger = rng.choice([a for a in ACTORS if a.obj != clip.actor.obj and a.size == clip.actor.size])
        others = self._pictures[self._table.clip_rows(type(clip)(stranger, clip.motion, clip.scene, clip.start), WINDOW)]
        if way == "turns":
            whole[max(1, since):] = others[max(1, since):]
            return whole
        return self._torn(whole, others, empty, rng)

    def _torn(self, whole, others, empty, rng):
        """About half of the sprite's cells, from some frame on, show the empty stage or another sprite."""
        since, share = rng.randrange(WINDOW // 2), rng.uniform(0.4, 0.7)
        spoiler = rng.choice([others, np.broadcast_to(empty, whole.shape)])
        cell = self._cell
        for picture, other in zip(whole[since:], spoiler[since:]):
            for y in range(0, picture.shape[0], cell):
                for x in range(0, picture.shape[1], cell):
                    part = np.s_[y:y + cell, x:x + cell]
                    if (picture[part] != empty[part]).any() and rng.random() < share:
                        picture[part] = other[part]
        return whole


def roughened(pictures, generator):
    """What a lossy decoder does: some blur, some noise, a little other brightness. [B, T, 3, S, S]"""
    flat = pictures.flatten(0, 1)
    blurred = F.avg_pool2d(F.pad(flat, (1, 1, 1, 1), mode="replicate"), 3, stride=1).view_as(pictures)
    draw = torch.rand(3, len(pictures), 1, 1, 1, 1, generator=generator)
    mixed = torch.lerp(pictures, blurred, draw[0] * 0.8)
    noise = torch.randn(pictures.shape, generator=generator) * draw[1] * 0.06
    return (mixed * (0.94 + 0.12 * draw[2]) + noise).clamp(0, 1)


def targets(chosen, spoilt):
    """attribute -> indices [B]; of a broken clip only the scene is asked, and that it shows nothing whole."""
    found = {name: [] for name in NAMES}
    for clip, bad in zip(chosen, spoilt):
        shown = truth(clip)
        if bad:
            shown = {"object": _NOTHING, "scene": clip.scene}
        for name, options in NAMES.items():
            found[name].append(options.index(shown[name]) if name in shown else _UNKNOWN)
    return {name: torch.tensor(values) for name, values in found.items()}


class ClassifierTrainer:
    def __init__(self, options):
        self.file = Path(options.run) / "classifier.pt"
        self.budget = options.minutes * 60
        self.rendered = Rendered(Path(options.run) / "world.npz", options.cell)
        self.clips = {split: clips(split) for split in SPLITS}
        torch.manual_seed(3)
        size = self.rendered.clip(self.clips["train"]["plain"][0]).shape[1]
        self.net = Classifier(size)
        self.optimizer = torch.optim.AdamW(self.net.parameters(), _RATE, weight_decay=0.01)
        self.spent, self.step = 0.0, 0
        if self.file.exists():
            saved = torch.load(self.file, map_location="cpu")
            self.net.load_state_dict(saved["net"])
            self.optimizer.load_state_dict(saved["optimizer"])
            self.spent, self.step = saved["spent"], saved["step"]
        self.size = size

    def save(self):
        state = {"net": self.net.state_dict(), "size": self.size, "optimizer": self.optimizer.state_dict(),
                 "spent": self.spent, "step": self.step}
        torch.save(state, self.file.with_suffix(".tmp"))
        self.file.with_suffix(".tmp").rename(self.file)

    def batch(self, split, count, seed):
        rng = random.Random(seed)
        chosen = draw(self.clips[split], count, rng)
        spoilt = [c.other is None and rng.random() < _BROKEN_SHARE for c in chosen]
        pictures = [self.rendered.broken(c, rng) if bad else self.rendered.clip(c) for c, bad in zip(chosen, spoilt)]
        return as_input(np.stack(pictures)), targets(chosen, spoilt), chosen

    def train(self):
        saved = time.time()
        while self.spent < self.budget:
            begin = time.process_time()
            self.net.train()
            progress = self.spent / self.budget
            self.optimizer.param_groups[0]["lr"] = _RATE * min(1, (self.step + 1) / 50) * max(0.01, 1 - progress)
            pictures, wanted, _ = self.batch("train", _BATCH, 1 + self.step)
            pictures = roughened(pictures, torch.Generator().manual_seed(self.step))
            with torch.autocast("cpu", dtype=torch.bfloat16):
                answers = self.net(pictures)
            loss = sum(F.cross_entropy(answers[name].float(), wanted[name], ignore_index=_UNKNOWN) for name in NAMES
                       if (wanted[name] != _UNKNOWN).any())
            loss.backward()
            self.optimizer.step()
            self.optimizer.zero_grad(set_to_none=True)
            self.step += 1
            self.spent += time.process_time() - begin
            if self.step % 100 == 0:
                print(f"{self.spent / 60:6.2f} min  step {self.step}  loss {loss.item():.4f}", flush=True)
            if time.time() - saved > _SAVE_SECONDS:
                self.save()
                saved = time.time()
        self.save()
        for split in ("validation", "held_out"):
            print(split, self.told_accuracy(split, 1000), flush=True)

    @torch.no_grad()
    def told_accuracy(self, split, count):
        """Shares of rendered clips named right, and of broken ones found out."""
        self.net.eval()
        right, found_out = {name: [] for name in NAMES}, []
        for part in range(count // 50):
            pictures, wanted, _ = self.batch(split, 50, -1 - part)
            answers = {name: logits.argmax(1) for name, logits in self.net(pictures).items()}
            whole = wanted["motion"] != _UNKNOWN
            for name in NAMES:
                right[name] += (answers[name] == wanted[name])[whole].tolist()
            found_out += (answers["object"] == wanted["object"])[~whole].tolist()
        return ", ".join([f"{n} {share_told(v)}" for n, v in right.items()] + [f"broken found out {share_told(found_out)}"])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--run", default="runs/default")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--cell", type=int, default=8)
    ClassifierTrainer(parser.parse_args()).train()


if __name__ == "__main__":
    main()
