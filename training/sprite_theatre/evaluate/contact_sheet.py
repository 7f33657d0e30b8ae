# SPDX-License-Identifier: Apache-2.0
"""A sheet of clips: the prompt above, the frames side by side, two columns."""
import numpy as np
from PIL import Image, ImageDraw

_TEXT_HEIGHT = 12


def contact_sheet(prompts, clips, path, columns=2):
    """clips: uint8 [frames, H, W, 3] each."""
    frames, height, width, _ = clips[0].shape
    cell = (frames * width + 6, height + _TEXT_HEIGHT)
    rows = -(-len(clips) // columns)
    sheet = Image.new("RGB", (columns * cell[0], rows * cell[1]), "white")
    draw = ImageDraw.Draw(sheet)
    for i, (prompt, clip) in enumerate(zip(prompts, clips)):
        x, y = (i % columns) * cell[0], (i // columns) * cell[1]
        draw.text((x, y), prompt, fill="black")
        sheet.paste(Image.fromarray(np.concatenate(list(clip), 1)), (x, y + _TEXT_HEIGHT))
    sheet.save(path)
