# SPDX-License-Identifier: Apache-2.0
"""The captions' grammar: subject, motion, company, scene, each with a few ways to say it."""
import itertools

from .objects import COLOURS

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
RELATION_PHRASES = {
    "above": ["above", "higher than"],
    "below": ["below", "beneath"],
    "left of": ["left of", "to the left of"],
    "right of": ["right of", "to the right of"],
}
SMALL_WORDS = ["small", "little", "tiny"]
IDLE_ADJECTIVES = ["cute", "happy", "funny", "lovely", "nice", "young", "beautiful"]  # heard, and without consequence


def article(noun):
    return "an" if noun[0] in "aeiou" else "a"


def nouns(actor, alone=True):
    """The ways to name an actor, the plainest first. An object's own colour may go without saying; in company all are small,
    and nobody says so."""
    names = [actor.obj]
    if actor.colour:
        own = actor.colour == next(iter(COLOURS[actor.obj]))
        names = [actor.obj] * own + [f"{actor.colour} {actor.obj}"]
    if actor.size == "small" and alone:
        names = [f"{word} {name}" for word in SMALL_WORDS for name in names]
    return names


def captions(clip):
    """Every way to say it; the first is the plainest."""
    subjects = nouns(clip.actor, alone=clip.other is None)
    company = [""]
    if clip.other:
        company = [f" {r} {article(n)} {n}" for r in RELATION_PHRASES[clip.relation] for n in nouns(clip.other, alone=False)]
    return [f"{article(n)} {n} {m}{c} {s}" for n, m, c, s in
            itertools.product(subjects, MOTION_PHRASES[clip.motion], company, SCENE_PHRASES[clip.scene])]


def say(clip, rng):
    """One way to ask for a clip, as users do: mostly the grammar's, at times with an idle adjective, a part left out, a
    capital letter or a full stop. The parts left out are the model's to choose."""
    noun = rng.choice(nouns(clip.actor, alone=clip.other is None))
    if rng.random() < 0.1:
        noun = rng.choice(IDLE_ADJECTIVES) + " " + noun
    parts = [article(noun), noun]
    left_out = rng.random()
    if left_out >= 0.03:
        parts.append(rng.choice(MOTION_PHRASES[clip.motion]))
    if clip.other:
        other = rng.choice(nouns(clip.other, alone=False))
        parts += [rng.choice(RELATION_PHRASES[clip.relation]), article(other), other]
    if left_out < 0.94 or left_out >= 0.97:
        parts.append(rng.choice(SCENE_PHRASES[clip.scene]))
    caption = " ".join(parts)
    if rng.random() < 0.2:
        caption = caption[0].upper() + caption[1:]
    return caption + "." if rng.random() < 0.2 else caption
