# SPDX-License-Identifier: Apache-2.0
"""Makes docs/images/clips.png: 48 clips of the default model, nothing picked by hand. Prompts are drawn by seed 0 as training draws
them, the first 24 of trained combinations of object, motion and scene, the others of held-out ones; clip n has seed n.

    python3 docs/make_clip_sheet.py build/release/app/fastcar docs/images/clips.png
"""

import pathlib
import random
import subprocess
import sys
import tempfile

from PIL import Image, ImageDraw, ImageFont

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "training"))
from sprite_theatre.world.captions import captions  # noqa: E402
from sprite_theatre.world.clips import clips, draw  # noqa: E402

OF_A_SPLIT = 24
COLUMNS = 2
CAPTION = 20
GAP = 12


def prompts(split):
    rng = random.Random(0)
    return [rng.choice(captions(clip)) for clip in draw(clips(split), OF_A_SPLIT, rng)]


def font():
    for name in ("Inter-Regular.otf", "DejaVuSans.ttf"):
        try:
            return ImageFont.truetype(name, 13)
        except OSError:
            continue
    return ImageFont.load_default()


def main(program, target):
    asked = prompts("train") + prompts("held_out")
    strips = []
    with tempfile.TemporaryDirectory() as folder:
        for seed, prompt in enumerate(asked, start=1):
            file = pathlib.Path(folder) / f"{seed}.png"
            subprocess.run([program, "generate", prompt, "-o", file, "--seed", str(seed)], check=True, capture_output=True)
            strips.append(Image.open(file).convert("RGB"))
    width, height = strips[0].size
    rows = -(-len(strips) // COLUMNS)
    sheet = Image.new("RGB", (COLUMNS * (width + GAP) + GAP, rows * (height + CAPTION + GAP) + GAP), "white")
    picture = ImageDraw.Draw(sheet)
    for index, (prompt, strip) in enumerate(zip(asked, strips)):
        x = GAP + index // rows * (width + GAP)
        y = GAP + index % rows * (height + CAPTION + GAP)
        picture.text((x, y), prompt, fill="black", font=font())
        sheet.paste(strip, (x, y + CAPTION))
    sheet.save(target, optimize=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
