# SPDX-License-Identifier: Apache-2.0
"""The judge of a model: a small network that names what a clip shows. It is trained on rendered clips only
(`train_classifier`) and never sees a generated one.

It reads eight frames. Beside the objects it knows "nothing whole": an empty stage, a sprite that vanishes, turns into
another or is torn to pieces.
"""
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from ..world.clips import RELATION_NAMES
from ..world.motions import MOTION_NAMES
from ..world.objects import COLOUR_NAMES, OBJECT_NAMES, SIZES
from ..world.scenes import SCENE_NAMES

WINDOW = 8  # frames read together
NAMES = {
    "object": [*OBJECT_NAMES, "nothing whole"],
    "motion": MOTION_NAMES,
    "scene": SCENE_NAMES,
    "colour": ["", *COLOUR_NAMES],
    "size": list(SIZES),
    "relation": ["", *RELATION_NAMES],
    "other": ["", *OBJECT_NAMES],
}


def truth(clip):
    """What a clip shows: attribute -> name, as the classifier names it."""
    return {"object": clip.actor.obj, "motion": clip.motion, "scene": clip.scene, "colour": clip.actor.colour,
            "size": clip.actor.size, "relation": clip.relation, "other": clip.other.obj if clip.other else ""}


@dataclass
class Wide:
    """Channels of the network; the picture's side halves with each convolution."""
    convolutions: tuple = (24, 48, 96, 96)
    frame: int = 160
    clip: int = 256


class Classifier(nn.Module):
    def __init__(self, size, wide=Wide()):
        """size: side of the pictures."""
        super().__init__()
        channels = (3, *wide.convolutions)
        self.see = nn.Sequential(*(
            part for a, b, kernel in zip(channels, channels[1:], (5, 3, 3, 3)) for part in (
                nn.Conv2d(a, b, kernel, stride=2, padding=kernel // 2), nn.BatchNorm2d(b), nn.ReLU())))
        side = size // 2 ** len(wide.convolutions)
        self.frame = nn.Linear(wide.convolutions[-1] * side ** 2, wide.frame)
        self.clip = nn.Sequential(nn.Linear(WINDOW * wide.frame, wide.clip), nn.ReLU(), nn.Dropout(0.1))
        self.heads = nn.ModuleDict({name: nn.Linear(wide.clip, len(options)) for name, options in NAMES.items()})

    def forward(self, clips):
        """clips [B, WINDOW, 3, S, S] in 0..1 -> attribute -> logits [B, options]."""
        seen = self.see(clips.flatten(0, 1) - 0.5).flatten(1)
        together = self.clip(F.relu(self.frame(seen)).view(len(clips), -1))
        return {name: head(together) for name, head in self.heads.items()}

    @torch.no_grad()
    def read(self, clips):
        """uint8 arrays [WINDOW, S, S, 3] -> for each a dictionary attribute -> name."""
        self.eval()
        found = []
        for begin in range(0, len(clips), 64):
            answers = self(as_input(np.stack(clips[begin:begin + 64])))
            best = {name: logits.argmax(1).tolist() for name, logits in answers.items()}
            count = len(next(iter(best.values())))
            found += [{name: NAMES[name][rows[i]] for name, rows in best.items()} for i in range(count)]
        return found


def as_input(clips):
    """uint8 [B, frames, S, S, 3] -> float [B, frames, 3, S, S] in 0..1."""
    return torch.from_numpy(np.ascontiguousarray(clips.transpose(0, 1, 4, 2, 3))).float() / 255


def load(path):
    saved = torch.load(path, map_location="cpu")
    classifier = Classifier(saved["size"])
    classifier.load_state_dict(saved["net"])
    return classifier.eval()
