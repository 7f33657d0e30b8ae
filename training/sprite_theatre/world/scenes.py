# SPDX-License-Identifier: Apache-2.0
"""The stages: still procedural backgrounds, float RGB [size, size, 3] in 0..1.

Everything is drawn in units of the picture's height, so one function serves every resolution.
"""
import numpy as np

SCENE_NAMES = ["beach", "meadow", "night", "sea", "snow", "desert"]


def _grid(size):
    axis = (np.arange(size) + 0.5) / size
    return np.meshgrid(axis, axis, indexing="xy")


def _mix(low, high, amount):
    return np.asarray(low) + (np.asarray(high) - np.asarray(low)) * amount[..., None]


def _lay(picture, colour, below, softness):
    """Paints `colour` where `below` > 0, with an edge `softness` wide."""
    cover = np.clip(below / softness + 0.5, 0, 1)[..., None]
    return picture * (1 - cover) + np.asarray(colour) * cover


def beach(size):
    x, y = _grid(size)
    picture = _mix((0.45, 0.75, 1.0), (0.88, 0.96, 1.0), np.clip(y / 0.5, 0, 1))
    picture = _lay(picture, (0.13, 0.52, 0.80), y - 0.5, 1 / size)
    return _lay(picture, (0.95, 0.85, 0.62), y - 0.72 - 0.03 * np.sin(5 * x), 1.5 / size)


def meadow(size):
    x, y = _grid(size)
    picture = _mix((0.50, 0.72, 0.98), (0.93, 0.97, 1.0), np.clip(y / 0.6, 0, 1))
    picture = _lay(picture, (0.52, 0.78, 0.36), y - 0.56 + 0.05 * np.sin(7 * x), 1.5 / size)
    return _lay(picture, (0.33, 0.64, 0.25), y - 0.72 - 0.04 * np.sin(5 * x + 1), 1.5 / size)


def night(size):
    x, y = _grid(size)
    picture = _mix((0.03, 0.03, 0.14), (0.16, 0.12, 0.34), y)
    for sx, sy in np.random.default_rng(7).uniform(0.03, 0.97, (26, 2)) * (1, 0.75):
        glow = np.clip(1.15 - np.hypot(x - sx, y - sy) * 64 / 1.2, 0, 1)
        picture = picture + glow[..., None] * np.array((0.8, 0.8, 0.7))
    return np.clip(_lay(picture, (0.05, 0.05, 0.10), y - 0.86 + 0.03 * np.sin(9 * x), 1.5 / size), 0, 1)


def sea(size):
    x, y = _grid(size)
    picture = _mix((0.16, 0.62, 0.80), (0.03, 0.20, 0.48), np.clip(y / 0.85, 0, 1))
    picture = _lay(picture, (0.76, 0.66, 0.46), y - 0.86 - 0.02 * np.sin(8 * x), 1.5 / size)
    for weed in (0.12, 0.2, 0.83):
        sway = weed + 0.02 * np.sin(18 * y + 9 * weed)
        inside = np.minimum(0.022 - np.abs(x - sway), y - 0.66)
        picture = _lay(picture, (0.10, 0.45, 0.32), inside, 1.5 / size)
    return picture


def snow(size):
    x, y = _grid(size)
    picture = _mix((0.55, 0.62, 0.72), (0.78, 0.84, 0.91), np.clip(y / 0.6, 0, 1))
    picture = _lay(picture, (0.68, 0.74, 0.84), y - 0.52 + 0.06 * np.sin(6 * x + 2), 1.5 / size)
    return _lay(picture, (0.95, 0.97, 1.0), y - 0.72 + 0.03 * np.sin(7 * x), 1.5 / size)


def desert(size):
    x, y = _grid(size)
    picture = _mix((0.98, 0.62, 0.36), (1.0, 0.88, 0.62), np.clip(y / 0.6, 0, 1))
    picture = _lay(picture, (1.0, 0.96, 0.80), 0.09 - np.hypot(x - 0.82, y - 0.17), 1.5 / size)
    picture = _lay(picture, (0.80, 0.42, 0.24), y - 0.58 - 0.05 * np.sin(6 * x), 1.5 / size)
    return _lay(picture, (0.64, 0.30, 0.18), y - 0.76 + 0.05 * np.sin(5 * x + 1), 1.5 / size)


PAINTERS = {"beach": beach, "meadow": meadow, "night": night, "sea": sea, "snow": snow, "desert": desert}


def paint(name, size):
    return PAINTERS[name](size).astype(np.float32)
