# SPDX-License-Identifier: Apache-2.0
"""The Vicuna prompt, word for word as VILA-U's text-to-video path builds it."""

SYSTEM = ("A chat between a curious user and an artificial intelligence assistant. "
          "The assistant gives helpful, detailed, and polite answers to the user's questions.")
ADDED_TOKENS = ["<im_start>", "<im_end>", "<vi_start>", "<vi_end>"]
VIDEO_START = "<vi_start>"


def templated(user_text):
    """The whole text. An empty request gives the unconditional prompt, in which no space follows USER:."""
    user_text = user_text.strip()
    middle = f" USER: {user_text} ASSISTANT: " if user_text else " USER:ASSISTANT: "
    return SYSTEM + middle + VIDEO_START
