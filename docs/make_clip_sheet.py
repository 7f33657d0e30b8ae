# SPDX-License-Identifier: Apache-2.0
"""Makes docs/images/clips.png: the default model's example prompts in their order, seeds 1, 2, ...; nothing is picked by hand.

    python3 docs/make_clip_sheet.py build/release/app/fastcar docs/images/clips.png
"""

import json
import pathlib
import subprocess
import sys
import tempfile

from PIL import Image, ImageDraw, ImageFont

CLIPS = 12
COLUMNS = 2
CAPTION = 20
GAP = 12


def font():
    try:
        return ImageFont.truetype("Inter-Regular.otf", 13)
    except OSError:
        return ImageFont.load_default()


def main(program, target):
    root = pathlib.Path(__file__).resolve().parent.parent
    prompts = json.loads((root / "resources/models/default/fastcar.json").read_text())["prompts"][:CLIPS]
    strips = []
    with tempfile.TemporaryDirectory() as folder:
        for seed, prompt in enumerate(prompts, start=1):
            file = pathlib.Path(folder) / f"{seed}.png"
            subprocess.run([program, "generate", prompt, "-o", file, "--seed", str(seed)], check=True, capture_output=True)
            strips.append(Image.open(file).convert("RGB"))
    width, height = strips[0].size
    rows = -(-len(strips) // COLUMNS)
    sheet = Image.new("RGB", (COLUMNS * (width + GAP) + GAP, rows * (height + CAPTION + GAP) + GAP), "white")
    draw = ImageDraw.Draw(sheet)
    for index, (prompt, strip) in enumerate(zip(prompts, strips)):
        x = GAP + index % COLUMNS * (width + GAP)
        y = GAP + index // COLUMNS * (height + CAPTION + GAP)
        draw.text((x, y), prompt, fill="black", font=font())
        sheet.paste(strip, (x, y + CAPTION))
    sheet.save(target, optimize=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
