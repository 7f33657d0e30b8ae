# SPDX-License-Identifier: Apache-2.0
"""The LLaMA backbone over a mixed sequence of text and visual embeddings, named as its tensors are on disk.

Besides the hidden states it can return, for each layer, what the replay gate looks at: the token aligned attention score
(TAS) of each position with the position one frame earlier, and the MLP's outputs. It can also run with replay.
"""
import math

import torch
from torch import nn

from .replay import gate, used_outputs

_QUERY_BLOCK = 144  # attention is computed in blocks of queries that see only the keys before their end


class RMSNorm(nn.Module):
    def __init__(self, dim, eps):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(dim))
        self.eps = eps

    def forward(self, x):
        wide = x.float()
        return self.weight * (wide * torch.rsqrt(wide.pow(2).mean(-1, keepdim=True) + self.eps)).type_as(x)


def rotary(length, head_dim, theta, device=None):
    """cos and sin [length, head_dim] for the rotate-half layout."""
    frequency = theta ** (-torch.arange(0, head_dim, 2, device=device).float() / head_dim)
    angle = torch.arange(length, device=device).float()[:, None] * frequency
    angle = torch.cat([angle, angle], -1)
    return angle.cos(), angle.sin()


def rotate(x, cos, sin):
    half = x.shape[-1] // 2
    turned = torch.cat([-x[..., half:], x[..., :half]], -1)
    return (x * cos + turned * sin).type_as(x)


def causal_attention(q, k, v):
    """[B, H, T, hd] each."""
    length, scale = q.shape[2], 1 / math.sqrt(q.shape[3])
    blocks = []
    for begin in range(0, length, _QUERY_BLOCK):
        end = min(begin + _QUERY_BLOCK, length)
        score = (q[:, :, begin:end] * scale) @ k[:, :, :end].transpose(-1, -2)
        hidden = torch.ones(end - begin, end, dtype=torch.bool, device=q.device).triu(begin + 1)
        score = score.masked_fill(hidden, float("-inf"))
        blocks.append(torch.softmax(score, -1, dtype=v.dtype) @ v[:, :, :end])
    return torch.cat(blocks, 2)


class Attention(nn.Module):
    def __init__(self, dim, heads):
        super().__init__()
        self.heads = heads
        for name in ("q_proj", "k_proj", "v_proj", "o_proj"):
            setattr(self, name, nn.Linear(dim, dim, bias=False))

    def forward(self, x, cos, sin, stride):
        """Also TAS [B, T - stride] of position t with t - stride: un-rotated query, rotated key, mean over heads."""
        b, t, d = x.shape
        q, k, v = (p(x).view(b, t, self.heads, -1).transpose(1, 2) for p in (self.q_proj, self.k_proj, self.v_proj))
        turned = rotate(k, cos, sin)
        score = None
        if stride is not None:
            score = aligned_score(q, turned, stride)
        mixed = causal_attention(rotate(q, cos, sin), turned, v)
        return self.o_proj(mixed.transpose(1, 2).reshape(b, t, d)), score


def aligned_score(q_raw, k_turned, stride):
    """The `official` TAS for every position from `stride` on: [B, H, T, hd] -> [B, T - stride]."""
    product = (q_raw[:, :, stride:].float() * k_turned[:, :, :-stride].float()).sum(-1)
    return product.mean(1) / math.sqrt(q_raw.shape[-1])


class SwiGLU(torch.autograd.Function):
    """silu(gate) * up, from sigmoid and products: on a CPU twice as fast in bfloat16 as torch's own silu and its gradient."""

    @staticmethod
    def forward(ctx, gate, up):
        share = torch.sigmoid(gate)
        swish = gate * share
        ctx.save_for_backward(share, swish, up)
        return swish * up

    @staticmethod
    def backward(ctx, grad):
        share, swish, up = ctx.saved_tensors
        slope = torch.addcmul(share + swish, swish, share, value=-1)
        return slope.mul_(up).mul_(grad), swish * grad


class MLP(nn.Module):
    def __init__(self, dim, inner):
        super().__init__()
        self.gate_proj = nn.Linear(dim, inner, bias=False)
        self.up_proj = nn.Linear(dim, inner, bias=False)
        self.down_proj = nn.Linear(inner, dim, bias=False)

    def forward(self, x):
        return self.down_proj(SwiGLU.apply(self.gate_proj(x), self.up_proj(x)))


class Layer(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.input_layernorm = RMSNorm(size.dim, size.norm_eps)
        self.self_attn = Attention(size.dim, size.heads)
        self.post_attention_layernorm = RMSNorm(size.dim, size.norm_eps)
        self.mlp = MLP(size.dim, size.feed_forward)

    def forward(self, x, cos, sin, stride, plan):
        """Returns the stream, TAS, the MLP's outputs as computed and as used (they differ where `plan` replays)."""
        attended, score = self.self_attn(self.input_layernorm(x), cos, sin, stride)
        x = x + attended
        out = self.mlp(self.post_attention_layernorm(x))
        used = out if plan is None else used_outputs(out, gate(score, plan, stride), stride)
        return x + used, score, out, used


class Backbone(nn.Module):
    def __init__(self, size, vocabulary):
        super().__init__()
        self.size = size
        self.embed_tokens = nn.Embedding(vocabulary, size.dim)
        self.layers = nn.ModuleList(Layer(size) for _ in range(size.layers))
        self.norm = RMSNorm(size.dim, size.norm_eps)
        nn.init.normal_(self.embed_tokens.weight, std=0.5)
        for name, weight in self.named_parameters():
            if "_proj" in name:
                nn.init.normal_(weight, std=0.6 / math.sqrt(weight.shape[1]))
            if "o_proj" in name or "down_proj" in name:
                nn.init.normal_(weight, std=0.1 / math.sqrt(weight.shape[1]))

    def forward(self, x, stride=None, plan=None):
        """x [B, T, D] -> final-normed states [B, T, D], with a stride per layer (TAS, MLP outputs, outputs used), and the
        residual stream after each layer."""
        cos, sin = rotary(x.shape[1], self.size.dim // self.size.heads, self.size.rope_theta, x.device)
        gates, stream = [], []
        for layer in self.layers:
            x, score, out, used = layer(x, cos, sin, stride, plan)
            stream.append(x)
            if stride is not None:
                gates.append((score, out, used))
        return self.norm(x), gates, stream
