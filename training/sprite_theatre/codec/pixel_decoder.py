# SPDX-License-Identifier: Apache-2.0
"""VILA-U's pixel decoder (the VQGAN one), named as its tensors are on disk: code vectors of a frame -> picture."""
import torch
import torch.nn.functional as F
from torch import nn


class WideGroupNorm(nn.GroupNorm):
    """Computed in float32 whatever comes in."""

    def forward(self, x):
        return super().forward(x.float())


def _norm(channels):
    return WideGroupNorm(32, channels, eps=1e-6)


class ResBlock(nn.Module):
    def __init__(self, inside, outside):
        super().__init__()
        self.norm1 = _norm(inside)
        self.conv1 = nn.Conv2d(inside, outside, 3, padding=1)
        self.norm2 = _norm(outside)
        self.conv2 = nn.Conv2d(outside, outside, 3, padding=1)
        if inside != outside:
            self.nin_shortcut = nn.Conv2d(inside, outside, 1)

    def forward(self, x):
        y = self.conv1(F.silu(self.norm1(x)))
        y = self.conv2(F.silu(self.norm2(y)))
        return (self.nin_shortcut(x) if hasattr(self, "nin_shortcut") else x) + y


class AttnBlock(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.norm = _norm(channels)
        for name in ("q", "k", "v", "proj_out"):
            setattr(self, name, nn.Conv2d(channels, channels, 1))

    def forward(self, x):
        b, c, h, w = x.shape
        y = self.norm(x)
        q, k, v = (conv(y).flatten(2) for conv in (self.q, self.k, self.v))
        share = torch.softmax(q.transpose(1, 2) @ k * c ** -0.5, -1)
        return x + self.proj_out((v @ share.transpose(1, 2)).view(b, c, h, w))


class Upsample(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.conv = nn.Conv2d(channels, channels, 3, padding=1)

    def forward(self, x):
        return self.conv(F.interpolate(x, scale_factor=2.0, mode="nearest"))


class Decoder(nn.Module):
    """`size`: channels, multipliers, blocks, z_channels. Levels run from the coarsest (last) to 0."""

    def __init__(self, size):
        super().__init__()
        widths = [size.channels * m for m in size.multipliers]
        width = widths[-1]
        self.conv_in = nn.Conv2d(size.z_channels, width, 3, padding=1)
        self.mid = nn.ModuleDict(
            {"block_1": ResBlock(width, width), "attn_1": AttnBlock(width), "block_2": ResBlock(width, width)})
        levels = []
        for level in reversed(range(len(widths))):
            blocks = nn.ModuleList()
            for _ in range(size.blocks + 1):
                blocks.append(ResBlock(width, widths[level]))
                width = widths[level]
            parts = nn.ModuleDict({"block": blocks})
            if level > 0:
                parts["upsample"] = Upsample(width)
            levels.insert(0, parts)
        self.up = nn.ModuleList(levels)
        self.norm_out = _norm(width)
        self.conv_out = nn.Conv2d(width, 3, 3, padding=1)

    def forward(self, z):
        x = self.conv_in(z)
        x = self.mid["block_2"](self.mid["attn_1"](self.mid["block_1"](x)))
        for parts in reversed(self.up):
            for block in parts["block"]:
                x = block(x)
            if "upsample" in parts:
                x = parts["upsample"](x)
        return self.conv_out(F.silu(self.norm_out(x)))


class PixelDecoder(nn.Module):
    """z [B, E, h, w] -> picture [B, 3, H, W], about -1..1."""

    def __init__(self, size, code_dim):
        super().__init__()
        self.post_quant_conv = nn.Conv2d(code_dim, size.z_channels, 1)
        self.decoder = Decoder(size)

    def forward(self, z):
        return self.decoder(self.post_quant_conv(z))


def to_pixels(picture):
    """[B, 3, H, W] -> uint8 [B, H, W, 3], truncating as VILA-U does."""
    return ((picture.float() + 1) * 127.5).clamp(0, 255).to(torch.uint8).permute(0, 2, 3, 1)
