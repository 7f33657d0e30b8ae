# SPDX-License-Identifier: Apache-2.0
"""Draws training batches: prompts, codes by table look-up, and which cells changed. Rendering is never in the way."""
import random
from dataclasses import dataclass

import numpy as np
import torch

from .world.captions import captions, say
from .world.clips import clips
from .world.frame_table import FrameTable


@dataclass
class Batch:
    prompts: torch.Tensor  # [B, P] ids, padded behind
    lengths: torch.Tensor  # [B]
    codes: torch.Tensor    # [B, frames * cells, depth]
    changed: torch.Tensor  # [B, frames * cells]: differs from one frame earlier; in frame 1 from the empty scene


class ClipSource:
    def __init__(self, config, world_file, tokenizer):
        self._config = config
        self._table = FrameTable(config.frames)
        self._codes = torch.from_numpy(np.load(world_file)["codes"].astype(np.int64))
        self._tokenizer = tokenizer
        self._cached = {}
        self._clips = {split: clips(split) for split in ("train", "validation", "held_out")}
        self._chances = {split: [c.chance for c in found] for split, found in self._clips.items()}

    def draw(self, split, count, frames, seed, plain=False):
        """`plain` uses the grammar's captions only and never drops one."""
        rng = random.Random(seed)
        chosen = rng.choices(self._clips[split], self._chances[split], k=count)
        texts = [self._caption(c, rng, plain) for c in chosen]
        return self.batch(chosen, texts, frames)

    def _caption(self, clip, rng, plain):
        if plain:
            return rng.choice(captions(clip.obj, clip.motion, clip.scene))
        return "" if rng.random() < self._config.training.caption_dropout else say(clip, rng)

    def batch(self, chosen, texts, frames):
        ids = [self._prompt(t) for t in texts]
        lengths = torch.tensor([len(i) for i in ids])
        prompts = torch.zeros(len(ids), int(lengths.max()), dtype=torch.long)
        for row, i in zip(prompts, ids):
            row[:len(i)] = torch.tensor(i)
        codes = torch.stack([self._codes[self._table.clip_rows(c)[:frames]] for c in chosen])
        empty = torch.stack([self._codes[self._table.empty_row(c.scene)] for c in chosen])
        before = torch.cat([empty[:, None], codes[:, :-1]], 1)
        changed = (codes != before).any(-1)
        return Batch(prompts, lengths, codes.flatten(1, 2), changed.flatten(1, 2))

    def _prompt(self, text):
        if text not in self._cached:
            self._cached[text] = self._tokenizer.prompt(text)
        return self._cached[text]
