# SPDX-License-Identifier: Apache-2.0
"""Which clips there are, and which of them training never sees.

Held out for good: the combinations of HELD_OUT (all their clips), and of the others one clip in 25 (`validation`).
"""
from dataclasses import dataclass

from .motions import MOTION_NAMES, START_CHANCES, starts
from .objects import OBJECT_NAMES
from .scenes import SCENE_NAMES

HELD_OUT = {
    ("cat", "up", "sea"),
    ("dog", "right", "night"),
    ("ball", "jump", "beach"),
    ("apple", "left", "meadow"),
    ("star", "down", "beach"),
    ("rocket", "still", "sea"),
    ("fish", "left", "night"),
    ("ghost", "right", "meadow"),
    ("octopus", "up", "beach"),
    ("turtle", "down", "night"),
    ("cat", "left", "beach"),
    ("ghost", "jump", "sea"),
    ("car", "left", "snow"),
    ("balloon", "down", "desert"),
    ("penguin", "right", "desert"),
    ("butterfly", "still", "snow"),
    ("mushroom", "up", "meadow"),
    ("duck", "jump", "night"),
    ("rocket", "up", "snow"),
    ("turtle", "right", "sea"),
    ("dog", "jump", "desert"),
    ("star", "left", "snow"),
    ("fish", "up", "desert"),
    ("car", "right", "sea"),
}


@dataclass(frozen=True)
class Clip:
    obj: str
    motion: str
    scene: str
    start: tuple
    chance: float  # of its start among those of its motion


def clips(split):
    """All clips of `train`, `validation` (other starts of trained combinations) or `held_out`."""
    found = []
    for o, obj in enumerate(OBJECT_NAMES):
        for m, motion in enumerate(MOTION_NAMES):
            for s, scene in enumerate(SCENE_NAMES):
                for i, start in enumerate(starts(motion)):
                    if (obj, motion, scene) in HELD_OUT:
                        where = "held_out"
                    else:
                        where = "validation" if (7 * o + 5 * m + 3 * s + 11 * i) % 25 == 0 else "train"
                    if where == split:
                        found.append(Clip(obj, motion, scene, start, START_CHANCES[i]))
    return found
