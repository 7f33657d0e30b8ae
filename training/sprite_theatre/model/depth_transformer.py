# SPDX-License-Identifier: Apache-2.0
"""The depth transformer: from one hidden state to the logits of a cell's codes, one depth after the other."""
import math

import torch
import torch.nn.functional as F
from torch import nn


class DepthAttention(nn.Module):
    def __init__(self, dim, heads):
        super().__init__()
        self.heads = heads
        for name in ("key", "query", "value", "proj"):
            setattr(self, name, nn.Linear(dim, dim))

    def forward(self, x):
        m, depth, dim = x.shape
        q, k, v = (p(x).view(m, depth, self.heads, -1).transpose(1, 2) for p in (self.query, self.key, self.value))
        score = q @ k.transpose(-1, -2) / math.sqrt(q.shape[-1])
        hidden = torch.ones(depth, depth, dtype=torch.bool, device=x.device).triu(1)
        mixed = torch.softmax(score.masked_fill(hidden, float("-inf")), -1, dtype=v.dtype) @ v
        return self.proj(mixed.transpose(1, 2).reshape(m, depth, dim))


class DepthBlock(nn.Module):
    def __init__(self, dim, heads):
        super().__init__()
        self.ln1 = nn.LayerNorm(dim)
        self.ln2 = nn.LayerNorm(dim)
        self.attn = DepthAttention(dim, heads)
        self.mlp = nn.Sequential(nn.Linear(dim, 4 * dim), nn.GELU(), nn.Linear(4 * dim, dim))

    def forward(self, x):
        x = x + self.attn(self.ln1(x))
        return x + self.mlp(self.ln2(x))


class DepthTransformer(nn.Module):
    """Its input at depth 0 is the hidden state, at depth d the sum of the code vectors chosen before."""

    def __init__(self, size, hidden_dim, code_dim, depth, entries):
        super().__init__()
        self.in_mlp_1 = nn.Linear(code_dim, size.dim)
        self.in_mlp_2 = nn.Linear(hidden_dim, size.dim)
        self.pos_emb_d = nn.Parameter(torch.randn(1, depth, size.dim) * 0.02)
        self.head_transformer = nn.ModuleDict(
            {"blocks": nn.ModuleList(DepthBlock(size.dim, size.heads) for _ in range(size.layers))})
        self.classifier_mlp = nn.ModuleDict(
            {"layer_norm": nn.LayerNorm(size.dim), "linear": nn.Linear(size.dim, entries)})

    def forward(self, hidden, partial):
        """hidden [M, D], partial [M, depth - 1, E] (sums of the first 1, 2, ... code vectors) -> [M, depth, entries]."""
        x = torch.cat([self.in_mlp_2(hidden)[:, None], self.in_mlp_1(partial)], 1)
        x = x + self.pos_emb_d[:, :x.shape[1]]
        for block in self.head_transformer["blocks"]:
            x = block(x)
        return self.classifier_mlp["linear"](self.classifier_mlp["layer_norm"](x))


def code_loss(logits, codes):
    """Mean over depths of the cross entropy: [M, depth, entries], [M, depth] -> [M]."""
    each = F.cross_entropy(logits.float().flatten(0, 1), codes.flatten(), reduction="none")
    return each.view(codes.shape).mean(1)
