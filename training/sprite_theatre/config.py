# SPDX-License-Identifier: Apache-2.0
"""Reads a configuration (config/*.json) and derives the sizes that follow from it."""
import json
from pathlib import Path
from types import SimpleNamespace

TRAINING_FOLDER = Path(__file__).resolve().parents[1]


def _namespace(value):
    if isinstance(value, dict):
        return SimpleNamespace(**{k: _namespace(v) for k, v in value.items()})
    return value


def load_config(path=None):
    config = _namespace(json.loads(Path(path or TRAINING_FOLDER / "config" / "default.json").read_text()))
    config.side = config.size // config.cell
    config.cells = config.side ** 2
    return config
