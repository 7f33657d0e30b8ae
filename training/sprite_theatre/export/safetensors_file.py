# SPDX-License-Identifier: Apache-2.0
"""Safetensors, read and written: 8 bytes header length (little endian), a JSON header, the raw data."""
import json
import struct
from pathlib import Path

import numpy as np

_TYPES = {"F32": np.float32, "F16": np.float16, "I64": np.int64, "I32": np.int32}


def write(path, tensors):
    """tensors: name -> numpy array."""
    header, offset = {"__metadata__": {"format": "pt"}}, 0
    names = {np.dtype(v): k for k, v in _TYPES.items()}
    for name, value in tensors.items():
        header[name] = {"dtype": names[value.dtype], "shape": list(value.shape), "data_offsets": [offset, offset + value.nbytes]}
        offset += value.nbytes
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for value in tensors.values():
            file.write(np.ascontiguousarray(value).tobytes())


def _bfloat16(raw):
    return (np.frombuffer(raw, np.uint16).astype(np.uint32) << 16).view(np.float32)


def read(path):
    """name -> numpy array; bfloat16 comes back as float32."""
    data = memoryview(Path(path).read_bytes())
    length = struct.unpack("<Q", data[:8])[0]
    tensors = {}
    for name, entry in json.loads(bytes(data[8:8 + length])).items():
        if name == "__metadata__":
            continue
        begin, end = entry["data_offsets"]
        raw = data[8 + length + begin:8 + length + end]
        flat = _bfloat16(raw) if entry["dtype"] == "BF16" else np.frombuffer(raw, _TYPES[entry["dtype"]])
        tensors[name] = flat.reshape(entry["shape"])
    return tensors
