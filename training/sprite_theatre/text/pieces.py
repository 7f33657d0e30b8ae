# SPDX-License-Identifier: Apache-2.0
"""The SentencePiece model: trained on templated captions, so that their words become whole pieces.

Every printable ASCII character is a piece of its own, so any English text can be encoded; the rest becomes <unk>.
"""
import random

import sentencepiece

from ..world.captions import IDLE_ADJECTIVES, MOTION_PHRASES, RELATION_PHRASES, SCENE_PHRASES, SMALL_WORDS, captions
from ..world.clips import Clip
from ..world.motions import MOTION_NAMES, STARTS
from ..world.objects import COLOUR_NAMES, OBJECT_NAMES, natural
from ..world.scenes import SCENE_NAMES
from .template import SYSTEM


def corpus():
    lines = [SYSTEM + " USER:ASSISTANT: "] * 40
    for obj in OBJECT_NAMES:
        for motion in MOTION_NAMES:
            for scene in SCENE_NAMES:
                for text in captions(Clip(natural(obj), motion, scene, STARTS[0])):
                    lines += [f" USER: {text} ASSISTANT: ", text[0].upper() + text[1:] + "."]
    groups = (MOTION_PHRASES, SCENE_PHRASES, RELATION_PHRASES)
    lines += [p for group in groups for options in group.values() for p in options] * 40
    lines += [f"a {a} thing" for a in IDLE_ADJECTIVES + SMALL_WORDS + COLOUR_NAMES] * 40
    lines += [" ".join(chr(c) for c in range(33, 127))] * 3
    random.Random(0).shuffle(lines)
    return lines


def train_pieces(folder, count):
    """Writes folder/tokenizer.model with `count` pieces: <unk> 0, <s> 1, </s> 2, then BPE pieces."""
    folder.mkdir(parents=True, exist_ok=True)
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(corpus()), model_prefix=str(folder / "tokenizer"), vocab_size=count,
        model_type="bpe", character_coverage=1.0, normalization_rule_name="identity", remove_extra_whitespaces=False,
        add_dummy_prefix=True, unk_id=0, bos_id=1, eos_id=2, pad_id=-1, num_threads=1, minloglevel=2)
