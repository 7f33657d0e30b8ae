# SPDX-License-Identifier: Apache-2.0
"""What is exported computes what was trained."""
import math
import tempfile
import unittest

import numpy as np
import torch

from tiny import exported

from sprite_theatre.codec.patch_codes import PatchCodec, fit
from sprite_theatre.evaluate.reference import Reference, deciding_scores
from sprite_theatre.model.replay import used_outputs


class ExportedModel(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.config, cls.model, cls.decoder = exported(cls.folder.name)
        cls.reference = Reference(cls.folder.name)
        cls.prompts = [[1, 5, 9, 11, 59], [1, 7, 59]]
        cls.codes = torch.randint(0, cls.config.codes.entries, (2, 4 * 16, 3), generator=torch.Generator().manual_seed(1))
        ids = torch.zeros(2, 5, dtype=torch.long)
        for row, prompt in zip(ids, cls.prompts):
            row[:len(prompt)] = torch.tensor(prompt)
        with torch.no_grad():
            cls.hidden, cls.gates, _ = cls.model.states(ids, torch.tensor([5, 3]), cls.codes[:, :-1], stride=16)
            steps, scores = [cls.reference.begin(cls.prompts, 64)], []
            for j in range(63):
                steps.append(cls.reference.step(cls.reference.latents(cls.codes[:, j])))
                scores.append(cls.reference.scores)
        cls.stepped, cls.scores = torch.stack(steps, 1), torch.stack(scores, -1)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_hidden_states_of_rows_with_prompts_of_different_length_agree(self):
        torch.testing.assert_close(self.stepped, self.hidden, rtol=1e-4, atol=1e-4)

    def test_tas_of_training_is_what_the_engine_measures(self):
        for layer, (score, _, _) in enumerate(self.gates):
            torch.testing.assert_close(self.scores[layer, :, 16:], score, rtol=1e-4, atol=1e-4)

    def test_logits_agree(self):
        hidden, codes = self.hidden.flatten(0, 1), self.codes.flatten(0, 1)
        with torch.no_grad():
            trained = self.model.depth(hidden, self.model.partial_sums(codes)[:, :-1])
        torch.testing.assert_close(self.reference.logits(hidden, codes[:, :-1]), trained, rtol=1e-4, atol=1e-4)

    def test_pictures_agree(self):
        z = self.model.partial_sums(self.codes[0, :16])[:, -1].view(1, 4, 4, -1).permute(0, 3, 1, 2)
        with torch.no_grad():
            trained = (self.decoder(z) + 1) * 127.5
            made = self.reference.pictures(self.codes[0, :16][None])
        torch.testing.assert_close(made.permute(0, 3, 1, 2), trained, rtol=1e-4, atol=1e-3)


class Definitions(unittest.TestCase):
    def test_tas_is_unrotated_query_times_rotated_key_mean_over_heads(self):
        from sprite_theatre.model.backbone import Attention, rotary
        torch.manual_seed(0)
        attention, length, stride = Attention(16, 2), 11, 4
        x = torch.randn(1, length, 16)
        cos, sin = rotary(length, 8, 1e4)
        score = attention(x, cos, sin, stride)[1]
        q, k = attention.q_proj(x)[0], attention.k_proj(x)[0]
        for t in range(stride, length):
            found = 0.0
            for head in range(2):
                for pair in range(4):
                    a, b = k[t - stride, head * 8 + pair], k[t - stride, head * 8 + pair + 4]
                    angle = (t - stride) * 1e4 ** (-pair / 4)
                    turned = (a * math.cos(angle) - b * math.sin(angle), b * math.cos(angle) + a * math.sin(angle))
                    found += q[t, head * 8 + pair] * turned[0] + q[t, head * 8 + pair + 4] * turned[1]
            self.assertAlmostEqual(score[0, t - stride].item(), found.item() / 2 / math.sqrt(8), places=4)

    def test_replayed_slots_keep_their_value_in_chains(self):
        torch.manual_seed(0)
        out, replayed, stride = torch.randn(2, 14, 3), torch.rand(2, 14) < 0.6, 4
        replayed[:, :stride] = False
        used = used_outputs(out, replayed, stride)
        wanted = out.clone()
        for row in range(2):
            for t in range(stride, 14):
                if replayed[row, t]:
                    wanted[row, t] = wanted[row, t - stride]
        self.assertTrue(torch.equal(used, wanted))

    def test_gates_decide_as_the_engine_does(self):
        scores = torch.tensor([1.0, -2.0, 3.0, 0.5])  # two pairs: conditional rows, then unconditional ones
        self.assertEqual(deciding_scores(scores, "row").tolist(), [1.0, -2.0, 3.0, 0.5])
        self.assertEqual(deciding_scores(scores, "all").tolist(), [1.0, -2.0, 1.0, -2.0])
        self.assertEqual(deciding_scores(scores, "cond").tolist(), [1.0, -2.0, 1.0, -2.0])
        self.assertEqual(deciding_scores(scores, "mean").tolist(), [2.0, -0.75, 2.0, -0.75])

    def test_a_codec_takes_over_code_books_whatever_the_signs_of_its_components(self):
        rng = np.random.default_rng(5)
        patches = rng.normal(size=(400, 12)).astype(np.float32)
        one = fit(patches, np.ones(400, np.float32), depth=2, entries=16, dim=6)
        signs = np.array([1, -1, -1, 1, -1, 1], np.float32)
        other = PatchCodec(one.mean, one.basis * signs[:, None], one.scale, one.codebooks * signs)
        self.assertTrue((other.with_books(one.codebooks).encode(patches) == one.encode(patches)).all())
        with self.assertRaises(ValueError):
            other.with_books(one.codebooks[:, ::-1])


if __name__ == "__main__":
    unittest.main()
