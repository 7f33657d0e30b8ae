# SPDX-License-Identifier: Apache-2.0
"""Muon: momentum whose update is replaced by the nearest orthogonal matrix, for the 2-D weights inside blocks."""
import torch


def orthogonal(update, rounds=5):
    """Newton-Schulz iteration towards U V^T, over the last two dimensions."""
    a, b, c = 3.4445, -4.7750, 2.0315
    x = update.bfloat16()
    tall = x.shape[-2] > x.shape[-1]
    if tall:
        x = x.transpose(-1, -2)
    x = x / (x.norm(dim=(-2, -1), keepdim=True) + 1e-7)
    for _ in range(rounds):
        square = x @ x.transpose(-1, -2)
        x = a * x + (b * square + c * square @ square) @ x
    return (x.transpose(-1, -2) if tall else x).float()


class Muon(torch.optim.Optimizer):
    def __init__(self, weights, lr, momentum=0.95):
        super().__init__(weights, {"lr": lr, "momentum": momentum})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for weight in group["params"]:
                if weight.grad is None:
                    continue
                state = self.state[weight]
                if "momentum" not in state:
                    state["momentum"] = torch.zeros_like(weight)
                state["momentum"].mul_(group["momentum"]).add_(weight.grad)
                update = orthogonal(weight.grad + group["momentum"] * state["momentum"])
                rows, columns = weight.shape
                weight.add_(update, alpha=-group["lr"] * max(1, rows / columns) ** 0.5)
