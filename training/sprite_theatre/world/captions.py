# SPDX-License-Identifier: Apache-2.0
"""The captions' grammar: subject, motion, scene, each with a few ways to say it."""

MOTION_PHRASES = {
    "right": ["moves from left to right", "moves to the right", "goes right", "flies to the right", "slides from left to right"],
    "left": ["moves from right to left", "moves to the left", "goes left", "flies to the left", "slides from right to left"],
    "up": ["moves up", "rises up", "goes up", "floats up"],
    "down": ["moves down", "falls down", "goes down", "sinks down"],
    "jump": ["jumps up and down", "bounces up and down", "hops up and down", "jumps"],
    "still": ["stands still", "does not move", "rests", "stays still"],
}
SCENE_PHRASES = {
    "beach": ["on a beach", "at the beach", "on a sandy beach"],
    "meadow": ["in a meadow", "over a green meadow", "on the grass"],
    "night": ["at night", "under the night sky", "in the night sky"],
    "sea": ["under the sea", "under water", "in the deep sea"],
    "snow": ["in the snow", "over snowy hills", "on the snow"],
    "desert": ["in the desert", "in a desert at sunset", "over the desert"],
}


def article(noun):
    return "an" if noun[0] in "aeiou" else "a"


def captions(obj, motion, scene):
    """Every way to say it; the first is the plainest."""
    return [f"{article(obj)} {obj} {m} {s}" for m in MOTION_PHRASES[motion] for s in SCENE_PHRASES[scene]]


ADJECTIVES = ["cute", "little", "big", "happy", "funny", "lovely", "small", "nice", "red", "blue", "young", "beautiful"]


def say(clip, rng):
    """One way to ask for a clip, as users do: mostly the grammar's, at times with an adjective, a part left out,
    a capital letter or a full stop. The parts left out are the model's to choose."""
    noun = clip.obj
    if rng.random() < 0.1:
        noun = rng.choice(ADJECTIVES) + " " + noun
    motion, scene = rng.choice(MOTION_PHRASES[clip.motion]), rng.choice(SCENE_PHRASES[clip.scene])
    left_out = rng.random()
    parts = [motion] * (left_out >= 0.03) + [scene] * (left_out < 0.94 or left_out >= 0.97)
    caption = " ".join([article(noun), noun, *parts])
    if rng.random() < 0.2:
        caption = caption[0].upper() + caption[1:]
    return caption + "." if rng.random() < 0.2 else caption
