# SPDX-License-Identifier: Apache-2.0
"""Puts a sprite on a stage: uint8 RGB frames [size, size, 3]."""
from pathlib import Path

import numpy as np
from PIL import Image

from .motions import path
from .objects import OBJECTS
from .scenes import paint

SPRITE_SHARE = 7 / 16  # side of the sprite's box relative to the stage
STEPS = 16  # lattice steps across the stage


def load_sprite(art, obj, side):
    """The picture cropped to what is visible and fitted into side x side: RGBA float in 0..1, colour premultiplied."""
    picture = Image.open(Path(art) / "package" / "assets" / f"{OBJECTS[obj]}.webp").convert("RGBA")
    picture = picture.crop(picture.getchannel("A").point(lambda a: 255 * (a > 16)).getbbox())
    scale = side / max(picture.size)
    pixels = np.asarray(picture, np.float32) / 255
    pixels[..., :3] *= pixels[..., 3:]
    size = [max(1, round(n * scale)) for n in picture.size]
    planes = [np.asarray(Image.fromarray(pixels[..., c]).resize(size, Image.BOX)) for c in range(4)]
    box = np.zeros((side, side, 4), np.float32)
    top, left = side - size[1], (side - size[0]) // 2
    box[top:, left:left + size[0]] = np.stack(planes, -1)
    return box


class Stage:
    """Holds the painted scenes and sprites of one resolution."""

    def __init__(self, art, size):
        self.size = size
        self.step = size // STEPS
        self._art = art
        self._scenes = {}
        self._sprites = {}

    def scene(self, name):
        if name not in self._scenes:
            self._scenes[name] = paint(name, self.size)
        return self._scenes[name]

    def sprite(self, obj):
        if obj not in self._sprites:
            self._sprites[obj] = load_sprite(self._art, obj, round(self.size * SPRITE_SHARE))
        return self._sprites[obj]

    def frame(self, obj, scene, position):
        """One picture; `obj` None gives the empty stage."""
        picture = self.scene(scene).copy()
        if obj is not None:
            self._put(picture, self.sprite(obj), position)
        return (picture * 255 + 0.5).astype(np.uint8)

    def _put(self, picture, sprite, position):
        x, y = (p * self.step for p in position)
        side = sprite.shape[0]
        x0, y0, x1, y1 = max(x, 0), max(y, 0), min(x + side, self.size), min(y + side, self.size)
        part = sprite[y0 - y:y1 - y, x0 - x:x1 - x]
        picture[y0:y1, x0:x1] = picture[y0:y1, x0:x1] * (1 - part[..., 3:]) + part[..., :3]

    def clip(self, clip, frames):
        return np.stack([self.frame(clip.obj, clip.scene, p) for p in path(clip.motion, clip.start, frames)])
