# SPDX-License-Identifier: Apache-2.0
"""Who moves how: paths on a lattice of half cells.

Positions are those of the sprite box's top left corner in steps of half a cell (4 pixels of 64). Every motion goes one
step a frame. Across a motion the start lies on whole cells, so a frame never has a half step in both directions.
Starts of opposite motions overlap and every other motion shares them all: the words, not the start, tell the motion.
"""

MOTION_NAMES = ["right", "left", "up", "down", "jump", "still"]

# Free room of a 7-step wide box on a 16-step wide stage is 0..9; a box may hang over the edge at the end of a motion.
_FORWARD_STARTS = range(0, 6)
_BACKWARD_STARTS = range(4, 10)
_ACROSS_STARTS = range(0, 9, 2)
_JUMP_HEIGHTS = (0, 1, 2, 3, 3, 2, 1, 0, 0, 1, 2, 3, 3, 2, 1, 0)


def starts(motion):
    """All (x, y) at which a clip of this motion may begin."""
    if motion == "right":
        return [(x, y) for x in _FORWARD_STARTS for y in _ACROSS_STARTS]
    if motion == "left":
        return [(x, y) for x in _BACKWARD_STARTS for y in _ACROSS_STARTS]
    if motion == "down":
        return [(x, y) for x in _ACROSS_STARTS for y in _FORWARD_STARTS]
    if motion == "up":
        return [(x, y) for x in _ACROSS_STARTS for y in _BACKWARD_STARTS]
    if motion == "jump":
        return [(x, y) for x in _ACROSS_STARTS for y in range(3, 10)]
    whole = [(x, y) for x in _ACROSS_STARTS for y in range(0, 10)]
    return whole + [(x, y) for x in range(1, 10, 2) for y in _ACROSS_STARTS]


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
