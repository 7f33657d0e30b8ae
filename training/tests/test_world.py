# SPDX-License-Identifier: Apache-2.0
"""What training may see of the world, and what it may not."""
import random
import tempfile
import unittest
from pathlib import Path

import numpy as np

import tiny  # noqa: F401  (finds the package)

from sprite_theatre.clip_batches import NOWHERE, UNSAID, ClipSource, places
from sprite_theatre.config import load_config
from sprite_theatre.world.captions import captions
from sprite_theatre.world.clips import HELD_OUT, KINDS, SPLITS, Clip, clips, draw
from sprite_theatre.world.frame_table import FrameTable
from sprite_theatre.world.motions import MOTION_NAMES, STARTS, path
from sprite_theatre.world.objects import OBJECT_NAMES, Actor, natural
from sprite_theatre.world.scenes import SCENE_NAMES

CLIPS = {split: [c for of_kind in clips(split).values() for c in of_kind] for split in SPLITS}


class Splits(unittest.TestCase):
    def test_held_out_combinations_are_never_trained(self):
        for split in ("train", "validation"):
            self.assertFalse({c.combination for c in CLIPS[split]} & HELD_OUT)
        self.assertEqual({c.combination for c in CLIPS["held_out"]}, HELD_OUT)

    def test_every_word_is_trained(self):
        self.assertEqual({c.actor.obj for c in CLIPS["train"]}, set(OBJECT_NAMES))
        self.assertEqual({(c.motion, c.scene) for c in CLIPS["train"]}, {(m, s) for m in MOTION_NAMES for s in SCENE_NAMES})

    def test_no_clip_is_in_two_splits(self):
        self.assertEqual(sum(map(len, CLIPS.values())), len(set().union(*CLIPS.values())))

    def test_kinds_are_drawn_as_often_as_they_should_be(self):
        drawn = draw(clips("train"), 4000, random.Random(1))
        for kind, share in KINDS.items():
            self.assertAlmostEqual(sum(c.kind == kind for c in drawn) / 4000, share, delta=0.03)


class Captions(unittest.TestCase):
    def test_the_plain_sentence_is_in_the_grammar(self):
        self.assertEqual(captions(Clip(natural("cat"), "right", "beach", STARTS[0]))[0],
                         "a cat moves from left to right on a beach")

    def test_a_colour_of_its_own_may_go_without_saying_and_another_may_not(self):
        red, blue = (captions(Clip(Actor("car", c), "up", "snow", STARTS[0])) for c in ("red", "blue"))
        self.assertIn("a car moves up in the snow", red)
        self.assertIn("a red car moves up in the snow", red)
        self.assertTrue(all("blue car" in text for text in blue))

    def test_small_ones_are_called_so_when_alone(self):
        alone = captions(Clip(natural("cat", "small"), "up", "snow", STARTS[0]))
        self.assertIn("a tiny cat rises up on the snow", alone)
        pair = Clip(natural("cat", "small"), "up", "snow", STARTS[0], "left of", natural("dog", "small"))
        self.assertEqual(captions(pair)[0], "a cat moves up left of a dog in the snow")


class Paths(unittest.TestCase):
    def test_no_frame_has_half_steps_in_both_directions(self):
        for motion in MOTION_NAMES:
            for start in STARTS:
                self.assertFalse([p for p in path(motion, start, 16, 7) if p[0] % 2 and p[1] % 2])

    def test_all_motions_start_alike(self):
        for motion in MOTION_NAMES:
            self.assertEqual({c.start for c in CLIPS["train"] if c.motion == motion}, set(STARTS))

    def test_a_sprite_rests_at_the_edge(self):
        self.assertEqual(path("right", (6, 4), 8, 7), [(6, 4), (7, 4), (8, 4), (9, 4), (10, 4), (10, 4), (10, 4), (10, 4)])


class Pairs(unittest.TestCase):
    def test_two_sprites_never_share_a_cell(self):
        for clip in CLIPS["train"] + CLIPS["held_out"]:
            if clip.other and clip.other.obj in ("cat", "dog"):
                alone = places(Clip(clip.actor, clip.motion, clip.scene, clip.start), 16, 8)
                together = places(clip, 16, 8)
                self.assertEqual((alone != NOWHERE).sum(), ((together != NOWHERE) & (together < 64)).sum(), clip)


class Batches(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.config, table = load_config(), FrameTable()
        codes = np.zeros((len(table), cls.config.cells, 4), np.uint16)
        for clip in (Clip(natural("cat"), motion, "beach", (4, 4)) for motion in ("still", "down")):
            for row, (x, y) in zip(table.clip_rows(clip, 8), path(clip.motion, clip.start, 8, 7)):
                codes[row, (y + 3) * 4 + x % 4] = 3
        codes[table.row(natural("dog", "small"), "beach", (6, 10)), 60] = 7
        words = type("Words", (), {"prompt": lambda self, text: [1, 2, 3]})()
        with tempfile.TemporaryDirectory() as folder:
            np.savez(Path(folder) / "world.npz", codes=codes)
            cls.source = ClipSource(cls.config, Path(folder) / "world.npz", words)

    def test_changed_cells_are_told_from_still_ones(self):
        batch = self.source.batch([Clip(natural("cat"), m, "beach", (4, 4)) for m in ("still", "down")], ["a", ""], 8)
        changed = batch.changed.view(2, 8, -1).sum(2)
        self.assertEqual(changed[0].tolist(), [1] + [0] * 7)
        self.assertEqual(changed[1, 1].item(), 2)
        self.assertEqual(batch.labels[1].tolist(), [UNSAID] * 5)

    def test_the_resting_sprite_lies_over_the_moving_ones_frames(self):
        clip = Clip(natural("cat", "small"), "still", "beach", (4, 4), "above", natural("dog", "small"))
        batch = self.source.batch([clip], ["a"], 8)
        self.assertTrue((batch.codes.view(8, 64, 4)[:, 60] == 7).all())
        self.assertEqual(batch.labels[0, 3:].tolist(), [1, 1 + OBJECT_NAMES.index("dog")])


if __name__ == "__main__":
    unittest.main()
