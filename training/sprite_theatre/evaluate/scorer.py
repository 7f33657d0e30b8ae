# SPDX-License-Identifier: Apache-2.0
"""Says what a clip shows by matching each frame with every picture of the world: object, motion, scene.

A clip's scene is that of the best matching pictures; its object the one that fits best over all frames (each frame at its
own best place); its motion the one whose paths pass nearest to those places. It knows rendered pictures only.
"""
import numpy as np

from ..world.frame_table import FrameTable
from ..world.motions import MOTION_NAMES, path, starts
from ..world.objects import OBJECT_NAMES
from ..world.scenes import SCENE_NAMES

_SHRINK = 2


def _small(pictures):
    n, h, w, _ = pictures.shape
    return pictures.astype(np.float32).reshape(n, h // _SHRINK, _SHRINK, w // _SHRINK, _SHRINK, 3).mean((2, 4)).reshape(n, -1)


class Scorer:
    def __init__(self, world_file, frames):
        self._table = FrameTable(frames)
        self._frames = frames
        self._positions = np.array(self._table.positions)
        pictures = np.load(world_file)["frames"]
        count = len(OBJECT_NAMES) * len(SCENE_NAMES) * len(self._positions)
        self._known = _small(pictures[:count])
        self._square = (self._known ** 2).sum(1)
        self._empty = _small(pictures[count:])
        self._paths = {m: np.array([path(m, s, frames) for s in starts(m)]) for m in MOTION_NAMES}

    def read(self, clip):
        """clip uint8 [frames, H, W, 3] -> (object, motion, scene, match), match: mean absolute error of the best fit.

        The object is None if the empty scene fits as well."""
        small = _small(clip)
        distance = (small ** 2).sum(1)[:, None] + self._square - 2 * small @ self._known.T
        distance = distance.reshape(len(clip), len(OBJECT_NAMES), len(SCENE_NAMES), -1) / small.shape[1]
        best = distance.min(3).mean(0)
        obj, scene = np.unravel_index(best.argmin(), best.shape)
        empty = ((small - self._empty[scene]) ** 2).mean()
        places = self._positions[distance[:, obj, scene].argmin(1)]
        away = {m: np.abs(p - places).sum(2).clip(max=4).mean(1).min() for m, p in self._paths.items()}
        motion = min(away, key=away.get)
        name = OBJECT_NAMES[obj] if best[obj, scene] < 0.7 * empty else None
        return name, motion, SCENE_NAMES[scene], float(np.sqrt(best[obj, scene]))
