# SPDX-License-Identifier: Apache-2.0
"""LLaMA's slow tokenizer with legacy=False over a SentencePiece model and the four added tokens.

One space goes in front of the text; the text is split at special strings; each part is encoded without a second prefix;
<s> (1) comes first. So the space before <vi_start> is a token of its own.
"""
import json
import re
from pathlib import Path

from .template import ADDED_TOKENS, templated

_UNKNOWN = "<unk>"  # stands in front of each part so that SentencePiece's own space prefix falls on it


class Tokenizer:
    def __init__(self, folder):
        import sentencepiece  # here, so that what needs no text runs without the package
        self._pieces = sentencepiece.SentencePieceProcessor(model_file=str(Path(folder) / "tokenizer.model"))
        added_file = Path(folder) / "added_tokens.json"
        first = self._pieces.get_piece_size()
        added = json.loads(added_file.read_text()) if added_file.exists() else {
            token: first + i for i, token in enumerate(ADDED_TOKENS)}
        self._special = {"<unk>": 0, "<s>": 1, "</s>": 2, **added}
        self._split = re.compile("(" + "|".join(map(re.escape, self._special)) + ")")
        self._prefix = len(self._pieces.encode(_UNKNOWN))
        self.size = first + len(added)

    def encode(self, text):
        ids = [1]
        for part in self._split.split("▁" + text.replace(" ", "▁")):
            if part in self._special:
                ids.append(self._special[part])
            elif part:
                ids += self._pieces.encode(_UNKNOWN + part)[self._prefix:]
        return ids

    def prompt(self, user_text):
        """Ids of the templated request; an empty one gives the unconditional prompt."""
        return self.encode(templated(user_text))
