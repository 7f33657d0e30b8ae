# SPDX-License-Identifier: Apache-2.0
"""fastcar.json: what the application may know about a model beyond the layout. Parts are written by several steps."""
import json
from pathlib import Path

from ..world.captions import captions
from ..world.clips import HELD_OUT, RELATION_NAMES, RELATIONS, Clip
from ..world.motions import MOTION_NAMES, STARTS
from ..world.objects import BIG, OBJECT_NAMES, SMALL, natural
from ..world.scenes import SCENE_NAMES

_EXAMPLES = 24


def example_prompts():
    """The cat on the beach, then a round through actors, motions and scenes in varying words; every fourth with company,
    every fourth small."""
    found = [captions(Clip(natural("cat"), "right", "beach", STARTS[0]))[0]]
    number = 0
    while len(found) < _EXAMPLES:
        number += 1
        actor = {1: SMALL, 3: SMALL}.get(number % 4, BIG)[number * 7 % 16]
        motion = MOTION_NAMES[(number + number // 6) % len(MOTION_NAMES)]
        scene = SCENE_NAMES[(number + number // 4) % len(SCENE_NAMES)]
        clip = Clip(actor, motion, scene, STARTS[0])
        if number % 4 == 3:
            relation = RELATION_NAMES[number // 4 % len(RELATION_NAMES)]
            if motion not in RELATIONS[relation].motions:
                continue
            clip = Clip(actor, motion, scene, STARTS[RELATIONS[relation].starts[0]], relation, SMALL[(number * 7 + 3) % 16])
        ways = captions(clip)
        text = ways[number * 5 % len(ways)]
        if clip.combination not in HELD_OUT and text not in found:
            found.append(text)
    return found


def update(folder, **parts):
    file = Path(folder) / "fastcar.json"
    settings = json.loads(file.read_text()) if file.exists() else {}
    settings.update(parts)
    file.write_text(json.dumps(settings, indent=2) + "\n")


def start(folder, config):
    update(folder, name=config.name,
           description=f"{len(OBJECT_NAMES)} objects, some in colours, big and small, one or two at a time; "
                       f"{len(SCENE_NAMES)} scenes, {len(MOTION_NAMES)} motions; "
                       f"{config.frames} frames of {config.size}x{config.size} pixels.",
           objects=OBJECT_NAMES, prompts=example_prompts(), frames=config.frames, fps=config.fps,
           sampling=vars(config.sampling))
