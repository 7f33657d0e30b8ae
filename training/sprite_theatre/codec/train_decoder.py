# SPDX-License-Identifier: Apache-2.0
"""Trains the pixel decoder on frozen codes. Ends itself; killed and started again, it goes on. Its minutes are processor
time, so that rates do not fall while other programs have the machine.

python -m sprite_theatre.codec.train_decoder --run runs/default --minutes 20
"""
import argparse
import time
from pathlib import Path

import numpy as np
import torch

from ..config import load_config
from .patch_codes import PatchCodec
from .pixel_decoder import PixelDecoder

_BATCH = 16
_SPRITE_WEIGHT = 4.0
_FULL_RATE = 2e-3


def picture_loss(made, wanted, sprite_area):
    """L1 and squared error, the sprite's pixels weighted; pictures [B, 3, H, W] in -1..1, area [B, H, W]."""
    weight = 1 + (_SPRITE_WEIGHT - 1) * sprite_area[:, None].float()
    error = made.float() - wanted
    return ((error.abs() + 2 * error.square()) * weight).sum() / (3 * weight.sum())


class DecoderTrainer:
    def __init__(self, options):
        self.run = Path(options.run)
        self.config = load_config(options.config)
        self.device = torch.device(options.device)
        world = np.load(self.run / "world.npz")
        self.pictures = world["frames"]
        self.codes = world["codes"].astype(np.int64)
        self.area = world["sprite_area"]
        self.codec = PatchCodec.load(self.run / "codec.npz")
        torch.manual_seed(2)
        self.net = PixelDecoder(self.config.decoder, self.config.codes.dim).to(self.device)
        self.optimizer = torch.optim.AdamW(self.net.parameters(), _FULL_RATE, betas=(0.9, 0.98), weight_decay=0.0)
        self.spent, self.step = 0.0, 0
        self.budget = options.minutes * 60
        if (self.run / "decoder.pt").exists():
            saved = torch.load(self.run / "decoder.pt", map_location=self.device)
            self.net.load_state_dict(saved["net"])
            self.optimizer.load_state_dict(saved["optimizer"])
            self.spent, self.step = saved["spent"], saved["step"]

    def save(self):
        state = {"net": self.net.state_dict(), "optimizer": self.optimizer.state_dict(), "spent": self.spent, "step": self.step}
        torch.save(state, self.run / "decoder.tmp")
        (self.run / "decoder.tmp").rename(self.run / "decoder.pt")

    def batch(self, rows):
        side = self.config.side
        z = self.codec.latents(self.codes[rows]).reshape(len(rows), side, side, -1).transpose(0, 3, 1, 2)
        wanted = self.pictures[rows].astype(np.float32).transpose(0, 3, 1, 2) / 127.5 - 1
        found = (torch.from_numpy(np.ascontiguousarray(v)).to(self.device) for v in (z, wanted, self.area[rows]))
        return tuple(found)

    def train(self):
        rng = np.random.default_rng(self.step)
        saved = time.time()
        while self.spent < self.budget:
            begin = time.process_time()
            rate = _FULL_RATE * min(1, (self.step + 1) / 50) * max(0.01, 0.5 + 0.5 * np.cos(np.pi * self.spent / self.budget))
            self.optimizer.param_groups[0]["lr"] = rate
            z, wanted, area = self.batch(rng.integers(0, len(self.pictures), _BATCH))
            with torch.autocast(self.device.type, dtype=torch.bfloat16):
                loss = picture_loss(self.net(z), wanted, area)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(self.net.parameters(), 1.0)
            self.optimizer.step()
            self.optimizer.zero_grad(set_to_none=True)
            self.step += 1
            self.spent += time.process_time() - begin
            if self.step % 50 == 0:
                print(f"{self.spent / 60:6.2f} min  step {self.step}  loss {loss.item():.4f}", flush=True)
            if time.time() - saved > 60:
                self.save()
                print(self.quality(), flush=True)
                saved = time.time()
        print(self.quality(400), flush=True)
        self.save()

    @torch.no_grad()
    def quality(self, count=64):
        """PSNR of whole pictures and of the sprite's pixels, in float32."""
        rows = np.random.default_rng(5).integers(0, len(self.pictures), count)
        error, area_error = [], []
        for part in np.array_split(rows, max(1, count // 32)):
            z, wanted, area = self.batch(part)
            square = ((self.net(z).clamp(-1, 1) - wanted) * 127.5).square().mean(1)
            error.append(square.flatten())
            area_error.append(square[area])
        whole, sprite = (10 * torch.log10(255 ** 2 / torch.cat(e).mean()).item() for e in (error, area_error))
        return f"PSNR {whole:.1f} dB, sprite area {sprite:.1f} dB"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--config")
    parser.add_argument("--run", default="runs/default")
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--device", default="cpu")
    DecoderTrainer(parser.parse_args()).train()


if __name__ == "__main__":
    main()
