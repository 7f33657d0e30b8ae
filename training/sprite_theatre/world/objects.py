# SPDX-License-Identifier: Apache-2.0
"""The actors of the theatre: name in a caption -> code point of the Fluent 3D picture."""

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
