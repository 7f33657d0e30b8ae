# SPDX-License-Identifier: Apache-2.0
"""The prompt's ids are those of LLaMA's tokenizer over our pieces."""
import tempfile
import unittest
from pathlib import Path

import tiny  # noqa: F401  (finds the package)

from sprite_theatre.text.template import templated

try:
    import sentencepiece
except ImportError:
    sentencepiece = None


class Template(unittest.TestCase):
    def test_a_request_stands_between_user_and_assistant(self):
        self.assertTrue(templated(" a cat ").endswith("questions. USER: a cat ASSISTANT: <vi_start>"))

    def test_an_empty_request_leaves_no_space_between_the_roles(self):
        self.assertTrue(templated(" ").endswith("questions. USER:ASSISTANT: <vi_start>"))


@unittest.skipUnless(sentencepiece, "needs sentencepiece")
class Pieces(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        from sprite_theatre.text.pieces import train_pieces
        from sprite_theatre.text.tokenizer import Tokenizer
        cls.folder = tempfile.TemporaryDirectory()
        train_pieces(Path(cls.folder.name), 400)
        cls.tokenizer = Tokenizer(cls.folder.name)
        cls.start = 402

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def words(self, ids):
        return [self.tokenizer._pieces.id_to_piece(i) for i in ids]

    def test_begins_with_bos_and_ends_with_a_lone_space_and_the_start_of_video(self):
        ids = self.tokenizer.prompt("a cat moves from left to right on a beach")
        self.assertEqual(ids[0], 1)
        self.assertEqual(ids[-1], self.start)
        self.assertEqual(self.words(ids[-2:-1]), ["▁"])

    def test_words_of_the_captions_are_whole_pieces(self):
        ids = self.tokenizer.prompt("a cat moves from left to right on a beach")
        wanted = "▁a ▁cat ▁moves ▁from ▁left ▁to ▁right ▁on ▁a ▁beach".split()
        self.assertEqual(self.words(ids[-14:-4]), wanted)

    def test_the_empty_request_shares_the_system_text(self):
        empty, full = self.tokenizer.prompt(""), self.tokenizer.prompt("a cat")
        self.assertEqual(empty[:31], full[:31])
        self.assertTrue("".join(self.words(empty[:-1])).endswith("USER:ASSISTANT:▁"))

    def test_any_text_can_be_encoded(self):
        ids = self.tokenizer.prompt("Zebra №5 führt ~{@}")
        self.assertIn(0, ids)
        self.assertEqual(ids[-1], self.start)


if __name__ == "__main__":
    unittest.main()
