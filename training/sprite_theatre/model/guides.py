# SPDX-License-Identifier: Apache-2.0
"""Linear read-outs that help training and are then thrown away: they are no part of the model and of no checkpoint.

Once a sprite's first cell is known, the cells before tell almost everything, so next-code cross entropy alone hardly teaches
the model to read its prompt. From the states after an early layer the words' meaning must be readable (who, how, where, with
whom), everywhere in the clip; from those after a middle layer, which part of which sprite the next cell will show.
"""
import torch
import torch.nn.functional as F
from torch import nn

from ..clip_batches import LABEL_SIZES, NOWHERE, PLACE_CLASSES, UNSAID

_NOWHERE_WEIGHT = 0.2


class Guides(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.labels = nn.Linear(dim, sum(LABEL_SIZES))
        self.places = nn.Linear(dim, PLACE_CLASSES)

    def forward(self, early, middle, batch):
        """States [B, n, D] that predict the batch's n cells -> mean cross entropies of labels and of places."""
        said = batch.labels[:, 0] != UNSAID
        words = torch.zeros((), device=early.device)
        if said.any():
            read = self.labels(F.layer_norm(early[said], early.shape[-1:])).float()
            wanted = batch.labels[said][:, None].expand(-1, read.shape[1], -1)
            for column, part in enumerate(read.split(LABEL_SIZES, -1)):
                words = words + F.cross_entropy(part.flatten(0, 1), wanted[..., column].flatten())
        seen = self.places(F.layer_norm(middle, middle.shape[-1:])).float()
        each = F.cross_entropy(seen.flatten(0, 1), batch.places.flatten(), reduction="none")
        weight = torch.where(batch.places.flatten() == NOWHERE, _NOWHERE_WEIGHT, 1.0)
        return words / len(LABEL_SIZES), (each * weight).sum() / weight.sum()
