# SPDX-License-Identifier: Apache-2.0
"""The whole world as a table: every picture any clip can show, with its codes. A clip is then a list of row numbers."""
import numpy as np

from .motions import all_positions, path
from .objects import OBJECT_NAMES
from .scenes import SCENE_NAMES


class FrameTable:
    """Row of (object, scene, position); behind them one row per empty scene."""

    def __init__(self, frames):
        self.frames = frames
        self.positions = all_positions(frames)
        self._place = {p: i for i, p in enumerate(self.positions)}

    def row(self, obj, scene, position):
        o, s = OBJECT_NAMES.index(obj), SCENE_NAMES.index(scene)
        return (o * len(SCENE_NAMES) + s) * len(self.positions) + self._place[position]

    def empty_row(self, scene):
        return len(OBJECT_NAMES) * len(SCENE_NAMES) * len(self.positions) + SCENE_NAMES.index(scene)

    def clip_rows(self, clip):
        return [self.row(clip.obj, clip.scene, p) for p in path(clip.motion, clip.start, self.frames)]

    def render(self, stage):
        """uint8 [rows, S, S, 3]."""
        full = [stage.frame(o, s, p) for o in OBJECT_NAMES for s in SCENE_NAMES for p in self.positions]
        return np.stack(full + [stage.frame(None, s, None) for s in SCENE_NAMES])
