# SPDX-License-Identifier: Apache-2.0
"""Who moves how: paths on a lattice of half cells.

Positions are those of the sprite box's top left corner in steps of half a cell (4 pixels of 64). Every motion goes one
step a frame. Starts lie on whole cells, so a frame never has a half step in both directions; they are near the middle and
shared between motions, so that the words, not the start, tell the motion. At the end of a motion a sprite may hang over
the edge by two sevenths.

Each motion has four starts, and earlier ones in reading order are likelier (`START_CHANCES`). That matters for sampling:
the model meets the places one after the other and decides "here, or later?". With many equally likely places each single
"here" is so improbable that a low temperature or top-p removes it, and the stage stays empty.
"""

MOTION_NAMES = ["right", "left", "up", "down", "jump", "still"]
START_CHANCES = (0.36, 0.28, 0.2, 0.16)

_STARTS = {
    "right": [(2, 2), (4, 2), (2, 6), (4, 6)],
    "left": [(4, 2), (6, 2), (4, 6), (6, 6)],
    "up": [(2, 4), (6, 4), (2, 6), (6, 6)],
    "down": [(2, 2), (6, 2), (2, 4), (6, 4)],
    "jump": [(2, 4), (6, 4), (2, 6), (6, 6)],
    "still": [(2, 2), (6, 2), (4, 4), (4, 6)],
}
_JUMP_HEIGHTS = (0, 1, 2, 3, 3, 2, 1, 0)


def starts(motion):
    """The (x, y) at which a clip of this motion may begin, in reading order."""
    return _STARTS[motion]


def path(motion, start, frames):
    """The position in every frame."""
    x, y = start
    step = {
        "right": lambda t: (x + t, y),
        "left": lambda t: (x - t, y),
        "down": lambda t: (x, y + t),
        "up": lambda t: (x, y - t),
        "jump": lambda t: (x, y - _JUMP_HEIGHTS[t % len(_JUMP_HEIGHTS)]),
        "still": lambda t: (x, y),
    }[motion]
    return [step(t) for t in range(frames)]


def all_positions(frames):
    """Every position that any clip visits, sorted."""
    visited = {p for m in MOTION_NAMES for s in starts(m) for p in path(m, s, frames)}
    return sorted(visited)
