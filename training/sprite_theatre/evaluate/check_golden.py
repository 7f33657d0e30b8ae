# SPDX-License-Identifier: Apache-2.0
"""Holds the reference against golden vectors made with the published modules.

python -m sprite_theatre.evaluate.check_golden GOLDEN_FOLDER
"""
import json
import sys
from pathlib import Path

import numpy as np
import torch

from .reference import Reference


def relative(found, wanted):
    return float(np.abs(found - wanted).max() / np.abs(wanted).max())


@torch.no_grad()
def run(reference, vectors):
    codes = torch.from_numpy(vectors["codes"].astype(np.int64))
    thresholds = [None if np.isnan(t) else float(t) for t in vectors["tau"]]
    prompts = [vectors["prompt_ids"].tolist(), vectors["uncond_ids"].tolist()]
    hidden = [reference.begin(prompts, len(codes))]
    scores, replayed = [], []
    for token in codes[:-1]:
        hidden.append(reference.step(reference.latents(token)[None].expand(2, -1), thresholds))
        scores.append(reference.scores)
        replayed.append(reference.replayed)
    hidden = torch.stack(hidden, 1)
    both = torch.cat([codes, codes])
    logits = reference.logits(hidden.flatten(0, 1), both[:, :-1]).view(2, len(codes), *both.shape[1:], -1)
    frames = reference.pictures(codes.view(-1, reference.stride, codes.shape[1]))
    wanted = vectors["tas_measured"][:, :, :-1]
    known = ~np.isnan(wanted)
    return {
        "hidden": relative(hidden.numpy(), vectors["hidden"]), "logits": relative(logits.numpy(), vectors["logits"]),
        "frames_float": float(np.abs(frames.numpy() - vectors["frames_float"]).max()),
        "tas": relative(torch.stack(scores, -1).numpy()[known], wanted[known]),
        "decisions_differing": int((torch.stack(replayed, -1).numpy() != vectors["replayed"][:, :, :-1]).sum()),
    }


def main():
    golden = Path(sys.argv[1])
    reference = Reference(golden / "checkpoint")
    cases = json.loads((golden / "vectors" / "tokenizer_cases.json").read_text())
    print("tokenizer", sum(reference.checkpoint.tokenizer.encode(c["full_text"]) == c["ids"] for c in cases), "of", len(cases))
    for name in ("dense", "tau_p50", "always", "per_layer", "dense_prompt2"):
        print(name, run(reference, np.load(golden / "vectors" / f"{name}.npz")))


if __name__ == "__main__":
    main()
