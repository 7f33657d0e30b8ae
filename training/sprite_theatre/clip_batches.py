# SPDX-License-Identifier: Apache-2.0
"""Draws training batches: prompts, codes by table look-up, what is true of each clip. Rendering is never in the way."""
import random
from dataclasses import dataclass, fields

import numpy as np
import torch

from .world.captions import captions, say
from .world.clips import RELATION_NAMES, RELATIONS, SPLITS, clips, draw
from .world.frame_table import FrameTable
from .world.motions import LATTICE, MOTION_NAMES, path
from .world.objects import ACTORS, OBJECT_NAMES
from .world.scenes import SCENE_NAMES

# What a label of a clip can be, column by column: who moves, how, where, in which relation to whom (0: alone).
LABEL_SIZES = (len(ACTORS), len(MOTION_NAMES), len(SCENE_NAMES), 1 + len(RELATION_NAMES), 1 + len(OBJECT_NAMES))
UNSAID = -100

# Where a cell lies in a sprite: the offset of the box's corner from the cell's, 8 x 8 steps; the resting sprite's after it.
_REACH = 6  # steps that a box may begin before a cell and still touch it
_OFFSETS = 8
NOWHERE = 2 * _OFFSETS ** 2
PLACE_CLASSES = NOWHERE + 1


@dataclass
class Batch:
    prompts: torch.Tensor  # [B, P] ids, padded behind
    lengths: torch.Tensor  # [B]
    codes: torch.Tensor    # [B, frames * cells, depth]
    changed: torch.Tensor  # [B, frames * cells]: differs from one frame earlier; in frame 1 from the empty scene
    labels: torch.Tensor   # [B, 5] as LABEL_SIZES; UNSAID where there is no caption
    places: torch.Tensor   # [B, frames * cells] which part of which sprite a cell shows, of PLACE_CLASSES

    def to(self, device):
        return Batch(*(getattr(self, f.name).to(device) for f in fields(self)))


def labels(clip):
    return [ACTORS.index(clip.actor), MOTION_NAMES.index(clip.motion), SCENE_NAMES.index(clip.scene),
            1 + RELATION_NAMES.index(clip.relation) if clip.other else 0,
            1 + OBJECT_NAMES.index(clip.other.obj) if clip.other else 0]


def _offsets(corner, side, grid):
    """Class 0..63 of every cell [grid * grid] for a box at `corner`, and whether the cell touches the box."""
    corners = np.arange(grid) * (LATTICE // grid)
    x, y = corner[0] - corners[None, :], corner[1] - corners[:, None]
    touches = (x > -side) & (x < LATTICE // grid) & (y > -side) & (y < LATTICE // grid)
    return np.where(touches, (y + _REACH) * _OFFSETS + x + _REACH, NOWHERE).ravel()


def places(clip, frames, grid):
    """[frames, cells]"""
    found = np.stack([_offsets(p, clip.actor.side, grid) for p in path(clip.motion, clip.start, frames, clip.actor.side)])
    if clip.other:
        resting = _offsets(RELATIONS[clip.relation].rests_at, clip.other.side, grid)
        found = np.where(resting != NOWHERE, resting + _OFFSETS ** 2, found)
    return found


class ClipSource:
    def __init__(self, config, world_file, tokenizer):
        self._config = config
        self._table = FrameTable()
        self._codes = np.load(world_file)["codes"].astype(np.int64)
        self._tokenizer = tokenizer
        self._cached = {}
        self._clips = {split: clips(split) for split in SPLITS}

    def draw(self, split, count, frames, seed, plain=False):
        """`plain` uses the grammar's captions only and never drops one."""
        rng = random.Random(seed)
        chosen = draw(self._clips[split], count, rng)
        return self.batch(chosen, [self._caption(c, rng, plain) for c in chosen], frames)

    def _caption(self, clip, rng, plain):
        if plain:
            return rng.choice(captions(clip))
        return "" if rng.random() < self._config.training.caption_dropout else say(clip, rng)

    def batch(self, chosen, texts, frames):
        ids = [self._prompt(t) for t in texts]
        lengths = torch.tensor([len(i) for i in ids])
        prompts = torch.zeros(len(ids), int(lengths.max()), dtype=torch.long)
        for row, i in zip(prompts, ids):
            row[:len(i)] = torch.tensor(i)
        codes = np.stack([self._table.pieced(self._codes, c, frames) for c in chosen])
        empty = np.stack([self._codes[self._table.empty_row(c.scene)] for c in chosen])
        changed = (codes != np.concatenate([empty[:, None], codes[:, :-1]], 1)).any(-1)
        known = torch.tensor([labels(c) if t else [UNSAID] * len(LABEL_SIZES) for c, t in zip(chosen, texts)])
        where = np.stack([places(c, frames, self._config.side) for c in chosen])
        return Batch(prompts, lengths, torch.from_numpy(codes).flatten(1, 2), torch.from_numpy(changed).flatten(1, 2),
                     known, torch.from_numpy(where).flatten(1, 2))

    def _prompt(self, text):
        if text not in self._cached:
            self._cached[text] = self._tokenizer.prompt(text)
        return self._cached[text]
