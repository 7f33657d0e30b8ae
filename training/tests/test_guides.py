# SPDX-License-Identifier: Apache-2.0
"""What helps training and stays out of the model."""
import unittest

import torch

import tiny  # noqa: F401  (finds the package)

from sprite_theatre.clip_batches import LABEL_SIZES, NOWHERE, UNSAID, Batch
from sprite_theatre.model.backbone import SwiGLU
from sprite_theatre.model.guides import Guides


class SwiGLUGradient(unittest.TestCase):
    def test_it_is_silu_times_up(self):
        gate, up = torch.randn(2, 3, 5, dtype=torch.double, requires_grad=True)
        torch.testing.assert_close(SwiGLU.apply(gate, up), torch.nn.functional.silu(gate) * up)
        self.assertTrue(torch.autograd.gradcheck(SwiGLU.apply, (gate, up)))


class GuidesTest(unittest.TestCase):
    def test_clips_without_a_caption_teach_no_words(self):
        torch.manual_seed(0)
        guides, states = Guides(8), torch.randn(2, 6, 8)
        labels = torch.stack([torch.zeros(len(LABEL_SIZES), dtype=torch.long), torch.full((len(LABEL_SIZES),), UNSAID)])
        places = torch.full((2, 6), NOWHERE)
        batch = Batch(*[torch.zeros(0)] * 4, labels, places)
        words, _ = guides(states, states, batch)
        moved = states.clone()
        moved[1] += 1
        self.assertEqual(words.item(), guides(moved, states, batch)[0].item())
        moved[0] += torch.randn(6, 8)
        self.assertNotEqual(words.item(), guides(moved, states, batch)[0].item())


if __name__ == "__main__":
    unittest.main()
