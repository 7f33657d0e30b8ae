# SPDX-License-Identifier: Apache-2.0
"""Puts a sprite on a stage: uint8 RGB frames [size, size, 3]."""
from pathlib import Path

import numpy as np
from PIL import Image

from .motions import LATTICE
from .objects import COLOURS, OBJECTS
from .scenes import paint


def turned_hue(picture, degrees):
    """An RGBA picture with all its hues turned."""
    hue, saturation, value = picture.convert("RGB").convert("HSV").split()
    turned = hue.point(lambda h: (h + round(degrees * 256 / 360)) % 256)
    result = Image.merge("HSV", (turned, saturation, value)).convert("RGB")
    result.putalpha(picture.getchannel("A"))
    return result


def load_sprite(art, actor, side):
    """The picture cropped to what is visible and fitted into side x side: RGBA float in 0..1, colour premultiplied."""
    picture = Image.open(Path(art) / "package" / "assets" / f"{OBJECTS[actor.obj]}.webp").convert("RGBA")
    picture = picture.crop(picture.getchannel("A").point(lambda a: 255 * (a > 16)).getbbox())
    if actor.colour:
        picture = turned_hue(picture, COLOURS[actor.obj][actor.colour])
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
        self.step = size // LATTICE
        self._art = art
        self._scenes = {}
        self._sprites = {}

    def scene(self, name):
        if name not in self._scenes:
            self._scenes[name] = paint(name, self.size)
        return self._scenes[name]

    def sprite(self, actor):
        if actor not in self._sprites:
            self._sprites[actor] = load_sprite(self._art, actor, actor.side * self.step)
        return self._sprites[actor]

    def frame(self, actor, scene, position):
        """One picture; `actor` None gives the empty stage."""
        picture = self.scene(scene).copy()
        if actor is not None:
            self._put(picture, self.sprite(actor), position)
        return (picture * 255 + 0.5).astype(np.uint8)

    def _put(self, picture, sprite, position):
        x, y = (p * self.step for p in position)
        side = sprite.shape[0]
        x0, y0, x1, y1 = max(x, 0), max(y, 0), min(x + side, self.size), min(y + side, self.size)
        part = sprite[y0 - y:y1 - y, x0 - x:x1 - x]
        picture[y0:y1, x0:x1] = picture[y0:y1, x0:x1] * (1 - part[..., 3:]) + part[..., :3]
