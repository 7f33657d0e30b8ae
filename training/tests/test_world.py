# SPDX-License-Identifier: Apache-2.0
"""What training may see of the world, and what it may not."""
import tempfile
import unittest
from pathlib import Path

import numpy as np

import tiny  # noqa: F401  (finds the package)

from sprite_theatre.clip_batches import ClipSource
from sprite_theatre.config import load_config
from sprite_theatre.world.captions import captions
from sprite_theatre.world.clips import HELD_OUT, clips
from sprite_theatre.world.frame_table import FrameTable
from sprite_theatre.world.motions import MOTION_NAMES, START_CHANCES, path, starts
from sprite_theatre.world.objects import OBJECT_NAMES
from sprite_theatre.world.scenes import SCENE_NAMES


class Splits(unittest.TestCase):
    def test_held_out_combinations_are_never_trained(self):
        for split in ("train", "validation"):
            self.assertFalse({(c.obj, c.motion, c.scene) for c in clips(split)} & HELD_OUT)

    def test_every_word_is_trained(self):
        seen = clips("train")
        self.assertEqual({c.obj for c in seen}, set(OBJECT_NAMES))
        self.assertEqual({(c.motion, c.scene) for c in seen}, {(m, s) for m in MOTION_NAMES for s in SCENE_NAMES})

    def test_validation_clips_are_not_training_clips(self):
        self.assertFalse(set(clips("train")) & set(clips("validation")))

    def test_the_plain_sentence_is_in_the_grammar(self):
        self.assertEqual(captions("cat", "right", "beach")[0], "a cat moves from left to right on a beach")


class Paths(unittest.TestCase):
    def test_no_frame_has_half_steps_in_both_directions(self):
        for motion in MOTION_NAMES:
            self.assertEqual(len(starts(motion)), len(START_CHANCES))
            for start in starts(motion):
                self.assertFalse([p for p in path(motion, start, 8) if p[0] % 2 and p[1] % 2])

    def test_opposite_motions_share_starts(self):
        self.assertTrue(set(starts("left")) & set(starts("right")))
        self.assertTrue(set(starts("up")) & set(starts("down")))


class Batches(unittest.TestCase):
    def test_changed_cells_are_told_from_still_ones(self):
        config = load_config()
        table = FrameTable(config.frames)
        rows = table.empty_row(SCENE_NAMES[-1]) + 1
        codes = np.zeros((rows, config.cells, 4), np.uint16)
        for position in table.positions:
            codes[table.row("cat", "beach", position), (position[1] + 3) * 4 + position[0] % 4] = 3
        words = type("Words", (), {"prompt": lambda self, text: [1, 2, 3]})()
        with tempfile.TemporaryDirectory() as folder:
            np.savez(Path(folder) / "world.npz", codes=codes)
            source = ClipSource(config, Path(folder) / "world.npz", words)
        still = next(c for c in clips("train") if (c.obj, c.motion, c.scene) == ("cat", "still", "beach"))
        moving = next(c for c in clips("train") if (c.obj, c.motion, c.scene) == ("cat", "down", "beach"))
        batch = source.batch([still, moving], ["", ""], config.frames)
        changed = batch.changed.view(2, config.frames, -1).sum(2)
        self.assertEqual(changed[0].tolist(), [1] + [0] * 7)
        self.assertEqual(changed[1, 1].item(), 2)


if __name__ == "__main__":
    unittest.main()
