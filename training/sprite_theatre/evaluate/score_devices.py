# SPDX-License-Identifier: Apache-2.0
"""Does a device's arithmetic cost anything that can be seen? The program itself (`fastcar generate`) makes clips of the evaluation's prompts on several
devices, the same seeds on each, and the classifier says what they show.

python -m sprite_theatre.evaluate.score_devices --fastcar ../build/release/app/fastcar --run runs/default --count 256
"""
import argparse
import json
import subprocess
import tempfile
import time
from pathlib import Path

import numpy as np
from PIL import Image

from .classifier import load
from .intervals import share_told, wilson
from .score_clips import asked_clips, judge


def frames_of(strip):
    """Square frames side by side [S, frames * S, 3] -> [frames, S, S, 3]."""
    side = strip.shape[0]
    return strip.reshape(side, -1, side, 3).transpose(1, 0, 2, 3)


def made(options, device, prompt, seed, replay, file):
    """A clip [frames, S, S, 3] as the program makes it, its codes' digest, and MLPs replayed and eligible."""
    command = [options.fastcar, "generate", prompt, "-o", str(file), "--scale", "1", "--seed", str(seed), "--device", device,
               "--threads", "1", "--json", "--model", options.checkpoint]
    if replay:
        command += ["--replay", replay] + (["--gate", options.gate] if options.gate else [])
    told = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    return frames_of(np.asarray(Image.open(file).convert("RGB"))), told["codes_sha256"][0], told["replayed"], told["eligible"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--fastcar", required=True, help="the built program")
    parser.add_argument("--checkpoint", default="../resources/models/default")
    parser.add_argument("--run", default="runs/default", help="where classifier.pt is")
    parser.add_argument("--device", action="append", help="may be given often (otherwise cpu and fpga-modelled)")
    parser.add_argument("--split", action="append", choices=["seen", "held_out"], help="may be given often (otherwise both)")
    parser.add_argument("--replay", action="append", help="0 (none), 50, 80; may be given often (otherwise all three)")
    parser.add_argument("--gate", help="otherwise the model's")
    parser.add_argument("--count", type=int, default=256, help="prompts of each split")
    parser.add_argument("--scores", help="a file of JSON lines to add the scores to")
    options = parser.parse_args()
    classifier = load(Path(options.run) / "classifier.pt")
    devices = options.device or ["cpu", "fpga-modelled"]
    print("| prompts | replay asked | device | replayed of eligible | object | motion | scene | all three | same codes as the first device |\n" + "|---" * 9 + "|")
    with tempfile.TemporaryDirectory() as folder:
        for replay in options.replay or ["0", "50", "80"]:
            for split in options.split or ["seen", "held_out"]:
                asked, prompts = asked_clips(split, options.count, 0)
                first = None
                for device in devices:
                    begin = time.time()
                    results = [made(options, device, prompt, seed, replay if replay != "0" else "", Path(folder) / "clip.png")
                               for seed, prompt in enumerate(prompts)]
                    right = judge(classifier, asked, [clip for clip, *_ in results])
                    codes = [digest for _, digest, *_ in results]
                    first = first or codes
                    same = [a == b for a, b in zip(first, codes)]
                    replayed, eligible = (sum(r[i] for r in results) for i in (2, 3))
                    told = " | ".join(share_told(right[name]) for name in ("object", "motion", "scene", "all three"))
                    print(f"| {split} | {replay} % | {device} | {100 * replayed / max(1, eligible):.1f} % | {told} | {sum(same)} of {len(same)} |", flush=True)
                    if options.scores:
                        line = {"split": split, "replay": replay, "gate": options.gate, "device": device, "count": options.count, "seconds": round(time.time() - begin),
                                "replayed": replayed, "eligible": eligible, "same_codes": sum(same),
                                "right": {n: [sum(v), len(v), *wilson(sum(v), len(v))] for n, v in right.items()}}
                        with open(options.scores, "a") as file:
                            file.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    main()
