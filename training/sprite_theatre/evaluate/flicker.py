# SPDX-License-Identifier: Apache-2.0
"""Does the background stand still? Measured where a clip shows its scene's background in two frames running."""
import numpy as np

_BACKGROUND = 24  # a pixel whose colours are all this close to the empty scene's shows background


def flicker(clip, empty):
    """clip uint8 [frames, S, S, 3], its empty scene [S, S, 3] -> mean absolute change from frame to frame of the background's
    pixels, in grey levels of 255. Rendered clips have 0."""
    known = (np.abs(clip.astype(np.int16) - empty) < _BACKGROUND).all(-1)
    change = np.abs(np.diff(clip.astype(np.int16), axis=0)).mean(-1)
    return float(change[known[1:] & known[:-1]].mean())


def psnr(made, wanted):
    """dB, over all pixels."""
    return float(10 * np.log10(255 ** 2 / max(1e-9, ((made.astype(np.float32) - wanted) ** 2).mean())))
