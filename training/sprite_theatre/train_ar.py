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
from .model.guides import Guides
from .model.muon import Muon
from .model.video_model import VideoModel
from .text.tokenizer import Tokenizer

_CHECK_SECONDS = 300
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
        self.save_seconds = options.save_seconds
        self.rank = int(os.environ.get("RANK", 0))
        self.peers = int(os.environ.get("WORLD_SIZE", 1))
        if self.peers > 1:
            dist.init_process_group("gloo")
        tokenizer = Tokenizer(self.run / "tokenizer")
        self.source = ClipSource(self.config, self.run / "world.npz", tokenizer)
        torch.manual_seed(1)
        books = np.load(self.run / "codec.npz")["codebooks"]
        self.model = VideoModel(self.config, books, tokenizer.size).to(self.device)
        self.guides = Guides(self.config.backbone.dim).to(self.device)
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
        others += self.guides.parameters()
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
        self.guides.load_state_dict(saved["guides"])
        self.average = saved["average"]
        for optimizer, state in zip(self.optimizers, saved["optimizers"]):
            optimizer.load_state_dict(state)
        self.spent, self.step, self.positions = saved["spent"], saved["step"], saved["positions"]

    def save(self):
        if self.rank:
            return
        state = {"model": self.model.state_dict(), "guides": self.guides.state_dict(),
                 "average": self.average, "spent": self.spent, "step": self.step,
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

    def _guide_factor(self, progress):
        """How much the guides weigh: all at first, nothing in the end."""
        return max(0.0, 1 - progress / self.config.training.guides_until)

    def train_step(self, progress):
        frames, cells, training = self._frames(progress), self.config.cells, self.config.training
        count = max(1, self._batch_positions(progress) // (frames * cells))
        batch = self.source.draw("train", count, frames, seed=self.step * self.peers + self.rank).to(self.device)
        aligning = training.tas_weight if frames > 1 and progress >= training.tas_from else 0
        with torch.autocast(self.device.type, dtype=torch.bfloat16):
            seen = self._noisy(batch.codes, frames)[:, :-1]
            share = self._replay_share(progress) if frames > 1 else None
            stride = cells if aligning or share is not None else None
            hidden, gates, taps = self.model.states(batch.prompts, batch.lengths, seen, stride, share, training.guided_layers)
            codes = sampled_code_loss(self.model, hidden, batch, cells, training)
            words, places = self.guides(*taps, batch)
            gate = tas_loss(gates, cells) if aligning else torch.zeros(())
        guide = self._guide_factor(progress) * (training.word_weight * words + training.place_weight * places)
        (codes + guide + aligning * gate).backward()
        self._update(progress)
        self.positions += count * frames * cells * self.peers
        return {"codes": codes.item(), "words": words.item(), "places": places.item(), "gate": gate.item()}

    def _batch_positions(self, progress):
        early, late = self.config.training.batch_positions
        return early if progress < self.config.training.large_batches_from else late

    def _update(self, progress):
        weights = [*self.model.parameters(), *self.guides.parameters()]
        for weight in weights:
            weight.grad = torch.zeros_like(weight) if weight.grad is None else weight.grad
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
        self.guides.zero_grad(set_to_none=True)
        for name, value in self.model.state_dict().items():
            if value.is_floating_point():
                self.average[name].lerp_(value, 1 - _AVERAGE_DECAY)

    @torch.no_grad()
    def check(self, split, count=16):
        """Cross entropy per code and accuracy, teacher-forced on whole clips: the sprite's cells of frames 1 and 2 with their
        own captions and with those of other clips (which must cost much), empty cells, still cells, changed cells."""
        cells = self.config.cells
        current = {k: v.clone() for k, v in self.model.state_dict().items()}
        self.model.load_state_dict(self.average)
        own, others = [], []
        for part in range(count // 4):
            batch = self.source.draw(split, 4, self.config.frames, seed=part, plain=True).to(self.device)
            own.append(self._checked(batch, batch.prompts, batch.lengths))
            others.append(self._checked(batch, batch.prompts.roll(1, 0), batch.lengths.roll(1, 0)))
        self.model.load_state_dict(current)
        own, others = torch.cat(own), torch.cat(others)

        def group(values, first, last, changed):
            part = values[:, first * cells:last * cells]
            part = part[part[..., 2] == changed]
            return f"{part[:, 0].mean():.3f}/{part[:, 1].mean():.2f}"

        end = self.config.frames
        return (f"frame1 {group(own, 0, 1, 1)} frame2 {group(own, 1, 2, 1)} shuffled {group(others, 0, 1, 1)} "
                f"{group(others, 1, 2, 1)} empty {group(own, 0, 1, 0)} still {group(own, 1, end, 0)} "
                f"changed {group(own, 1, end, 1)}")

    def _checked(self, batch, prompts, lengths):
        """[clips, tokens, 3]: cross entropy, all codes right, changed."""
        with torch.autocast(self.device.type, dtype=torch.bfloat16):
            hidden, _, _ = self.model.states(prompts, lengths, batch.codes[:, :-1])
            logits = self.model.depth(hidden.flatten(0, 1), self.model.partial_sums(batch.codes.flatten(0, 1))[:, :-1])
        codes = batch.codes.flatten(0, 1)
        right = (logits.argmax(-1) == codes).all(-1).float()
        found = torch.stack([code_loss(logits, codes), right, batch.changed.flatten().float()], -1)
        return found.view(len(batch.codes), -1, 3)

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
                self.log(" ".join(f"{name} {value:.3f}" for name, value in losses.items()))
            if time.time() - checked > _CHECK_SECONDS and self.rank == 0:
                self.log("validation " + self.check("validation"))
                checked = time.time()
            if time.time() - saved > self.save_seconds:
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
    parser.add_argument("--save-seconds", type=float, default=60)
    parser.add_argument("--device", default="cpu")
    Trainer(parser.parse_args()).train()


if __name__ == "__main__":
    main()
