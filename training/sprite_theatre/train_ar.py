# SPDX-License-Identifier: Apache-2.0
"""Trains the auto-regressive model on frozen codes. Ends itself; killed and started again, it goes on.

Its minutes are processor time, so that rates do not fall while other programs have the machine.

python -m sprite_theatre.train_ar --run runs/default --minutes 70
Several processes (RANK, WORLD_SIZE, MASTER_ADDR, MASTER_PORT set) average their gradients.
"""
import argparse
import os
import time
from pathlib import Path

import numpy as np
import torch
import torch.distributed as dist

from .clip_batches import ClipSource
from .config import load_config
from .losses import sampled_code_loss, tas_loss
from .model.depth_transformer import code_loss
from .model.muon import Muon
from .model.video_model import VideoModel
from .text.tokenizer import Tokenizer

_SAVE_SECONDS = 60
_CHECK_SECONDS = 480
_AVERAGE_DECAY = 0.98


def rate_factor(progress, step):
    """Warm-up, constant for the first third, then linearly down."""
    return min(1, (step + 1) / 30) * max(0.01, min(1, (1 - progress) / 0.65))


class Trainer:
    def __init__(self, options):
        self.config = load_config(options.config)
        self.run = Path(options.run)
        self.device = torch.device(options.device)
        self.budget = options.minutes * 60
        self.rank = int(os.environ.get("RANK", 0))
        self.peers = int(os.environ.get("WORLD_SIZE", 1))
        if self.peers > 1:
            dist.init_process_group("gloo")
        tokenizer = Tokenizer(self.run / "tokenizer")
        self.source = ClipSource(self.config, self.run / "world.npz", tokenizer)
        torch.manual_seed(1)
        books = np.load(self.run / "codec.npz")["codebooks"]
        self.model = VideoModel(self.config, books, tokenizer.size).to(self.device)
        self.average = {k: v.clone() for k, v in self.model.state_dict().items()}
        self._make_optimizers()
        self.spent, self.step, self.positions = 0.0, 0, 0
        self._resume()
        torch.manual_seed(1000 * self.step + self.rank)

    def _make_optimizers(self):
        training = self.config.training
        blocks, others = [], []
        for name, weight in self.model.named_parameters():
            inside = weight.dim() == 2 and ("layers." in name or "blocks." in name) and "projector" not in name
            (blocks if inside else others).append(weight)
        self.optimizers = [Muon(blocks, training.muon_rate),
                           torch.optim.AdamW(others, training.adam_rate, betas=(0.9, 0.98), weight_decay=0.0)]
        for optimizer in self.optimizers:
            optimizer.full_rate = optimizer.param_groups[0]["lr"]

    def _resume(self):
        file = self.run / "ar.pt"
        if not file.exists():
            return
        saved = torch.load(file, map_location=self.device)
        self.model.load_state_dict(saved["model"])
        self.average = saved["average"]
        for optimizer, state in zip(self.optimizers, saved["optimizers"]):
            optimizer.load_state_dict(state)
        self.spent, self.step, self.positions = saved["spent"], saved["step"], saved["positions"]

    def save(self):
        if self.rank:
            return
        state = {"model": self.model.state_dict(), "average": self.average, "spent": self.spent, "step": self.step,
                 "positions": self.positions, "optimizers": [o.state_dict() for o in self.optimizers]}
        torch.save(state, self.run / "ar.tmp")
        (self.run / "ar.tmp").rename(self.run / "ar.pt")

    def _frames(self, progress):
        """Mostly short clips first (more prompts in the same time), mostly whole ones later; some of each throughout."""
        training = self.config.training
        late = min(1, progress / training.whole_clips_from)
        chances = torch.lerp(torch.tensor(training.early_chances), torch.tensor(training.late_chances), late)
        chosen = torch.multinomial(chances, 1, generator=torch.Generator().manual_seed(self.step))
        return training.clip_lengths[chosen]

    def _noisy(self, codes, frames):
        """Some cells of the context replaced by others of the batch, half of them from the same place. Sampling will not
        be perfect either; and in short clips, much of it, so that the words are needed."""
        training = self.config.training
        most = training.noise_short if frames < self.config.frames else training.noise_whole
        hit = torch.rand(codes.shape[:2], device=codes.device) < torch.rand(len(codes), 1, device=codes.device) * most
        hit &= torch.rand(len(codes), 1, device=codes.device) < training.noise_clips
        row = torch.randint(len(codes), codes.shape[:2], device=codes.device)
        place = torch.arange(codes.shape[1], device=codes.device).expand_as(row)
        place = torch.where(torch.rand_like(place, dtype=torch.float) < 0.5, place, place[:, torch.randperm(place.shape[1])])
        return torch.where(hit[..., None], codes[row, place], codes)

    def _replay_share(self, progress):
        """Late in training, in some of the steps: a random share of the MLPs is replayed, as the engine will do."""
        training = self.config.training
        draw = torch.rand(2, generator=torch.Generator().manual_seed(self.step + 1))
        if progress < training.replay_from or draw[0] >= training.replay_steps:
            return None
        return draw[1].item() * training.replay_most

    def train_step(self, progress):
        frames, cells = self._frames(progress), self.config.cells
        count = max(1, self.config.training.batch_positions // (frames * cells))
        batch = self.source.draw("train", count, frames, seed=self.step * self.peers + self.rank)
        batch = type(batch)(*(value.to(self.device) for value in vars(batch).values()))
        with torch.autocast(self.device.type, dtype=torch.bfloat16):
            seen = self._noisy(batch.codes, frames)[:, :-1]
            stride = cells if frames > 1 else None
            share = self._replay_share(progress) if frames > 1 else None
            hidden, gates = self.model.states(batch.prompts, batch.lengths, seen, stride, share)
            codes = sampled_code_loss(self.model, hidden, batch, cells, self.config.training)
            gate = tas_loss(gates, cells) if gates else torch.zeros(())
        (codes + self.config.training.tas_weight * gate).backward()
        self._update(progress)
        self.positions += count * frames * cells * self.peers
        return codes.item(), gate.item()

    def _update(self, progress):
        weights = [w for w in self.model.parameters() if w.grad is not None]
        if self.peers > 1:
            flat = torch.cat([w.grad.flatten() for w in weights])
            dist.all_reduce(flat)
            for w, part in zip(weights, flat.split([w.numel() for w in weights])):
                w.grad.copy_(part.view_as(w) / self.peers)
        torch.nn.utils.clip_grad_norm_(weights, 1.0)
        factor = rate_factor(progress, self.step)
        for optimizer in self.optimizers:
            optimizer.param_groups[0]["lr"] = optimizer.full_rate * factor
            optimizer.step()
        self.model.zero_grad(set_to_none=True)
        for name, value in self.model.state_dict().items():
            if value.is_floating_point():
                self.average[name].lerp_(value, 1 - _AVERAGE_DECAY)

    @torch.no_grad()
    def check(self, split, count=16):
        """Cross entropy per code, teacher-forced on whole clips: frame 1, still cells, changed cells, accuracy."""
        cells = self.config.cells
        current = {k: v.clone() for k, v in self.model.state_dict().items()}
        self.model.load_state_dict(self.average)
        found = []
        for part in range(count // 4):
            batch = self.source.draw(split, 4, self.config.frames, seed=part, plain=True)
            batch = type(batch)(*(value.to(self.device) for value in vars(batch).values()))
            with torch.autocast(self.device.type, dtype=torch.bfloat16):
                hidden, _ = self.model.states(batch.prompts, batch.lengths, batch.codes[:, :-1])
                logits = self.model.depth(hidden.flatten(0, 1), self.model.partial_sums(batch.codes.flatten(0, 1))[:, :-1])
            codes = batch.codes.flatten(0, 1)
            right = (logits.argmax(-1) == codes).all(-1).float()
            found.append(torch.stack([code_loss(logits, codes), right, batch.changed.flatten().float()], -1).view(4, -1, 3))
        self.model.load_state_dict(current)
        found = torch.cat(found)
        first, later = found[:, :cells], found[:, cells:]
        second = found[:, cells:2 * cells]
        groups = {"frame1_changed": first[first[..., 2] > 0], "frame1_empty": first[first[..., 2] == 0],
                  "frame2_changed": second[second[..., 2] > 0],
                  "static": later[later[..., 2] == 0], "changed": later[later[..., 2] > 0]}
        return " ".join(f"{k} {v[:, 0].mean():.3f}/{v[:, 1].mean():.2f}" for k, v in groups.items())

    def log(self, text):
        if self.rank == 0:
            line = f"{self.spent / 60:6.2f} min  step {self.step}  {self.positions / 1e6:.3f}M  {text}"
            print(line, flush=True)
            with open(self.run / "ar.log", "a") as file:
                file.write(line + "\n")

    def train(self):
        saved = checked = time.time()
        while self.spent < self.budget:
            begin = time.process_time()
            progress = self.spent / self.budget
            losses = self.train_step(progress)
            self.step += 1
            if self.step % 20 == 0:
                self.log(f"loss {losses[0]:.3f} gate {losses[1]:.3f}")
            if time.time() - checked > _CHECK_SECONDS and self.rank == 0:
                self.log("validation " + self.check("validation"))
                checked = time.time()
            if time.time() - saved > _SAVE_SECONDS:
                self.save()
                saved = time.time()
            self.spent += self._same_everywhere(time.process_time() - begin)
        self.log("validation " + self.check("validation", 32))
        self.log("held out   " + self.check("held_out", 32))
        self.save()

    def _same_everywhere(self, seconds):
        """All processes must agree on the time spent, or they would stop at different steps."""
        if self.peers == 1:
            return seconds
        shared = torch.tensor([seconds], dtype=torch.float64)
        dist.all_reduce(shared, dist.ReduceOp.MAX)
        return shared.item()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--config")
    parser.add_argument("--run", default="runs/default")
    parser.add_argument("--minutes", type=float, default=70)
    parser.add_argument("--device", default="cpu")
    Trainer(parser.parse_args()).train()


if __name__ == "__main__":
    main()
