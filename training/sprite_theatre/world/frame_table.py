# SPDX-License-Identifier: Apache-2.0
"""The whole world as a table: every picture with at most one sprite, with its codes. A clip is then a list of row numbers,
and one with two sprites is pieced together from two rows a frame: they never share a cell."""
import numpy as np

from .clips import RELATIONS
from .motions import all_positions, path
from .objects import ACTORS
from .scenes import SCENE_NAMES


class FrameTable:
    """Row of (actor, scene, position); behind them one row per empty scene."""

    def __init__(self):
        self._rows = {}
        for actor in ACTORS:
            for scene in SCENE_NAMES:
                for position in all_positions(actor.side):
                    self._rows[actor, scene, position] = len(self._rows)
        for scene in SCENE_NAMES:
            self._rows[None, scene, None] = len(self._rows)

    def __len__(self):
        return len(self._rows)

    def row(self, actor, scene, position):
        return self._rows[actor, scene, position]

    def empty_row(self, scene):
        return self._rows[None, scene, None]

    def clip_rows(self, clip, frames):
        """The moving actor's rows."""
        return [self.row(clip.actor, clip.scene, p) for p in path(clip.motion, clip.start, frames, clip.actor.side)]

    def other_row(self, clip):
        """The resting actor's row, or the empty scene's."""
        if clip.other is None:
            return self.empty_row(clip.scene)
        return self.row(clip.other, clip.scene, RELATIONS[clip.relation].rests_at)

    def pieced(self, values, clip, frames):
        """values [rows, ...] (pictures or codes) -> those of the clip [frames, ...], the resting actor laid over."""
        found = values[self.clip_rows(clip, frames)]
        if clip.other is None:
            return found
        over, empty = values[self.other_row(clip)], values[self.empty_row(clip.scene)]
        return np.where((over != empty).any(-1, keepdims=True), over, found)

    def render(self, stage):
        """uint8 [rows, S, S, 3]."""
        return np.stack([stage.frame(*key) for key in self._rows])

    def empty_rows(self):
        """For every row that of its scene without a sprite."""
        return np.array([self.empty_row(scene) for _, scene, _ in self._rows])
