# SPDX-License-Identifier: Apache-2.0
"""The actors of the theatre: objects, those of them that come in colours, and small ones."""
from dataclasses import dataclass

# Name in a caption -> code point of the Fluent 3D picture.
OBJECTS = {
    "cat": "1f431",
    "dog": "1f436",
    "ball": "26bd",
    "apple": "1f34e",
    "star": "2b50",
    "rocket": "1f680",
    "fish": "1f420",
    "ghost": "1f47b",
    "octopus": "1f419",
    "turtle": "1f422",
    "car": "1f697",
    "balloon": "1f388",
    "penguin": "1f427",
    "butterfly": "1f98b",
    "mushroom": "1f344",
    "duck": "1f986",
}
OBJECT_NAMES = list(OBJECTS)

# Colours and the turn of the hue, in degrees, that makes them of the picture. The first is the picture's own, and the one
# that an object has when no colour is named.
COLOURS = {
    "car": {"red": 0, "blue": 215, "green": 120},
    "balloon": {"red": 0, "blue": 215, "green": 120},
    "star": {"yellow": 0, "red": -50, "blue": 165},
}
COLOUR_NAMES = ["red", "blue", "green", "yellow"]
SIZES = {"big": 7, "small": 5}  # side of the sprite's box in lattice steps


@dataclass(frozen=True)
class Actor:
    obj: str
    colour: str = ""  # empty for objects that come in one colour
    size: str = "big"

    @property
    def side(self):
        return SIZES[self.size]


def natural(obj, size="big"):
    """The object in its own colour."""
    return Actor(obj, next(iter(COLOURS[obj])) if obj in COLOURS else "", size)


BIG = [Actor(obj, colour) for obj in OBJECT_NAMES for colour in COLOURS.get(obj, {"": 0})]
SMALL = [natural(obj, "small") for obj in OBJECT_NAMES]
ACTORS = BIG + SMALL
