# SPDX-License-Identifier: Apache-2.0
"""What training minimises: codes of the cells that matter, and a gate score that tells how redundant an MLP is."""
import torch
import torch.nn.functional as F

from .model.depth_transformer import code_loss


def cell_weights(changed, cells, training):
    """[B, n] weights: still cells 1, changed ones more. In frames 1 and 2 the first changed cells decide what is to be seen
    and where it goes: only there the words matter (afterwards the cells before tell), so these weigh most."""
    weight = torch.where(changed, training.changed_weight, 1.0)
    for frame in range(min(2, changed.shape[1] // cells)):
        part = slice(frame * cells, (frame + 1) * cells)
        first = changed[:, part] & (changed[:, part].cumsum(1) <= training.deciding_cells)
        weight[:, part][first] *= training.deciding_weight
    return weight


def sampled_code_loss(model, hidden, batch, cells, training):
    """Depth loss on all changed cells and a share of the still ones, weighted so that its mean stays the same."""
    weight = cell_weights(batch.changed, cells, training)
    kept = batch.changed | (torch.rand_like(weight) < training.static_share)
    importance = torch.where(batch.changed, weight, weight / training.static_share)[kept]
    codes = batch.codes[kept]
    logits = model.depth(hidden[kept], model.partial_sums(codes)[:, :-1])
    return (code_loss(logits, codes) * importance).sum() / weight.sum()


def redundancy(computed, used, stride):
    """Cosine of each token's MLP output with the one used a frame earlier: [B, n, D] -> [B, n - stride]."""
    return F.cosine_similarity(computed[:, stride:].detach().float(), used[:, :-stride].detach().float(), dim=-1)


def tas_loss(gates, stride):
    """Teaches sigmoid(TAS) to be the fourth power of the cosine; the mean over layers."""
    parts = [F.binary_cross_entropy_with_logits(score, redundancy(computed, used, stride).clamp(0, 1) ** 4)
             for score, computed, used in gates]
    return torch.stack(parts).mean()
