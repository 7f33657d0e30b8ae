# SPDX-License-Identifier: Apache-2.0
"""Replay inside training: what a layer adds when some MLPs give what they gave one frame earlier.

With teacher forcing all positions of a layer are known at once, so the chain "a replayed slot keeps its value" takes as
many steps as a clip has frames.
"""
from dataclasses import dataclass

import torch


@dataclass
class ReplayPlan:
    eligible: torch.Tensor  # [B, T] bool: visual tokens from frame 2 on
    share: float            # of the eligible MLPs of each layer


def gate(score, plan, stride):
    """TAS [B, T - stride] -> who replays [B, T]: the `share` of highest scores in this batch."""
    eligible = plan.eligible[:, stride:]
    known = score.detach().float()
    if not eligible.any():
        return torch.zeros_like(plan.eligible)
    threshold = torch.quantile(known[eligible], 1 - plan.share)
    head = torch.zeros_like(plan.eligible[:, :stride])
    return torch.cat([head, eligible & (known > threshold)], 1)


def used_outputs(out, replayed, stride):
    """MLP outputs [B, T, D] as they are used: where `replayed` [B, T], the one used `stride` positions earlier."""
    parts = [out[:, :stride]]
    for begin in range(stride, out.shape[1], stride):
        fresh = out[:, begin:begin + stride]
        parts.append(torch.where(replayed[:, begin:begin + stride, None], parts[-1][:, :fresh.shape[1]], fresh))
    return torch.cat(parts, 1)
