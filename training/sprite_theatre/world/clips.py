# SPDX-License-Identifier: Apache-2.0
"""Which clips there are, and which of them training never sees.

Held out for good: the combinations of HELD_OUT (all their clips, whatever the colour, size and company), and of the others
one clip in 25 (`validation`).
"""
from dataclasses import dataclass
from typing import Optional

from .motions import MOTION_NAMES, START_CHANCES, STARTS
from .objects import BIG, COLOURS, OBJECT_NAMES, SMALL, Actor
from .scenes import SCENE_NAMES

# (object that moves, motion, scene)
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

SPLITS = ("train", "validation", "held_out")

# How often clips of a kind are drawn.
KINDS = {"plain": 0.56, "coloured": 0.14, "small": 0.15, "pair": 0.15}


@dataclass(frozen=True)
class Relation:
    """Where the moving sprite is to the resting one: the latter's place, the former's starts, and motions that never bring
    both into one cell (a cell's codes then belong to one of them)."""
    rests_at: tuple
    starts: tuple  # indices into STARTS
    motions: tuple


RELATIONS = {
    "above": Relation((6, 10), (0, 1), ("right", "left", "jump", "still")),
    "below": Relation((6, 0), (2, 3), ("right", "left", "still")),
    "left of": Relation((10, 6), (0, 2), ("up", "down", "jump", "still")),
    "right of": Relation((0, 6), (1, 3), ("up", "down", "jump", "still")),
}
RELATION_NAMES = list(RELATIONS)


@dataclass(frozen=True)
class Clip:
    actor: Actor
    motion: str
    scene: str
    start: tuple
    relation: str = ""             # to the other, if there is one
    other: Optional[Actor] = None  # small, rests at the relation's place

    @property
    def combination(self):
        return self.actor.obj, self.motion, self.scene

    @property
    def kind(self):
        if self.other:
            return "pair"
        if self.actor.size == "small":
            return "small"
        return "coloured" if self.actor.obj in COLOURS else "plain"

    @property
    def chance(self):
        """Of its start among those that its like may take, relative."""
        return START_CHANCES[STARTS.index(self.start)]


def _singles():
    for actor in BIG + SMALL:
        for motion in MOTION_NAMES:
            for scene in SCENE_NAMES:
                for start in STARTS:
                    yield Clip(actor, motion, scene, start)


def _pairs():
    for actor in SMALL:
        for scene in SCENE_NAMES:
            for other in SMALL:
                for name, relation in RELATIONS.items():
                    for motion in relation.motions if other != actor else ():
                        for start in relation.starts:
                            yield Clip(actor, motion, scene, STARTS[start], name, other)


def _split(clip, number):
    if clip.combination in HELD_OUT:
        return "held_out"
    return "validation" if number * 7919 % 25 == 0 else "train"


def clips(split):
    """All clips of a split: kind -> list."""
    found = {kind: [] for kind in KINDS}
    for number, clip in enumerate([*_singles(), *_pairs()]):
        if _split(clip, number) == split:
            found[clip.kind].append(clip)
    return found


def draw(found, count, rng):
    """`count` clips of what `clips` found, kinds and starts by their chances, all else alike."""
    chosen = []
    chances = {kind: [c.chance for c in of_kind] for kind, of_kind in found.items()}
    for kind in rng.choices(list(KINDS), list(KINDS.values()), k=count):
        chosen += rng.choices(found[kind], chances[kind])
    return chosen
