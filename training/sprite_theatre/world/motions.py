# SPDX-License-Identifier: Apache-2.0
"""Who moves how: paths on a lattice of half cells.

Positions are those of the sprite box's top left corner in steps of half a cell (4 pixels of 64). Every motion goes one
step a frame until the sprite hangs over the edge by one step, and rests there, so a clip may have any number of frames.
Starts lie on whole cells, so a frame never has a half step in both directions.

All motions share the same starts: where a sprite begins says nothing about where it goes, only the words do. Each start
is taken with chance one half by those who passed the earlier ones in reading order (`START_CHANCES`). That matters for
sampling: the model meets the places one after the other and decides "here, or later?". A chance of one half stays one half
at any temperature; a small chance would be removed by a low temperature or top-p, and the stage would stay empty.
"""

MOTION_NAMES = ["right", "left", "up", "down", "jump", "still"]
STARTS = ((4, 4), (6, 4), (4, 6), (6, 6))
START_CHANCES = (0.5, 0.25, 0.125, 0.125)
LATTICE = 16  # steps across the stage
_OVERHANG = 1
_JUMP_HEIGHTS = (0, 1, 2, 3, 3, 2, 1, 0)


def path(motion, start, frames, side):
    """The position in every frame of a sprite whose box is `side` steps wide."""
    x, y = start
    first, last = -_OVERHANG, LATTICE - side + _OVERHANG
    step = {
        "right": lambda t: (min(x + t, last), y),
        "left": lambda t: (max(x - t, first), y),
        "down": lambda t: (x, min(y + t, last)),
        "up": lambda t: (x, max(y - t, first)),
        "jump": lambda t: (x, y - _JUMP_HEIGHTS[t % len(_JUMP_HEIGHTS)]),
        "still": lambda t: (x, y),
    }[motion]
    return [step(t) for t in range(frames)]


def all_positions(side):
    """Every position that a sprite of this size can come to, sorted."""
    return sorted({p for motion in MOTION_NAMES for start in STARTS for p in path(motion, start, LATTICE, side)})
