# SPDX-License-Identifier: Apache-2.0
"""Guided sampling of clips for many prompts at once, on top of the reference."""
from dataclasses import dataclass

import torch


@dataclass
class Sampling:
    temperature: float = 0.6
    top_k: int = 100
    top_p: float = 0.9
    cfg: float = 1.5


def kept_probabilities(logits, sampling):
    """Temperature, top-k (ties kept), softmax, top-p (through the token that first reaches p), renormalised."""
    logits = logits / sampling.temperature
    if sampling.top_k < logits.shape[-1]:
        smallest = logits.topk(sampling.top_k).values[..., -1:]
        logits = logits.masked_fill(logits < smallest, float("-inf"))
    ordered, order = torch.softmax(logits, -1).sort(descending=True)
    ordered = ordered.masked_fill(ordered.cumsum(-1) - ordered >= sampling.top_p, 0)
    kept = torch.zeros_like(ordered).scatter(-1, order, ordered)
    return kept / kept.sum(-1, keepdim=True)


def _draw_cell(reference, hidden, pairs, sampling, generator):
    """hidden [2 * pairs, D] (conditional rows, then unconditional; without guidance [pairs, D]) -> codes [pairs, depth]."""
    codes = torch.empty(pairs, 0, dtype=torch.long)
    for _ in range(reference.checkpoint.depth):
        logits = reference.logits(hidden, codes.repeat(len(hidden) // pairs, 1))[:, -1]
        if len(hidden) > pairs:
            logits = logits[pairs:] + sampling.cfg * (logits[:pairs] - logits[pairs:])
        chosen = torch.multinomial(kept_probabilities(logits, sampling), 1, generator=generator)
        codes = torch.cat([codes, chosen], 1)
    return codes


@torch.no_grad()
def sample(reference, prompts, sampling, seed=0, thresholds=None, decide=None, frames=None):
    """Codes [prompts, frames * cells, depth] and the share of replayed MLPs from frame 2 on.

    Rows of the unconditional prompt run along only where guidance needs them.
    """
    generator = torch.Generator().manual_seed(seed)
    tokenizer = reference.checkpoint.tokenizer
    total = (frames or reference.checkpoint.frames) * reference.stride
    rows = [tokenizer.prompt(p) for p in prompts]
    if sampling.cfg != 1:
        rows += [tokenizer.prompt("")] * len(prompts)
    hidden = reference.begin(rows, total)
    found, replayed, eligible = [], 0, 0
    for j in range(total):
        codes = _draw_cell(reference, hidden, len(prompts), sampling, generator)
        found.append(codes)
        if j + 1 < total:
            z = reference.latents(codes).repeat(len(rows) // len(prompts), 1)
            hidden = reference.step(z, thresholds, decide)
            if j >= reference.stride:
                replayed += reference.replayed.sum().item()
                eligible += reference.replayed.numel()
    return torch.stack(found, 1), replayed / max(1, eligible)


@torch.no_grad()
def pictures(reference, codes):
    """Codes of one clip [frames * cells, depth] -> uint8 [frames, H, W, 3], truncated as VILA-U does."""
    frames = reference.pictures(codes.view(-1, reference.stride, codes.shape[-1]))
    return frames.clamp(0, 255).to(torch.uint8).numpy()
