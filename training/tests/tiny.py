# SPDX-License-Identifier: Apache-2.0
"""A tiny untrained model, exported: enough to hold the parts against each other in seconds."""
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import torch  # noqa: E402

from sprite_theatre.codec.pixel_decoder import PixelDecoder  # noqa: E402
from sprite_theatre.config import load_config  # noqa: E402
from sprite_theatre.export.write_checkpoint import write_checkpoint  # noqa: E402
from sprite_theatre.model.video_model import VideoModel  # noqa: E402

VOCABULARY = 60


def tiny_config():
    config = load_config()
    config.size, config.cell, config.frames = 16, 4, 4
    config.side, config.cells = 4, 16
    config.codes.depth, config.codes.entries, config.codes.dim = 3, 20, 12
    config.backbone.dim, config.backbone.layers, config.backbone.heads, config.backbone.feed_forward = 32, 2, 2, 48
    config.depth_transformer.dim, config.depth_transformer.layers, config.depth_transformer.heads = 24, 2, 3
    config.decoder.channels, config.decoder.multipliers, config.decoder.z_channels = 32, [1, 1, 1], 32
    return config


def exported(folder):
    """(config, model, decoder) with weights as float16 holds them, and their export in `folder`."""
    torch.manual_seed(4)
    config = tiny_config()
    books = torch.randn(config.codes.depth, config.codes.entries, config.codes.dim)
    model = VideoModel(config, books, VOCABULARY).eval()
    decoder = PixelDecoder(config.decoder, config.codes.dim).eval()
    with torch.no_grad():
        for module in (model, decoder):
            for value in (*module.parameters(), *module.buffers()):
                value.copy_(value.half().float())
    (Path(folder) / "tokenizer.model").write_bytes(b"")
    write_checkpoint(config, model.state_dict(), decoder.state_dict(), folder, Path(folder) / "model")
    return config, model, decoder
