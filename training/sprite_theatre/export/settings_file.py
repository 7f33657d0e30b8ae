# SPDX-License-Identifier: Apache-2.0
"""fastcar.json: what the application may know about a model beyond the layout. Parts are written by several steps."""
import json
from pathlib import Path

from ..world.captions import captions
from ..world.clips import HELD_OUT
from ..world.motions import MOTION_NAMES
from ..world.objects import OBJECT_NAMES
from ..world.scenes import SCENE_NAMES

_EXAMPLES = 24


def example_prompts():
    """The cat on the beach, then a round through objects, motions and scenes, each in varying words."""
    found = [captions("cat", "right", "beach")[0]]
    number = 0
    while len(found) < _EXAMPLES:
        number += 1
        obj = OBJECT_NAMES[number % len(OBJECT_NAMES)]
        motion = MOTION_NAMES[(number + number // len(OBJECT_NAMES)) % len(MOTION_NAMES)]
        scene = SCENE_NAMES[(number + number // len(SCENE_NAMES)) % len(SCENE_NAMES)]
        ways = captions(obj, motion, scene)
        text = ways[number * 5 % len(ways)]
        if (obj, motion, scene) not in HELD_OUT and text not in found:
            found.append(text)
    return found


def update(folder, **parts):
    file = Path(folder) / "fastcar.json"
    settings = json.loads(file.read_text()) if file.exists() else {}
    settings.update(parts)
    file.write_text(json.dumps(settings, indent=2) + "\n")


def start(folder, config):
    update(folder, name=config.name,
           description=f"{len(OBJECT_NAMES)} objects, {len(SCENE_NAMES)} scenes, {len(MOTION_NAMES)} motions; "
                       f"{config.frames} frames of {config.size}x{config.size} pixels.",
           objects=OBJECT_NAMES, prompts=example_prompts(), frames=config.frames, fps=config.fps,
           sampling=vars(config.sampling))
